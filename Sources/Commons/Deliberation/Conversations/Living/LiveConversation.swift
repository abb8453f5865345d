import Dispatch
import SocialChoice
import Store
import Synchronization

/// A conversation in memory: its votes, its landscape, and what is to be asked next, kept warm as votes come.
///
/// A vote is taken up in the time it takes to look at that person's votes. The whole is reckoned anew in the background
/// once a twentieth of all votes came since, and whenever moderators changed which statements count. What other processes
/// wrote is read at the next look.
actor LiveConversation {
    /// Reckoning takes seconds in a large conversation, and must not hold up what answers requests.
    private static let queue = DispatchQueue(label: "deliberation.reckoning", qos: .utility)

    let id: ConversationID
    private let store: DataStore
    private let seal: Seal

    /// What was read last.
    private struct Seen: Hashable {
        var event: Int64 = 0
        var revision: Int64 = -1
        var withdrawn: Int64 = -1
    }

    private var seen = Seen()
    private var isStrict = false
    private var statements: [HeldStatement] = []
    private var columns: [Int: Int] = [:]
    private var people: [Int64] = []
    private var rows: [Int64: Int] = [:]
    private var votes: VoteMatrix
    private var moderation = StatementModeration()
    private var landscape: OpinionLandscape?
    private var router = AdaptiveRouter()
    /// What each participant was asked last, and how often they had voted then.
    private var asked: [Int64: (count: Int, column: Int)] = [:]
    private var reckoning: Task<Void, Never>?
    /// Whether somebody asked for what is reckoned, and not only how many votes there are.
    private var isWatched = false
    /// Grows whenever votes were read anew, so that nothing that was reckoned from the others is taken.
    private var generation = 0
    /// Votes that came while the landscape is being reckoned.
    private var since: [Missed]?
    /// Whether a look is due already.
    nonisolated let isDue = Mutex(false)

    init(id: ConversationID, store: DataStore, seal: Seal) throws(ConversationError) {
        self.id = id
        self.store = store
        self.seal = seal
        do throws(VoteMatrixError) { votes = try VoteMatrix() } catch {
            throw .unfit("votes", "\(error)")
        }
    }

    // MARK: Taking up what was written

    /// A vote, with the one that it took the place of.
    private struct Missed: Sendable {
        let vote: CastVote
        let before: Stance?
    }

    private enum News: Sendable {
        /// Votes that came since.
        case votes([VoteRows.Kept])
        /// Somebody withdrew: who is still there, and the votes that came since.
        case left(still: Set<Int64>, [VoteRows.Kept])
        /// Every vote, the first time.
        case all([VoteRows.Kept])
    }

    private static func news(
        _ head: ConversationRows.Head, since known: Seen, _ seal: Seal, in session: borrowing Session
    ) throws -> News {
        if head.lastEvent == known.event, head.withdrawn == known.withdrawn { return .votes([]) }
        var keys = ParticipantKeys(try ConversationKey(of: head, with: seal, in: session))
        if known.withdrawn < 0 { return .all(try VoteRows.standing(&keys, session)) }
        let votes = head.lastEvent > known.event ? try VoteRows.events(after: known.event, &keys, session) : []
        if head.withdrawn == known.withdrawn { return .votes(votes) }
        return .left(still: Set(try ParticipantRows.numbers(in: head.number, session)), votes)
    }

    /// A look that is under way, on behalf of an application.
    private struct Look {
        let number: Int
        let application: String?
        let outcome: Task<Result<Void, ConversationError>, Never>
    }

    private var look: Look?
    private var looksBegun = 0

    /// Takes up what was written before the call, by whichever process.
    ///
    /// Many who ask at once share one look: if each read the same rows for themselves, what came while many vote would
    /// be read over and over.
    func refresh(for application: String?) async throws(ConversationError) {
        // A look that began before may have read too little for who asks now.
        let begun = looksBegun
        while let look {
            if look.number > begun, look.application == application { return try await look.outcome.value.get() }
            _ = await look.outcome.value
        }
        looksBegun += 1
        let number = looksBegun
        let outcome = Task<Result<Void, ConversationError>, Never> {
            // Before anybody who waits goes on: who finds an ended look would wait for it again and again.
            defer { look = nil }
            do throws(ConversationError) {
                try await takeUp(for: application)
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        look = Look(number: number, application: application, outcome: outcome)
        try await outcome.value.get()
    }

    private func takeUp(for application: String?) async throws(ConversationError) {
        while true {
            let known = seen
            let id = id
            let found: (ConversationRows.Head, News, [HeldStatement]?)
            do {
                found = try await store.read { [seal] session in
                    let head = try ConversationRows.head(id, of: application, in: session)
                    let news = try Self.news(head, since: known, seal, in: session)
                    let statements =
                        head.revision == known.revision ? nil : try StatementRows.all(of: head.number, in: session)
                    return (head, news, statements)
                }
            } catch {
                throw ConversationError(any: error, path: store.path)
            }
            // Somebody else looked meanwhile: what was read here may be less than what they read.
            guard seen == known else { continue }
            let (head, news, changed) = found
            seen = Seen(event: head.lastEvent, revision: head.revision, withdrawn: head.withdrawn)
            if let changed { take(changed, isStrict: head.terms.isStrict) }
            do throws(VoteMatrixError) {
                switch news {
                case .votes(let kept): for vote in kept { try take(vote) }
                case .left(let still, let kept):
                    keep(still)
                    for vote in kept { try take(vote) }
                case .all(let kept): try takeAll(kept)
                }
            } catch {
                throw .unfit("votes", "\(error)")
            }
            if changed != nil { moderation = decided }
            if isWatched, isStale { begin() }
            return
        }
    }

    private func take(_ changed: [HeldStatement], isStrict: Bool) {
        statements = changed
        self.isStrict = isStrict
        columns = Dictionary(changed.enumerated().map { ($1.number, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Statements that aren't shown and have votes. Those without votes change nothing, and would be reckoned for in vain.
    private var decided: StatementModeration {
        StatementModeration(
            rejected: Set(
                statements.indices.filter { column in
                    !statements[column].isShown(strictly: isStrict) && column < votes.statementCount
                        && votes.tallies[column].seen > 0
                }))
    }

    private func cast(_ vote: VoteRows.Kept) -> CastVote? {
        guard let column = columns[vote.statement] else { return nil }
        let row = rows[vote.participant] ?? people.count
        if row == people.count {
            rows[vote.participant] = row
            people.append(vote.participant)
        }
        return CastVote(participant: row, statement: column, stance: vote.stance, importance: vote.importance)
    }

    private func take(_ vote: VoteRows.Kept) throws(VoteMatrixError) {
        guard let vote = cast(vote) else { return }
        let before = try votes.cast(vote)
        try landscape?.reflect(vote)
        router.take(vote, replacing: before)
        since?.append(Missed(vote: vote, before: before))
    }

    private func takeAll(_ kept: [VoteRows.Kept]) throws(VoteMatrixError) {
        (people, rows) = ([], [:])
        let all = kept.compactMap { cast($0) }
        votes = try VoteMatrix(all, participantCount: people.count, statementCount: statements.count)
        forget()
    }

    /// Leaves out whoever withdrew. No landscape with them in it is shown from here on.
    private func keep(_ still: Set<Int64>) {
        let stay = people.indices.filter { still.contains(people[$0]) }
        votes = votes.selecting(stay)
        people = stay.map { people[$0] }
        asked = asked.filter { still.contains($0.key) }
        rows = Dictionary(people.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        forget()
    }

    private func forget() {
        landscape = nil
        router = AdaptiveRouter()
        since = nil
        generation += 1
    }

    // MARK: Reckoning

    private var isStale: Bool {
        guard let landscape else { return true }
        return landscape.moderation != moderation || landscape.votesSince > max(10, votes.voteCount / 20)
    }

    private func begin() {
        guard reckoning == nil else { return }
        reckoning = Task { await reckon() }
    }

    private func reckon() async {
        let (votes, moderation, previous, mine) = (padded, moderation, landscape, generation)
        since = []
        var made = await Self.inBackground { OpinionLandscape(votes, moderation: moderation, previous: previous) }
        // What came meanwhile is taken up in the background too, until so little is left that nobody waits for it.
        for _ in 0..<Self.roundLimit {
            guard generation == mine, let missed = since, missed.count > Self.briefly else { break }
            since = []
            let before = made
            made = await Self.inBackground { Self.reflecting(missed.map(\.vote), in: before) }
        }
        let whole = made
        let knowledge = await Self.inBackground { RoutingKnowledge(whole) }
        reckoning = nil
        let missed = since ?? []
        since = nil
        guard generation == mine else { return }
        router.learn(knowledge)
        for one in missed { router.take(one.vote, replacing: one.before) }
        landscape = Self.reflecting(missed.map(\.vote), in: whole)
    }

    /// So many votes are taken up while others wait for their answers.
    private static let briefly = 32
    /// Votes that come faster than they can be taken up don't keep a new landscape from being shown.
    private static let roundLimit = 20

    private static func reflecting(_ votes: [CastVote], in landscape: OpinionLandscape) -> OpinionLandscape {
        var landscape = landscape
        // They were taken into the votes already, so they can be taken into those of the landscape.
        for vote in votes { try? landscape.reflect(vote) }
        return landscape
    }

    private static func inBackground<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { reply in queue.async { reply.resume(returning: work()) } }
    }

    /// The votes with a column for every statement, those without votes too.
    private var padded: VoteMatrix {
        guard votes.statementCount < statements.count,
            let wide = try? VoteMatrix(
                votes.votes, participantCount: people.count, statementCount: statements.count)
        else { return votes }
        return wide
    }

    /// The landscape with every vote that is kept by now.
    ///
    /// - Parameter isWhole: reckon anew rather than give one in which the last votes were only taken up.
    func reading(for application: String?, isWhole: Bool) async throws(ConversationError) -> LandscapeReading {
        isWatched = true
        try await refresh(for: application)
        var tries = 0
        while true {
            if let landscape, landscape.moderation == moderation,
                !(isWhole && landscape.votesSince > 0 && tries < 3)
            {
                return LandscapeReading(
                    landscape: landscape, statements: statements, participants: people, event: seen.event)
            }
            tries += 1
            begin()
            await reckoning?.value
        }
    }

    /// How many votes count by now: those on statements that are shown.
    func voteCount(for application: String?) async throws(ConversationError) -> VoteCount {
        try await refresh(for: application)
        let shown = zip(statements, votes.tallies).filter { $0.0.isShown(strictly: isStrict) }
        return VoteCount(
            event: seen.event, revision: seen.revision, votes: shown.reduce(0) { $0 + $1.1.seen })
    }

    // MARK: What comes next

    /// The statement that a participant should see next; nil when they voted on all that are shown.
    func next(for participant: Int64, of application: String?) async throws(ConversationError) -> NextStatement {
        isWatched = true
        try await refresh(for: application)
        let row = rows[participant]
        let choices = statements.indices.filter { column in
            statements[column].isShown(strictly: isStrict) && (row.map { votes[$0, column] == nil } ?? true)
        }
        guard !choices.isEmpty else { return NextStatement(statement: nil, left: 0) }
        let count = row.map { votes.voteCount(of: $0) } ?? 0
        // Who looks twice sees the same statement, whatever was learned meanwhile.
        if let before = asked[participant], before.count == count, choices.contains(before.column) {
            return NextStatement(statement: statements[before.column], left: choices.count)
        }
        var draws = SplitMix(seed: UInt64(bitPattern: participant) &* 1_000_003 &+ UInt64(count))
        let chosen = router.next(for: row ?? people.count, among: choices, using: &draws)
        asked[participant] = (count, chosen)
        return NextStatement(statement: statements[chosen], left: choices.count)
    }
}

/// The landscape of a conversation, and what its rows and columns are.
public struct LandscapeReading: Sendable {
    /// Groups, places and votes; ``OpinionLandscape/votesSince`` says how many votes were only taken up.
    public let landscape: OpinionLandscape
    /// The statements, by column.
    public let statements: [HeldStatement]
    /// The numbers of the participants who voted, by row.
    public let participants: [Int64]
    /// The number of the newest vote in it.
    public let event: Int64

    /// How many votes count: those on statements that are shown.
    public var voteCount: Int {
        landscape.votes.tallies.enumerated().reduce(0) { sum, column in
            sum + (landscape.moderation.rejected.contains(column.offset) ? 0 : column.element.seen)
        }
    }

    /// How many people cast them.
    public var peopleCount: Int {
        let rejected = landscape.moderation.rejected
        guard !rejected.isEmpty else { return landscape.votes.participantCount }
        return (0..<landscape.votes.participantCount).count { row in
            landscape.votes.votes(of: row).contains { !rejected.contains($0.statement) }
        }
    }
}

/// What somebody is asked next.
public struct NextStatement: Sendable, Hashable {
    /// The statement; nil when they voted on all that are shown.
    public let statement: HeldStatement?
    /// How many they haven't voted on, this one among them.
    public let left: Int
}
