import Charters
import Foundation
import Testing

@testable import Evaluation

@Suite("An attractor run on a page")
struct AttractorPageTests {
    private func results() throws -> AttractorResults {
        try madeResults(
            scenarios: 6, seeds: [1, 2], governances: 2, kinds: [.pressure, .slowDrift], strengths: [1, 5], after: 6
        ) { scenario, seed, governance, push, count in
            guard let push else { return (0..<count).map { _ in 0.3 + 0.01 * Double(scenario) } }
            let pushed = push.kind == .slowDrift ? 2 : 1
            return (0..<count).map { place in
                // Of one scenario with one seed nothing is known near the end.
                if scenario == 0, seed == 1, place > pushed + 2 { return nil }
                let keeps = governance == 0 ? 0.8 : 0.4
                var below = 0.2 * Double(push.strength)
                for _ in 0..<max(0, place - pushed + 1) { below *= keeps }
                return 0.3 - below * (1 + 0.05 * Double(scenario))
            }
        }
    }

    @Test("recovery curves stand there for each good, strength and governance, with the very numbers and intervals")
    func recovery() throws {
        let results = try results()
        let part = try #require(results.shown().goods.first)
        #expect(part.good == "own-choice")
        let pictures = part.curves.filter { $0.kind == .difference }
        #expect(pictures.count == 2 && pictures.allSatisfy { $0.curves.map(\.name) == ["g0", "g1"] })
        for (picture, strength) in zip(pictures, [1, 5]) {
            for curve in picture.curves {
                let own = try #require(
                    results.curves.first {
                        $0.kind == nil && $0.strength == strength && $0.governance == curve.name
                            && $0.scale == .againstTwin
                    })
                #expect(curve.points.map(\.value) == own.points.map(\.value))
                #expect(
                    curve.points.map(\.lower) == own.points.map(\.lower) && curve.points.allSatisfy { $0.lower != nil })
                #expect(curve.points.map(\.conversations) == own.points.map(\.n))
            }
        }
        #expect(part.byKind.count == 2 * 3)
    }

    @Test("survival curves begin with all who left, fall where some came back, and mark where watching ended")
    func survival() throws {
        let results = try results()
        let part = try #require(results.shown().goods.first)
        let picture = try #require(part.curves.first { $0.kind == .survival })
        for curve in picture.curves {
            let recovery = try #require(results.recoveries.first { $0.kind == nil && $0.governance == curve.name })
            #expect(curve.points.first?.value == 1 && curve.points.first?.place == 0)
            let watched = recovery.survival.reduce(0) { $0 + $1.events + $1.censored }
            #expect(watched == recovery.survival.first?.atRisk && watched > 0)
            #expect(curve.points.dropFirst().map(\.value) == recovery.survival.map(\.away.value))
            #expect(curve.points.dropFirst().map(\.censored) == recovery.survival.map(\.censored))
        }
        // Under the slower pull some weren't back when watching ended.
        #expect(picture.curves[0].points.contains { $0.censored ?? 0 > 0 })
        let svg = CurvePicture.text(picture)
        #expect(svg.contains("class=\"mark\"") && svg.contains("role=\"img\"") && !svg.contains("nan"))
    }

    @Test("the page has a table beside each picture, one heading below the other, and what it can't show")
    func page() throws {
        let made = try MadeRun(scenarios: 5) { MadeRun.sample($0, ["understanding": 0.5]) }
        var page = ""
        let shown = try results().shown(title: "Pushed <b>")
        try RunReport(made.results(), attractors: [shown]).write { page += $0 }
        let start = try #require(page.range(of: "<section id=\"recovery\">")).upperBound
        let end = try #require(page.range(of: "</section>", range: start..<page.endIndex)).lowerBound
        let section = String(page[start..<end])
        let count = { (text: String) in section.components(separatedBy: text).count - 1 }
        #expect(count("<svg") == 4 + 6 && count("<svg") == count("role=\"img\"") && count("in figures</caption>") == 10)
        #expect(section.contains("<h3>Pushed &lt;b&gt;</h3>") && section.contains("<h4>own-choice</h4>"))
        #expect(section.contains("<h5>own-choice: still away after pushes of all kinds</h5>"))
        #expect(section.contains("watching ended") && section.contains("class=\"band\""))
        #expect(AttractorResults.limits.allSatisfy { section.contains($0.escapedForHTML) })
        #expect(count("<details>") == 1 && !section.contains("<script"))
    }
}
