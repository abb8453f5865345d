/// A set of candidates, in ascending order.
public struct Committee: Sendable, Hashable, Comparable {
    /// The members, ascending.
    public let members: [Int]

    /// A committee of these members, in any order; a repeated member counts once.
    public init(_ members: some Sequence<Int>) {
        var sorted = members.sorted()
        if zip(sorted, sorted.dropFirst()).contains(where: ==) { sorted = Set(sorted).sorted() }
        self.members = sorted
    }

    /// How many members it has.
    public var count: Int { members.count }

    /// Whether a candidate is a member.
    public func contains(_ candidate: Int) -> Bool { members.contains(candidate) }

    /// Committees compare by their first differing member, as words do.
    public static func < (first: Committee, second: Committee) -> Bool {
        first.members.lexicographicallyPrecedes(second.members)
    }
}

extension Committee: ExpressibleByArrayLiteral {
    /// A committee of these members.
    public init(arrayLiteral elements: Int...) { self.init(elements) }
}

extension Committee: CustomStringConvertible {
    /// The members in braces: `{1, 3, 4}`.
    public var description: String { "{" + members.map(String.init).joined(separator: ", ") + "}" }
}

/// What happens where a rule leaves several candidates or committees equal.
public enum TieBreaking: Sendable, Hashable {
    /// Follow every way of breaking every tie, and give all committees that can come out.
    case all
    /// Of tied candidates the one with the smaller number wins.
    case byIndex
    /// Of tied candidates the one that stands earlier in this order wins. It names each candidate once.
    case order([Int])
    /// By an order drawn from this seed: equal seeds, equal orders.
    case seeded(UInt64)
}

/// How much a rule may try before it says honestly that it stopped.
///
/// There is no clock in this room: the limit counts work, so that a result is the same on every machine.
public struct WorkLimit: Sendable, Hashable {
    /// The most partial committees that are looked at.
    public var nodes: Int
    /// The most committees that are listed.
    public var committees: Int

    /// A limit; numbers below 1 count as 1.
    public init(nodes: Int = 500_000, committees: Int = 10_000) {
        self.nodes = max(nodes, 1)
        self.committees = max(committees, 1)
    }
}

/// What a rule chose, and how sure that is.
public struct CommitteeOutcome: Sendable, Hashable {
    /// How much of the answer is here.
    public enum Completeness: Sendable, Hashable {
        /// These are all the committees that the rule (with the given way to break ties) can choose.
        case complete
        /// These can be chosen; others were left out because the limit on listed committees was reached.
        case moreCommittees
        /// The limit on work was reached. For a rule that walks through ties: every listed committee can be chosen, and
        /// there may be others. For a rule that seeks an optimum: the best that was found, not proven to be best.
        case limitReached
    }

    /// The chosen committees, ascending; one where an order breaks ties.
    public var committees: [Committee]
    /// Whether that is the whole answer.
    public var completeness: Completeness
    /// For rules that optimise a number: that number for the listed committees, in the rule's own unit.
    public var score: Rational?
    /// For rules that optimise a number: no committee can be better than this. Equal to `score` where it is proven.
    public var bound: Rational?
    /// How many partial committees were looked at.
    public var nodes: Int

    init(
        _ committees: [Committee], completeness: Completeness = .complete, score: Rational? = nil,
        bound: Rational? = nil, nodes: Int = 0
    ) {
        self.committees = committees.sorted()
        self.completeness = completeness
        self.score = score
        self.bound = bound
        self.nodes = nodes
    }
}
