import Charters

/// The pieces of markup that a report is put together from. Every text from elsewhere is escaped here.
enum ReportMarkup {
    /// A paragraph of our own words.
    static func paragraph(_ text: String, kind: String? = nil) -> String {
        "<p\(kind.map { " class=\"\($0)\"" } ?? "")>\(text.escapedForHTML)</p>\n"
    }

    /// A heading with its place for links.
    static func section(_ id: String, _ heading: String, _ body: String) -> String {
        "<section id=\"\(id)\">\n<h2>\(heading.escapedForHTML)</h2>\n\(body)</section>\n"
    }

    /// Words that people wrote, in the direction that their language is written in.
    static func said(_ statement: PolisConversation.Statement) -> String {
        let number = "<span class=\"number\">#\(statement.id)</span>"
        guard !statement.text.isEmpty else {
            return "<div class=\"said\">\(number)<p>(no words in the export)</p></div>\n"
        }
        return
            "<div class=\"said\">\(number)<p dir=\"auto\">\(statement.text.replacing("\r\n", with: "\n").escapedForHTML)</p></div>\n"
    }

    /// A share as a bar with its interval, and in figures.
    ///
    /// - Parameters:
    ///   - label: whose share it is.
    ///   - group: which colour, from 0; -1 for everybody.
    static func bar(_ label: String, _ share: ShareEstimate, group: Int = -1, doing verb: String) -> String {
        let known = share.upper - share.lower < 1
        let figures =
            known
            ? "<b>\(percent(share.value))%</b> \(verb) <span class=\"range\">(\(percent(share.lower)) to \(percent(share.upper)))</span>"
            : "nobody voted"
        let figure = { (value: Double) in "\((value * 1_000).rounded() / 10)%" }
        let picture =
            known
            ? "<span class=\"track\" aria-hidden=\"true\"><i class=\"fill\" style=\"width:\(figure(share.value))\"></i><i class=\"reach\" style=\"left:\(figure(share.lower));width:\(figure(share.upper - share.lower))\"></i></span>"
            : "<span class=\"track\" aria-hidden=\"true\"></span>"
        return
            "<div class=\"bar g\(group + 1)\"><span class=\"who\">\(label.escapedForHTML)</span>\(picture)<span class=\"figures\">\(figures)</span></div>\n"
    }

    /// A bar that is left out, and why.
    static func bar(_ label: String, saying words: String, group: Int = -1) -> String {
        "<div class=\"bar g\(group + 1)\"><span class=\"who\">\(label.escapedForHTML)</span><span class=\"track\" aria-hidden=\"true\"></span><span class=\"figures\">\(words.escapedForHTML)</span></div>\n"
    }

    /// `78% (70 to 84)`.
    static func share(_ share: ShareEstimate) -> String {
        guard share.upper - share.lower < 1 else { return "nobody voted" }
        return "\(percent(share.value))% (\(percent(share.lower)) to \(percent(share.upper)))"
    }

    static func percent(_ value: Double) -> Int { Int((value * 100).rounded()) }

    /// "one person", "3 people".
    static func count(_ number: Int, _ one: String, _ many: String) -> String {
        number == 1 ? "one \(one)" : "\(number) \(many)"
    }

    /// What a report adds to the style of every page.
    static let style = """
        :root { --g0: #5b6470; --g1: #1f6fb2; --g2: #b4540a; --g3: #2f7d4f; --g4: #8a3f9e; --g5: #9a7400; --g6: #b3304f; \
        --g7: #0f7c80; --g8: #6b5a3a; --line: #d8d4c6; --soft: #f3f0e6; --quiet: #575b57; --edge: #fdfcf8; }
        main { max-width: 46rem; }
        nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; font-size: 0.95rem; }
        nav li { margin: 0; }
        a { color: inherit; text-decoration-color: var(--quiet); text-underline-offset: 0.2em; }
        .topic { font-size: 1.25rem; white-space: pre-line; }
        .small, .how { color: var(--quiet); font-size: 0.95rem; }
        .short { background: var(--soft); padding: 0.75rem 1.25rem 0.75rem 2.25rem; border-radius: 0.5rem; }
        figure { margin: 1rem 0; }
        .map { display: block; width: 100%; height: auto; background: var(--soft); border-radius: 0.5rem; }
        .map circle { fill: var(--c); fill-opacity: 0.75; }
        .map text { font: bold 26px Georgia, serif; text-anchor: middle; dominant-baseline: central; fill: #111; \
        stroke: #fff; stroke-width: 5px; paint-order: stroke; stroke-linejoin: round; }
        figcaption { color: var(--quiet); font-size: 0.95rem; margin-top: 0.5rem; }
        .g0 { --c: var(--g0); } .g1 { --c: var(--g1); } .g2 { --c: var(--g2); } .g3 { --c: var(--g3); }
        .g4 { --c: var(--g4); } .g5 { --c: var(--g5); } .g6 { --c: var(--g6); } .g7 { --c: var(--g7); }
        .g8 { --c: var(--g8); }
        .dot { display: inline-block; width: 0.75em; height: 0.75em; border-radius: 50%; background: var(--c); \
        margin-right: 0.4em; }
        .key { margin-right: 1rem; }
        .item { padding: 0.9rem 0; border-top: 1px solid var(--line); }
        .item:first-of-type, p + .item, h3 + .item { border-top: 0; }
        .said { display: flex; gap: 0.75rem; align-items: baseline; }
        .said p { margin: 0 0 0.4rem; flex: 1; min-width: 0; white-space: pre-line; font-size: 1.125rem; }
        .number { color: var(--quiet); font-size: 0.9rem; min-width: 2.25rem; }
        .bar { display: grid; grid-template-columns: 5.5rem 1fr 13.5rem; gap: 0.75rem; align-items: center; \
        font-size: 0.95rem; line-height: 1.5; margin-left: 3rem; }
        .track { position: relative; height: 0.65rem; background: var(--line); border-radius: 0.35rem; }
        .fill { position: absolute; left: 0; top: 0; bottom: 0; background: var(--c); border-radius: 0.35rem; }
        .reach { position: absolute; top: 50%; height: 2px; margin-top: -1px; background: currentColor; \
        box-shadow: 0 0 0 1px var(--edge); }
        .range { color: var(--quiet); }
        .note { margin: 0.25rem 0 0 3rem; font-size: 0.95rem; color: var(--quiet); }
        dl.checks dt, dl.trust dt { text-wrap: balance; }
        dt, dd { font-size: 1rem; }
        dl { row-gap: 0.75rem; }
        @media (max-width: 40rem) {
          .bar { grid-template-columns: 5rem 1fr; margin-left: 0; gap: 0 0.6rem; padding: 0.15rem 0; }
          .figures { grid-column: 2; }
          .note { margin-left: 0; }
          .map text { font-size: 38px; stroke-width: 7px; }
          .number { min-width: 0; }
        }
        @media (prefers-color-scheme: dark) {
          :root { --g0: #a3abb5; --g1: #6db3f2; --g2: #f0a05a; --g3: #7fce9c; --g4: #d49be6; --g5: #e0bd4a; \
        --g6: #f08aa3; --g7: #63c9cd; --g8: #c9b48a; --line: #3a3f3a; --soft: #1f231f; --quiet: #a9b0a9; --edge: #161816; }
          .map text { fill: #fff; stroke: #161816; }
        }
        @media print { .item, .bar { break-inside: avoid; } nav { display: none; } }
        """
}
