import Flourishing
import Foundation
import Models
import Testing

@testable import Judges

/// An embedder by the letters of a text: no meaning, and always the same.
struct LetterEmbedder: Embedder {
    func embed(_ texts: [String]) async throws -> [[Float]] {
        texts.map { text in
            var vector = [Float](repeating: 0.01, count: 26)
            for byte in text.lowercased().utf8 where (97...122).contains(byte) { vector[Int(byte) - 97] += 1 }
            return vector
        }
    }
}

@Suite("Local heads")
struct HeadTests {
    private func made(_ name: String = "hope", with embedder: any Embedder = LetterEmbedder()) async throws -> Head {
        let definition = try #require(HeadDefinition.all.first { $0.name == name })
        let training = try HeadTraining(definition, data: Array(statementsFile().utf8))
        let vectors = try await HeadVectors.of(training.texts, by: embedder)
        return try #require(training.head(vectors: vectors, embedder: "letters"))
    }

    @Test("the same data and vectors make the same head to the last bit")
    func reproducible() async throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let (one, other) = (try await made(), try await made())
        #expect(try encoder.encode(one) == encoder.encode(other))
        #expect(try JSONDecoder().decode(Head.self, from: encoder.encode(one)) == one)
    }

    @Test("what is measured is measured on statements that no weight and no chance was learned from")
    func measured() async throws {
        let head = try await made()
        #expect(head.recipe.trained + head.recipe.calibrated + head.recipe.tested == 200)
        #expect(head.measured.replyCount == 20)
        // The letters of the two kinds of sentence differ, so the area is near 1.
        #expect(head.measured.statements.value > 0.9)
    }

    @Test("every head that ships is whole, small, and names its data and licence")
    func shipped() throws {
        #expect(ShippedHeads.all.map(\.name) == HeadDefinition.all.map(\.name))
        for head in ShippedHeads.all {
            let size = try JSONEncoder().encode(head).count
            #expect(size < 20_000, "\(head.name) has \(size) bytes")
            #expect(head.weights.count == 384 && head.probe.count == 384)
            #expect(head.recipe.attribution.contains("CC BY 4.0"))
            #expect(head.recipe.dataFingerprint.count == 64)
            #expect(head.recipe.tested >= 150)
            #expect(head.measured.statements.lower > 0.5, "\(head.name) says nothing even of statements")
            #expect((0...1).contains(head.measured.coverage))
            #expect(head.measured.unrelatedCount == 140 && (0...1).contains(head.reach))
        }
        #expect(ShippedHeads.replies.count == 160)
        for head in HeadDefinition.all {
            let replies = ShippedHeads.replies.filter { $0.head == head.name }
            #expect(replies.count == 20 && replies.count(where: \.good) == 10)
        }
    }

    @Test("a sentence that a head has nothing to say of comes out at 0, with its reach around it")
    func unrelated() throws {
        let head = try #require(ShippedHeads.all.first { $0.name == "hope" })
        // A vector whose weighted sum is the head's center: what replies about other things come to at the mean.
        let weights = head.weights.map { Double(Int8(bitPattern: $0)) * head.scale }
        let sum = (head.center - head.calibration.constant) / head.calibration.slope - head.constant
        let vector = weights.map { Float($0 * sum / dot(weights, weights)) }
        let reading = try #require(
            HeadReader([head]).readings(ReplySentences("The bus leaves at ten."), [vector]).first)
        #expect(abs(reading.estimate.value) < 0.001)
        #expect(abs(reading.estimate.upper - head.reach) < 0.001 && abs(reading.estimate.lower + head.reach) < 0.001)
    }

    @Test("a head that was not shown to see anything in replies says that nothing is known")
    func unseeing() throws {
        let blind = ShippedHeads.all.filter { $0.measured.coverage == 0 }
        #expect(!blind.isEmpty, "none is blind any more: say so in the guide")
        let reader = HeadReader(blind)
        let sentences = ReplySentences("Life has a purpose. I will tell you the truth.")
        let vector = [Float](repeating: 0.051, count: 384)
        for reading in reader.readings(sentences, [vector, vector]) {
            #expect(reading.estimate == Estimate(value: 0, lower: -1, upper: 1, coverage: 0))
        }
    }

    @Test("readings are estimates on the scale with verbatim quotes, for any vectors")
    func readings() throws {
        var draw = SeededDraws(seed: 8)
        let reply = "I see it otherwise. Your café is yours; keep it! Would “that” help?\n```\ncode. here\n```"
        let sentences = ReplySentences(reply)
        #expect(sentences.texts.count == 3)
        for _ in 0..<50 {
            let vectors = sentences.texts.map { _ in
                (0..<384).map { _ in Float(draw.next(below: 2_001)) / 10_000 - 0.1 }
            }
            for reading in HeadReader().readings(sentences, vectors) {
                #expect(
                    reading.estimate.lower <= reading.estimate.value && reading.estimate.value <= reading.estimate.upper
                )
                #expect(!reading.quotes.isEmpty)
                for quote in reading.quotes {
                    #expect(String(decoding: Array(reply.utf8)[quote.start..<quote.end], as: UTF8.self) == quote.text)
                }
            }
        }
    }

    @Test("a reply in a language that the embedder doesn't know, or without words, has no coverage")
    func strange() throws {
        #expect(ReplySentences("Das ist deine Entscheidung, und ich helfe dir gern dabei.").share == 0)
        #expect(ReplySentences("これはあなたが決めることです。").share == 0)
        #expect(ReplySentences("").share == 0)
        #expect(ReplySentences("That is for you to decide.").share == 1)
        #expect(ReplySentences(String(repeating: "This is one of them. ", count: 128)).share == 0.5)
    }

    @Test("another embedder is refused with what to do, and an appraisal has an estimate for each head and no total")
    func embedders() async throws {
        await #expect(throws: HeadProblem.otherEmbedder(expected: "all-minilm-l6-v2")) {
            _ = try await HeadReader().read("It is up to you.", with: LetterEmbedder())
        }
        let head = try await made()
        let readings = try await HeadReader([head]).read("It is up to you.", with: LetterEmbedder())
        let appraisal = readings.appraisal(at: 1)
        #expect(Set(appraisal.estimates.keys) == ["hope"])
        #expect(try await HeadReader([head]).read("```\ncode\n```", with: LetterEmbedder()).isEmpty)
    }

    @Test("vectors that are none are refused")
    func broken() async {
        struct Broken: Embedder {
            let answer: [[Float]]
            func embed(_ texts: [String]) async throws -> [[Float]] { answer }
        }
        for answer: [[Float]] in [[], [[]], [[0, 0]], [[.nan, 1]], [[1, 2], [3]]] {
            await #expect(throws: HeadProblem.noVectors) {
                _ = try await HeadVectors.of(["a", "b"], by: Broken(answer: answer), together: 2)
            }
        }
    }

    @Test("a head trained on one file is tried on others, and its own last part it never saw")
    func transfer() async throws {
        let sets = try await [HeadDefinition.all[0], HeadDefinition.all[4]].asyncMap { definition in
            let training = try HeadTraining(definition, data: Array(statementsFile().utf8))
            let vectors = try await HeadVectors.of(training.statements.statements.map(\.text), by: LetterEmbedder())
            return (definition, training.statements, vectors)
        }
        let transfer = HeadTransfer(sets)
        #expect(transfer.names == ["stands-its-ground", "hope"])
        // One has its good end where the other has its bad one, so each tells the other's the wrong way round; what
        // both share is left out, and here that is nothing of what is tried.
        #expect(try #require(transfer.rows[0].byTrainedOn[0]) > 0.9)
        #expect(try #require(transfer.rows[0].byTrainedOn[1]) < 0.1)
        #expect(transfer.rows[0].leftOut == 0 && transfer.rows[0].statements >= 40)
    }

    @Test("what is near a statement that a head learned from in another file isn't tried on it")
    func nearStatements() async throws {
        let lines = statementsFile().split(separator: "\n")
        // The same statements in another order with a word more, so that others of them are learned from.
        let near = lines.reversed().joined(separator: "\n").replacing("everyone kindly", with: "everyone most kindly")
            .replacing("could ever", with: "could really ever")
        let sets = try await [(0, statementsFile()), (4, near)].asyncMap { number, text in
            let training = try HeadTraining(HeadDefinition.all[number], data: Array(text.utf8))
            let vectors = try await HeadVectors.of(training.statements.statements.map(\.text), by: LetterEmbedder())
            return (training.definition, training.statements, vectors)
        }
        let row = HeadTransfer(sets).rows[0]
        #expect(row.leftOut > 0 && row.leftOut <= row.statements)
    }

    @Test("every persona file there is can be tried, once")
    func definitions() {
        #expect(HeadTransfer.definitions.count == 14 && Set(HeadTransfer.definitions.map(\.source)).count == 14)
        #expect(Set(HeadTransfer.definitions.map(\.name)).count == 14)
    }
}

extension Array {
    fileprivate func asyncMap<Other>(_ make: (Element) async throws -> Other) async throws -> [Other] {
        var made: [Other] = []
        for one in self { made.append(try await make(one)) }
        return made
    }
}
