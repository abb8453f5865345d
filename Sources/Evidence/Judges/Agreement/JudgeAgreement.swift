/// How a judge stands among the people who rated the same things.
///
/// Each number is beside the same number for people, because a judge can't be asked to agree with people more than they
/// agree with each other.
public struct JudgeAgreement: Sendable, Hashable {
    /// A person's agreement with another rater.
    public struct Pair: Sendable, Hashable, Codable {
        /// The person.
        public let rater: String
        /// Cohen's kappa with the judge, quadratically weighted; nil where it has no value.
        public let withJudge: Double?
        /// The mean of the person's kappas with the other people; nil where there is none.
        public let withPeople: Double?
    }

    /// The judge's name in the table.
    public let judge: String
    /// Krippendorff's alpha of people alone; nil where it has no value.
    public let people: MeasuredAgreement?
    /// The same with the judge in one person's place, the mean over people; nil where it has no value.
    public let judgeInPlace: MeasuredAgreement?
    /// How much more the judge agrees than the person it stands for, the mean over people: above 0 it fits in better
    /// than they do.
    public let difference: MeasuredAgreement?
    /// For each person.
    public let pairs: [Pair]
    /// Where the judge and the mean of people were both there.
    public let cases: [(judged: Double, rated: Double)]

    /// Compares.
    ///
    /// - Parameters:
    ///   - judge: Which column is the judge's; all others are people.
    ///   - level: What ratings mean.
    ///   - seed: Of the intervals, by ``RatingTable/resampled(draws:level:seed:_:)``.
    /// - Throws: ``RatingProblem/unknownRater(_:)``; ``RatingProblem/nothing`` when there are fewer than two people.
    public init(
        of judge: String, in table: RatingTable, level: RatingLevel, draws: Int = 2_000, seed: UInt64 = 1
    ) throws(RatingProblem) {
        guard let column = table.raters.firstIndex(of: judge) else { throw .unknownRater(judge) }
        let people = table.raters.indices.filter { $0 != column }
        guard people.count >= 2 else { throw .nothing }
        self.judge = judge
        let alone = try table.keeping(raters: people.map { table.raters[$0] })
        self.people = alone.resampled(draws: draws, seed: seed) { $0.krippendorffAlpha(level) }
        func inPlace(_ table: RatingTable) -> Double? {
            let alphas = people.map { left in
                table.columns(table.raters.indices.filter { $0 != left }).krippendorffAlpha(level)
            }
            return alphas.mean
        }
        judgeInPlace = table.resampled(draws: draws, seed: seed, inPlace)
        difference = table.resampled(draws: draws, seed: seed) { table in
            guard let judged = inPlace(table), let own = table.columns(people).krippendorffAlpha(level) else {
                return nil
            }
            return judged - own
        }
        var pairs: [Pair] = []
        for person in people {
            let name = table.raters[person]
            var others: [Double?] = []
            for other in people where other != person {
                others.append(try table.cohenKappa(name, table.raters[other], weighting: .quadratic))
            }
            pairs.append(
                Pair(
                    rater: name, withJudge: try table.cohenKappa(name, judge, weighting: .quadratic),
                    withPeople: others.compactMap { $0 }.map(Optional.some).mean))
        }
        self.pairs = pairs
        cases = table.ratings.compactMap { row in
            guard let judged = row[column] else { return nil }
            let rated = people.compactMap { row[$0] }
            return rated.isEmpty ? nil : (judged, rated.reduce(0, +) / Double(rated.count))
        }
    }

    /// Whether two comparisons say the same.
    public static func == (first: JudgeAgreement, second: JudgeAgreement) -> Bool {
        first.judge == second.judge && first.people == second.people && first.judgeInPlace == second.judgeInPlace
            && first.difference == second.difference && first.pairs == second.pairs
            && first.cases.elementsEqual(second.cases, by: ==)
    }

    /// Hashes what is compared.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(judge)
        hasher.combine(people)
        hasher.combine(pairs)
    }

    /// Conformal intervals learned from one half of the cases, drawn by the seed, and measured on the other: what share
    /// of people's mean ratings they held there. Nil with fewer than eight cases.
    public func conformal(
        level: Double = 0.9, seed: UInt64 = 1
    ) -> (interval: ConformalInterval, coverage: Double, measuredOn: Int)? {
        guard cases.count >= 8 else { return nil }
        var order = Array(cases.indices)
        var draws = SeededDraws(seed: seed)
        for place in stride(from: order.count - 1, to: 0, by: -1) { order.swapAt(place, draws.next(below: place + 1)) }
        let half = order.count / 2
        let rest = order[half...].map { cases[$0] }
        guard let interval = ConformalInterval(order[..<half].map { cases[$0] }, level: level),
            let coverage = interval.coverage(of: rest)
        else { return nil }
        return (interval, coverage, rest.count)
    }

    /// How well the judge's values from -1 to 1, taken as how likely it is that people rate above 0, come true. Nil when
    /// a value lies outside.
    public func calibration(bins: Int = 10) -> CalibrationCurve? {
        CalibrationCurve(cases.map { ((1 + $0.judged) / 2, $0.rated > 0) }, bins: bins)
    }
}

extension RatingTable {
    /// The table with only these columns.
    func columns(_ kept: [Int]) -> RatingTable {
        RatingTable(
            units: units, raters: kept.map { raters[$0] }, unchecked: ratings.map { row in kept.map { row[$0] } })
    }
}

extension [Double?] {
    /// The mean; nil when one is missing, or there is none.
    var mean: Double? {
        let given = compactMap { $0 }
        return given.count == count && count > 0 ? given.reduce(0, +) / Double(count) : nil
    }
}
