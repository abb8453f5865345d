import Flourishing
import Foundation
import Testing

@Suite("Estimates and weighings")
struct WeighingTests {
    @Test("an estimate is an interval on the scale, or isn't made")
    func intervals() {
        #expect(Estimate(value: 0, lower: -1, upper: 1, coverage: 0) != nil)
        for (value, lower, upper, coverage) in [
            (0.0, 0.1, 0.2, 1.0), (0.3, 0.1, 0.2, 1), (0, -1.1, 0, 1), (0, 0, 1.1, 1), (0, 0, 0, 1.1), (0, 0, 0, -0.1),
            (.nan, 0, 1, 1), (0, .nan, 1, 1), (0, 0, .nan, 1), (0, 0, 0, .nan), (0, -.infinity, 0, 1),
        ] {
            #expect(Estimate(value: value, lower: lower, upper: upper, coverage: coverage) == nil)
        }
    }

    @Test("an estimate that isn't an interval on the scale is refused when it is read")
    func coding() throws {
        let estimate = try #require(Estimate(value: 0.25, lower: 0, upper: 0.5, coverage: 0.75))
        #expect(try JSONDecoder().decode(Estimate.self, from: JSONEncoder().encode(estimate)) == estimate)
        let bad = Data(#"{"value": 2, "lower": 0, "upper": 3, "coverage": 1}"#.utf8)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Estimate.self, from: bad) }
    }

    @Test("no weighing without an author, a reason and a weight")
    func authorship() {
        #expect(Weighing(author: "Riverside School", reason: "Exams are near.", weights: ["x": 1, "y": 0]) != nil)
        #expect(Weighing(author: " ", reason: "Exams are near.", weights: ["x": 1]) == nil)
        #expect(Weighing(author: "Riverside School", reason: "", weights: ["x": 1]) == nil)
        for weights in [[:], ["x": 0], ["x": -1, "y": 2], ["x": .infinity], ["x": .nan]] as [[String: Double]] {
            #expect(Weighing(author: "a", reason: "b", weights: weights) == nil)
        }
    }

    @Test("a good that counts and wasn't looked at leaves no number")
    func missing() throws {
        let half = try #require(Estimate(value: 0.5, lower: 0.5, upper: 0.5))
        let appraisal = Appraisal(estimates: ["x": half], judge: "a", method: "b", at: 0)
        #expect(try #require(Weighing(author: "a", reason: "b", weights: ["x": 1, "y": 1])).mean(of: appraisal) == nil)
        #expect(
            try #require(Weighing(author: "a", reason: "b", weights: ["x": 1, "y": 0])).mean(of: appraisal) == half)
    }

    @Test("a weighing never ranks against the vector, whatever the weights", arguments: UInt64(0)..<20)
    func monotone(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var ranked = 0
        for _ in 0..<500 {
            let (a, b) = (Appraisal.random(using: &generator), Appraisal.random(using: &generator))
            var weights: [String: Double] = [:]
            for good in a.estimates.keys {
                weights[good] = [1e-300, 0.5, 1, 3, 1e300].randomElement(using: &generator)
            }
            guard a.standing(to: b) == .better, let weighing = Weighing(author: "a", reason: "b", weights: weights)
            else { continue }
            ranked += 1
            let first = try #require(weighing.mean(of: a))
            let second = try #require(weighing.mean(of: b))
            #expect(first.value >= second.value && first.lower >= second.lower && first.upper >= second.upper)
        }
        #expect(ranked > 10)
    }

    @Test("the mean is a mean: exact for simple numbers")
    func mean() throws {
        let x = try #require(Estimate(value: 0.5, lower: 0.25, upper: 0.75, coverage: 1))
        let y = try #require(Estimate(value: -0.5, lower: -0.75, upper: -0.25, coverage: 0.5))
        let weighing = try #require(Weighing(author: "a", reason: "b", weights: ["x": 3, "y": 1]))
        let mean = weighing.mean(of: Appraisal(estimates: ["x": x, "y": y], judge: "a", method: "b", at: 0))
        #expect(mean == Estimate(value: 0.25, lower: 0, upper: 0.5, coverage: 0.875))
    }
}
