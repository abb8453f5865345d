import Charters
import Foundation

/// All that a draft follows from beside the votes: how the slate is chosen, what becomes of its statements, and how the
/// charter will be changed. It is published, so that anybody can draft again.
public struct DraftTerms: Sendable, Hashable, Codable {
    /// How wording is ratified and the charter is changed later.
    public struct Amendment: Sendable, Hashable, Codable {
        /// The way of deciding, in the community's words.
        public let by: String
        /// So many people must take part.
        public let quorum: Int
        /// The share of those who take part that must agree, as a decimal such as `0.6`.
        public let consensus: String
        /// After how many days the charter is looked at again.
        public let review: Int?

        /// Terms of change.
        public init(by: String, quorum: Int, consensus: String, review: Int? = nil) {
            self.by = by
            self.quorum = quorum
            self.consensus = consensus
            self.review = review
        }
    }

    /// The charter's name, as in `riverside/fares`.
    public var charter: String
    /// The version that it gets when it is ratified.
    public var version: String
    /// Who writes it, in their words.
    public var community: String?
    /// What a model is here for.
    public var purpose: String
    /// What the conversation is called in each clause's `from`.
    public var conversation: String
    /// How many statements are chosen.
    public var seats: Int
    /// What the search for groups follows from.
    public var seed: Int
    /// Answers and numbers of fewer people are held back.
    public var threshold: Int
    /// How it is ratified and changed.
    public var amendment: Amendment
    /// What becomes of the chosen statements.
    public var clauses: [PlannedClause]
    /// How much was held back before anything was reckoned.
    public var heldBack: PublishableConversation.HeldBack
    /// The fingerprint of the charter that is to be changed. Nil for a charter of its own.
    public var amends: String?

    enum CodingKeys: String, CodingKey {
        case charter, version, community, purpose, conversation, seats, seed, threshold, amendment, clauses, amends
        case heldBack = "held-back"
    }

    /// Terms for a draft.
    public init(
        charter: String, version: String, community: String? = nil, purpose: String, conversation: String,
        seats: Int, seed: Int = 1, threshold: Int = 5, amendment: Amendment, clauses: [PlannedClause] = [],
        heldBack: PublishableConversation.HeldBack = .init()
    ) {
        self.charter = charter
        self.version = version
        self.community = community
        self.purpose = purpose
        self.conversation = conversation
        self.seats = seats
        self.seed = seed
        self.threshold = threshold
        self.amendment = amendment
        self.clauses = clauses
        self.heldBack = heldBack
    }

    /// How many seats there can be, and what a threshold can be.
    public static let limits = 1...1_000_000

    /// Reads terms from their canonical JSON (RFC 8785). Nil for anything else, also for the same in another layout or
    /// with a key more, or with numbers that nothing can have.
    public init?(canonical bytes: [UInt8]) {
        guard bytes.count <= Charter.maximumBytes,
            let read = try? JSONDecoder().decode(DraftTerms.self, from: Data(bytes)), read.canonical == bytes,
            Self.limits.contains(read.seats), Self.limits.contains(read.threshold), read.seed >= 0,
            (1...PublishableConversation.HeldBack.most).contains(read.amendment.quorum), read.heldBack.isPossible
        else { return nil }
        self = read
    }

    /// The terms as canonical JSON (RFC 8785).
    public var canonical: [UInt8] {
        CanonicalJSON.object(
            [
                ("charter", .text(charter)), ("version", .text(version)), ("purpose", .text(purpose)),
                ("conversation", .text(conversation)), ("seats", .integer(seats)), ("seed", .integer(seed)),
                ("threshold", .integer(threshold)),
                (
                    "amendment",
                    .object(
                        [
                            ("by", .text(amendment.by)), ("quorum", .integer(amendment.quorum)),
                            ("consensus", .text(amendment.consensus)),
                        ] + (amendment.review.map { [("review", .integer($0))] } ?? []))
                ),
                ("clauses", .list(clauses.map(\.canonical))), ("held-back", heldBack.canonical),
            ] + (community.map { [("community", .text($0))] } ?? []) + (amends.map { [("amends", .text($0))] } ?? [])
        ).bytes
    }
}

extension PublishableConversation.HeldBack {
    /// More of anything can't be.
    static let most = 1_000_000_000

    /// Whether these numbers can be of people and votes.
    var isPossible: Bool {
        [people, peopleWithoutVotes, rejectedStatements, statements, votes].allSatisfy((0...Self.most).contains)
    }

    var canonical: CanonicalJSON {
        .object([
            ("people", .integer(people)), ("people-without-votes", .integer(peopleWithoutVotes)),
            ("rejected-statements", .integer(rejectedStatements)), ("statements", .integer(statements)),
            ("votes", .integer(votes)),
        ])
    }
}

extension PlannedClause {
    var canonical: CanonicalJSON {
        var members: [(key: String, value: CanonicalJSON)] = [
            ("kind", .text(kind.rawValue)), ("name", .text(name)),
            ("statements", .list(statements.map(CanonicalJSON.integer))),
        ]
        if let wording {
            members.append(("wording", .object([("says", .text(wording.says)), ("by", .text(wording.by))])))
        }
        if let between { members.append(("between", .list(between.map(CanonicalJSON.text)))) }
        if let severity { members.append(("severity", .text(severity))) }
        if let asks { members.append(("asks", .text(asks))) }
        return .object(members)
    }
}
