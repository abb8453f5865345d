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
    /// What a run would do. Tokens are reckoned at four bytes each, replies at their longest.
    struct Estimate<Plan: Encodable>: Encodable {
        let conversations: Int
        let replies: Int
        let judgements: Int
        let tokensReadAtMost: Int
        let tokensWrittenAtMost: Int
        let costAtMost: Double?
        let plan: Plan

        /// - Parameter factors: What is multiplied with each other, a line each.
        func tell(json: Bool, factors: [String]) throws {
            if json {
                Terminal.output.line(try Printed.json(self))
                return
            }
            for line in factors { Terminal.output.line(line) }
            Terminal.output.line(
                "= \(conversations) conversations, at most \(replies) replies and \(judgements) questions to judges")
            Terminal.output.line(
                "At most about \(tokensReadAtMost) tokens read and \(tokensWrittenAtMost) written"
                    + (costAtMost.map { String(format: ", which cost %.2f", $0) } ?? "") + ".")
        }
    }

    /// Says which models couldn't be reached and why conversations failed.
    ///
    /// - Throws: ``CommandFailure`` when some are missing.
    static func settle(_ outcome: Runner.Outcome) throws {
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
