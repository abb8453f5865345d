import Evaluation

/// What `trellis evaluate attractor` says of a run's folder.
struct AttractorReport: Encodable {
    let folder: String
    let plan: AttractorPlan
    let results: AttractorResults
    let limits: [String]

    init(_ plan: AttractorPlan, _ results: AttractorResults, folder: String) {
        self.plan = plan
        self.results = results
        self.folder = folder
        limits = AttractorResults.limits
    }

    // MARK: In words

    /// The report as lines for a terminal.
    var lines: [String] {
        var lines = ["\(results.finished) of \(results.planned) conversations are in \(WrappedText.plain(folder))."]
        lines += results.terms
        for good in results.goods {
            lines += ["", WrappedText.plain(good)]
            for table in results.tables(of: good) { lines += Self.lines(table) }
        }
        if let compared = results.comparisonTable {
            lines += ["", "Compared, over the same scenarios, seeds and pushes:"] + Self.lines(compared)
        }
        if results.recoveries.isEmpty {
            lines += ["", "Nothing can be said yet: no twin is there of which the judge could say anything."]
        }
        lines += ["", "What this cannot show:"]
        for limit in limits { lines.append(EvaluateCommand.Suites.wrapped("- " + limit, indent: "  ")) }
        return lines
    }

    private static func lines(_ shown: ShownAttractor.Table) -> [String] {
        var table = Table(head: [shown.head[0]] + shown.head.dropFirst().map { $0.uppercased() })
        table.rows = shown.rows.map { $0.map(WrappedText.plain) }
        return table.lines
    }
}
