import Charters
import Crypto
import Flourishing
import Foundation
import Judges

/// A run as one HTML file that needs nothing else: profiles good by good, fronts, comparisons, and every conversation one
/// click away with what each judge said of it.
///
/// ```swift
/// try StreamedFile.write("report.html") { try RunReport(results).write($0) }
/// ```
///
/// It runs one script, its own, which the page's own policy names by its digest; whatever stands in a conversation stays
/// text. Nothing is fetched. It is readable in the dark, with a keyboard, read aloud, and on paper.
public struct RunReport: Sendable {
    let results: RunResults
    let comparisons: [PairedComparison]
    let title: String
    let curves: [ShownCurves]
    let attractors: [ShownAttractor]

    /// A report of some results.
    ///
    /// - Parameters:
    ///   - results: What the run found.
    ///   - title: What stands above it.
    ///   - curves: Curves of recovery that were measured apart.
    ///   - attractors: What attractor runs found.
    public init(
        _ results: RunResults, title: String = "What a run found", curves: [ShownCurves] = [],
        attractors: [ShownAttractor] = []
    ) {
        self.results = results
        self.title = title
        self.curves = curves
        self.attractors = attractors
        comparisons = results.comparisonsWithFirst
    }

    /// The page, piece by piece: one conversation in memory at a time.
    ///
    /// - Throws: ``RunFolderError``, or what the sink throws.
    public func write(_ sink: (String) throws -> Void) throws {
        let mark = "<!--what was said-->"
        let policy =
            HTMLPage.securityPolicy + "; script-src 'sha256-\(Self.scriptDigest)'; base-uri 'none'; form-action 'none'"
        let page = HTMLPage(title: title, body: staticBody + mark, style: ReportStyle.text).text
            .replacing(HTMLPage.securityPolicy, with: policy)
        guard let place = page.range(of: mark, options: .backwards) else { return }
        try sink(String(page[..<place.lowerBound]))
        try writeData(sink)
        try sink("<script>\(ReportScript.text)</script>\n")
        try sink(String(page[place.upperBound...]))
    }

    static let scriptDigest = Data(SHA256.hash(data: Data(ReportScript.text.utf8))).base64EncodedString()

    private var staticBody: String {
        var sections: [(String, String, String)] = [
            ("profiles", "Profiles, good by good", profilesSection),
            ("comparisons", "Side by side", comparisonsSection),
            ("fronts", "Where goods pull apart", frontsSection),
        ]
        if !curves.isEmpty || !attractors.isEmpty {
            sections.append(("recovery", "How it recovers", curvesSection))
        }
        sections += [
            ("moves", "Moves, failures and cost", movesSection),
            ("conversations", "Every conversation", conversationsSection),
            ("limits", "What this can't show", limitsSection),
            ("made", "How it was made", madeSection),
        ]
        let links = sections.map { "<li><a href=\"#\($0.0)\">\($0.1.escapedForHTML)</a></li>\n" }.joined()
        return opening + "<nav aria-label=\"Sections\"><ul>\n\(links)</ul></nav>\n"
            + sections.map {
                "<section id=\"\($0.0)\">\n<h2>\($0.1.escapedForHTML)</h2>\n\($0.2)</section>\n"
            }.joined()
    }

    // MARK: Data

    /// What the script reads: names, a row for each sample, and shelves of conversations.
    private struct Names: Encodable {
        let suites: [String]
        let scenarios: [[String]]
        let seeds: [String]
        let models: [String]
        let governances: [String]
        let judges: [String]
        let goods: [String]
        let cards: [[Scenario?]]
    }

    private func writeData(_ sink: (String) throws -> Void) throws {
        let plan = results.plan
        let goods = results.book.goods.texts
        let cards = plan.suites.map { entry in
            let known = Dictionary(
                (results.book.suites[entry.id]?.scenarios ?? []).map { ($0.id, $0) },
                uniquingKeysWith: { first, _ in first })
            return entry.scenarios.map { known[$0] }
        }
        let names = Names(
            suites: plan.suites.map(\.id), scenarios: plan.suites.map(\.scenarios), seeds: plan.seeds.map { "\($0)" },
            models: plan.models.map(\.label), governances: plan.governances.map(\.label),
            judges: plan.judges.map(\.name), goods: goods, cards: cards)
        try sink("<script type=\"application/json\" id=\"names\">\(TranscriptShelf.inert(names))</script>\n")
        var spots: [Int: (shelf: Int, place: Int)] = [:]
        var (line, kept) = (-1, 0)
        var problem: (any Error)?
        try RunFolder.forEachSample(in: results.folder) { read in
            let sample = read.checked
            line += 1
            guard problem == nil, let place = results.book.place(ofLine: line, sample.key) else { return }
            do {
                if kept % TranscriptShelf.size == 0 {
                    try sink((kept > 0 ? "</script>\n" : "") + "<script type=\"application/json\" class=\"shelf\">")
                }
                try sink(
                    (kept % TranscriptShelf.size == 0 ? "" : "\n")
                        + TranscriptShelf.line(sample, judges: plan.judges))
                spots[place] = (kept / TranscriptShelf.size, kept % TranscriptShelf.size)
                kept += 1
            } catch {
                problem = error
            }
        }
        if let problem { throw problem }
        if kept > 0 { try sink("</script>\n") }
        try writeRows(spots, sink)
    }

    private func writeRows(_ spots: [Int: (shelf: Int, place: Int)], _ sink: (String) throws -> Void) throws {
        func places<Key: Hashable>(_ keys: [Key]) -> [Key: Int] {
            Dictionary(keys.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        }
        let plan = results.plan
        let suites = places(plan.suites.map(\.id))
        let scenarios = plan.suites.map { places($0.scenarios) }
        let (seeds, models) = (places(plan.seeds), places(plan.models.map(\.label)))
        let governances = places(plan.governances.map(\.label))
        try sink("<script type=\"application/json\" id=\"rows\">[")
        var isFirst = true
        try results.forEachRecord { key, record in
            guard let place = results.book.places.place(of: key), let spot = spots[place],
                let suite = suites[key.suite]
            else { return }
            var numbers = [
                suite, scenarios[suite][key.scenario] ?? 0, seeds[key.seed] ?? 0, models[key.model] ?? 0,
                governances[key.governance] ?? 0, record.failure == nil ? 0 : 1, spot.shelf, spot.place,
            ]
            for entry in record.entries {
                guard let estimate = entry.estimate else { continue }
                numbers += [Int(entry.judge), Int(entry.good), Int((estimate.value * 100).rounded())]
            }
            try sink((isFirst ? "\n" : ",\n") + "[" + numbers.map { "\($0)" }.joined(separator: ",") + "]")
            isFirst = false
        }
        try sink("\n]</script>\n")
    }
}
