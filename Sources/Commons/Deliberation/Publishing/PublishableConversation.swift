/// What of a conversation can be published row by row: votes without times, of people who agreed to it, in an order that
/// says nothing, without the answers that hardly anybody gave.
///
/// An answer (agree, disagree or pass) to a statement that fewer than ``Settings/threshold`` people gave is held back,
/// because whoever knows one of those few would find their whole row. Where nearly everybody voted on the statement, the
/// empty cells would still say who they are; so as many other votes, of its most common answer, are held back that at
/// least half of the empty cells are of others, and as many as the threshold. A statement of which too little is left
/// isn't there any more, and neither is one that moderators rejected.
///
/// Everything that follows from the votes (groups, slate, certificate, draft) is reckoned from this and from nothing
/// else, so that anybody can reckon it again. The rows are in the order of what they say, so it doesn't depend on who
/// came first.
///
/// It isn't anonymity. Somebody who knows a few of a person's votes can often find their row and read the rest.
public struct PublishableConversation: Sendable {
    /// How much is held back.
    public struct Settings: Sendable, Hashable {
        /// An answer is published if so many people gave it: 1 holds nothing back.
        public var threshold: Int
        /// People who didn't agree to publication, as the conversation calls them.
        public var withheld: Set<Int>
        /// Leave out statements that no moderator decided about.
        public var isStrict: Bool

        /// An answer of fewer than five people is held back, everybody agreed, undecided statements take part.
        public init(threshold: Int = 5, withheld: Set<Int> = [], isStrict: Bool = false) {
            self.threshold = max(1, threshold)
            self.withheld = withheld
            self.isStrict = isStrict
        }
    }

    /// How much was held back: counts only.
    public struct HeldBack: Sendable, Hashable, Codable {
        /// People who didn't agree to publication.
        public var people = 0
        /// People of whom no vote is left, or who never voted.
        public var peopleWithoutVotes = 0
        /// Statements that moderation left out.
        public var rejectedStatements = 0
        /// Statements of which too few votes are left.
        public var statements = 0
        /// Votes that were held back because too few people gave the same answer, or to hide who those are.
        public var votes = 0

        enum CodingKeys: String, CodingKey {
            case people, statements, votes
            case peopleWithoutVotes = "people-without-votes"
            case rejectedStatements = "rejected-statements"
        }

        /// Nothing held back.
        public init() {}
    }

    /// What it is about.
    public let topic: String
    /// What people were told of it.
    public let about: String
    /// The statements, in the order of their numbers; the columns of ``votes``.
    public let statements: [PolisConversation.Statement]
    /// Who voted what, the rows in the order of what they say.
    public let votes: VoteMatrix
    /// What the source calls the person of each row.
    public let participants: [Int]
    /// What was held back.
    public let heldBack: HeldBack

    /// Holds back what must be, and orders the rest.
    ///
    /// - Complexity: the sorting of the rows.
    public init(_ source: PolisConversation, settings: Settings = Settings()) {
        var held = HeldBack()
        let rejected = source.moderation(strict: settings.isStrict).rejected
        held.rejectedStatements = rejected.count
        held.people = source.participants.count { settings.withheld.contains($0) }
        let kept = source.participants.indices.filter { !settings.withheld.contains(source.participants[$0]) }
        let tallies = source.votes.selecting(kept).tallies
        var covers = CoverForRareAnswers(source, kept: kept, tallies: tallies, rejected: rejected, settings.threshold)
        var columns: [Int: Int] = [:]
        for statement in source.statements.indices where !rejected.contains(statement) {
            let isLeft = Stance.allCases.contains { tallies[statement][$0] >= settings.threshold }
            if isLeft, covers.cover(statement) { columns[statement] = columns.count } else { held.statements += 1 }
        }
        var rows: [(votes: [CastVote], participant: Int)] = []
        for person in kept {
            let own = source.votes.votes(of: person).filter { !rejected.contains($0.statement) }
            let open = own.filter { vote in
                tallies[vote.statement][vote.stance] >= settings.threshold && columns[vote.statement] != nil
                    && covers.hidden[vote.statement]?.contains(person) != true
            }
            held.votes += own.count - open.count
            let placed = open.compactMap { vote in
                columns[vote.statement].map { CastVote(participant: 0, statement: $0, stance: vote.stance) }
            }
            if placed.isEmpty {
                held.peopleWithoutVotes += 1
            } else {
                rows.append((placed, source.participants[person]))
            }
        }
        self.init(
            topic: source.topic, about: source.description,
            statements: source.statements.indices.filter { columns[$0] != nil }.map { source.statements[$0] },
            rows: rows, heldBack: held)
    }

    /// Takes up what was published: nothing is held back a second time.
    public init(published source: PolisConversation, heldBack: HeldBack) {
        self.init(
            topic: source.topic, about: source.description, statements: source.statements,
            rows: source.participants.indices.map { (source.votes.votes(of: $0), source.participants[$0]) },
            heldBack: heldBack)
    }

    private init(
        topic: String, about: String, statements: [PolisConversation.Statement],
        rows: [(votes: [CastVote], participant: Int)], heldBack: HeldBack
    ) {
        self.topic = topic
        self.about = about
        self.statements = statements
        self.heldBack = heldBack
        let keyed = rows.map { row in
            (key: row.votes.map { UInt64($0.statement) << 2 | UInt64($0.stance.code) }, row: row)
        }.sorted { first, second in
            first.key == second.key
                ? first.row.participant < second.row.participant : first.key.lexicographicallyPrecedes(second.key)
        }
        participants = keyed.map(\.row.participant)
        let cast = keyed.enumerated().flatMap { number, entry in
            entry.row.votes.map { CastVote(participant: number, statement: $0.statement, stance: $0.stance) }
        }
        do {
            votes = try VoteMatrix(cast, participantCount: keyed.count, statementCount: statements.count)
        } catch {
            preconditionFailure("These votes stood in a matrix that was no smaller: \(error)")
        }
    }

    /// The column of a statement by its number.
    public func column(of id: Int) -> Int? {
        var low = 0
        var high = statements.count
        while low < high {
            let middle = (low + high) / 2
            if statements[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low < statements.count && statements[low].id == id ? low : nil
    }

    /// The first answer that fewer people gave than may be published, with the number of its statement. Nil if none.
    func rareAnswer(below threshold: Int) -> (statement: Int, stance: Stance, count: Int)? {
        for (place, tally) in votes.tallies.enumerated() {
            for stance in Stance.allCases where tally[stance] > 0 && tally[stance] < threshold {
                return (statements[place].id, stance, tally[stance])
            }
        }
        return nil
    }

    /// How people voted on several statements at once: so many agree with all of them, disagree with one at least, and
    /// voted on all.
    func support(of columns: [Int]) -> (agree: Int, disagree: Int, of: Int) {
        if columns.count == 1 {
            let tally = votes.tallies[columns[0]]
            return (tally.agreed, tally.disagreed, tally.seen)
        }
        var found = (agree: 0, disagree: 0, of: 0)
        for person in 0..<votes.participantCount {
            let stances = columns.compactMap { votes[person, $0] }
            guard stances.count == columns.count else { continue }
            found.of += 1
            if stances.contains(.disagree) {
                found.disagree += 1
            } else if stances.allSatisfy({ $0 == .agree }) {
                found.agree += 1
            }
        }
        return found
    }
}
