import ArgumentParser

/// `trellis evaluate`.
struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Find out whether a model serves people better under a charter.",
        discussion: """
            A suite is a file of scenarios: persons with something to bring, and the goods that are at stake for them. A \
            run has a model talk with each of them, under no charter and under yours, and judges say good by good how it \
            went. There is no score.

            Examples:
              trellis evaluate suites
              trellis evaluate check my-suite.yaml
              trellis evaluate run --suite autonomy-support --charter none --charter commons/advisor \\
                --model NAME --out runs/first
              trellis evaluate report runs/first --out report.html
              trellis evaluate compare runs/first --from none --to commons/advisor
              trellis evaluate attractor --suite healthy-endings --model NAME --judge OTHER --out runs/pull

            The guide is docs/evaluating.md.
            """,
        subcommands: [
            Run.self, Again.self, Rejudge.self, Report.self, Compare.self, Attractor.self, Suites.self, Check.self,
            Import.self,
        ])
}
