import Charters
import Flourishing
import Judges

extension RunReport {
    static func paragraph(_ text: String, kind: String? = nil) -> String {
        "<p\(kind.map { " class=\"\($0)\"" } ?? "")>\(text.escapedForHTML)</p>\n"
    }

    /// A table that scrolls by itself where it is too wide, and can be reached by keyboard then.
    static func table(_ caption: String, head: [String], rows: [[String]]) -> String {
        var text =
            "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"\(caption.escapedForHTML)\"><table><caption>\(caption.escapedForHTML)</caption><thead><tr>"
        text += head.map { "<th scope=\"col\">\($0.escapedForHTML)</th>" }.joined() + "</tr></thead><tbody>\n"
        for row in rows {
            text += "<tr>"
            for (place, cell) in row.enumerated() {
                text += place == 0 ? "<th scope=\"row\">\(cell)</th>" : "<td>\(cell)</td>"
            }
            text += "</tr>\n"
        }
        return text + "</tbody></table></div>\n"
    }

    private func colour(_ cell: RunResults.Cell) -> Int {
        let model = results.plan.models.firstIndex { $0.label == cell.model } ?? 0
        let governance = results.plan.governances.firstIndex { $0.label == cell.governance } ?? 0
        return (model * results.plan.governances.count + governance) % 9
    }

    func title(of suite: String) -> String { results.book.suites[suite]?.title ?? suite }

    private func interval(_ result: RunResults.GoodResult) -> String {
        guard let estimate = result.estimate else { return "" }
        if result.hasInterval { return "\(estimate.lower.hundredths) to \(estimate.upper.hundredths)" }
        return result.scenarios < ScenarioMean.fewest ? "too few scenarios" : "all alike"
    }

    /// Why estimates are missing, the most frequent first.
    private func missing(_ result: RunResults.GoodResult) -> String {
        let reasons = result.missing.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        guard !reasons.isEmpty else { return "none" }
        let count = reasons.reduce(0) { $0 + $1.value }
        let told = reasons.prefix(3).map { "\($0.value): \($0.key)" }.joined(separator: "; ")
        return "\(count) (\(told)\(reasons.count > 3 ? "; …" : ""))"
    }

    // MARK: Opening

    var opening: String {
        let plan = results.plan
        func count(_ number: Int, _ one: String, _ many: String) -> String { "\(number) \(number == 1 ? one : many)" }
        var lines = [
            "\(results.finished) of \(count(results.planned, "conversation", "conversations")): \(count(plan.suites.count, "suite", "suites")), \(count(plan.models.count, "model", "models")), \(count(plan.governances.count, "governance", "governances")), \(count(plan.seeds.count, "seed", "seeds")), \(count(plan.judges.count, "judge", "judges"))."
        ]
        if results.failed > 0 {
            lines.append("\(count(results.failed, "conversation", "conversations")) failed; why stands below.")
        }
        lines += results.remarks
        lines += comparisons.prefix(8).map { "\($0.to.name), beside \($0.from.name), by \($0.judge.name): \($0.words)" }
        if comparisons.count > 8 { lines.append("More comparisons stand below.") }
        return "<ul class=\"short\">\n" + lines.map { "<li>\($0.escapedForHTML)</li>\n" }.joined() + "</ul>\n"
    }

    // MARK: Profiles

    var profilesSection: String {
        var text = Self.paragraph(
            "How near conduct came to each good, from −1 (as far as can be) over 0 to 1 (as near as can be). The dot is the mean over scenarios; the thick line how far other scenarios of the kind might carry it (95%, scenarios drawn anew); the thin line how far the judge says it may be off itself, which more conversations don't mend. Goods are never added up.",
            kind: "how")
        for suite in results.plan.suites {
            text += "<h3>\(title(of: suite.id).escapedForHTML)</h3>\n"
            if let about = results.book.suites[suite.id]?.about, !about.isEmpty {
                text += Self.paragraph(about, kind: "how")
            }
            let cells = results.cells.filter { $0.suite == suite.id }
            for (judge, identity) in results.plan.judges.enumerated() {
                var rows: [[String]] = []
                var goods: [String] = []
                for good in cells.flatMap({ $0.judges[judge].goods }).map(\.good) where !goods.contains(good) {
                    goods.append(good)
                }
                for good in goods {
                    for cell in cells {
                        guard let result = cell.judges[judge].goods.first(where: { $0.good == good }) else { continue }
                        rows.append(row(result, cell))
                    }
                }
                guard !rows.isEmpty else { continue }
                text += Self.table(
                    "\(title(of: suite.id)), judged by \(identity.name)",
                    head: [
                        "good", "whose conduct", "−1 to 1", "mean", "interval", "coverage", "scenarios",
                        "disagreements", "without an estimate",
                    ], rows: rows)
            }
        }
        return text
    }

    private func row(_ result: RunResults.GoodResult, _ cell: RunResults.Cell) -> [String] {
        [
            result.good.escapedForHTML, cell.name.escapedForHTML, ReportPictures.bar(result, colour: colour(cell)),
            result.estimate?.value.hundredths ?? "no estimate", interval(result),
            result.estimate.map { "\(Int(($0.coverage * 100).rounded()))%" } ?? "0%", "\(result.scenarios)",
            result.disagreements == 0
                ? "none" : "\(result.disagreements), \(result.meanSpread?.hundredths ?? "") apart at the mean",
            missing(result).escapedForHTML,
        ]
    }

    // MARK: Fronts

    var frontsSection: String {
        guard results.plan.models.count * results.plan.governances.count > 1 else {
            return Self.paragraph("There is one conduct only, so there is nothing to hold against it.")
        }
        var text = Self.paragraph(
            "Two goods at a time. Further right and further up is nearer to both. The stepped line joins those that no other beats in both by the mean; a hollow circle is one that another beats in both by whole intervals (95% each, not corrected for how many pictures there are). Whoever has no estimate of one of the two is named below. Elsewhere, gaining one good costs the other, or nobody can tell.",
            kind: "how")
        for suite in results.plan.suites {
            var pictures = ""
            let cells = results.cells.filter { $0.suite == suite.id }
            for (judge, identity) in results.plan.judges.enumerated() {
                let goods = (cells.first?.judges[judge].goods ?? []).map(\.good)
                for (place, across) in goods.enumerated() {
                    for up in goods.dropFirst(place + 1) {
                        pictures += front(cells, judge, identity.name, across, up)
                    }
                }
            }
            guard !pictures.isEmpty else { continue }
            let keys = cells.enumerated().map { place, cell in
                "<span class=\"key g\(colour(cell))\"><span class=\"dot\"></span>\(Self.letter(place)): \(cell.name.escapedForHTML)</span> "
            }
            text +=
                "<details\(results.plan.suites.count == 1 ? " open" : "")><summary>\(title(of: suite.id).escapedForHTML)</summary>\n<p>\(keys.joined())</p>\n<div class=\"fronts\">\(pictures)</div></details>\n"
        }
        return text
    }

    private static func letter(_ place: Int) -> String {
        place < 26 ? String(UnicodeScalar(UInt8(65 + place))) : "\(place + 1)"
    }

    private func front(
        _ cells: [RunResults.Cell], _ judge: Int, _ name: String, _ across: String, _ up: String
    ) -> String {
        var appraisals: [(cell: RunResults.Cell, letter: String, appraisal: Appraisal)] = []
        for (place, cell) in cells.enumerated() {
            let estimates = cell.judges[judge].appraisal().estimates.filter { $0.key == across || $0.key == up }
            guard estimates.count == 2 else { continue }
            appraisals.append(
                (cell, Self.letter(place), Appraisal(estimates: estimates, judge: name, method: "", at: 0)))
        }
        let absent = cells.indices.filter { place in !appraisals.contains { $0.letter == Self.letter(place) } }
        let missing =
            absent.isEmpty
            ? "" : " Not here, for want of an estimate: \(absent.map(Self.letter).joined(separator: ", "))."
        // Where nobody has both, there are no two goods to hold against each other; the profiles say what is missing.
        guard appraisals.count > 1 || appraisals.count == 1 && !absent.isEmpty else { return "" }
        let spots = appraisals.compactMap { one -> ReportPictures.Spot? in
            guard let first = one.appraisal.estimates[across], let second = one.appraisal.estimates[up] else {
                return nil
            }
            let isBehind = appraisals.contains { $0.appraisal.standing(to: one.appraisal) == .better }
            let goods = one.cell.judges[judge].goods
            func hasInterval(_ good: String) -> Bool { goods.first { $0.good == good }?.hasInterval ?? false }
            return .init(
                letter: one.letter, colour: colour(one.cell), across: first, up: second,
                hasIntervals: (hasInterval(across), hasInterval(up)), isOnFront: !isBehind)
        }
        let behind = spots.filter { !$0.isOnFront }.map(\.letter)
        let figures = spots.map {
            "\($0.letter) at \($0.across.value.hundredths) and \($0.up.value.hundredths)"
        }.joined(separator: "; ")
        let said =
            (behind.isEmpty
                ? "None is behind another in both by whole intervals."
                : "Behind another in both by whole intervals: \(behind.joined(separator: ", ")).") + missing
        return
            "<figure>\(ReportPictures.front(spots, across: across, up: up, words: "\(across) across, \(up) up: \(figures). \(said)"))<figcaption>\("By \(name): \(figures). \(said)".escapedForHTML)</figcaption></figure>\n"
    }

    // MARK: Comparisons

    var comparisonsSection: String {
        guard !comparisons.isEmpty else {
            return Self.paragraph("There is one conduct only, or no judge, so there is nothing to compare.")
        }
        var text = Self.paragraph(
            "Each scenario is compared with itself, with the same seed, on both sides. Better or worse is said only where the interval excludes 0 and luck stays below 5% over all \(comparisons[0].family) goods of all tables on this page together (Holm). “Could be seen” is the smallest true difference that so many scenarios, as spread as these, would show as better or worse in about four of five runs, among so many goods; a smaller one may be there and missed. A good of which more than \(Int((comparisons[0].allowedMissing * 100).rounded()))% of the pairs are missing is open, whatever the rest shows. The chances suppose that differences lie as far above their mean as below: where few fall far and many rise a little, look at the worst scenario and at how many fell, not only at the mean.",
            kind: "how")
        for (place, one) in comparisons.enumerated() {
            let isSame = place > 0 && comparisons[place - 1].from == one.from && comparisons[place - 1].to == one.to
            if !isSame { text += "<h3>\(one.to.name.escapedForHTML), beside \(one.from.name.escapedForHTML)</h3>\n" }
            text += Self.paragraph("By \(one.judge.name). \(one.words)")
            if one.wholePairs < one.fromConversations.planned { text += Self.paragraph(one.conversationsWords) }
            guard !one.goods.isEmpty else { continue }
            text += Self.table(
                "\(one.to.name) beside \(one.from.name), by \(one.judge.name)",
                head: [
                    "good", "suite", "from", "to", "difference", "interval", "fell", "worst scenario", "it is", "luck",
                    "luck among all (Holm)", "share of luck (Benjamini–Hochberg)", "could be seen", "pairs",
                    "without a pair",
                ], rows: one.goods.map(row))
        }
        return text
    }

    private func row(_ good: PairedComparison.GoodDifference) -> [String] {
        func chance(_ chance: Double?) -> String { chance.map { PairedComparison.words(chance: $0) } ?? "no pair" }
        return [
            good.good.escapedForHTML, title(of: good.suite).escapedForHTML, good.from?.hundredths ?? "no estimate",
            good.to?.hundredths ?? "no estimate", good.difference?.value.hundredths ?? "no pair", good.intervalWords,
            "\(good.fell) of \(good.difference?.scenarios ?? 0)",
            good.worst.map { "\($0.value.hundredths), \($0.scenario)".escapedForHTML } ?? "no pair",
            "<span class=\"standing \(good.standing.rawValue)\">\(good.words.escapedForHTML)</span>",
            chance(good.chance) + (good.isExact || good.chance == nil ? "" : " (drawn)"), chance(good.holm),
            chance(good.benjaminiHochberg), good.detectableWords, "\(good.pairs)", "\(good.unpaired)",
        ]
    }

    // MARK: Curves

    var curvesSection: String {
        curves.map { Self.picture($0, level: 3) }.joined() + attractors.map(Self.attractor).joined()
    }
}
