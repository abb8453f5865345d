import Flourishing
import Testing

@Suite("How judgements stand to each other")
struct StandingTests {
    @Test("only an interval that lies wholly above another is better")
    func dominance() throws {
        let low = try #require(Estimate(value: -0.2, lower: -0.4, upper: 0))
        let high = try #require(Estimate(value: 0.5, lower: 0.3, upper: 0.7))
        let wide = try #require(Estimate(value: 0.5, lower: -0.1, upper: 0.9))
        let touching = try #require(Estimate(value: 0.1, lower: 0, upper: 0.2))
        #expect(high.standing(to: low) == .better)
        #expect(low.standing(to: high) == .worse)
        #expect(wide.standing(to: low) == .incomparable)
        #expect(touching.standing(to: low) == .incomparable)
        #expect(wide.standing(to: wide) == .equal)
    }

    @Test("goods that point different ways, or that only one side looked at, make judgements incomparable")
    func vectors() throws {
        let low = try #require(Estimate(value: -0.5, lower: -0.6, upper: -0.4))
        let high = try #require(Estimate(value: 0.5, lower: 0.4, upper: 0.6))
        func appraisal(_ estimates: [String: Estimate]) -> Appraisal {
            Appraisal(estimates: estimates, judge: "a", method: "b", at: 0)
        }
        #expect(appraisal(["x": high, "y": low]).standing(to: appraisal(["x": low, "y": high])) == .incomparable)
        #expect(appraisal(["x": high, "y": low]).standing(to: appraisal(["x": low, "y": low])) == .better)
        #expect(appraisal(["x": high]).standing(to: appraisal(["y": high])) == .incomparable)
        #expect(appraisal(["x": high, "y": high]).standing(to: appraisal(["x": low])) == .incomparable)
        #expect(appraisal(["x": low]).standing(to: appraisal(["x": high, "y": high])) == .incomparable)
        #expect(appraisal([:]).standing(to: appraisal([:])) == .equal)
    }

    @Test("better is a strict order and equal an equivalence, over random judgements", arguments: UInt64(0)..<20)
    func order(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var seen: Set<Standing> = []
        for _ in 0..<500 {
            let (a, b, c) = (
                Appraisal.random(using: &generator), Appraisal.random(using: &generator),
                Appraisal.random(using: &generator)
            )
            #expect(a.standing(to: a) == .equal)
            #expect(a.standing(to: b) == b.standing(to: a).reversed)
            let (first, second, both) = (a.standing(to: b), b.standing(to: c), a.standing(to: c))
            seen.insert(first)
            if first == .better, second == .better { #expect(both == .better) }
            if first == .better, second == .equal { #expect(both == .better) }
            if first == .equal { #expect(both == second) }
        }
        #expect(seen == Set(Standing.allCases), "the random judgements must give every answer")
    }
}
