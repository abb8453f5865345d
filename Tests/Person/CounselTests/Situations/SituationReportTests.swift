import Charters
import Foundation
import Logging
import Models
import Testing

@testable import Counsel

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The local embedder over loopback.
private struct LocalEmbedder: Embedder {
    let address: URL

    private struct Reply: Decodable {
        struct Row: Decodable {
            let index: Int
            let embedding: [Float]
        }
        let data: [Row]
    }

    func embed(_ texts: [String]) async throws -> [[Float]] {
        var request = URLRequest(url: address)
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = try JSONSerialization.data(withJSONObject: ["model": "all-minilm-l6-v2", "input": texts])
        let (data, _) = try await URLSession.shared.data(for: request)
        return try JSONDecoder().decode(Reply.self, from: data).data.sorted { $0.index < $1.index }.map(\.embedding)
    }
}

/// The report on the suite with and without the local embedder, and the fitting of its weights. Runs when asked:
/// `Benchmarks/situations.sh`, or `TRELLIS_SITUATIONS_REPORT=FILE swift test --filter SituationReportTests`.
@Suite("The report on situations", .serialized)
struct SituationReportTests {
    static let file = ProcessInfo.processInfo.environment["TRELLIS_SITUATIONS_REPORT"]
    /// The weights are fitted on the split in the middle, which the cues were not written on: on the first, the cues
    /// are better than they are anywhere else, and meaning would seem to add nothing.
    static let splits = ["development.json", "calibration.json", "earlier-held-out.json", "held-out.json"]
    static let home: URL = {
        if let named = ProcessInfo.processInfo.environment["TRELLIS_HOME"] { return URL(fileURLWithPath: named) }
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<5 { folder.deleteLastPathComponent() }
        return folder.appendingPathComponent(".trellis")
    }()

    @Test("accuracy on both splits, by cues and by cues and meaning", .enabled(if: file != nil, "it was not asked for"))
    func report() async throws {
        let file = try #require(Self.file)
        var lines = ["Situations read and moves chosen, \(Date.now.formatted(.iso8601))", ""]
        let reader = CueReader()
        for split in Self.splits {
            let result = try await SuiteResult(SituationFiles.situations(split)) { situation, charter in
                reader.reading(of: situation.conversation, known: situation.circumstances, charter: charter)
            }
            lines += [result.report("\(split), cues", showingMisses: false), ""]
        }

        let runtime = LocalRuntime(
            home: Self.home, kinds: [.embedding], log: Logger(label: "report") { _ in SwiftLogNoOpLogHandler() })
        do {
            try await runtime.start()
        } catch {
            lines.append("The local embedder is not there: \(error)")
            try lines.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
            return
        }
        let (host, port) = try #require(await runtime.endpoint(.embedding))
        let embedder = LocalEmbedder(address: try #require(URL(string: "http://\(host):\(port)/v1/embeddings")))

        // The weights, fitted anew.
        let vectors = DescribedVectors()
        try await vectors.make(with: embedder)
        let described = try #require(vectors.vectors)
        var examples: [(cues: Double, nearness: Double, holds: Bool)] = []
        for situation in try SituationFiles.situations("calibration.json") {
            let charter = try SituationFiles.charter(situation.charter ?? "plain", role: situation.role)
            let read = reader.reading(
                of: situation.conversation, known: situation.circumstances, charter: charter)
            let message = try #require(situation.conversation.message)
            let unit = try #require(try await embedder.embed([message]).first?.unit)
            let nearness = Nearness(unit, described)
            for signal in Signal.allCases where signal != .tradeOff && signal != .quarrel {
                examples.append(
                    (
                        read[signal].score, nearness.share(signal),
                        situation.features?.contains(signal.rawValue) ?? false
                    ))
            }
        }
        let fit = Calibration.fitting(examples)
        lines += [
            String(
                format: "fitted on calibration.json (%d examples): base %.2f, cues %.2f, nearness %.2f; in the code: "
                    + "base %.2f, cues %.2f, nearness %.2f", examples.count, fit.base, fit.cues, fit.nearness,
                Calibration.fitted.base, Calibration.fitted.cues, Calibration.fitted.nearness), "",
        ]

        let meaning = EmbeddingReader(embedder: embedder, limit: .seconds(10))
        try await meaning.prepare()
        for split in Self.splits {
            var times: [Double] = []
            let result = try await SuiteResult(SituationFiles.situations(split)) { situation, charter in
                let began = ContinuousClock.now
                let read = await meaning.read(
                    situation.conversation, known: situation.circumstances, charter: charter)
                times.append((ContinuousClock.now - began) / .milliseconds(1))
                return read
            }
            times.sort()
            lines += [
                result.report("\(split), cues and meaning (all-MiniLM-L6-v2)", showingMisses: false),
                String(
                    format: "time a message: median %.1f ms, p95 %.1f ms, within 30 ms %.0f%%", times[times.count / 2],
                    times[times.count * 95 / 100],
                    100 * Double(times.count { $0 <= 30 }) / Double(times.count)), "",
            ]
        }
        await runtime.stop()
        lines.append(
            "A move counts as right when it is the one that the author of the situation named. Both splits were written "
                + "by hand for this project, so they don't show how often each situation comes up anywhere.")
        let text = lines.joined(separator: "\n") + "\n"
        print(text)
        try text.write(toFile: file, atomically: true, encoding: .utf8)
    }
}
