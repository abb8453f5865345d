public import Consents

/// One thing that is remembered of a person, with where it came from, when it is true, and since when we hold it.
///
/// Two times are kept apart (Snodgrass and Ahn 1985): `validFrom` and `validUntil` say when it is true in the world,
/// `recordedAt` and `closedAt` when it was held here. So "lived in Lyon until May" closes what was held and overwrites
/// nothing; see ``isHeld(at:)`` and ``isTrue(at:)``.
///
/// An item can only be made valid: the initializer throws ``ItemProblems`` and lists all of them.
public struct MemoryItem: Sendable, Hashable, Identifiable {
    /// What it is about.
    public typealias Kind = MemoryKind

    /// Its name: sortable by the time it was recorded.
    public let id: ID
    /// What it is about.
    public let kind: Kind
    /// The thing itself, 1 to 4,000 characters without control characters. Data, never an instruction.
    public let words: String
    /// How we came to it.
    public let source: Source
    /// Whether the person stands by it.
    public internal(set) var status: Status
    /// The conversation and turn that it came from.
    public let origin: Origin?
    /// Who said it, where several people speak.
    public let speaker: String?
    /// From when on it is true in the world, in milliseconds since 1970; nil for always, as far as we know.
    public let validFrom: Int64?
    /// Until when (not including) it is true in the world; nil for open end.
    public let validUntil: Int64?
    /// When we began to hold it.
    public let recordedAt: Int64
    /// When we stopped holding it: it was corrected, replaced, rejected or undone. Nil while we hold it.
    public internal(set) var closedAt: Int64?
    /// By when it is to be done. Commitments and goals have one.
    public let due: Int64?
    /// How sure we are that it is so, 0 to 1. What a person stated is 1 unless they hedged.
    public let confidence: Double
    /// Whether the person wants it kept whatever its kind's retention says.
    public internal(set) var isPinned: Bool
    /// Until when the charter under which it was heard lets it be kept; nil when none bounds it. A retention that the
    /// person set for its kind stands before it, and a pin before both.
    public internal(set) var keepUntil: Int64?
    /// What it supports, conflicts with, or replaces.
    public internal(set) var links: [Link]

    /// How we came to know something.
    public enum Source: String, Sendable, Hashable, Codable, CaseIterable {
        /// The person said it.
        case stated
        /// It was read out of what the person said. A proposal until the person confirms it or lets that kind pass.
        case inferred
        /// It came in a file that the person brought.
        case imported
    }

    /// Whether the person stands by an item.
    public enum Status: String, Sendable, Hashable, Codable, CaseIterable {
        /// It waits for the person's word and is used for nothing.
        case proposed
        /// The person said it, confirmed it, or lets items of this kind pass.
        case confirmed
        /// The person said that it is not so.
        case rejected
    }

    /// Where in which conversation something was said.
    public struct Origin: Sendable, Hashable, Codable {
        /// The conversation's id, as the application names it.
        public let conversation: String
        /// The turn in it, from 0.
        public let turn: Int

        /// Whether a conversation can have that name: 1 to ``ItemProblems/longestName`` visible characters.
        public static func canBeNamed(_ name: String) -> Bool {
            ItemProblems.isFitName(name)
        }

        /// A turn of a conversation.
        public init(conversation: String, turn: Int) {
            self.conversation = conversation
            self.turn = turn
        }
    }

    /// How one item stands to another.
    public struct Link: Sendable, Hashable, Codable {
        /// The kinds of link.
        public enum Relation: String, Sendable, Hashable, Codable, CaseIterable {
            /// This item is a reason for the other.
            case supports
            /// Both can't well be so or be done; both are kept, and both carry the link.
            case conflictsWith
            /// This item stands in the place of the other.
            case replaces
        }

        /// How they stand.
        public let relation: Relation
        /// The other item.
        public let item: ID

        /// A link to another item.
        public init(relation: Relation, item: ID) {
            self.relation = relation
            self.item = item
        }
    }

    /// An item, checked.
    ///
    /// - Throws: ``ItemProblems`` with everything that is wrong.
    public init(
        id: ID, kind: Kind, words: String, source: Source = .stated, status: Status = .confirmed,
        origin: Origin? = nil, speaker: String? = nil, validFrom: Int64? = nil, validUntil: Int64? = nil,
        recordedAt: Int64, closedAt: Int64? = nil, due: Int64? = nil, confidence: Double = 1, isPinned: Bool = false,
        keepUntil: Int64? = nil, links: [Link] = []
    ) throws(ItemProblems) {
        self.init(
            unchecked: id, kind: kind, words: words, source: source, status: status, origin: origin, speaker: speaker,
            validFrom: validFrom, validUntil: validUntil, recordedAt: recordedAt, closedAt: closedAt, due: due,
            confidence: confidence, isPinned: isPinned, keepUntil: keepUntil, links: links)
        let problems = ItemProblems.problems(of: self)
        if !problems.isEmpty { throw ItemProblems(problems: problems) }
    }

    /// An item that was checked before it was kept.
    init(
        unchecked id: ID, kind: Kind, words: String, source: Source, status: Status, origin: Origin?, speaker: String?,
        validFrom: Int64?, validUntil: Int64?, recordedAt: Int64, closedAt: Int64?, due: Int64?, confidence: Double,
        isPinned: Bool, keepUntil: Int64?, links: [Link]
    ) {
        self.id = id
        self.kind = kind
        self.words = words
        self.source = source
        self.status = status
        self.origin = origin
        self.speaker = speaker
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.recordedAt = recordedAt
        self.closedAt = closedAt
        self.due = due
        self.confidence = confidence
        self.isPinned = isPinned
        self.keepUntil = keepUntil
        self.links = links
    }
}
