/// How far apart two categories count in a weighted kappa.
public enum KappaWeighting: String, Sendable, Hashable, Codable, CaseIterable {
    /// Equal or not.
    case none
    /// By how many categories apart.
    case linear
    /// By the square of how many categories apart.
    case quadratic
}

extension RatingTable {
    /// The share of pairs of ratings of one unit that are equal, over all units with at least two. 0 to 1; nil without
    /// such a unit. It doesn't know of chance: two raters who call nearly everything good agree nearly always.
    public var rawAgreement: Double? { pairwise?.observed }

    /// Cohen's kappa of two raters: how much more often they agree than two who rated as often each, but by chance. 1 is
    /// perfect, 0 chance. Only units that both rated count. Categories are all ratings in the table, ascending.
    ///
    /// Cohen 1960 (doi 10.1177/001316446002000104); weighted: Cohen 1968 (doi 10.1037/h0026256).
    ///
    /// - Returns: Nil when there is no unit that both rated, or when chance alone would agree always.
    /// - Throws: ``RatingProblem/unknownRater(_:)``.
    public func cohenKappa(
        _ first: String, _ second: String, weighting: KappaWeighting = .none
    ) throws(RatingProblem) -> Double? {
        guard let one = raters.firstIndex(of: first) else { throw .unknownRater(first) }
        guard let other = raters.firstIndex(of: second) else { throw .unknownRater(second) }
        let values = values
        let number = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($1, $0) })
        var (rows, columns) = ([Double](repeating: 0, count: values.count), [Double](repeating: 0, count: values.count))
        var (observed, both) = (0.0, 0.0)
        func distance(_ first: Int, _ second: Int) -> Double {
            let steps = Double(abs(first - second))
            switch weighting {
            case .none: return first == second ? 0 : 1
            case .linear: return steps
            case .quadratic: return steps * steps
            }
        }
        for row in ratings {
            guard let left = row[one].flatMap({ number[$0] }), let right = row[other].flatMap({ number[$0] }) else {
                continue
            }
            both += 1
            rows[left] += 1
            columns[right] += 1
            observed += distance(left, right)
        }
        guard both > 0 else { return nil }
        var expected = 0.0
        for left in values.indices {
            for right in values.indices { expected += rows[left] * columns[right] * distance(left, right) / both }
        }
        return expected > 0 ? 1 - observed / expected : nil
    }

    /// Fleiss' kappa of many raters who needn't be the same for each unit. 1 is perfect, 0 chance.
    ///
    /// Units with fewer than two ratings are left out. Where units have different numbers of ratings, each unit's
    /// agreement counts the same and chance is reckoned from the shares of all ratings.
    ///
    /// Fleiss 1971 (doi 10.1037/h0031619).
    ///
    /// - Returns: Nil when no unit has two ratings, or when all ratings are the same.
    public var fleissKappa: Double? {
        guard let pairwise else { return nil }
        let shares = pairwise.totals.map { $0 / pairwise.totals.reduce(0, +) }
        let chance = shares.reduce(0) { $0 + $1 * $1 }
        return chance < 1 ? (pairwise.observed - chance) / (1 - chance) : nil
    }

    /// Gwet's AC1 of many raters: like kappa, but with chance reckoned so that it stays sensible when nearly everything
    /// is rated alike. 1 is perfect, 0 chance.
    ///
    /// Ratings may be missing: units with one rating count for how common a category is and not for agreement. Categories
    /// are the ratings that were given.
    ///
    /// Gwet 2008 (doi 10.1348/000711006X126600).
    ///
    /// - Returns: Nil when no unit has two ratings, or fewer than two different ratings were given.
    public var gwetAC1: Double? {
        let values = values
        guard let pairwise, values.count > 1 else { return nil }
        var shares = [Double](repeating: 0, count: values.count)
        var rated = 0.0
        for row in ratings {
            let given = row.compactMap { $0 }
            guard !given.isEmpty else { continue }
            rated += 1
            for value in given { shares[values.firstIndex(of: value) ?? 0] += 1 / Double(given.count) }
        }
        let chance = shares.reduce(0) { $0 + $1 / rated * (1 - $1 / rated) } / Double(values.count - 1)
        return (pairwise.observed - chance) / (1 - chance)
    }

    /// The mean over units of the share of equal pairs, and how often each value was given in those units.
    private var pairwise: (observed: Double, totals: [Double])? {
        let values = values
        let number = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($1, $0) })
        var totals = [Double](repeating: 0, count: values.count)
        var (agreement, units) = (0.0, 0.0)
        for row in ratings {
            let given = row.compactMap { $0.flatMap { number[$0] } }
            guard given.count >= 2 else { continue }
            var counts = [Double](repeating: 0, count: values.count)
            for value in given { counts[value] += 1 }
            let pairs = Double(given.count * (given.count - 1))
            agreement += counts.reduce(0) { $0 + $1 * ($1 - 1) } / pairs
            units += 1
            for value in values.indices { totals[value] += counts[value] }
        }
        return units > 0 ? (agreement / units, totals) : nil
    }
}
