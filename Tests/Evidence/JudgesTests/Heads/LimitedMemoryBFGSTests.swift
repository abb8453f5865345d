import Foundation
import Testing

@testable import Judges

@Suite("The search for the smallest value")
struct LimitedMemoryBFGSTests {
    @Test("a stretched bowl's lowest place is found, where linear algebra says it is")
    func bowl() {
        // ½ xᵀAx − bᵀx with A diagonal from 1 to 10⁴: lowest at bᵢ/aᵢ.
        let stretch = (0..<40).map { pow(10, Double($0) / 39 * 4) }
        let target = (0..<40).map { Double($0 % 7) - 3 }
        var search = LimitedMemoryBFGS()
        search.mostSteps = 2_000
        let found = search.minimum(from: Array(repeating: 5, count: 40)) { point in
            (
                zip(zip(stretch, target), point).reduce(0) { $0 + 0.5 * $1.0.0 * $1.1 * $1.1 - $1.0.1 * $1.1 },
                zip(zip(stretch, target), point).map { $0.0 * $1 - $0.1 }
            )
        }
        for (place, (stretch, target)) in zip(found.point, zip(stretch, target)) {
            #expect(abs(place - target / stretch) < 1e-6)
        }
    }

    @Test("Rosenbrock's curved valley is walked to its end at (1, 1)")
    func valley() {
        let found = LimitedMemoryBFGS().minimum(from: [-1.2, 1]) { point in
            let (x, y) = (point[0], point[1])
            return (
                100 * pow(y - x * x, 2) + pow(1 - x, 2), [-400 * x * (y - x * x) - 2 * (1 - x), 200 * (y - x * x)]
            )
        }
        #expect(abs(found.point[0] - 1) < 1e-6 && abs(found.point[1] - 1) < 1e-6)
        #expect(found.ending == .flat && found.steps < 60)
    }

    @Test("a start that is the lowest place takes no step; a function without a bottom ends when its steps are spent")
    func ends() {
        let still = LimitedMemoryBFGS().minimum(from: [0, 0]) { (dot($0, $0), $0.map { 2 * $0 }) }
        #expect(still.steps == 0 && still.ending == .flat)
        var search = LimitedMemoryBFGS()
        search.mostSteps = 5
        let falling = search.minimum(from: [0]) { (-$0[0], [-1]) }
        #expect(falling.ending != .flat && falling.value <= 0)
        let broken = LimitedMemoryBFGS().minimum(from: [1]) { point in (.nan, [point[0]]) }
        #expect(broken.steps == 0)
    }

    @Test("the same search gives the same numbers to the last bit")
    func same() {
        func found() -> [Double] {
            LimitedMemoryBFGS().minimum(from: [3, -2, 0.5]) { point in
                (
                    point.reduce(0) { $0 + softplus($1) + 0.1 * $1 * $1 }, point.map { chance($0) + 0.2 * $0 }
                )
            }.point
        }
        #expect(found().map(\.bitPattern) == found().map(\.bitPattern))
    }
}

@Suite("Logistic regression")
struct LogisticRegressionTests {
    private static func examples(_ count: Int, width: Int, seed: UInt64) -> LabelledVectors {
        var draw = SeededDraws(seed: seed)
        func number() -> Float { Float(draw.next(below: 2_001)) / 1_000 - 1 }
        var all = LabelledVectors(width: width)
        for _ in 0..<count {
            let vector = (0..<width).map { _ in number() }
            all.add(vector, vector[0] + 0.5 * vector[1] + 0.3 * number() > 0.1)
        }
        return all
    }

    @Test("the gradient is what small steps of the loss say it is")
    func gradient() {
        let examples = Self.examples(30, width: 4, seed: 1)
        let point = [0.3, -1.2, 0.7, 0.1, -0.4]
        let (_, gradient) = LogisticRegression.loss(at: point, examples, penalty: 0.05)
        for at in point.indices {
            var (up, down) = (point, point)
            up[at] += 1e-5
            down[at] -= 1e-5
            let slope =
                (LogisticRegression.loss(at: up, examples, penalty: 0.05).value
                    - LogisticRegression.loss(at: down, examples, penalty: 0.05).value) / 2e-5
            #expect(abs(slope - gradient[at]) < 1e-8)
        }
    }

