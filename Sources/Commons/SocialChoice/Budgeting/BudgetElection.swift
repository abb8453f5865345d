/// Something that money can be spent on.
public struct BudgetProject: Hashable, Sendable {
    /// What ballots call it.
    public let id: String
    /// What people call it; may be empty.
    public let name: String
    /// What it costs: at least 0, in the currency of the budget.
    public let cost: BudgetAmount

    /// A project.
    public init(id: String, name: String = "", cost: BudgetAmount) {
        self.id = id
        self.name = name
        self.cost = cost
    }
}

/// One ballot over projects.
public struct BudgetBallot: Hashable, Sendable {
    /// How a ballot speaks. The names are Pabulib's.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// It names projects that it is for.
        case approval
        /// It names projects from the best down.
        case ordinal
        /// It spreads a number of points over projects.
        case cumulative
        /// It gives each project it names points of its own.
        case scoring

        /// Whether ballots of this kind give points.
        public var hasPoints: Bool { self == .cumulative || self == .scoring }
    }

    /// The projects it names, by their place in ``BudgetElection/projects``, each once.
    public let projects: [Int]
    /// The points of each of these, in the same order; empty where the kind gives none.
    public let points: [BudgetAmount]
    /// How many people cast this ballot, or a whole-number weight, at least 1.
    public let weight: Int

    /// A ballot.
    public init(_ projects: [Int], points: [BudgetAmount] = [], weight: Int = 1) {
        self.projects = projects
        self.points = points
        self.weight = weight
    }
}

/// A vote about how to spend a budget, checked once at the door.
public struct BudgetElection: Hashable, Sendable {
    /// What there is to spend: at least 0.
    public let budget: BudgetAmount
    /// What it can be spent on.
    public let projects: [BudgetProject]
    /// How ballots speak.
    public let kind: BudgetBallot.Kind
    /// The ballots. Those that name nothing count as voters all the same.
    public let ballots: [BudgetBallot]
    /// The weight of all ballots together.
    public let voterWeight: Int

    /// Checks an election and keeps it.
    ///
    /// - Throws: ``BudgetError`` for the first thing that is wrong.
    /// - Complexity: linear in the length of the ballots.
    public init(
        budget: BudgetAmount, projects: [BudgetProject], kind: BudgetBallot.Kind, ballots: [BudgetBallot]
    ) throws(BudgetError) {
        guard budget >= .zero else { throw BudgetError.negativeBudget }
        var ids: Set<String> = []
        for (place, project) in projects.enumerated() {
            guard project.cost >= .zero else { throw BudgetError.negativeCost(project: place) }
            guard ids.insert(project.id).inserted else { throw BudgetError.repeatedProject(id: project.id) }
        }
        var lastSeen = [Int](repeating: -1, count: projects.count)
        var total = 0
        for (number, ballot) in ballots.enumerated() {
            guard ballot.weight >= 1 else { throw BudgetError.weight(ballot.weight, ballot: number) }
            let sum = total.addingReportingOverflow(ballot.weight)
            guard !sum.overflow, sum.partialValue <= RankedProfile.mostWeight else { throw BudgetError.tooMuchWeight }
            total = sum.partialValue
            guard ballot.points.count == (kind.hasPoints ? ballot.projects.count : 0) else {
                throw BudgetError.points(ballot: number)
            }
            for project in ballot.projects {
                guard lastSeen.indices.contains(project), lastSeen[project] != number else {
                    throw BudgetError.project(project, ballot: number)
                }
                lastSeen[project] = number
            }
        }
        self.budget = budget
        self.projects = projects
        self.kind = kind
        self.ballots = ballots
        voterWeight = total
    }

    /// What some projects cost together.
    ///
    /// - Parameter chosen: places in ``projects``.
    public func cost(of chosen: some Sequence<Int>) -> BudgetAmount {
        chosen.reduce(.zero) { $0 + projects[$1].cost }
    }

    /// The weight of the ballots that name each project.
    ///
    /// - Complexity: linear in the length of the ballots.
    public var votes: [Int] {
        var votes = [Int](repeating: 0, count: projects.count)
        for ballot in ballots {
            for project in ballot.projects { votes[project] += ballot.weight }
        }
        return votes
    }

    /// The points that all ballots give each project, weighted. Nil where ballots have none.
    ///
    /// - Complexity: linear in the length of the ballots.
    public var points: [BudgetAmount]? {
        guard kind.hasPoints else { return nil }
        var points = [BudgetAmount](repeating: .zero, count: projects.count)
        for ballot in ballots {
            for (project, given) in zip(ballot.projects, ballot.points) {
                points[project] = points[project] + given * BudgetAmount(ballot.weight)
            }
        }
        return points
    }
}

/// What can be wrong with an election over a budget, or with what a rule is asked to do with it.
public enum BudgetError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is less than nothing to spend.
    case negativeBudget
    /// A project costs less than nothing. Projects are counted from 0.
    case negativeCost(project: Int)
    /// Two projects have the same id.
    case repeatedProject(id: String)
    /// A ballot names a project that isn't there, or names it twice. Ballots are counted from 0.
    case project(Int, ballot: Int)
    /// A ballot has points for more or fewer projects than it names, or has them where its kind has none.
    case points(ballot: Int)
    /// A ballot has a weight below 1.
    case weight(Int, ballot: Int)
    /// All weights together are more than ``RankedProfile/mostWeight``.
    case tooMuchWeight
    /// An order that is to settle ties ranks another number of projects than there are.
    case order(count: Int, expected: Int)
    /// A rule was asked to count points where ballots have none.
    case noPoints(BudgetBallot.Kind)
    /// A check that is only defined over what ballots name was asked to count points.
    case approvalsOnly
    /// The step by which to raise the budget isn't more than nothing.
    case step

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .negativeBudget: "The budget is below 0: give what there is to spend."
        case .negativeCost(let project): "Project \(project) costs less than 0: give what it costs."
        case .repeatedProject(let id): "Two projects have the id '\(id.prefix(40))': give each its own."
        case .project(let project, let ballot):
            "Ballot \(ballot) names project \(project) twice, or there is no such project: number projects from 0."
        case .points(let ballot):
            "Ballot \(ballot) must give points to each project it names if its kind has points, and none if not."
        case .weight(let weight, let ballot):
            "Ballot \(ballot) has weight \(weight): a weight is a whole number from 1."
        case .tooMuchWeight:
            "All weights together are more than \(RankedProfile.mostWeight): divide them by a common factor."
        case .order(let count, let expected):
            "The order that settles ties ranks \(count), but there are \(expected): rank each one once."
        case .noPoints(let kind):
            "Ballots of kind \(kind.rawValue) have no points: count votes, or use ballots that give points."
        case .approvalsOnly:
            "This check looks at which projects a ballot names, not at points: ask for cardinality or cost."
        case .step: "The budget can only be raised by steps above 0: give a step such as 1."
        }
    }
}
