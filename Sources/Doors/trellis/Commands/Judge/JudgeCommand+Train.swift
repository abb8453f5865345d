import ArgumentParser
import Foundation
import Gateway
import Judges
import Models

extension JudgeCommand {
    /// `trellis judge train`.
    struct Train: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a local head anew from its data, to the last bit.",
            discussion: """
                DATA is a folder with the files of Anthropic's persona evaluations (github.com/anthropics/evals, persona; CC BY \
                4.0). A head's file comes out as it ships: weights, recipe and what was measured. A thousand statements take \
                about ten seconds on one core.

                Examples:
                  trellis judge train evals/persona --head hope > head-hope.json
                  trellis judge train evals/persona --transfer       how far one file says anything about another

                Exit code 1 when the data can't be read. More: docs/judging.md.
                """)

        @Argument(help: "A folder with .jsonl files of statements.", completion: .directory)
        var data: String

        @Option(name: .long, help: "The head, as `trellis judge heads` names it.")
        var head: String?

        @Flag(name: .long, help: "Try heads on each other's files instead.")
        var transfer = false

        @Option(
            name: .long, help: "A folder to keep vectors in, so that a second run is quick. Default: they aren't kept.",
            completion: .directory)
        var vectors: String?

        @Flag(name: .long, help: "With --transfer: print JSON. A head is JSON anyway.")
        var json = false

        @OptionGroup(title: "Configuration") var options: SettingsOptions

        func validate() throws {
            guard (head == nil) == transfer else { throw ValidationError("Name one --head, or say --transfer.") }
            if let head, !HeadDefinition.all.contains(where: { $0.name == head }) {
                let names = HeadDefinition.all.map(\.name).joined(separator: ", ")
                throw ValidationError("There is no head \(WrappedText.plain(head)). There are: \(names).")
            }
        }

        func run() async throws {
            let definitions =
                transfer ? HeadTransfer.definitions : HeadDefinition.all.filter { $0.name == head }
            let trainings = try definitions.map(training)
            let embedder = try await LocalEmbedder(home: options.settings().gateway.home)
            let made: [[[Float]]]
            do {
                var all: [[[Float]]] = []
                for training in trainings { all.append(try await vectors(of: training, embedder)) }
                made = all
            } catch {
                await embedder.stop()
                throw error as? CommandFailure ?? CommandFailure(.failed, WrappedText.plain("\(error)"))
            }
            await embedder.stop()
            if transfer {
                let transfer = HeadTransfer(
                    zip(trainings, made).map { training, vectors in
                        let count = training.statements.statements.count
                        return (training.definition, training.statements, Array(vectors.dropFirst().prefix(count)))
                    })
                Terminal.output.line(
                    json ? try Printed.json(transfer) : Self.lines(transfer).joined(separator: "\n"))
                return
            }
            for (training, vectors) in zip(trainings, made) {
                guard let head = training.head(vectors: vectors, embedder: LocalModelKind.embedding.modelName) else {
                    throw CommandFailure(.failed, "too few statements were left to measure the head with.")
                }
                Terminal.output.line(try Printed.json(head))
            }
        }

        private func training(_ definition: HeadDefinition) throws -> HeadTraining {
            let path = URL(fileURLWithPath: data).appending(path: "\(definition.source).jsonl").path
            let bytes = try PolisFolder.bytes(at: path)
            do throws(StatementSet.Problem) {
                return try HeadTraining(definition, data: bytes)
            } catch {
                throw CommandFailure(.negative, WrappedText.plain("\(path): \(error)"))
            }
        }

        private func vectors(of training: HeadTraining, _ embedder: LocalEmbedder) async throws -> [[Float]] {
            let texts = training.texts
            let kept = vectors.map { KeptVectors(folder: $0, texts: texts) }
            if let known = kept?.read() { return known }
            let shows = Terminal.error.isInteractive
            let made = try await HeadVectors.of(texts, by: embedder.model) { done in
                if shows, done % 100 == 0 || done == texts.count {
                    Terminal.error.write(
                        "\rembedding \(training.definition.name): \(done) of \(texts.count)\(done == texts.count ? "\n" : "")"
                    )
                }
            }
            try kept?.write(made)
            return made
        }

        private static func lines(_ transfer: HeadTransfer) -> [String] {
            var table = Table(
                head: ["tried on", "all others"] + transfer.names.indices.map { "(\($0 + 1))" })
            for (number, row) in transfer.rows.enumerated() {
                table.rows.append(
                    ["(\(number + 1)) \(row.tried)"]
                        + ([row.trainedOnOthers] + row.byTrainedOn).map { $0.map(WrittenNumber.hundredths) ?? "-" })
            }
            return [
                "How well a head trained on one file (columns) tells statements of another (rows), good end up:",
                "areas under the curve; 1 always right, 0.50 a coin, below it the wrong way round.", "",
            ] + table.lines + [
                "",
                "Of \(transfer.rows.reduce(0) { $0 + $1.statements }) statements tried, \(transfer.rows.reduce(0) { $0 + $1.leftOut }) were left out for the heads of all others: near ones were learned from.",
            ]
        }
    }
}

/// Vectors kept in a file, under a name that follows from the texts.
private struct KeptVectors {
    private let file: URL
    private let count: Int

    init(folder: String, texts: [String]) {
        // FNV-1a, as a name; nobody's secret depends on it.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for text in texts {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            hash = (hash ^ 0xFF) &* 0x100_0000_01B3
        }
        file = URL(fileURLWithPath: folder).appending(path: "\(String(hash, radix: 16)).f32")
        count = texts.count
    }

    /// The vectors; nil when there is no such file, or it is broken.
    func read() -> [[Float]]? {
        guard let data = try? Data(contentsOf: file), count > 0, data.count % (4 * count) == 0, !data.isEmpty else {
            return nil
        }
        let width = data.count / 4 / count
        let numbers = data.withUnsafeBytes { bytes in
            (0..<(data.count / 4)).map {
                Float(bitPattern: bytes.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self))
            }
        }
        guard numbers.allSatisfy(\.isFinite) else { return nil }
        return (0..<count).map { Array(numbers[($0 * width)..<(($0 + 1) * width)]) }
    }

    func write(_ vectors: [[Float]]) throws {
        var data = Data()
        for vector in vectors {
            for number in vector { withUnsafeBytes(of: number.bitPattern) { data.append(contentsOf: $0) } }
        }
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try data.write(to: file, options: .atomic)
        } catch {
            throw CommandFailure(.failed, WrappedText.plain("the vectors could not be kept at \(file.path): \(error)"))
        }
    }
}
