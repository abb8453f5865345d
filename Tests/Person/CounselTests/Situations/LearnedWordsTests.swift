import Charters
import Models
import Testing

@testable import Counsel

/// Words are found by their bytes, in a table. What they add up to must be what it would be if each were spelled out and
/// looked up by name, to the last bit: the weights were learned from the latter.
@Suite("Learned words, found by their bytes")
struct LearnedWordsTests {
    private static let table = LearnedWeights.fitted.words
    private static let numbers = Dictionary(uniqueKeysWithValues: table.words.enumerated().map { ($1, Int32($0)) })

    private func same(_ text: String) {
        let folded = FoldedText(text)
        let found = WordsFound(folded, in: Self.table)
        let spelled = SpelledWords.of(folded)
        #expect(found.count == spelled.count, "\(text.prefix(60))")
        #expect(found.learned == spelled.compactMap { Self.numbers[$0] }, "\(text.prefix(60))")
    }

    @Test("are those of the spelled-out words, in every situation in view and every phrase")
    func inView() throws {
        var learned = 0
        for split in TrainingExamplesTests.splits {
            for situation in try SituationFiles.situations(split) {
                for turn in situation.conversation.turns { same(turn.content) }
            }
        }
        for phrase in try SituationFiles.phrases() {
            same(phrase.text)
            learned += WordsFound(FoldedText(phrase.text), in: Self.table).learned.count
        }
        #expect(learned > 10_000)
    }

    @Test("are those of the spelled-out words in any text, however long")
    func anyText() throws {
        var generator = SeededGenerator(seed: 23)
        let words = try SituationFiles.phrases().flatMap { $0.text.split(separator: " ").map(String.init) }
        let scalars: [ClosedRange<UInt32>] = [
            0x20...0x7E, 0x0...0x1F, 0xA0...0x24F, 0x600...0x64A, 0x904...0x939, 0x3041...0x3096, 0x4E00...0x4FFF,
            0x1F600...0x1F64F, 0x2010...0x2040, 0xFF00...0xFFEF,
        ]
        for round in 0..<1_000 {
            var text = ""
            for _ in 0..<Int.random(in: 0...(round % 40 == 0 ? 2_500 : 40), using: &generator) {
                switch Int.random(in: 0...9, using: &generator) {
                case 0:
                    if let range = scalars.randomElement(using: &generator),
                        let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator))
                    {
                        text.unicodeScalars.append(scalar)
                    }
                case 1: text += [". ", "?", "\n", ", ", "_", "你", ""].randomElement(using: &generator) ?? ""
                default: text += (words.randomElement(using: &generator) ?? "") + " "
                }
            }
            same(text)
        }
        same("")
        same("a")
        same("你")
        same(String(repeating: "你a", count: 6_000))
        same(String(repeating: "a ", count: 6_000))
        same((0..<3_000).map { "w\($0)" }.joined(separator: " "))
        same((0..<3_000).map { "w\($0)." }.joined(separator: " "))
    }

    @Test("add up to what they would add up to by name, to the last bit")
    func sums() throws {
        let weights = LearnedWeights.fitted
        let plain = try SituationFiles.charter("plain", role: "advisor")
        for phrase in try SituationFiles.phrases().prefix(600) {
            let read = CueReader().situation(
                of: Conversation(turns: [ChatTurn(.user, phrase.text)]), known: Circumstances(), charter: plain,
                weights: weights)
            let features = try #require(read.features)
            var sums = weights.constants
            for (feature, value) in features.values {
                for (signal, weight) in (weights.row(ofFeature: feature) ?? []).enumerated() {
                    sums[signal] += weight * value
                }
            }
            for word in SpelledWords.of(FoldedText(phrase.text)) {
                guard let number = Self.numbers[word] else { continue }
                for (signal, weight) in weights.row(ofWord: number).enumerated() {
                    sums[signal] += weight * features.wordValue
                }
            }
            #expect(weights.sums(of: features).sums == sums, "\(phrase.text)")
        }
    }
}
