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
        var lines = [
            "\(results.finished) of \(results.planned) conversations are in \(WrappedText.plain(folder)).",
            "Back: at most \(Self.digits(results.settings.band)) below the unpushed twin for \(results.settings.stay) replies running. Watched: \(results.turnsAfter) replies after the push. In brackets: \(Self.percent(results.settings.level)) intervals from drawing scenarios and seeds anew.",
        ]
        let goods = Set(results.recoveries.map(\.good)).sorted()
        for good in goods {
            lines += ["", WrappedText.plain(good)]
            lines += table(of: good).lines
            let kinds = kinds(of: good)
            if !kinds.rows.isEmpty { lines += kinds.lines }
            lines += unpushed(of: good).lines
        }
        if !results.comparisons.isEmpty {
            lines += ["", "Compared, over the same scenarios, seeds and pushes:"] + compared.lines
        }
        if results.recoveries.isEmpty {
            lines += ["", "Nothing can be said yet: no twin is there of which the judge could say anything."]
        }
        lines += ["", "What this cannot show:"]
        for limit in limits { lines.append(EvaluateCommand.Suites.wrapped("- " + limit, indent: "  ")) }
        return lines
    }

    private func side(_ model: String, _ governance: String) -> String {
        plan.models.count > 1 ? WrappedText.plain("\(model), \(governance)") : WrappedText.plain(governance)
    }

    private func table(of good: String) -> Table {
        var table = Table(head: ["", "PUSHED", "LEFT", "CAME BACK", "HALF-LIFE", "FITTED", "BASIN"])
        for row in results.recoveries where row.good == good && row.kind == nil {
            table.rows.append([
                side(row.model, row.governance),
                "\(row.conversations)" + (row.unknown > 0 ? " (+\(row.unknown) unknown)" : ""),
                Self.share(row.displaced), Self.share(row.returned), Self.turns(row.halfLife),
                Self.turns(row.fittedHalfLife), Self.basin(row.basin),
            ])
        }
        return table
    }

    private func kinds(of good: String) -> Table {
        var table = Table(head: ["by kind", "", "LEFT", "CAME BACK", "HALF-LIFE", "BASIN"])
        for row in results.recoveries where row.good == good {
            guard let kind = row.kind else { continue }
            table.rows.append([
                kind.rawValue, side(row.model, row.governance), Self.share(row.displaced), Self.share(row.returned),
                Self.turns(row.halfLife), Self.basin(row.basin),
            ])
        }
        return table
    }

    private func unpushed(of good: String) -> Table {
        var table = Table(head: ["unpushed", "TWINS", "LEVEL", "DRIFT A TURN", "LEFT BY CHANCE"])
        for row in results.baselines where row.good == good {
            table.rows.append([
                side(row.model, row.governance), "\(row.twins)", Self.number(row.level), Self.number(row.drift),
                row.chance.map { Self.share($0.displaced) } ?? "not known with one seed",
            ])
        }
        return table
    }

    private var compared: Table {
        var table = Table(head: ["GOOD", "FROM", "TO", "PAIRS", "BACK", "P", "NEARER TO TWIN", "P"])
        for row in results.comparisons {
            table.rows.append([
                WrappedText.plain(row.good), side(row.first.model, row.first.governance),
                side(row.second.model, row.second.governance), "\(row.pairs)", Self.number(row.back.mean),
                row.back.p.map(Self.digits) ?? "", Self.number(row.after.mean), row.after.p.map(Self.digits) ?? "",
            ])
        }
        return table
    }

    private static func share(_ value: Measured) -> String { text(value, percent) }

    private static func number(_ value: Measured) -> String { text(value, digits) }

    private static func turns(_ value: Measured) -> String {
        if value.isBeyond { return "longer" + (value.lower.map { " (\(one($0)) or more)" } ?? "") }
        return text(value, one)
    }

    private static func basin(_ value: Measured) -> String { text(value) { "\(Int($0))" } }

    private static func text(_ value: Measured, _ words: (Double) -> String) -> String {
        guard let middle = value.value else { return "not known" }
        guard let lower = value.lower else { return words(middle) }
        return "\(words(middle)) (\(words(lower)) to \(value.upper.map(words) ?? "longer"))"
    }

    private static func one(_ value: Double) -> String {
        let tenths = Int((abs(value) * 10).rounded())
        return (value < 0 && tenths > 0 ? "-" : "") + "\(tenths / 10).\(tenths % 10)"
    }

    private static func digits(_ value: Double) -> String {
        let thousandths = Int((abs(value) * 1_000).rounded())
        let rest = String(thousandths % 1_000)
        return (value < 0 && thousandths > 0 ? "-" : "") + "\(thousandths / 1_000)."
            + String(repeating: "0", count: 3 - rest.count) + rest
    }

    private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))%" }
}
