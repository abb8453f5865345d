/// What somebody said to a statement.
///
/// Not having seen a statement is no stance: it is the absence of a vote.
public enum Stance: Int8, Sendable, Hashable, Codable, CaseIterable {
    /// "I don't hold this."
    case disagree = -1
    /// Seen, and neither: unsure, or rather not.
    case pass = 0
    /// "I hold this."
    case agree = 1

    /// -1 for disagreeing, 0 for passing, 1 for agreeing.
    public var sign: Double { Double(rawValue) }

    /// The two bits that a vote takes in a ``VoteMatrix``.
    @inlinable var code: UInt32 {
        switch self {
        case .pass: 0
        case .agree: 1
        case .disagree: 2
        }
    }

    @inlinable init(code: UInt32) {
        switch code & 3 {
        case 1: self = .agree
        case 2: self = .disagree
        default: self = .pass
        }
    }
}

/// How much a vote matters to the person who cast it, when they said so: in 255 steps.
///
/// It moves where the person stands on the map, up to twice as much as an ordinary vote. It never makes one person count
/// as two: shares, consensus and every test count people.
public struct Importance: Sendable, Hashable, Comparable {
    /// From 1, a little more than an ordinary vote, to 255, twice as much.
    public let steps: UInt8

    /// Nil for a share outside 0 < share ≤ 1.
    public init?(share: Double) {
        guard share > 0, share <= 1 else { return nil }
        steps = UInt8(max(1, (share * 255).rounded()))
    }

    /// Nil for 0 steps.
    public init?(steps: UInt8) {
        guard steps > 0 else { return nil }
        self.steps = steps
    }

    /// As much as can be said.
    public static var highest: Importance { Importance(proved: 255) }

    private init(proved steps: UInt8) { self.steps = steps }

    /// Whether one matters less than the other.
    public static func < (left: Importance, right: Importance) -> Bool { left.steps < right.steps }
}

/// One vote: who, on what, and what they said.
public struct CastVote: Sendable, Hashable {
    /// The row of the person, from 0.
    public var participant: Int
    /// The column of the statement, from 0.
    public var statement: Int
    /// What they said.
    public var stance: Stance
    /// How much it matters to them, if they said so.
    public var importance: Importance?

    /// One vote.
    public init(participant: Int, statement: Int, stance: Stance, importance: Importance? = nil) {
        self.participant = participant
        self.statement = statement
        self.stance = stance
        self.importance = importance
    }
}
