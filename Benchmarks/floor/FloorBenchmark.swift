import Charters
import Counsel
import Foundation

/// Measures what the floor adds: compiling, one check of an input, and one token of a stream.
///
///     floor-benchmark            a table
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

    static func main() {
        switch CommandLine.arguments.dropFirst().first {
        case "phrases": print(phrases.joined(separator: "\n"))
        case "text": print(text(8_192), terminator: "")
        default: measure()
        }
    }

    private static func floor(_ phrases: [String], _ detectors: [FloorDetector]) -> [FloorClause] {
        [
            FloorClause(
                id: "rule", sayings: ["A rule."], severity: .block,
                detection: FloorClause.Detection(
                    phrases: phrases, detectors: detectors.map(\.rawValue), sides: [.input, .output]))
        ]
    }

    private static func measure() {
        let floors: [(String, [FloorClause])] = [
            ("1,000 phrases", floor(phrases, [])),
            ("every detector", floor([], FloorDetector.allCases)),
            ("both", floor(phrases, FloorDetector.allCases)),
        ]
        print("| floor | compile, ms | input of 1 KB, µs | input of 8 KB, µs | streamed token, ns |")
        print("|---|---|---|---|---|")
        for (name, clauses) in floors {
            let clock = ContinuousClock()
            var made = FloorWatch([])
            let compiling = clock.measure { made = FloorWatch(clauses) }
            let small = text(1_024)
            let large = text(8_192)
            let one = median(rounds: 9, of: 400) { _ = made.input(small) }
            let eight = median(rounds: 9, of: 50) { _ = made.input(large) }
            let tokens = large.split(separator: " ").map { $0 + " " }.map { String($0) }
            let stream = median(rounds: 9, of: 50) {
                var watch = made
                for token in tokens { _ = watch.take(token) }
                _ = watch.finish()
            }
            let columns = [
                compiling / .milliseconds(1), one / .microseconds(1), eight / .microseconds(1),
                stream / Double(tokens.count) / .nanoseconds(1),
            ]
            let cells = columns.map { String(format: $0 < 100 ? "%.1f" : "%.0f", $0) }
            print("| \(name) | \(cells.joined(separator: " | ")) |")
        }
    }

    /// The median over some rounds of what one call takes.
    private static func median(rounds: Int, of calls: Int, _ body: () -> Void) -> Duration {
        let clock = ContinuousClock()
        let times = (0..<rounds).map { _ in clock.measure { for _ in 0..<calls { body() } } / calls }
        return times.sorted()[rounds / 2]
    }
}
