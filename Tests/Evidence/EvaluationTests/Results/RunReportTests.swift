import Flourishing
import Foundation
import Judges
import Testing

@testable import Evaluation

@Suite("A run on one page")
struct RunReportTests {
    static let hostile =
        "</script><script>document.title='taken'</script><img src=x onerror=alert(1)>\u{2028}\u{2029}\u{202E}]]>&lt;<!--"

    private func page(_ report: RunReport) throws -> String {
        var text = ""
        try report.write { text += $0 }
        return text
    }

    private func run() throws -> MadeRun {
        try MadeRun(scenarios: 70) { key in
            let quote = "What do you think?"
            return MadeRun.sample(
                key, ["understanding": key.governance == "none" ? 0 : 0.5, "friendship": 0.25],
                said: quote + Self.hostile,
                findings: [
                    Finding(
                        good: "understanding", turn: 1, quote: quote, bearing: .helps, why: Self.hostile, by: "run 1")
                ], dropped: [DroppedFinding(good: "friendship", words: Self.hostile, reason: .invented, by: "run 1")],
                problems: [Self.hostile])
        }
    }

    @Test("whatever stands in a conversation stays text: no script of its own, no mark, no line separator")
    func inert() throws {
        let made = try run()
        let page = try page(RunReport(made.results(), title: "Found <script>"))
        // Names, rows, three shelves of 64 and the page's own script: and nobody else's.
        #expect(page.components(separatedBy: "<script").count == 7)
        #expect(page.components(separatedBy: "</script>").count == 7)
        #expect(!page.contains("<img") && !page.contains("onerror=alert(1)>") && !page.contains("<!--"))
        #expect(!page.unicodeScalars.contains { $0.value == 0x2028 || $0.value == 0x2029 })
        #expect(page.contains("Found &lt;script&gt;"))
        #expect(page.contains("script-src 'sha256-\(RunReport.scriptDigest)'"))
        #expect(!page.contains("http://") && !page.contains("https://"))
    }

    @Test("every conversation lies on a shelf, as it was said, and its row names the place")
    func shelves() throws {
        let made = try run()
        let page = try page(RunReport(made.results()))
        func block(_ head: String) throws -> String {
            let start = try #require(page.range(of: head)).upperBound
            let end = try #require(page.range(of: "</script>", range: start..<page.endIndex)).lowerBound
            return String(page[start..<end])
        }
        let rows = try #require(
            try JSONSerialization.jsonObject(with: Data(try block("id=\"rows\">").utf8)) as? [[Int]])
        #expect(rows.count == 140)
        let shelf = try block("class=\"shelf\">").split(separator: "\n")
        #expect(shelf.count == 64)
        let row = try #require(rows.first { $0[6] == 0 && $0[7] == 1 })
        #expect(Array(row[0...5]) == [0, 0, 0, 0, 1, 0] && row.count == 8 + 6)
        let sheet = try #require(try JSONSerialization.jsonObject(with: Data(shelf[1].utf8)) as? [Any])
        let turns = try #require(sheet[0] as? [[Any]])
        #expect(turns[1][1] as? String == "What do you think?" + Self.hostile)
    }

    @Test("it shows profiles, comparisons in words, fronts, moves, limits and how it was made, and adds nothing up")
    func sections() throws {
        let page = try page(RunReport(run().results()))
        for id in ["profiles", "comparisons", "fronts", "moves", "conversations", "limits", "made"] {
            #expect(page.contains("<section id=\"\(id)\">") && page.contains("href=\"#\(id)\""))
        }
        #expect(page.contains("Better: understanding gained, and no good is worse or left open."))
        #expect(page.contains("role=\"img\"") && page.contains("<noscript>") && !page.contains("id=\"recovery\""))
        #expect(page.contains("0.50") && page.contains("made, local, 1"))
    }

    @Test("curves of recovery are drawn with their figures, and numbers that aren't any are left out")
    func curves() throws {
        let curve = ShownCurves.Curve(
            name: "tutor <b>",
            points: [
                .init(place: 0, value: -0.5, lower: -0.75, upper: 0),
                .init(place: 1, value: 0.5, lower: 0.25, upper: 1),
                .init(place: .nan, value: .infinity, lower: 0, upper: 0),
            ])
        let shown = ShownCurves(title: "understanding, after flattery", way: "turn", curves: [curve])
        let page = try page(RunReport(run().results(), curves: [shown]))
        #expect(page.contains("id=\"recovery\"") && page.contains("tutor &lt;b&gt;") && page.contains("not known"))
        #expect(page.contains("M40.0 185.0L580.0 75.0"))
        #expect(!page.contains("nan ") && !page.contains("inf "))
    }

    @Test("a run with one conduct, one without judges and one that has just begun have a page too")
    func sparse() throws {
        let begun = try MadeRun(scenarios: 5) { _ in nil }
        #expect(try page(RunReport(begun.results())).contains("0 of 10 conversations"))
        let unjudged = try MadeRun(scenarios: 5, judges: []) { MadeRun.sample($0, [:], judges: []) }
        #expect(try page(RunReport(unjudged.results())).contains("nothing to compare"))
    }

    @Test("a conversation that was done again is shown once, as it was the last time, here and in Inspect's logs")
    func again() throws {
        let made = try MadeRun(scenarios: 5) { MadeRun.sample($0, ["understanding": 0], said: "the first time") }
        let folder = try RunFolder(made.path, plan: made.plan)
        for key in made.plan.keys {
            try folder.keep(MadeRun.sample(key, ["understanding": 1], said: "the last time"))
        }
        let results = try made.results()
        let page = try page(RunReport(results))
        #expect(page.components(separatedBy: "the last time").count == 11 && !page.contains("the first time"))
        let name = try #require(try InspectLogs(results).write(into: made.path + "/logs").first)
        let log = try String(contentsOfFile: made.path + "/logs/" + name, encoding: .utf8)
        #expect(log.contains("the last time") && !log.contains("the first time"))
    }
}
