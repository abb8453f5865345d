import ArgumentParser
import Deliberation

extension DeliberateCommand {
    /// `trellis deliberate moderate`.
    struct Moderate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "See what waits for a decision, and decide.",
            discussion: """
                Every decision is kept, with who made it and why; the last one about a statement holds. Votes on a \
                statement that is rejected are kept and count for nothing.

                Examples:
                  trellis deliberate moderate cv_…                                    what waits
                  trellis deliberate moderate cv_… --accept 4 --accept 5
                  trellis deliberate moderate cv_… --reject 6 --reason "It names a person."
                More: docs/deliberation.md.
                """)

        @OptionGroup var held: HeldOptions

        @Option(
            name: .customLong("accept"), help: "The number of a statement that comes in. May be given several times.")
        var accepted: [Int] = []

        @Option(
            name: .customLong("reject"), help: "The number of a statement that goes out. May be given several times.")
        var rejected: [Int] = []

        @Option(name: .long, help: "Why. Needed for what is rejected.")
        var reason: String?

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func validate() throws {
            if let both = Set(accepted).intersection(rejected).min() {
                throw ValidationError("Statement \(both) can't be accepted and rejected at once.")
            }
            if !rejected.isEmpty, reason == nil {
                throw ValidationError("Whoever rejects a statement says why: people may ask. Add --reason.")
            }
        }

        func run() async throws {
            let queue = try await held.with { conversations in
                for (numbers, standing) in [(accepted, HeldStatement.Standing.accepted), (rejected, .rejected)] {
                    for number in numbers {
                        try await conversations.decide(
                            standing, about: number, in: held.id, because: reason,
                            by: .operator(name: OperatorName.own), at: Settings.now())
                    }
                }
                return try await conversations.queue(of: held.id, by: .operator(name: OperatorName.own))
            }
            if json {
                Terminal.output.line(try Printed.json(queue.map(WaitingStatement.init)))
                return
            }
            for number in accepted { Terminal.output.line("Accepted #\(number).") }
            for number in rejected { Terminal.output.line("Rejected #\(number).") }
            let page = DeliberatePage()
            page.paragraph(
                queue.isEmpty
                    ? "Nothing waits for a decision."
                    : "\(page.count(queue.count, "statement waits", "statements wait")) for a decision:")
            for waiting in queue {
                page.statement(.init(id: waiting.statement.number, text: waiting.statement.words))
                for near in waiting.near {
                    page.detail(
                        "nearly the same as #\(near.statement), by \(near.means.rawValue): \(DeliberatePage.percent(near.likeness))%"
                    )
                }
            }
        }
    }
}

/// A statement that waits, as JSON.
private struct WaitingStatement: Encodable {
    let number: Int
    let words: String
    let language: String
    let near: [NearStatement]

    init(_ queued: QueuedStatement) {
        number = queued.statement.number
        words = queued.statement.words
        language = queued.statement.language
        near = queued.near
    }
}
