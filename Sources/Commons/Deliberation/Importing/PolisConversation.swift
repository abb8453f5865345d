/// A conversation as Polis exports it: who voted what, the statements, and what its moderators decided.
///
/// In an export 1 is agree, -1 disagree, 0 pass, and an empty cell is a statement that the person never voted on. (Inside
/// Polis's database the signs are the other way round; an export has turned them.) Counts that the files carry
/// (`agrees`, `n-votes`, …) are out of date as often as not, so they are reckoned anew from the votes.
public struct PolisConversation: Sendable {
    /// The bytes of the files of an export. Votes are needed, in one of two files or both; the rest is taken if there.
    public struct Files: Sendable {
        /// `participants-votes.csv`: one row a person, one column a statement.
        public var participantsVotes: [UInt8]?
        /// `votes.csv`: one row a vote, as they were cast; a person's last vote on a statement counts.
        public var votes: [UInt8]?
        /// `comments.csv`: the statements and whether they were accepted.
        public var comments: [UInt8]?
        /// `summary.csv`: what the conversation is about.
        public var summary: [UInt8]?

        /// The files that there are.
        public init(
            participantsVotes: [UInt8]? = nil, votes: [UInt8]? = nil, comments: [UInt8]? = nil,
            summary: [UInt8]? = nil
        ) {
            self.participantsVotes = participantsVotes
            self.votes = votes
            self.comments = comments
            self.summary = summary
        }
    }

    /// One statement.
    public struct Statement: Sendable, Hashable {
        /// What Polis calls it.
        public let id: Int
        /// Its words, as they were written; empty if `comments.csv` doesn't have it.
        public let text: String
        /// What the moderators said.
        public let decision: Decision
    }

    /// What moderators said of a statement.
    public enum Decision: Int, Sendable, Hashable, Codable {
        /// It takes no part.
        case rejected = -1
        /// Nobody decided.
        case undecided = 0
        /// It takes part.
        case accepted = 1
    }

    /// The longest statement: 20,000 bytes, twenty times what Polis itself allows.
    public static let statementLimit = 20_000
    /// The longest text of `summary.csv`: 200,000 bytes.
    public static let summaryLimit = 200_000

    /// What the conversation is about; empty if `summary.csv` doesn't say.
    public let topic: String
    /// What people were told of it.
    public let description: String
    /// The statements by their ids; the columns of ``votes`` are in this order.
    public let statements: [Statement]
    /// What Polis calls each person; the rows of ``votes`` are in this order.
    public let participants: [Int]
    /// The group that Polis put each person in, or -1; empty without `participants-votes.csv`.
    public let publishedGroups: [Int]
    /// Who voted what.
    public let votes: VoteMatrix
    /// The votes as they were cast, the earliest first, those that people changed later included; empty where no times are
    /// known, as without `votes.csv`.
    public private(set) var history: [TimedVote] = []
    /// What is doubtful but kept nothing from being read: a sentence each.
    public let remarks: [String]

    /// The same with another history of its votes.
    func timed(_ history: [TimedVote]) -> PolisConversation {
        var timed = self
        timed.history = history
        return timed
    }

    /// Which statements take no part.
    ///
    /// - Parameter strict: leave out those that nobody decided about, as Polis does under strict moderation.
    public func moderation(strict: Bool = false) -> StatementModeration {
        StatementModeration(
            rejected: Set(
                statements.indices.filter {
                    statements[$0].decision == .rejected || (strict && statements[$0].decision == .undecided)
                }))
    }

    /// Reads an export.
    ///
    /// - Throws: ``ImportProblem`` with the place of the first thing that can't be read, and what to do about it.
    /// - Complexity: linear in the bytes, and the sorting of ids.
    public init(_ files: Files) throws(ImportProblem) {
        let reading = try PolisReading(files)
        topic = reading.topic
        description = reading.about
        statements = reading.statements
        participants = reading.participants
        publishedGroups = reading.groups
        votes = reading.votes
        remarks = reading.remarks
        history = reading.history
    }
}

/// A vote with the time at which it was cast.
public struct TimedVote: Sendable, Hashable {
    /// The vote.
    public let vote: CastVote
    /// Milliseconds since 1970.
    public let time: Int

    /// A vote at a time.
    public init(vote: CastVote, time: Int) {
        self.vote = vote
        self.time = time
    }
}
