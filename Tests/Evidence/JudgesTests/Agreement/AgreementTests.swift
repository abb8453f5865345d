import Foundation
import Testing

@testable import Judges

/// HumaneBench's ratings, in the folder that TRELLIS_REFERENCE_DATA names, or else in a folder `data` beside this
/// repository's neighbours; nil where they aren't.
private let humaneBench: URL? = {
    let path = "humanebench/krippendorff_fixture.json"
    let named = ProcessInfo.processInfo.environment["TRELLIS_REFERENCE_DATA"].map { URL(filePath: $0) }
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../..").standardizedFileURL
    let beside = root.deletingLastPathComponent()
    let neighbours = (try? FileManager.default.contentsOfDirectory(atPath: beside.path)) ?? []
    let folders = named.map { [$0] } ?? neighbours.sorted().map { beside.appending(path: "\($0)/data") }
    return folders.map { $0.appending(path: path) }.first { FileManager.default.isReadableFile(atPath: $0.path) }
}()

/// Four observers, twelve units: the example of Krippendorff 2011.
private let observers: [[Double?]] = [
    [1, 1, nil, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4], [4, 4, 4, 4], [1, 1, 2, 1],
    [2, 2, 2, 2], [nil, 5, 5, 5], [nil, nil, 1, 1], [nil, nil, 3, nil],
]

func table(_ ratings: [[Double?]]) throws -> RatingTable {
    try RatingTable(
        units: ratings.indices.map { "unit-\($0)" }, raters: (ratings.first ?? []).indices.map { "rater-\($0)" },
        ratings: ratings)
}

@Suite("Agreement of raters")
struct AgreementTests {
    @Test("Krippendorff's own example comes out as he published it")
    func krippendorff() throws {
        let table = try table(observers)
        #expect(abs(try #require(table.krippendorffAlpha(.nominal)) - 0.743) < 0.0005)
        #expect(abs(try #require(table.krippendorffAlpha(.ordinal)) - 0.815) < 0.0005)
        #expect(abs(try #require(table.krippendorffAlpha(.interval)) - 0.849) < 0.0005)
    }

    private struct Fixture: Decodable {
        struct Expected: Decodable {
            let ratings: Int
            let ordinal: Double
            let binary: Double

            enum CodingKeys: String, CodingKey {
                case ratings = "n_ratings"
                case ordinal = "krippendorff_alpha_ordinal"
                case binary = "krippendorff_alpha_nominal_binary_positive"
            }
        }
        let raters: Int
        let observations: [String: [Double?]]
        let expected: Expected
    }

    @Test("HumaneBench's raters agree as published, to every digit", .enabled(if: humaneBench != nil))
    func humaneBenchFixture() throws {
        let fixture = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: #require(humaneBench)))
        let rows = fixture.observations.sorted { $0.key < $1.key }
        let table = try RatingTable(
            units: rows.map(\.key), raters: (1...fixture.raters).map { "rater-\($0)" },
            ratings: rows.map { row in
                row.value + [Double?](repeating: nil, count: fixture.raters - row.value.count)
            })
        #expect(table.count == fixture.expected.ratings)
        let ordinal = try #require(table.krippendorffAlpha(.ordinal))
        #expect(abs(ordinal - fixture.expected.ordinal) < 1e-15, "\(ordinal)")
        let binary = try #require(table.mapped { $0 > 0 ? 1 : 0 }.krippendorffAlpha(.nominal))
        #expect(abs(binary - fixture.expected.binary) < 1e-15, "\(binary)")
    }

