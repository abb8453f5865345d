import ArgumentParser
import Evaluation
import Flourishing
import Judges

extension EvaluateCommand {
    /// `trellis evaluate compare`.
    struct Compare: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say good by good whether one conduct is better than another.",
            discussion: """
                Each scenario is compared with itself, with the same seed. Of one run, name two charters, or two models; \
                of two runs, every model under every charter that is in both is compared with itself.

                Examples:
                  trellis evaluate compare runs/one --from none --to commons/advisor
                  trellis evaluate compare runs/one --by model --from small --to large
                  trellis evaluate compare runs/last-week runs/today --margin 0.2
                  trellis evaluate compare runs/last-week runs/today --strict

                Exit code 1 when a good got worse beyond the margin (its whole 95% interval lies beyond it); when more \
                than --allow-missing of the pairs are missing, because conversations failed or a judge could read one \
                side only; when a suite, seed, judge, model or charter is in one of two runs only, unless --common-only; \
                and when nothing could be compared. A good that may have got worse, but not surely, is told and doesn't \
                fail: with --strict it does. More: docs/evaluating.md.
                """)

        /// What is compared.
        enum Kind: String, ExpressibleByArgument, CaseIterable {
            case charter, model
        }

        @Argument(help: "The run's folder.", completion: .directory)
        var folder: String

        @Argument(help: "Another run's folder, which is compared with the first.", completion: .directory)
        var other: String?

        @Option(name: .long, help: "What is compared with: a charter of the run, `none`, or a model with --by model.")
        var from: String?

        @Option(name: .long, help: "What is compared.")
        var to: String?

        @Option(name: .long, help: "What --from and --to name: charter or model.")
        var by = Kind.charter

        @Option(name: .long, help: "How much worse a good may get, from 0 to 2.")
        var margin = BuildGate.usualMargin

        @Flag(
            name: .long,
            help: "Fail unless it is shown of each good that it got worse by no more than the margin.")
        var strict = false

        @Option(
            name: .long,
            help:
                "The share of pairs that may be missing, from 0 to 1. With more, a good is left open and the build fails."
        )
        var allowMissing = RunResults.Settings().allowedMissing

        @Flag(
            name: .long,
            help:
                "Compare what both runs have, and don't fail because a suite, seed, judge, model or charter is in one only."
        )
        var commonOnly = false

        @Option(
            name: .long,
            help: "The file of a suite that was run and doesn't come with Trellis; may be given more than once.")
        var suite: [String] = []

        @OptionGroup var drawn: DrawnIntervals

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        @Flag(
            name: .long,
            help: "Print JUnit's XML: a case for each good, which fails when it would fail a build.")
        var junit = false

        private struct Answer: Encodable {
            let gate: BuildGate
            let passes: Bool
            let gotWorse: [String]
            let missing: [String]
            let notShown: [String]
            let leftOut: [RunDifference]
            let differences: [RunDifference]
            let comparisons: [PairedComparison]
        }

        func validate() throws {
            guard (0...2).contains(margin) else { throw ValidationError("--margin is a number from 0 to 2.") }
            guard (0...1).contains(allowMissing) else {
                throw ValidationError("--allow-missing is a share from 0 to 1, as in 0.2.")
            }
            guard !(json && junit) else { throw ValidationError("ask for --json or --junit, not for both.") }
            if other == nil, from == nil || to == nil {
                throw ValidationError("name both sides with --from and --to, or a second run.")
            }
        }

        private var gate: BuildGate { BuildGate(margin: margin, isStrict: strict) }

        func run() async throws {
            var settings = drawn.settings
            settings.allowedMissing = allowMissing
            let first = try EvaluatedRun.results(folder, suites: suite, settings)
            let second = try other.map { try EvaluatedRun.results($0, suites: suite, settings) } ?? first
            for (path, results) in [(folder, first), (other ?? folder, second)].prefix(other == nil ? 1 : 2) {
                for remark in results.remarks {
                    Terminal.error.line("note: \(WrappedText.plain("\(path): \(remark)"))")
                }
            }
            let differences = relevant(first.differences(from: second))
            let leftOut = differences.filter(\.isLeftOut)
            for one in differences where !json { Terminal.error.line("note: \(WrappedText.plain(one.words))") }
            let comparisons = try first.comparisons(of: sides(first, second), in: second)
            guard comparisons.contains(where: { $0.goods.contains { $0.pairs > 0 } || $0.missingShare > 0 }) else {
                throw CommandFailure(
                    .negative,
                    ([
                        "nothing could be compared: no conversation of the same scenario with the same seed was judged by the same judge on both sides."
                    ]
                        + leftOut.map { "  " + WrappedText.plain($0.words) }).joined(separator: "\n"))
            }
            let faults = faults(comparisons)
            let failing = commonOnly ? [] : leftOut
            if json {
                Terminal.output.line(
                    try Printed.json(
                        Answer(
                            gate: gate, passes: faults.isEmpty && failing.isEmpty,
                            gotWorse: faults.filter { $0.fault == .worse }.map(\.words),
                            missing: faults.filter { $0.fault == .missing }.map(\.words),
                            notShown: faults.filter { $0.fault == .notShown }.map(\.words), leftOut: leftOut,
                            differences: differences, comparisons: comparisons)))
            } else if junit {
                Terminal.output.write(comparisons.junit(gate, leftOut: failing))
            } else {
                tell(comparisons)
            }
            try fail(faults, failing)
        }

        // MARK: What fails

        private func faults(_ comparisons: [PairedComparison]) -> [(fault: BuildGate.Fault, words: String)] {
            comparisons.flatMap { one -> [(fault: BuildGate.Fault, words: String)] in
                let name = "\(one.to.name), by \(one.judge.name): "
                let conversations: [(fault: BuildGate.Fault, words: String)] =
                    gate.lacksConversations(one) ? [(.missing, name + one.conversationsWords)] : []
                return conversations
                    + one.goods.compactMap { good in gate.fault(of: good).map { ($0, name + gate.sentence(good)) } }
            }
        }

        private func fail(_ faults: [(fault: BuildGate.Fault, words: String)], _ leftOut: [RunDifference]) throws {
            func told(_ fault: BuildGate.Fault) -> [String] {
                faults.filter { $0.fault == fault }.map { "  " + WrappedText.plain($0.words) }
            }
            func goods(_ count: Int) -> String { count == 1 ? "a good" : "\(count) goods" }
            let (worse, missing, notShown) = (told(.worse), told(.missing), told(.notShown))
            var lines: [String] = []
            if !worse.isEmpty { lines += ["\(goods(worse.count)) got worse."] + worse }
            if !missing.isEmpty {
                let share = Int((allowMissing * 100).rounded())
                lines.append(
                    "too many pairs are missing: \(share)% may be. Finish the run, or allow more with --allow-missing."
                )
                lines += missing
            }
            if !notShown.isEmpty {
                lines.append(
                    "of \(goods(notShown.count)) it wasn't shown that they got worse by no more than the margin; more scenarios show more."
                )
                lines += notShown
            }
            if !leftOut.isEmpty {
                lines.append("the two runs don't have the same; --common-only compares what both have.")
                lines += leftOut.map { "  " + WrappedText.plain($0.words) }
            }
            if !lines.isEmpty { throw CommandFailure(.negative, lines.joined(separator: "\n")) }
        }

        /// Without what was named on the command line: whoever names two charters knows that they differ.
        private func relevant(_ differences: [RunDifference]) -> [RunDifference] {
            guard from != nil || to != nil else { return differences }
            return differences.filter { $0.kind != (by == .charter ? .charter : .model) || !$0.isLeftOut }
        }

        // MARK: Sides

        private func sides(
            _ first: RunResults, _ second: RunResults
        ) throws -> [(PairedComparison.Side, PairedComparison.Side)] {
            let models = (first.plan.models.map(\.label), second.plan.models.map(\.label))
            let charters = (first.plan.governances.map(\.label), second.plan.governances.map(\.label))
            let named = by == .charter ? charters : models
            let held = (by == .charter ? models : charters)
            let kept = held.0.filter(held.1.contains)
            let what = by == .charter ? "charter" : "model"
            guard !kept.isEmpty else {
                throw CommandFailure(
                    .negative,
                    "the two runs have no \(by == .charter ? "model" : "charter") in common to compare under.")
            }
            var pairs: [(String, String)] = []
            if from == nil, to == nil {
                pairs = named.0.filter(named.1.contains).map { ($0, $0) }
            } else {
                let one = from ?? to ?? ""
                pairs = [(try known(one, named.0, what, folder), try known(to ?? one, named.1, what, other ?? folder))]
            }
            return kept.flatMap { held in
                pairs.map { pair in
                    by == .charter
                        ? (.init(model: held, governance: pair.0), .init(model: held, governance: pair.1))
                        : (.init(model: pair.0, governance: held), .init(model: pair.1, governance: held))
                }
            }
        }

        private func known(_ name: String, _ names: [String], _ what: String, _ folder: String) throws -> String {
            guard names.contains(name) else {
                throw CommandFailure(
                    .negative,
                    WrappedText.plain(
                        "\(folder) has no \(what) \(name). Here are: \(names.joined(separator: ", "))."))
            }
            return name
        }

        // MARK: In words

        private func tell(_ comparisons: [PairedComparison]) {
            for one in comparisons {
                let name = WrappedText.plain("\(one.to.name), beside \(one.from.name), by \(one.judge.name)")
                Terminal.output.line(Terminal.output.styled(name, .bold))
                Terminal.output.line(WrappedText.plain(one.conversationsWords))
                Terminal.output.line(WrappedText.plain(one.words))
                guard !one.goods.isEmpty else { continue }
                var table = Table(
                    head: [
                        "good", "suite", "from", "to", "difference", "95%", "fell", "worst", "Holm", "could be seen",
                        "pairs", "it is",
                    ])
                table.rows = one.goods.map { good in
                    [
                        WrappedText.plain(good.good), WrappedText.plain(good.suite), Self.digits(good.from),
                        Self.digits(good.to), Self.digits(good.difference?.value), good.intervalWords,
                        "\(good.fell) of \(good.difference?.scenarios ?? 0)", Self.digits(good.worst?.value),
                        good.holm.map { PairedComparison.words(chance: $0) } ?? "-", good.detectableWords,
                        "\(good.pairs) of \(good.pairs + good.unpaired)", good.words,
                    ]
                }
                for line in table.lines { Terminal.output.line(line) }
                // Without an interval nothing is said either way, and the table says why.
                let doubtful = one.goods.filter {
                    $0.difference?.lower != nil && !$0.isWorse(beyond: margin) && !$0.lacksPairs
                        && !$0.isShownToKeep(within: margin)
                }
                if !doubtful.isEmpty {
                    Terminal.output.line(
                        "May be worse by more than the margin, not surely: "
                            + WrappedText.plain(doubtful.map(\.good).joined(separator: ", ")) + ".")
                }
                Terminal.output.line("")
            }
            let family = comparisons.first?.family ?? 0
            Terminal.output.line(gate.words(comparisons))
            Terminal.output.line(
                "Holm's chance is over all \(family) good\(family == 1 ? "" : "s") above that \(family == 1 ? "has" : "have") a pair. It supposes that differences lie as far above their mean as below: look at the worst scenarios too."
            )
        }

        private static func digits(_ value: Double?) -> String {
            guard let value else { return "-" }
            let whole = Int((abs(value) * 100).rounded())
            let rest = String(whole % 100)
            return (value < 0 && whole > 0 ? "-" : "") + "\(whole / 100)."
                + String(repeating: "0", count: 2 - rest.count) + rest
        }
    }
}
