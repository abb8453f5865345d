import Charters
import Counsel
import Foundation
import Gateway
import NIOCore

/// Measures what the floor adds, in processor time: making it ready, one check of an input, one token of a stream.
///
///     floor-benchmark            tables
///     floor-benchmark phrases    the phrases that it looks for, one a line, for a peer to look for the same
///     floor-benchmark text       the text of 8 KB that it looks at
@main
enum FloorBenchmark {
    /// 1,000 phrases of two to four words, the same every time.
    static let phrases: [String] = {
        let first = [
            "never", "always", "please", "quickly", "secretly", "finally", "nobody", "somebody", "tonight", "again",
        ]
        let second = [
            "hurts", "finds", "follows", "forgets", "watches", "answers", "leaves", "carries", "opens", "breaks",
        ]
        let third = [
            "the red door", "a cold river", "my own name", "that old song", "every window", "no more", "it all", "us",
            "them", "you",
        ]
        return first.flatMap { a in second.flatMap { b in third.map { "\(a) \(b) \($0)" } } }
    }()

    static let words = """
        A trellis holds a plant up and lets it choose where to grow. It never pulls, and it always leaves the plant its own \
        name; please look again tonight, when somebody opens a window and the cold river answers. Nobody follows it there.
        """

    static func text(_ bytes: Int) -> String {
        var text = ""
        while text.utf8.count < bytes { text += words + " " }
        return String(text.prefix(bytes))
    }

    static func main() throws {
        switch CommandLine.arguments.dropFirst().first {
        case "phrases": print(phrases.joined(separator: "\n"))
        case "text": print(text(8_192), terminator: "")
        default: try measure()
        }
    }

    /// A charter whose floor looks for this, on top of what Trellis's own floor looks for.
    private static func charter(_ phrases: [String], _ detectors: [FloorDetector]) throws -> CompiledCharter {
        let detect = """
            { phrases: [\(phrases.map { "\"\($0)\"" }.joined(separator: ", "))], \
            detectors: [\(detectors.map(\.rawValue).joined(separator: ", "))], in: [input, output] }
            """
        let rule = "floor: { rule: { says: A rule., severity: block, detect: \(detect) } }"
        let text = """
            charter: bench/floor
            version: 1.0.0
            community: Bench
            purpose: To be measured.
            goods: { one: { says: One good. } }
            \(phrases.isEmpty && detectors.isEmpty ? "" : rule)
            """
        return try Charter.read(Data(text.utf8), file: "bench").charter.compiled(role: nil)
    }

    private static func measure() throws {
        let own = try charter([], [])
        let lexicon = processorTime { _ = CueReader() }
        let first = processorTime { _ = FloorWatch(own.floor).input(words) }
        print("| made ready once in a process, before the first message | ms |")
        print("|---|---|")
        print("| the words that a reader of situations looks for | \(cell(lexicon / .milliseconds(1))) |")
        print(
            "| Trellis's own floor, with the tables of letters that all floors share | \(cell(first / .milliseconds(1))) |"
        )
        print()

        let floors = [
            ("Trellis's own, as in every charter", own), ("and 1,000 phrases", try charter(phrases, [])),
            ("and every detector on both sides", try charter([], FloorDetector.allCases)),
            ("and both", try charter(phrases, FloorDetector.allCases)),
        ]
        let small = text(1_024)
        let large = text(8_192)
        let tokens = large.split(separator: " ").map { String($0 + " ") }
        let events = tokens.map { token in
            ByteBuffer(
                string:
                    #"data: {"id":"chatcmpl-bench000000000000001","object":"chat.completion.chunk","created":1700000000,"#
                    + #""model":"bench-model","system_fingerprint":"fp_bench","choices":[{"index":0,"delta":{"content":""#
                    + token + #""},"logprobs":null,"finish_reason":null}]}"# + "\n\n")
        }
        print(
            "| floor | compile, ms | input of 1 KB, µs | input of 8 KB, µs | streamed token, watch, ns "
                + "| streamed token, stream, ns |")
        print("|---|---|---|---|---|---|")
        for (name, compiled) in floors {
            var made = FloorWatch([])
            let compiling = processorTime { made = FloorWatch(compiled.floor) }
            let watch = made
            precondition(watch.input(large).isEmpty && watch.output(large).isEmpty, "the text breaks no clause")
            let one = median(of: 400) { _ = watch.input(small) }
            let eight = median(of: 50) { _ = watch.input(large) }
            let watched = median(of: 50) {
                var watch = watch
                for token in tokens { _ = watch.take(token) }
                _ = watch.finish()
            }
            let streamed = median(of: 50) {
                let stream = FloorStream(under: compiled)
                for event in events { _ = stream?.passed(event) }
            }
            let each = Double(tokens.count)
            // What was compiled before is looked up: Trellis's own floor was made ready above.
            let columns = [
                (compiled.floor.count == own.floor.count ? nil : compiling / .milliseconds(1)), one / .microseconds(1),
                eight / .microseconds(1), watched / each / .nanoseconds(1), streamed / each / .nanoseconds(1),
            ]
            print("| \(name) | \(columns.map { $0.map(cell) ?? "above" }.joined(separator: " | ")) |")
        }
        let scanned = median(of: 50) {
            var scanner = EventStreamScanner()
            for event in events { _ = try? scanner.take(event) }
        }
        print()
        print(
            "The scanner alone, which every streamed event passes: \(cell(scanned / Double(tokens.count) / .nanoseconds(1))) ns."
        )
        print()
    }

    private static func cell(_ number: Double) -> String { String(format: number < 100 ? "%.1f" : "%.0f", number) }

    /// The median over nine rounds of what one call takes.
    private static func median(of calls: Int, _ body: () -> Void) -> Duration {
        let times = (0..<9).map { _ in processorTime { for _ in 0..<calls { body() } } / calls }
        return times.sorted()[4]
    }

    /// The time that this thread had a processor: on a machine that others use too, time on the clock says little.
    private static func processorTime(_ body: () -> Void) -> Duration {
        func now() -> Duration {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
        }
        let start = now()
        body()
        return now() - start
    }
}