    @Test("Cohen's kappa of two readers of fifty proposals is 0.4")
    func cohen() throws {
        let counts: [(Double, Double, Int)] = [(1, 1, 20), (1, 0, 5), (0, 1, 10), (0, 0, 15)]
        let table = try table(
            counts.flatMap { first, second, count in Array(repeating: [first, second], count: count) })
        #expect(abs(try #require(try table.cohenKappa("rater-0", "rater-1")) - 0.4) < 1e-12)
        #expect(throws: RatingProblem.unknownRater("nobody")) { try table.cohenKappa("rater-0", "nobody") }
        // With two categories weights make no difference; with three, being nearly right counts.
        #expect(
            try table.cohenKappa("rater-0", "rater-1", weighting: .quadratic) == table.cohenKappa("rater-0", "rater-1"))
        let near = try self.near()
        let plain = try #require(try near.cohenKappa("rater-0", "rater-1"))
        #expect(try #require(try near.cohenKappa("rater-0", "rater-1", weighting: .linear)) > plain)
    }

    private func near() throws -> RatingTable {
        try table([[1, 1], [2, 2], [3, 3], [1, 2], [2, 3], [3, 3], [1, 1], [2, 1]])
    }

    @Test("Fleiss' kappa of fourteen raters over ten subjects is 0.210")
    func fleiss() throws {
        let counts = [
            [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1], [7, 7, 0, 0, 0],
            [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
        ]
        let table = try table(
            counts.map { row in row.enumerated().flatMap { Array(repeating: Double($0), count: $1) } })
        #expect(abs(try #require(table.fleissKappa) - 0.210) < 0.0005)
    }

    @Test("Gwet's AC1 stays high where two raters nearly always say yes, and kappa doesn't")
    func gwet() throws {
        let counts: [(Double, Double, Int)] = [(1, 1, 118), (1, 0, 5), (0, 1, 2)]
        let table = try table(
            counts.flatMap { first, second, count in Array(repeating: [first, second], count: count) })
        // By hand: observed 118/125, chance 2 · 0.972 · 0.028.
        let (observed, chance) = (118.0 / 125, 2 * 0.972 * 0.028)
        #expect(abs(try #require(table.gwetAC1) - (observed - chance) / (1 - chance)) < 1e-12)
        #expect(try #require(try table.cohenKappa("rater-0", "rater-1")) < 0)
        #expect(try #require(table.rawAgreement) == observed)
    }

    @Test("raters who always agree have 1, and nothing is said where nothing can be known")
    func ends() throws {
        let perfect = try table([[1, 1], [2, 2], [3, 3]])
        for level in RatingLevel.allCases { #expect(perfect.krippendorffAlpha(level) == 1) }
        #expect(perfect.fleissKappa == 1)
        #expect(perfect.gwetAC1 == 1)
        let alike = try table([[1, 1], [1, 1]])
        #expect(alike.krippendorffAlpha(.ordinal) == nil)
        #expect(alike.fleissKappa == nil)
        #expect(alike.gwetAC1 == nil)
        let alone = try table([[1, nil], [nil, 2]])
        #expect(alone.krippendorffAlpha(.nominal) == nil)
        #expect(try alone.cohenKappa("rater-0", "rater-1") == nil)
    }

    @Test("no measure depends on the order of units or raters, and ordinal alpha only on the order of ratings")
    func invariance() throws {
        var draws = SeededDraws(seed: 7)
        for _ in 0..<60 {
            let (units, raters) = (3 + draws.next(below: 12), 2 + draws.next(below: 4))
            let ratings: [[Double?]] = (0..<units).map { _ in
                (0..<raters).map { _ in draws.next(below: 5) == 0 ? nil : Double(draws.next(below: 4)) }
            }
            let turned = ratings.reversed().map { Array($0.reversed()) }
            let (one, other) = (try table(ratings), try table(turned))
            func near(_ first: Double?, _ second: Double?) -> Bool {
                guard let first, let second else { return first == nil && second == nil }
                return abs(first - second) < 1e-9
            }
            for level in RatingLevel.allCases {
                #expect(near(one.krippendorffAlpha(level), other.krippendorffAlpha(level)))
            }
            #expect(near(one.fleissKappa, other.fleissKappa))
            #expect(near(one.gwetAC1, other.gwetAC1))
            let stretched = try one.mapped { $0 * $0 * $0 }
            #expect(near(one.krippendorffAlpha(.ordinal), stretched.krippendorffAlpha(.ordinal)))
            #expect(one.krippendorffAlpha(.ordinal).map { $0 <= 1 } ?? true)
        }
    }

    @Test("an interval holds the value, follows from its seed, and narrows with more units")
    func intervals() throws {
        let few = try #require(try table(observers).resampled(draws: 300) { $0.krippendorffAlpha(.ordinal) })
        let (lower, upper) = (try #require(few.lower), try #require(few.upper))
        #expect(lower < few.value && few.value < upper)
        #expect(few == (try table(observers).resampled(draws: 300) { $0.krippendorffAlpha(.ordinal) }))
        #expect(few != (try table(observers).resampled(draws: 300, seed: 2) { $0.krippendorffAlpha(.ordinal) }))
        let many = try table(Array(repeating: observers, count: 8).flatMap { $0 })
        let narrow = try #require(many.resampled(draws: 300) { $0.krippendorffAlpha(.ordinal) })
        #expect(try #require(narrow.upper) - #require(narrow.lower) < (upper - lower) / 2)
    }

    @Test("with fewer than five things that two rated there is a value and no interval")
    func noInterval() throws {
        for rows in [
            [[1, 1, -1, 1]], [[1, 1], [-1, 0.5], [0, 0], [1, 1]], [[1, 1], [-1, 0.5], [0, 0], [1, 1], [1, nil]],
        ]
            as [[[Double?]]]
        {
            let measured = try #require(try table(rows).resampled(draws: 300) { $0.rawAgreement })
            #expect(measured.lower == nil && measured.upper == nil && measured.draws == 0)
        }
        let five = try table([[1, 1], [-1, 0.5], [0, 0], [1, 1], [1, 0]])
        #expect(five.resampled(draws: 300, { $0.rawAgreement })?.lower != nil)
    }

    @Test("a table with a hole, a twin or a number that is none is refused with what to do")
    func problems() throws {
        #expect(throws: RatingProblem.nothing) { try RatingTable(units: [], raters: [], ratings: []) }
        #expect(throws: RatingProblem.repeatedRater("a")) {
            try RatingTable(units: ["x"], raters: ["a", "a"], ratings: [[1, 2]])
        }
        #expect(throws: RatingProblem.columns(unit: "x", expected: 2, found: 1)) {
            try RatingTable(units: ["x"], raters: ["a", "b"], ratings: [[1]])
        }
        #expect(throws: RatingProblem.notFinite(unit: "x")) {
            try RatingTable(units: ["x"], raters: ["a", "b"], ratings: [[1, .nan]])
        }
    }
}

