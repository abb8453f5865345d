import Charters
import Flourishing
import Judges

extension RunReport {
    private static func paragraph(_ text: String, kind: String? = nil) -> String {
        "<p\(kind.map { " class=\"\($0)\"" } ?? "")>\(text.escapedForHTML)</p>\n"
    }

    /// A table that scrolls by itself where it is too wide, and can be reached by keyboard then.
    private static func table(_ caption: String, head: [String], rows: [[String]]) -> String {
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

    private func title(of suite: String) -> String { results.book.suites[suite]?.title ?? suite }

    private func interval(_ result: RunResults.GoodResult) -> String {
        guard let estimate = result.estimate else { return "" }
        return result.hasInterval ? "\(estimate.lower.hundredths) to \(estimate.upper.hundredths)" : "too few scenarios"
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
            "Two goods at a time. Further right and further up is nearer to both. The stepped line joins those that no other beats in both by the mean; a hollow circle is one that another is surely better than in both (its whole intervals lie beyond). Elsewhere, gaining one good costs the other, or nobody can tell.",
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
        guard appraisals.count > 1 else { return "" }
        let spots = appraisals.compactMap { one -> ReportPictures.Spot? in
            guard let first = one.appraisal.estimates[across], let second = one.appraisal.estimates[up] else {
                return nil
            }
            let isBehind = appraisals.contains { $0.appraisal.standing(to: one.appraisal) == .better }
            return .init(
                letter: one.letter, colour: colour(one.cell), across: first, up: second, isOnFront: !isBehind)
        }
        let behind = spots.filter { !$0.isOnFront }.map(\.letter)
        let figures = spots.map {
            "\($0.letter) at \($0.across.value.hundredths) and \($0.up.value.hundredths)"
        }.joined(separator: "; ")
        let said =
            behind.isEmpty
            ? "None is surely behind another." : "Surely behind another: \(behind.joined(separator: ", "))."
        return
            "<figure>\(ReportPictures.front(spots, across: across, up: up, words: "\(across) across, \(up) up: \(figures). \(said)"))<figcaption>\("By \(name): \(figures). \(said)".escapedForHTML)</figcaption></figure>\n"
    }

    // MARK: Comparisons

    var comparisonsSection: String {
        guard !comparisons.isEmpty else {
            return Self.paragraph("There is one conduct only, or no judge, so there is nothing to compare.")
        }
        var text = Self.paragraph(
            "Each scenario is compared with itself, with the same seed, on both sides. Better or worse is said only where the interval excludes 0 and luck stays below 5% over all goods of a table (Holm). “Could be seen” is the smallest true difference that so many scenarios, as spread as these, would show in four of five runs; a smaller one may be there and missed.",
            kind: "how")
        for (place, one) in comparisons.enumerated() {
            let isSame = place > 0 && comparisons[place - 1].from == one.from && comparisons[place - 1].to == one.to
            if !isSame { text += "<h3>\(one.to.name.escapedForHTML), beside \(one.from.name.escapedForHTML)</h3>\n" }
            text += Self.paragraph("By \(one.judge.name). \(one.words)")
            guard !one.goods.isEmpty else { continue }
            text += Self.table(
                "\(one.to.name) beside \(one.from.name), by \(one.judge.name)",
                head: [
                    "good", "suite", "from", "to", "difference", "interval", "it is", "luck", "luck among all (Holm)",
                    "share of luck (Benjamini–Hochberg)", "could be seen", "scenarios", "pairs", "without a pair",
                ], rows: one.goods.map(row))
        }
        return text
    }

    private func row(_ good: PairedComparison.GoodDifference) -> [String] {
        let interval =
            good.difference.lower.flatMap { lower in
                good.difference.upper.map { "\(lower.hundredths) to \($0.hundredths)" }
            } ?? "too few scenarios"
        return [
            good.good.escapedForHTML, title(of: good.suite).escapedForHTML, good.from.hundredths, good.to.hundredths,
            good.difference.value.hundredths, interval,
            "<span class=\"standing \(good.standing.rawValue)\">\(good.words.escapedForHTML)</span>",
            Self.chance(good.chance) + (good.isExact ? "" : " (drawn)"), Self.chance(good.holm),
            Self.chance(good.benjaminiHochberg), good.detectable?.hundredths ?? "not known",
            "\(good.difference.scenarios)", "\(good.pairs)", "\(good.unpaired)",
        ]
    }

    private static func chance(_ chance: Double) -> String {
        chance < 0.001 ? "below 0.001" : "\((chance * 1_000).rounded() / 1_000)"
    }

    // MARK: Curves

    var curvesSection: String {
        curves.map { shown in
            var text = "<h3>\(shown.title.escapedForHTML)</h3>\n"
            if !shown.about.isEmpty { text += Self.paragraph(shown.about) }
            let keys = shown.curves.enumerated().map { place, curve in
                "<span class=\"key g\(place % 9)\"><span class=\"dot\"></span>\(curve.name.escapedForHTML)</span> "
            }
            text += "<figure>\(ReportPictures.curves(shown))<figcaption>\(keys.joined())</figcaption></figure>\n"
            return text
                + Self.table(
                    "\(shown.title), in figures", head: ["curve", shown.way, "value", "interval"],
                    rows: shown.curves.flatMap { curve in
                        curve.points.map {
                            [
                                curve.name.escapedForHTML, $0.place.hundredths, $0.value.hundredths,
                                "\($0.lower.hundredths) to \($0.upper.hundredths)",
                            ]
                        }
                    })
        }.joined()
    }

    // MARK: Moves, failures, cost

    var movesSection: String {
        let rows = results.cells.map { cell in
            let moves = cell.moves.made.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
            let failures = cell.failures.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                .map { "\($0.value): \($0.key)" }.joined(separator: "; ")
            let held = cell.moves.wise + cell.moves.unwise + cell.moves.neither
            return [
                title(of: cell.suite).escapedForHTML, cell.name.escapedForHTML,
                (moves.isEmpty ? "none known" : moves).escapedForHTML,
                held == 0 ? "not known" : "\(cell.moves.wise) of \(held)",
                held == 0 ? "not known" : "\(cell.moves.unwise) of \(held)", "\(cell.finished) of \(cell.planned)",
                (failures.isEmpty ? "none" : failures).escapedForHTML,
                "\(cell.modelTokens.input) / \(cell.modelTokens.output)",
                "\(cell.judging.calls) calls, \(cell.judging.cached) kept from before, \(cell.judging.inputTokens) / \(cell.judging.outputTokens)",
                cell.took > 0 ? "\((Double(cell.took) / 100).rounded() / 10) s" : "",
            ]
        }
        return Self.paragraph(
            "A charter has a move chosen for each reply by rules. Each scenario names moves that would be wise at the start, and some that would be unwise; what the model then wrote may still do something else. Without a charter there is no move.",
            kind: "how")
            + Self.table(
                "Moves, failures and cost",
                head: [
                    "suite", "whose conduct", "moves in all replies", "wise at the start", "unwise at the start",
                    "finished", "failed", "model's tokens in / out", "judging", "conversations took together",
                ], rows: rows)
    }

    // MARK: Conversations

    var conversationsSection: String {
        let script = """
            <noscript><p>This list and the conversations need the page's own script; everything above doesn't.</p></noscript>
            <form id="filters" class="filters" hidden>
            <label>Suite <select id="by-suite"></select></label>
            <label>Model <select id="by-model"></select></label>
            <label>Governance <select id="by-governance"></select></label>
            <label>Judge <select id="by-judge"></select></label>
            <label>Order <select id="by-order"></select></label>
            <label>Scenario holds <input id="by-words" type="search"></label>
            <label class="check"><input id="by-failure" type="checkbox"> only failed</label>
            </form>
            <p id="count" aria-live="polite"></p>
            <div class="wide" tabindex="0" role="region" aria-label="Conversations"><table id="list"><caption>Conversations</caption>\
            <thead><tr><th scope="col">scenario</th><th scope="col">suite</th><th scope="col">whose conduct</th>\
            <th scope="col">seed</th><th scope="col">estimates</th></tr></thead><tbody></tbody></table></div>
            <p class="pages"><button type="button" id="back" hidden>Earlier</button> <button type="button" id="on" hidden>Later</button></p>
            <dialog id="sheet" aria-labelledby="sheet-title"></dialog>
            """
        return Self.paragraph(
            "Each opens with what the person brought, every word that was said, and what each judge made of it: its quotes are marked where they stand, and what didn't count is told with the reason.",
            kind: "how") + script + "\n"
    }

    // MARK: Limits

    var limitsSection: String {
        var limits = [
            "The people are played. What real people would say, and whether it helped them later, isn't here.",
            "An estimate is a judge's. Its interval over scenarios says nothing of how wrong the judge is; find that out with people's ratings (trellis judge agree).",
            "Judges are kept apart because they measure different things. Where they differ, neither is right by default.",
            "A good that has no estimate isn't zero. Where many are missing, those that are there may be the easy ones.",
            "“Open” isn't “equal”: a difference smaller than what could be seen may be there.",
            "Intervals are 95% each. Among twenty of them one misses by luck; Holm's column takes that into account, the pictures don't.",
            "Scenarios are written by a few people, and not drawn from all that people bring. An interval over them holds for scenarios like these.",
        ]
        if results.plan.seeds.count == 1 {
            limits.append("Each conversation was held once. How much it would differ if held again isn't known here.")
        }
        for suite in results.plan.suites {
            if let own = results.book.suites[suite.id]?.limits, !own.isEmpty {
                limits.append("\(title(of: suite.id)): \(own)")
            }
        }
        return "<ul>\n" + limits.map { "<li>\($0.escapedForHTML)</li>\n" }.joined() + "</ul>\n"
    }

    // MARK: Making

    var madeSection: String {
        let plan = results.plan
        var rows: [(String, String)] = [("The plan", plan.fingerprint)]
        rows += plan.suites.map {
            ("Suite", "\($0.id) \($0.version), \($0.scenarios.count) scenarios, \($0.fingerprint)")
        }
        rows += plan.governances.map {
            (
                "Governance",
                "\($0.label): " + ($0.charter.map { "the charter \($0)" } ?? "the model as it is")
                    + ($0.fingerprint.map { ", \($0)" } ?? "")
            )
        }
        rows += plan.models.map { ("Model", "\($0.label): \($0.name) at \($0.address)") }
        rows += plan.judges.map {
            (
                "Judge",
                "\($0.name), \($0.kind.rawValue), \($0.version), told \($0.prompt.prefix(12))"
                    + $0.settings.sorted { $0.key < $1.key }.map { ", \($0.key) \($0.value)" }.joined()
            )
        }
        rows += [
            ("Persons", plan.persons.rawValue + (plan.personModel.map { ", by \($0.name)" } ?? "")),
            (
                "Words drawn",
                "temperature \(plan.sampling.temperature), at most \(plan.sampling.maximumTokens) tokens a reply, at most \(plan.mostTurns) replies, seeds \(plan.seeds.map { "\($0)" }.joined(separator: ", "))"
            ),
            (
                "Intervals",
                "scenarios drawn anew \(results.settings.draws) times with the seed \(results.settings.seed), bias-corrected and accelerated (Efron and Tibshirani 1993); signs flipped (Good 2005); Holm 1979; Benjamini and Hochberg 1995"
            ),
        ]
        return "<dl>\n"
            + rows.map { "<dt>\($0.0.escapedForHTML)</dt><dd>\($0.1.escapedForHTML)</dd>\n" }.joined() + "</dl>\n"
    }
}
