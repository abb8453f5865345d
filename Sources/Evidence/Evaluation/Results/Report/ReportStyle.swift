/// What a run's report adds to the style of every page.
enum ReportStyle {
    static let text = """
        :root { --g0: #5b6470; --g1: #1f6fb2; --g2: #b4540a; --g3: #2f7d4f; --g4: #8a3f9e; --g5: #8a6800; --g6: #b3304f; \
        --g7: #0f7c80; --g8: #6b5a3a; --line: #d8d4c6; --soft: #f3f0e6; --quiet: #575b57; --page: #fdfcf8; \
        --helps: #d3ead9; --harms: #f6d9d3; }
        main { max-width: 60rem; }
        main > p, section > p, section > ul, section > dl { max-width: 44rem; }
        nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; font-size: 0.95rem; }
        nav li { margin: 0; }
        a { color: inherit; text-decoration-color: var(--quiet); text-underline-offset: 0.2em; }
        .how, figcaption { color: var(--quiet); font-size: 0.95rem; }
        .short { background: var(--soft); padding: 0.75rem 1.25rem 0.75rem 2.25rem; border-radius: 0.5rem; }
        .g0 { --c: var(--g0); } .g1 { --c: var(--g1); } .g2 { --c: var(--g2); } .g3 { --c: var(--g3); }
        .g4 { --c: var(--g4); } .g5 { --c: var(--g5); } .g6 { --c: var(--g6); } .g7 { --c: var(--g7); }
        .g8 { --c: var(--g8); }
        .dot { display: inline-block; width: 0.75em; height: 0.75em; border-radius: 50%; background: var(--c); \
        margin-right: 0.4em; }
        .key { margin-right: 1rem; }
        .wide { overflow-x: auto; margin: 1rem 0; }
        .wide:focus-visible, button:focus-visible, select:focus-visible, input:focus-visible, a:focus-visible, \
        summary:focus-visible { outline: 3px solid var(--g1); outline-offset: 2px; }
        table { border-collapse: collapse; font-size: 0.9rem; line-height: 1.4; width: 100%; overflow-wrap: normal; }
        caption { text-align: left; font-weight: bold; padding: 0.25rem 0; }
        th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.9rem 0.35rem 0; \
        border-bottom: 1px solid var(--line); }
        thead th { color: var(--quiet); font-weight: normal; vertical-align: bottom; }
        tbody th { font-weight: bold; }
        td { font-variant-numeric: tabular-nums; }
        .standing.better { font-weight: bold; } .standing.better::before { content: "▲ "; }
        .standing.worse { font-weight: bold; } .standing.worse::before { content: "▼ "; }
        .standing.equal::before { content: "= "; } .standing.incomparable::before { content: "? "; }
        svg { color: inherit; } svg path { fill: none; }
        .axis { stroke: var(--line); stroke-width: 1; }
        .scale circle { fill: var(--c); } .scale .reach { stroke: var(--c); stroke-width: 1; }
        .scale .spread { stroke: var(--c); stroke-width: 5; opacity: 0.55; }
        .scale { min-width: 15rem; }
        .fronts { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1rem; }
        .fronts figure { margin: 0; } .front, .curves { width: 100%; height: auto; background: var(--soft); \
        border-radius: 0.5rem; }
        .front text, .curves text { font: 12px Georgia, serif; fill: currentColor; } .front .middle, .curves .middle \
        { text-anchor: middle; } .curves .end { text-anchor: end; }
        .front .letter { text-anchor: middle; font-weight: bold; } .steps { stroke: var(--quiet); stroke-width: 1.5; \
        stroke-dasharray: 5 3; }
        .cross { stroke: var(--c); stroke-width: 1.5; opacity: 0.7; } .front circle { stroke: var(--c); stroke-width: 2; }
        .front .on { fill: var(--c); } .front .on + .letter { fill: var(--page); } .front .off { fill: var(--soft); }
        .curves .band { fill: var(--c); opacity: 0.18; } .curves .line { stroke: var(--c); stroke-width: 2.5; }
        .curves .d1 { stroke-dasharray: 8 4; } .curves .d2 { stroke-dasharray: 2 4; } .curves .d3 { stroke-dasharray: 10 3 2 3; }
        .curves .mark { stroke: var(--c); stroke-width: 2.5; }
        summary { cursor: pointer; font-weight: bold; margin: 0.75rem 0; }
        .filters { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; font-size: 0.95rem; align-items: end; }
        .filters[hidden] { display: none; }
        .filters label { display: grid; gap: 0.15rem; } .filters .check { display: block; }
        select, input, button { font: inherit; color: inherit; background: var(--soft); border: 1px solid var(--quiet); \
        border-radius: 0.3rem; padding: 0.2rem 0.5rem; max-width: 18rem; }
        button { cursor: pointer; } th button { background: none; border: 0; padding: 0; text-decoration: underline; \
        text-align: left; font-weight: bold; }
        .miss { color: var(--quiet); }
        dialog { width: min(56rem, 94vw); max-height: 92vh; overflow: auto; color: inherit; background: var(--page); \
        border: 1px solid var(--quiet); border-radius: 0.5rem; padding: 1rem 1.5rem 2rem; overflow-wrap: anywhere; \
        box-sizing: border-box; }
        dialog::backdrop { background: rgb(0 0 0 / 0.5); }
        dialog .close { position: sticky; top: 0; float: right; }
        .turn { margin: 0.75rem 0; padding: 0.5rem 0.9rem; border-left: 0.25rem solid var(--line); }
        .turn.reply { border-color: var(--g1); background: var(--soft); }
        .turn h4 { margin: 0; font-size: 0.9rem; color: var(--quiet); font-weight: normal; }
        .words { white-space: pre-wrap; margin: 0.25rem 0; }
        mark { color: inherit; text-decoration: underline; text-underline-offset: 0.2em; }
        mark.helps { background: var(--helps); } mark.harms { background: var(--harms); text-decoration-style: dashed; }
        sup { line-height: 0; }
        @media (prefers-color-scheme: dark) {
          :root { --g0: #a3abb5; --g1: #6db3f2; --g2: #f0a05a; --g3: #7fce9c; --g4: #d49be6; --g5: #e0bd4a; \
        --g6: #f08aa3; --g7: #63c9cd; --g8: #c9b48a; --line: #3a3f3a; --soft: #1f231f; --quiet: #a9b0a9; \
        --page: #161816; --helps: #234a2f; --harms: #5a2a22; }
        }
        @media print {
          nav, .filters, .pages, dialog .close { display: none; }
          .wide { overflow: visible; } table { font-size: 0.7rem; } .scale { min-width: 0; width: 8rem; }
          tr, figure, .turn { break-inside: avoid; }
          dialog[open] { position: static; max-height: none; width: auto; border: 0; }
        }
        """
}
