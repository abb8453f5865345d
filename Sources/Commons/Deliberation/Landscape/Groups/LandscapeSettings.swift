/// How an ``OpinionLandscape`` is looked for.
public struct LandscapeSettings: Sendable, Hashable {
    /// The most groups that are tried, from 1 to 8.
    public var groupLimit: Int
    /// How often the search for each number of groups begins anew.
    public var starts: Int
    /// In so many samples of people a number of groups has to be found again. 0: the evidence alone decides.
    public var stabilitySamples: Int
    /// What every random choice follows from: the same votes and seed give the same landscape.
    public var seed: UInt64

    /// Up to six groups, eight starts, eight samples.
    public init(groupLimit: Int = 6, starts: Int = 8, stabilitySamples: Int = 8, seed: UInt64 = 1) {
        self.groupLimit = min(max(groupLimit, 1), OpinionClasses.limit)
        self.starts = max(starts, 1)
        self.stabilitySamples = max(stabilitySamples, 0)
        self.seed = seed
    }
}

/// Whether there are votes enough to speak of groups at all.
public enum LandscapeBasis: Sendable, Hashable, CustomStringConvertible {
    /// There are.
    case enough(people: Int)
    /// Too few people took a side on five statements or more.
    case tooFewPeople(Int)
    /// Too few statements have five votes or more that take a side.
    case tooFewStatements(Int)
    /// People voted, but nobody took a side: everybody passed.
    case nobodyTookASide

    /// Below so many people no group is spoken of. With fewer, a group of voters who all differ is found about as easily
    /// as one of voters who agree.
    public static let leastPeople = 12
    /// Below so many statements with votes no group is spoken of.
    public static let leastStatements = 4
    /// What a person, or a statement, needs to count for the two limits above.
    public static let leastVotes = 5

    init(_ votes: VoteMatrix, rejected: Set<Int>) {
        var sides = [Int](repeating: 0, count: votes.statementCount)
        var people = 0
        votes.forEachRow { _, cells in
            var own = 0
            for cell in cells where Stance(code: cell) != .pass {
                let statement = VoteMatrix.column(cell)
                guard !rejected.contains(statement) else { continue }
                own += 1
                sides[statement] += 1
            }
            if own >= Self.leastVotes { people += 1 }
        }
        let statements = sides.count { $0 >= Self.leastVotes }
        if votes.voteCount > 0, sides.allSatisfy({ $0 == 0 }) {
            self = .nobodyTookASide
        } else if people < Self.leastPeople {
            self = .tooFewPeople(people)
        } else if statements < Self.leastStatements {
            self = .tooFewStatements(statements)
        } else {
            self = .enough(people: people)
        }
    }

    /// Whether groups are looked for.
    public var isEnough: Bool { if case .enough = self { true } else { false } }

    /// In words.
    public var description: String {
        switch self {
        case .enough(let people):
            "\(people) people took a side on \(Self.leastVotes) statements or more: enough to look for groups."
        case .tooFewPeople(let people):
            """
            Only \(people) people took a side on \(Self.leastVotes) statements or more. Below \(Self.leastPeople), groups \
            mean nothing: read what single people said instead.
            """
        case .tooFewStatements(let statements):
            """
            Only \(statements) statements have \(Self.leastVotes) votes that take a side. Below \(Self.leastStatements), \
            there is no telling groups apart.
            """
        case .nobodyTookASide:
            "Everybody passed on everything, so there are no sides to tell apart."
        }
    }
}

/// Where somebody stands on the map, and how sure that is.
public struct MapPosition: Sendable, Hashable {
    /// Across.
    public let x: Estimate
    /// Up.
    public let y: Estimate

    /// A coordinate with its interval of 95%. Over everybody, coordinates have variance about 1.
    public struct Estimate: Sendable, Hashable {
        /// The best single guess.
        public let value: Double
        /// Where the interval of 95% begins.
        public let lower: Double
        /// Where it ends.
        public let upper: Double

        init(_ value: Double, variance: Double) {
            self.value = value
            let reach = 1.959_963_985 * max(variance, 0).squareRoot()
            lower = value - reach
            upper = value + reach
        }
    }
}
