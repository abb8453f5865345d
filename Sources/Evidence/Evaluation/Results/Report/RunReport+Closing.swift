import Charters
import Judges

extension RunReport {
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
                (failures.isEmpty ? "none" : failures).escapedForHTML, "\(cell.cutReplies) / \(cell.emptyReplies)",
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
                    "finished", "failed", "replies cut off / empty", "model's tokens in / out", "judging",
                    "conversations took together",
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
            "Intervals are 95% each. Among twenty of them one misses by luck; Holm's column takes that into account over all tables of this page, the pictures don't. With fewer than eight scenarios they miss more often.",
            "Chances and intervals fit differences that lie about as far above their mean as below. A rare grave loss beside many small gains can be called better with few scenarios: so each table says how many scenarios fell, and how far the worst did.",
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
                "scenarios drawn anew \(results.settings.draws) times with the seed \(results.settings.seed), bias-corrected and accelerated (Efron and Tibshirani 1993), ends moved outward for few scenarios (Hesterberg 2015); signs flipped (Good 2005); Holm 1979; Benjamini and Hochberg 1995"
            ),
        ]
        return "<dl>\n"
            + rows.map { "<dt>\($0.0.escapedForHTML)</dt><dd>\($0.1.escapedForHTML)</dd>\n" }.joined() + "</dl>\n"
    }
}
