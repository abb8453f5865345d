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
                  trellis deliberate moderate cv_… --reject 6 --reason "It names a person." --as "Ama Okoye"
                  trellis deliberate moderate cv_… --rejected                         what was taken out, by whom and why
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

        @OptionGroup var deciding: DecidingOptions

        @Flag(name: .customLong("rejected"), help: "List what was rejected instead, with who decided and why.")
        var listsRejected = false

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
                            by: deciding.overseer, at: Settings.now())
                    }
                }
                return try await conversations.queue(
                    of: held.id, by: deciding.overseer, standing: listsRejected ? .rejected : .waiting)
            }
            if json {
                Terminal.output.line(try Printed.json(queue.map(ListedStatement.init)))
                return
            }
            for number in accepted { Terminal.output.line("Accepted #\(number).") }
            for number in rejected { Terminal.output.line("Rejected #\(number).") }
            let page = DeliberatePage()
            page.paragraph(heading(queue.count, page))
            for listed in queue {
                page.statement(.init(id: listed.statement.number, text: listed.statement.words))
                if let decision = listed.decisions.last {
                    let reason = decision.reason.map { ": \(DeliberatePage.line($0))" } ?? ""
                    page.detail(
                        "\(decision.standing.rawValue) by \(DeliberatePage.line(decision.moderator)), "
                            + "\(WrittenMoment.text(decision.at))\(reason)")
                }
                for near in listed.near {
                    page.detail(
                        "nearly the same as #\(near.statement), by \(near.means.rawValue): \(DeliberatePage.percent(near.likeness))%"
                    )
                }
            }
        }

        private func heading(_ count: Int, _ page: DeliberatePage) -> String {
            switch (listsRejected, count) {
            case (false, 0): "Nothing waits for a decision."
            case (false, _): "\(page.count(count, "statement waits", "statements wait")) for a decision:"
            case (true, 0): "Nothing is rejected."
            case (true, _): "\(page.count(count, "statement is", "statements are")) rejected:"
            }
        }
    }
}

/// A statement with what was decided about it, as JSON.
private struct ListedStatement: Encodable {
    struct Decision: Encodable {
        let standing: String
        let reason: String?
        let moderator: String
        let at: String
    }

    let number: Int
    let words: String
    let language: String
    let near: [NearStatement]
    /// The earliest first; the last one holds.
    let decisions: [Decision]

    init(_ queued: QueuedStatement) {
        number = queued.statement.number
        words = queued.statement.words
        language = queued.statement.language
        near = queued.near
        decisions = queued.decisions.map {
            Decision(
                standing: $0.standing.rawValue, reason: $0.reason, moderator: $0.moderator,
                at: WrittenMoment.text($0.at))
        }
    }
}
