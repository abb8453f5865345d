import ArgumentParser
import Evaluation
import Foundation

/// The options by which commands that evaluate are told what tokens cost.
struct PriceOptions: ParsableArguments {
    @Option(name: .long, help: "What a million tokens read cost, for the estimate and the progress.")
    var priceIn: Double?

    @Option(name: .long, help: "What a million tokens written cost.")
    var priceOut: Double?

    /// What tokens cost; nil where nobody said.
    var price: @Sendable (TokenCount) -> Double? {
        let (read, written) = (priceIn, priceOut)
        return { tokens in
            guard read != nil || written != nil else { return nil }
            return (Double(tokens.input) * (read ?? 0) + Double(tokens.output) * (written ?? 0)) / 1_000_000
        }
    }
}

/// What commands that hold conversations say before and after.
enum RunTelling {
    /// What a run would do. Tokens are reckoned at four bytes each, replies at their longest: a guess, since every model
    /// counts them in its own way.
    struct Estimate<Plan: Encodable>: Encodable {
        let conversations: Int
        let replies: Int
        var played = 0
        let judgements: Int
        let tokensRead: Int
        let tokensWritten: Int
        let cost: Double?
        let plan: Plan

        /// - Parameter factors: What is multiplied with each other, a line each.
        func tell(json: Bool, factors: [String]) throws {
            if json {
                Terminal.output.line(try Printed.json(self))
                return
            }
            for line in factors { Terminal.output.line(line) }
            var parts = [RunTelling.counted(replies, "reply", "replies")]
            if played > 0 { parts.append("\(RunTelling.counted(played, "message", "messages")) of played persons") }
            parts.append("\(RunTelling.counted(judgements, "question", "questions")) to judges")
            Terminal.output.line(
                "= \(RunTelling.counted(conversations, "conversation", "conversations")), at most \(parts.formatted(.list(type: .and).locale(Locale(identifier: "en_GB"))))"
            )
            Terminal.output.line(
                "About \(tokensRead) tokens read and \(tokensWritten) written, if every reply is as long as it may be"
                    + (cost.map { String(format: ", which cost %.2f at the prices given", $0) } ?? "") + ".")
        }
    }

    /// A number with its noun.
    static func counted(_ count: Int, _ one: String, _ many: String) -> String { "\(count) \(count == 1 ? one : many)" }

    /// Says what a reader of the results should know, which models couldn't be reached and why conversations failed.
    ///
    /// - Throws: ``CommandFailure`` when some are missing.
    static func settle(_ outcome: Runner.Outcome) throws {
        for remark in outcome.progress.remarks { Terminal.error.line("note: \(remark)") }
        for (model, reason) in outcome.unreachable.sorted(by: { $0.key < $1.key }) {
            Terminal.error.line("\(WrappedText.plain(model)): \(WrappedText.plain(reason))")
        }
        let told = Set(outcome.unreachable.values)
        let reasons = outcome.progress.reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        for (reason, count) in reasons.prefix(5) where !told.contains(reason) {
            Terminal.error.line("\(count) failed: \(WrappedText.plain(reason))")
        }
        guard !outcome.isWhole else { return }
        let missing = outcome.progress.planned - outcome.progress.finished
        throw CommandFailure(
            outcome.unreachable.isEmpty ? .negative : .unreachable,
            "\(missing) conversation\(missing == 1 ? " is" : "s are") missing. The same command does them again; what is finished is kept."
        )
    }
}
