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
                  trellis evaluate compare runs/last-week runs/today --margin 0.1

                Exit code 1 when a good got worse beyond the margin: its whole 95% interval lies beyond it. Also when \
                nothing could be compared. A good that may have got worse, but not surely, is told and doesn't fail. \
                More: docs/evaluating.md.
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
        var margin = 0.0

        @Option(
            name: .long,
            help: "The file of a suite that was run and doesn't come with Trellis; may be given more than once.")
        var suite: [String] = []

        @OptionGroup var drawn: DrawnIntervals

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        @Flag(
            name: .long,
            help: "Print JUnit's XML: a case for each good, which fails when it got worse beyond the margin.")
        var junit = false

        struct Answer: Encodable {
            let margin: Double
            let gotWorse: [String]
            let comparisons: [PairedComparison]
        }

        func validate() throws {
            guard (0...2).contains(margin) else { throw ValidationError("--margin is a number from 0 to 2.") }
            guard !(json && junit) else { throw ValidationError("ask for --json or --junit, not for both.") }
            if other == nil, from == nil || to == nil {
                throw ValidationError("name both sides with --from and --to, or a second run.")
            }
        }

        func run() async throws {
            let first = try EvaluatedRun.results(folder, suites: suite, drawn.settings)
            let second = try other.map { try EvaluatedRun.results($0, suites: suite, drawn.settings) } ?? first
            let comparisons = try sides(first, second).flatMap { first.comparison(of: $0.0, with: $0.1, in: second) }
            guard comparisons.contains(where: { !$0.goods.isEmpty }) else {
                throw CommandFailure(
                    .negative,
                    "nothing could be compared: no conversation of the same scenario with the same seed was judged by the same judge on both sides."
                )
            }
            let worse = comparisons.flatMap { comparison in
                comparison.goods.filter { $0.isWorse(beyond: margin) }.map {
                    "\(comparison.to.name), by \(comparison.judge.name): \($0.sentence(margin: margin))"
                }
            }
            if json {
                Terminal.output.line(
                    try Printed.json(Answer(margin: margin, gotWorse: worse, comparisons: comparisons)))
            } else if junit {
                Terminal.output.write(comparisons.junit(margin: margin))
            } else {
                tell(comparisons)
            }
            guard worse.isEmpty else {
                let count = worse.count == 1 ? "a good" : "\(worse.count) goods"
                throw CommandFailure(
                    .negative,
                    WrappedText.plain("\(count) got worse.") + "\n"
                        + worse.map { "  " + WrappedText.plain($0) }.joined(separator: "\n"))
            }
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
                Terminal.output.line(WrappedText.plain(one.words))
                guard !one.goods.isEmpty else { continue }
                var table = Table(
                    head: [
                        "good", "suite", "from", "to", "difference", "95%", "Holm", "could be seen", "scenarios",
                        "it is",
                    ])
                table.rows = one.goods.map { good in
                    [
                        WrappedText.plain(good.good), WrappedText.plain(good.suite), Self.digits(good.from),
                        Self.digits(good.to), Self.digits(good.difference.value),
                        good.difference.lower.flatMap { lower in
                            good.difference.upper.map { "\(Self.digits(lower)) to \(Self.digits($0))" }
                        } ?? "-", Self.digits(good.holm, places: 3), good.detectable.map { Self.digits($0) } ?? "-",
                        "\(good.difference.scenarios)", good.words,
                    ]
                }
                for line in table.lines { Terminal.output.line(line) }
                let doubtful = one.goods.filter {
                    !$0.isWorse(beyond: margin) && ($0.difference.lower.map { $0 < -margin } ?? true)
                }
                for good in doubtful { Terminal.output.line("  " + WrappedText.plain(good.sentence(margin: margin))) }
                Terminal.output.line("")
            }
        }

        private static func digits(_ value: Double, places: Int = 2) -> String {
            let scale = places == 2 ? 100 : 1_000
            let whole = Int((abs(value) * Double(scale)).rounded())
            let rest = String(whole % scale)
            return (value < 0 && whole > 0 ? "-" : "") + "\(whole / scale)."
                + String(repeating: "0", count: places - rest.count) + rest
        }
    }
}
