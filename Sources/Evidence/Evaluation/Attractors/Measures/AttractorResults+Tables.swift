extension AttractorResults {
    /// What the numbers mean, in words that stand above them.
    public var terms: [String] {
        var terms = [
            "Back: at most \(settings.band.thousandths) below the unpushed twin for \(settings.stay) \(settings.stay == 1 ? "reply" : "replies running"). Watched: \(turnsAfter) replies after the push."
        ]
        if scenarios < ScenarioMean.fewest {
            terms.append(
                "There are no intervals: they come from drawing scenarios anew, and for that there are too few (\(scenarios), of at least \(ScenarioMean.fewest)). What stands here holds for these scenarios only."
            )
        } else {
            terms.append(
                "In brackets: \(settings.level.percent) intervals from drawing scenarios and seeds anew; where it is none or all, the exact bound for so many scenarios. “All alike”: every scenario gives the same, and drawing them anew says nothing."
            )
        }
        terms.append(
            "By chance: what twins of other seeds show, held against each other as if one had been pushed. No half-life and no basin is told where no more left than that; no basin with fewer than \(Recovery.fewestForBasin) conversations at each strength. Fitted: the half-life if it comes back all the way."
        )
        return terms
    }

    /// The goods of which something is known, in order of their names.
    public var goods: [String] { Set(baselines.map(\.good)).sorted() }

    /// Whose conduct it is: with several models, which one under what.
    func side(_ model: String, _ governance: String) -> String {
        Set(baselines.map(\.model)).count > 1 ? "\(model), \(governance)" : governance
    }

    /// What is known of one good: all kinds together, by strength, by kind, and unpushed.
    public func tables(of good: String) -> [ShownAttractor.Table] {
        let rows = recoveries.filter { $0.good == good }
        let whole = rows.filter { $0.kind == nil }
        var tables = [overall(whole)]
        if whole.contains(where: { $0.strengths.count > 1 }) { tables.append(byStrength(whole)) }
        let single = rows.filter { $0.kind != nil }
        if !single.isEmpty { tables.append(byKind(single)) }
        return tables + [unpushed(baselines.filter { $0.good == good })]
    }

    private func overall(_ recoveries: [Recovery]) -> ShownAttractor.Table {
        var rows: [[String]] = []
        for row in recoveries {
            let gaps = [(row.unknown, "unknown"), (row.unwatched, "left, and weren't watched")].filter { $0.0 > 0 }
            let aside = gaps.isEmpty ? "" : " (\(gaps.map { "\($0.0) \($0.1)" }.joined(separator: ", ")))"
            rows.append([
                side(row.model, row.governance), "\(row.conversations)\(aside)", row.displaced.share,
                row.returned.share, row.turns(row.halfLife), row.turns(row.fittedHalfLife), row.basinWords,
            ])
            if let chance = row.chance {
                rows.append([
                    "  by chance", "\(chance.pairs) pairs", chance.displaced.share, chance.returned.share,
                    chance.halfLife.turns, "", "",
                ])
            }
        }
        return .init(
            caption: "all pushes", head: ["all pushes", "pushed", "left", "came back", "half-life", "fitted", "basin"],
            rows: rows)
    }

    private func byStrength(_ recoveries: [Recovery]) -> ShownAttractor.Table {
        .init(
            caption: "by strength",
            head: ["by strength", "strength", "pushed", "left", "came back", "stayed or came back"],
            rows: recoveries.flatMap { row in
                row.strengths.map {
                    [
                        side(row.model, row.governance), "\($0.strength)", "\($0.conversations)", $0.displaced.share,
                        $0.returned.share, $0.back.share,
                    ]
                }
            })
    }

    private func byKind(_ recoveries: [Recovery]) -> ShownAttractor.Table {
        .init(
            caption: "by kind", head: ["by kind", "conduct", "left", "by chance", "came back", "half-life"],
            rows: recoveries.map { row in
                [
                    row.kind?.rawValue ?? "", side(row.model, row.governance), row.displaced.share,
                    row.chance?.displaced.share ?? "not known", row.returned.share, row.turns(row.halfLife),
                ]
            })
    }

    private func unpushed(_ baselines: [Baseline]) -> ShownAttractor.Table {
        .init(
            caption: "unpushed", head: ["unpushed", "twins", "level", "drift a turn"],
            rows: baselines.map {
                [side($0.model, $0.governance), "\($0.twins)", $0.level.number, $0.drift.number]
            })
    }

    /// Comparisons over the same scenarios, seeds and pushes. Nil: there are none.
    public var comparisonTable: ShownAttractor.Table? {
        guard !comparisons.isEmpty else { return nil }
        return .init(
            caption: "compared, over the same scenarios, seeds and pushes",
            head: [
                "good", "from", "to", "pairs", "scenarios", "stayed or came back", "luck", "among all (Holm)",
                "less far below", "luck", "among all (Holm)",
            ],
            rows: comparisons.map { row in
                [
                    row.good, side(row.first.model, row.first.governance),
                    side(row.second.model, row.second.governance), "\(row.pairs)", "\(row.scenarios)",
                    row.back.mean.number, row.back.p.luck, row.back.holm.luck, row.after.mean.number,
                    row.after.p.luck, row.after.holm.luck,
                ]
            })
    }
}

extension Recovery {
    /// Turns in words. What isn't told since no more left than by chance, says so.
    fileprivate func turns(_ value: Measured) -> String { untold ?? value.turns }

    private var untold: String? {
        if displaced.value == 0 { return "none left" }
        return isAboveChance == false ? "left as by chance" : nil
    }

    fileprivate var basinWords: String {
        if let untold { return untold }
        if strengths.contains(where: { $0.conversations < Self.fewestForBasin }) { return "too few" }
        guard let size = basin.value else { return "left as by chance" }
        let largest = strengths.last?.strength ?? 0
        func words(_ size: Double?) -> String {
            guard let size, Int(size) < largest else { return "\(largest) or more" }
            return "\(Int(size))"
        }
        guard let lower = basin.lower else { return words(size) + (basin.isAlike ? ", all alike" : "") }
        if words(lower) == words(basin.upper) { return words(size) }
        return "\(words(size)) (\(words(lower)) to \(words(basin.upper)))"
    }
}

extension Measured {
    fileprivate var share: String { text(\.percent) }
    fileprivate var number: String { text(\.thousandths) }

    fileprivate var turns: String {
        if isBeyond { return "longer" + (lower.map { " (\($0.turns) or more)" } ?? "") }
        return text(\.turns)
    }

    private func text(_ words: (Double) -> String) -> String {
        guard let value else { return "not known" }
        guard let lower else { return words(value) + (isAlike ? ", all alike" : "") }
        return "\(words(value)) (\(words(lower)) to \(upper.map(words) ?? "longer"))"
    }
}

extension Double? {
    /// A chance; what isn't known is left out.
    fileprivate var luck: String { map { $0 < 0.001 ? "below 0.001" : $0.thousandths } ?? "not known" }
}

extension Double {
    fileprivate var percent: String { "\(Int((self * 100).rounded()))%" }

    /// Turns; fewer than can be told from none are told as that.
    fileprivate var turns: String {
        self < DecayFit.shortest ? "below \(DecayFit.shortest)" : "\((self * 10).rounded() / 10)"
    }

    fileprivate var thousandths: String {
        let thousandths = Int((abs(self) * 1_000).rounded())
        let rest = String(thousandths % 1_000)
        return (self < 0 && thousandths > 0 ? "-" : "") + "\(thousandths / 1_000)."
            + String(repeating: "0", count: 3 - rest.count) + rest
    }
}
