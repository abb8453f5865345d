/// Who rated what how: a row for each thing that was rated, a column for each rater, and nothing where somebody didn't.
public struct RatingTable: Sendable, Hashable {
    /// What was rated, in the order of rows. Each name once.
    public let units: [String]
    /// Who rated, in the order of columns. Each name once.
    public let raters: [String]
    /// For each unit a rating by each rater; nil where there is none. Finite.
    public let ratings: [[Double?]]

    /// Makes a table.
    ///
    /// - Throws: ``RatingProblem`` when a row has another number of columns than there are raters, a name comes twice or
    ///   is missing, a rating isn't finite, or there are no units or no raters.
    public init(units: [String], raters: [String], ratings: [[Double?]]) throws(RatingProblem) {
        guard !units.isEmpty, !raters.isEmpty else { throw .nothing }
        guard units.count == ratings.count else { throw .rows(expected: units.count, found: ratings.count) }
        if let twice = Self.firstRepeated(units) { throw .repeatedUnit(twice) }
        if let twice = Self.firstRepeated(raters) { throw .repeatedRater(twice) }
        for (unit, row) in zip(units, ratings) {
            guard row.count == raters.count else {
                throw .columns(unit: unit, expected: raters.count, found: row.count)
            }
            guard row.allSatisfy({ $0?.isFinite ?? true }) else { throw .notFinite(unit: unit) }
        }
        self.units = units
        self.raters = raters
        self.ratings = ratings
    }

    /// Every rating that was given, ascending, each once.
    public var values: [Double] { Set(ratings.joined().compactMap { $0 }).sorted() }

    /// How many ratings were given.
    public var count: Int { ratings.reduce(0) { $0 + $1.count { $0 != nil } } }

    /// The table with each rating passed through `change`, as in "positive or not".
    public func mapped(_ change: (Double) -> Double) throws(RatingProblem) -> RatingTable {
        try RatingTable(units: units, raters: raters, ratings: ratings.map { $0.map { $0.map(change) } })
    }

    /// The table with only these raters' columns, in this order.
    ///
    /// - Throws: ``RatingProblem/unknownRater(_:)``.
    public func keeping(raters kept: [String]) throws(RatingProblem) -> RatingTable {
        var columns: [Int] = []
        for rater in kept {
            guard let column = raters.firstIndex(of: rater) else { throw .unknownRater(rater) }
            columns.append(column)
        }
        return try RatingTable(units: units, raters: kept, ratings: self.columns(columns).ratings)
    }

    /// The table with these rows, by their places; a row may come more than once and then gets a name of its own.
    func drawing(_ rows: [Int]) -> RatingTable {
        RatingTable(units: rows.indices.map(String.init), raters: raters, unchecked: rows.map { ratings[$0] })
    }

    init(units: [String], raters: [String], unchecked ratings: [[Double?]]) {
        self.units = units
        self.raters = raters
        self.ratings = ratings
    }

    private static func firstRepeated(_ names: [String]) -> String? {
        var seen = Set<String>()
        return names.first { !seen.insert($0).inserted }
    }
}

/// Why ratings aren't a table.
public enum RatingProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// No units, or no raters.
    case nothing
    /// Not as many rows as units.
    case rows(expected: Int, found: Int)
    /// A row of another length.
    case columns(unit: String, expected: Int, found: Int)
    /// A unit's name comes twice.
    case repeatedUnit(String)
    /// A rater's name comes twice.
    case repeatedRater(String)
    /// A rating that is no finite number.
    case notFinite(unit: String)
    /// Nobody of that name rated.
    case unknownRater(String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .nothing: "there are no ratings. Give at least two raters' ratings of one thing."
        case .rows(let expected, let found): "there are \(expected) things to rate and \(found) rows of ratings."
        case .columns(let unit, let expected, let found):
            "'\(unit)' has \(found) ratings for \(expected) raters. Leave a cell empty where somebody didn't rate."
        case .repeatedUnit(let unit): "'\(unit)' comes twice. Give each thing that was rated one row."
        case .repeatedRater(let rater): "the rater '\(rater)' comes twice. Give each rater one column."
        case .notFinite(let unit): "a rating of '\(unit)' isn't a finite number."
        case .unknownRater(let rater): "nobody named '\(rater)' rated here."
        }
    }
}
