import Models
import Testing

@testable import Gateway

/// A small reader of the Prometheus text format, as strict as its documentation.
struct ExpositionReader {
    struct Problem: Error { let line: String }
    var types: [String: String] = [:]
    var samples: [String: Double] = [:]

    init(_ text: String) throws {
        guard text.hasSuffix("\n") else { throw Problem(line: "no line feed at the end") }
        let name = /[a-zA-Z_:][a-zA-Z0-9_:]*/
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init) {
            if line.hasPrefix("# HELP ") { continue }
            if let type = line.wholeMatch(of: /# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)/) {
                guard types.updateValue(String(type.2), forKey: String(type.1)) == nil else {
                    throw Problem(line: "a family twice: \(line)")
                }
                continue
            }
            let pattern =
                /([a-zA-Z_:][a-zA-Z0-9_:]*)(\{[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*"(?:,[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*")*\})? (\S+)/
            guard let sample = line.wholeMatch(of: pattern), let value = Double(String(sample.3)) else {
                throw Problem(line: line)
            }
            let family = String(sample.1).replacing(/_(bucket|sum|count)$/, with: "")
            guard sample.1.wholeMatch(of: name) != nil, types[String(sample.1)] != nil || types[family] == "histogram"
            else { throw Problem(line: "a sample without its family: \(line)") }
            guard samples.updateValue(value, forKey: "\(sample.1)\(sample.2 ?? "")") == nil else {
                throw Problem(line: "a sample twice: \(line)")
            }
        }
    }
}

@Suite("Metrics")
struct MetricsTests {
    @Test("the page is in the Prometheus text format, empty and full")
    func format() throws {
        let metrics = Metrics(upstreams: ["local", "odd \"name\"\\\n"])
        _ = try ExpositionReader(metrics.page())
        metrics.answered(.chatCompletions, status: 200, nanoseconds: 1_200_000)
        metrics.answered(.messages, status: 418, nanoseconds: 1)
        metrics.upstreamFailed("odd \"name\"\\\n", .closedEarly)
        metrics.upstreamFailed("never named", .busy)
        metrics.upstreamAnsweredWithError("local")
        metrics.tokens(input: 12, output: 30)
        let page = try ExpositionReader(
            metrics.page(
                receipts: .init(recorded: 5, ingested: 3, waiting: 2, failed: 0),
                memory: .init(noted: 9, read: 4, forbidden: 1, lost: 2, remembered: 3, waiting: 2)))
        #expect(page.samples[#"trellis_requests_total{door="chat-completions",status="200"}"#] == 1)
        #expect(page.samples[#"trellis_requests_total{door="messages",status="other"}"#] == 1)
        #expect(page.samples[#"trellis_upstream_failures_total{upstream="odd \"name\"\\\n",kind="closed-early"}"#] == 1)
        #expect(page.samples[#"trellis_upstream_failures_total{upstream="other",kind="busy"}"#] == 1)
        #expect(page.samples[#"trellis_upstream_failures_total{upstream="local",kind="error-status"}"#] == 1)
        #expect(page.samples[#"trellis_tokens_total{direction="output"}"#] == 30)
        #expect(page.samples["trellis_receipts_waiting"] == 2)
        #expect(page.types["trellis_receipts_recorded_total"] == "counter")
        #expect(page.samples["trellis_memory_turns_lost_total"] == 2)
        #expect(page.samples["trellis_memory_turns_waiting"] == 2)
        #expect(page.types["trellis_memory_items_remembered_total"] == "counter")
        #expect((page.samples["process_start_time_seconds"] ?? 0) > 1_700_000_000)
        #if os(Linux)
            #expect((page.samples["process_resident_memory_bytes"] ?? 0) > 1_000_000)
        #endif
    }

    @Test("a histogram's buckets rise, hold their bound, and end in all")
    func histogram() throws {
        let metrics = Metrics(upstreams: [])
        // Half a millisecond is the first bound, and a bound belongs to its bucket.
        for nanoseconds: UInt64 in [0, 500_000, 500_001, 120_000_000_000, 120_000_000_001, .max / 2] {
            metrics.answered(.models, status: 200, nanoseconds: nanoseconds)
        }
        let page = try ExpositionReader(metrics.page())
        func bucket(_ bound: String) -> Double? {
            page.samples["trellis_request_seconds_bucket{door=\"models\",le=\"\(bound)\"}"]
        }
        #expect(bucket("0.0005") == 2)
        #expect(bucket("0.001") == 3)
        #expect(bucket("120.0") == 4)
        #expect(bucket("+Inf") == 6)
        #expect(page.samples[#"trellis_request_seconds_count{door="models"}"#] == 6)
        let rising = Histogram.bounds.compactMap { bucket("\($0)") }
        #expect(rising == rising.sorted() && rising.count == Histogram.bounds.count)
    }

    @Test("counts from many threads all arrive")
    func race() async throws {
        let metrics = Metrics(upstreams: ["local"])
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1000 {
                        metrics.answered(.embeddings, status: 200, nanoseconds: 1000)
                        metrics.openStreams.add(1)
                        metrics.openStreams.add(-1)
                    }
                }
            }
        }
        let page = try ExpositionReader(metrics.page())
        #expect(page.samples[#"trellis_requests_total{door="embeddings",status="200"}"#] == 8000)
        #expect(page.samples["trellis_open_streams"] == 0)
    }

    @Test("no traffic, however odd, makes the page grow beyond its fixed lists")
    func bounded() throws {
        let metrics = Metrics(upstreams: ["local"])
        for door in Metrics.Door.allCases {
            for status in -10...1200 { metrics.answered(door, status: status, nanoseconds: 1) }
        }
        for kind in UpstreamFailure.Kind.allCases {
            for upstream in ["local", "unknown"] { metrics.upstreamFailed(upstream, kind) }
        }
        let before = try ExpositionReader(metrics.page()).samples.count
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<20_000 {
            metrics.answered(
                Metrics.Door.allCases.randomElement(using: &generator) ?? .other,
                status: Int(truncatingIfNeeded: generator.next()), nanoseconds: generator.next() >> 20)
            metrics.upstreamFailed("upstream \(generator.next())", .busy)
            metrics.upstreamRetried("upstream \(generator.next())")
        }
        metrics.upstreamRetried("local")
        #expect(try ExpositionReader(metrics.page()).samples.count == before + 2)
        #expect(before < 500)
    }
}