@Suite("A judge among people")
struct JudgeAgreementTests {
    /// Three people who see the same worth with some noise, and a judge who sees it with as much noise as asked for.
    private func ratings(noise: Int, units: Int = 120) throws -> RatingTable {
        var draws = SeededDraws(seed: 3)
        func seen(_ worth: Int, _ noise: Int) -> Double {
            let off = noise == 0 ? 0 : draws.next(below: 2 * noise + 1) - noise
            return [-1, -0.5, 0.5, 1][min(3, max(0, worth + off))]
        }
        let rows: [[Double?]] = (0..<units).map { _ in
            let worth = draws.next(below: 4)
            return [seen(worth, 1), seen(worth, 1), seen(worth, 1), seen(worth, noise)]
        }
        return try RatingTable(
            units: (0..<units).map { "reply-\($0)" }, raters: ["ada", "ben", "cem", "judge"], ratings: rows)
    }

    @Test("one who sees clearly fits in better than the people, one who guesses worse")
    func fits() throws {
        let clear = try JudgeAgreement(of: "judge", in: ratings(noise: 0), level: .ordinal, draws: 200)
        #expect(try #require(clear.difference?.lower) > 0)
        let guesses = try JudgeAgreement(of: "judge", in: ratings(noise: 3), level: .ordinal, draws: 200)
        #expect(try #require(guesses.difference?.upper) < 0)
        #expect(guesses.pairs.allSatisfy { ($0.withJudge ?? 0) < ($0.withPeople ?? 0) })
    }

    @Test("conformal intervals hold as many of people's ratings as promised, on cases they never saw")
    func conformal() throws {
        let agreement = try JudgeAgreement(
            of: "judge", in: ratings(noise: 1, units: 2_000), level: .ordinal, draws: 100)
        for level in [0.5, 0.8, 0.9] {
            let (interval, coverage, measured) = try #require(agreement.conformal(level: level))
            #expect(measured == 1_000)
            #expect(coverage > level - 0.05)
            #expect(interval.around(0.9).upperBound <= 1)
        }
        #expect(ConformalInterval([(0, 1)], level: 0.9)?.reach == .infinity)
        #expect(ConformalInterval([], level: 0.9) == nil)
    }

    @Test("a calibrated forecaster lies on the diagonal, an overconfident one is told so")
    func calibration() throws {
        var draws = SeededDraws(seed: 11)
        let honest = (0..<20_000).map { _ in
            let chance = Double(draws.next(below: 1_001)) / 1_000
            return (probability: chance, held: Double(draws.next(below: 1_000_000)) / 1_000_000 < chance)
        }
        let curve = try #require(CalibrationCurve(honest))
        #expect(curve.bins.count == 10)
        #expect(curve.error < 0.02)
        let bold = try #require(CalibrationCurve(honest.map { ($0.probability < 0.5 ? 0 : 1, $0.held) }))
        #expect(bold.bins.map(\.predicted) == [0, 1])
        #expect(bold.error > 0.2)
        #expect(bold.brier > curve.brier)
        #expect(CalibrationCurve([(1.2, true)]) == nil)
        #expect(CalibrationCurve([]) == nil)
    }
}