    @Test("a constant alone comes to the log odds of the share, the known solution")
    func constant() {
        var examples = LabelledVectors(width: 1)
        for at in 0..<10 { examples.add([0], at < 7) }
        let fit = LogisticRegression(examples, penalty: 0.1)
        #expect(abs(fit.constant - log(7.0 / 3.0)) < 1e-7)
        #expect(fit.weights == [0])
    }

    @Test("at the fit the gradient is flat, and no nearby weights are better")
    func best() {
        let examples = Self.examples(200, width: 6, seed: 2)
        let fit = LogisticRegression(examples, penalty: 0.01)
        let point = fit.weights + [fit.constant]
        let (value, gradient) = LogisticRegression.loss(at: point, examples, penalty: 0.01)
        #expect(gradient.allSatisfy { abs($0) < 1e-8 })
        var draw = SeededDraws(seed: 3)
        for _ in 0..<50 {
            let near = point.map { $0 + (Double(draw.next(below: 2_001)) / 1_000 - 1) * 0.01 }
            #expect(LogisticRegression.loss(at: near, examples, penalty: 0.01).value >= value)
        }
        #expect(fit.weights[0] > fit.weights[1] && fit.weights[1] > 0.5)
    }

    @Test("Platt's line undoes a stretch: chances come true as often as they say")
    func platt() throws {
        var draw = SeededDraws(seed: 4)
        var examples: [(sum: Double, label: Bool)] = []
        for _ in 0..<4_000 {
            let odds = Double(draw.next(below: 6_001)) / 1_000 - 3
            examples.append((4 * odds + 2, Double(draw.next(below: 1_000_000)) / 1_000_000 < chance(odds)))
        }
        let line = PlattScaling(examples)
        #expect(abs(line.slope - 0.25) < 0.02 && abs(line.constant + 0.5) < 0.1)
        let curve = try #require(
            CalibrationCurve(examples.map { (chance(line.slope * $0.sum + line.constant), $0.label) }))
        #expect(curve.error < 0.03)
    }

    @Test("Platt's line stays finite where two sides are wholly apart")
    func apart() {
        let line = PlattScaling([(1, true), (2, true), (-1, false), (-2, false)])
        #expect(line.slope.isFinite && line.slope > 0 && line.constant.isFinite)
    }
}

@Suite("How well scores tell")
struct SeparationTests {
    @Test("the area is 1, 0 or a half where it must be, and counts ties half")
    func area() {
        #expect(Separation.area([(1, true), (0, false)]) == 1)
        #expect(Separation.area([(0, true), (1, false)]) == 0)
        #expect(Separation.area([(1, true), (1, false)]) == 0.5)
        #expect(Separation.area([(3, true), (1, true), (2, false), (1, false)]) == 0.625)
        #expect(Separation.area([(1, true)]) == nil)
    }

    @Test("by ranks it is the share of pairs in the right order, whatever the scores")
    func pairs() throws {
        var draw = SeededDraws(seed: 5)
        for _ in 0..<100 {
            let scores = (0..<20).map { at in
                (score: Double(draw.next(below: 8)), label: at < 2 || draw.next(below: 2) == 0)
            }
            guard let area = Separation.area(scores) else { continue }
            let yes = scores.filter(\.label)
            let no = scores.filter { !$0.label }
            let right = yes.reduce(0.0) { sum, one in
                sum + no.reduce(0.0) { $0 + (one.score > $1.score ? 1 : one.score == $1.score ? 0.5 : 0) }
            }
            #expect(abs(area - right / Double(yes.count * no.count)) < 1e-12)
        }
    }

    @Test("an interval from groups is wider than one from single rows where rows repeat each other")
    func groups() throws {
        var draw = SeededDraws(seed: 6)
        var scores: [(score: Double, label: Bool)] = []
        var groups: [Int] = []
        for group in 0..<30 {
            let one = (score: Double(draw.next(below: 100)) + (group % 2 == 0 ? 20 : 0), label: group % 2 == 0)
            for _ in 0..<5 {
                scores.append(one)
                groups.append(group)
            }
        }
        let together = try #require(Separation.resampled(scores, groups: groups, seed: 1))
        let single = try #require(Separation.resampled(scores, groups: Array(scores.indices), seed: 1))
        #expect(together.upper - together.lower > single.upper - single.lower)
        #expect(together.lower <= together.value && together.value <= together.upper)
    }
}
