public import SocialChoice

/// A few statements that speak for everybody in a conversation, as far as so few can: chosen from the votes, with a
/// certificate that no large enough group was forgotten, and with what did not get in.
///
/// Agreeing is approving. Unless another rule is asked for, the Method of Equal Shares gives everybody an equal part of the seats to spend on statements
/// that they agree with (Peters and Skowron 2020, arXiv 1911.11747); seats that nobody can pay for any more are filled
/// by Phragmén's rule. EJR+ (Brill and Peters 2023, arXiv 2302.01989) is then checked for the outcome itself.
///
/// The same votes give the same slate: ties go to the statement that comes first.
///
/// It isn't for finding what most people agree on (see ``CommonGround``): a slate may hold two statements that
/// contradict each other, because a fifth of the people fills a fifth of the seats. And a statement that few people saw
/// can't have the support of more.
public struct Slate: Sendable {
    /// One statement of the slate.
    public struct Entry: Sendable, Hashable {
        /// Which statement.
        public let statement: Int
        /// Whether its supporters paid for the seat with their own shares; else it fills one that was left.
        public let isPaidFor: Bool
        /// Everybody's votes on it.
        public let votes: VoteTally
        /// The share that agrees, of those who voted on it.
        public let agreement: ShareEstimate
        /// The share that disagrees, of those who voted on it.
        public let disagreement: ShareEstimate
        /// The share that agrees in each group, of those of it who voted on it. Without votes from nothing to all.
        public let groups: [ShareEstimate]
    }

    /// How many seats there were.
    public let seats: Int
    /// The rule that chose.
    public let rule: CommitteeRule
    /// Whether what was chosen is proven to be what the rule chooses. A rule that seeks an optimum may run out of work;
    /// then the best that it found is here.
    public let isProven: Bool
    /// The chosen statements, in rising order.
    public let entries: [Entry]
    /// People who voted on a statement that could be chosen: everybody whom the slate should speak for.
    public let people: Int
    /// EJR+ for this slate, checked afterwards.
    public let certificate: Certificate
    /// What groups hold that did not get in, the largest share of everybody first.
    public let dissent: [Dissent]
    /// So much more is held that did not get in, beyond the ``Dissent/limit`` of each group and the
    /// ``Dissent/campLimit`` of the unheard: statements and sides.
    public let dissentLeftOut: Int
    /// People who agree with no statement of the slate.
    public let unheard: Int

    private let profile: ApprovalProfile
    private let chosen: [Int]
    private let candidates: [Int]

    /// Chooses a slate.
    ///
    /// - Parameters:
    ///   - votes: Who voted what.
    ///   - moderation: Rejected statements can't be chosen.
    ///   - groups: The group of each person, or -1, as ``OpinionLandscape/assignment(confidence:)`` has them. Without
    ///     groups, support is told for everybody alone.
    ///   - groupCount: How many groups there are.
    ///   - seats: How many statements to choose.
    ///   - rule: How to choose. Any may be asked for; only some treat minorities fairly, which the certificates tell.
    ///   - limit: How much the rule may try.
    /// - Throws: ``SlateError``.
    /// - Complexity: about one walk through a statement's supporters and their votes for each seat, for rules that choose
    ///   one statement after the other.
    public init(
        of votes: VoteMatrix, moderation: StatementModeration = .init(), groups: [Int] = [], groupCount: Int = 0,
        seats: Int, rule: CommitteeRule = .equalShares(.phragmen), limit: WorkLimit = WorkLimit()
    ) throws(SlateError) {
        let source = SlateSource(votes, moderation: moderation)
        guard seats > 0 else { throw .noSeats(seats) }
        guard !source.ballots.isEmpty else { throw .noVotes }
        guard source.ballots.contains(where: { !$0.isEmpty }) else { throw .nobodyAgreed }
        guard seats <= source.candidates.count else {
            throw .moreSeatsThanStatements(seats: seats, statements: source.candidates.count)
        }
        let paid: Set<Int>
        do throws(ApprovalError) {
            profile = try ApprovalProfile(candidateCount: source.candidates.count, ballots: source.ballots)
            let outcome = try rule.outcome(of: profile, seats: seats, ties: .byIndex, limit: limit)
            chosen = outcome.committees.first?.members ?? []
            isProven = outcome.completeness != .limitReached
            if case .equalShares = rule {
                // What was bought before the rule's completion set in.
                let bought = try CommitteeRule.equalShares(.none).outcome(of: profile, seats: seats, ties: .byIndex)
                paid = Set(bought.committees.first?.members ?? [])
            } else {
                paid = Set(chosen)
            }
            certificate = try RepresentationAxiom.extendedJustifiedRepresentationPlus
                .certificate(for: chosen, in: profile, seats: seats)
        } catch {
            throw .cannotCount(error)
        }
        self.seats = seats
        self.rule = rule
        candidates = source.candidates
        people = source.ballots.count
        let tallies = votes.tallies(in: groups, groupCount: groupCount)
        entries = chosen.map { candidate in
            let statement = source.candidates[candidate]
            let tally = votes.tallies[statement]
            return Entry(
                statement: statement, isPaidFor: paid.contains(candidate), votes: tally,
                agreement: ShareEstimate(count: tally.agreed, of: tally.seen),
                disagreement: ShareEstimate(count: tally.disagreed, of: tally.seen),
                groups: tallies.map { ShareEstimate(count: $0[statement].agreed, of: $0[statement].seen) })
        }
        let members = Set(chosen)
        let silent = source.ballots.indices.filter { source.ballots[$0].allSatisfy { !members.contains($0) } }
        unheard = silent.count
        (dissent, dissentLeftOut) = Dissent.all(
            tallies, moderation: moderation, chosen: Set(entries.map(\.statement)), people: people,
            silent: silent.map { source.ballots[$0].map { source.candidates[$0] } }, certificate: certificate,
            candidates: source.candidates)
    }

    /// Whether this slate satisfies an axiom of representation: a proof, or a group that shows that it doesn't.
    ///
    /// - Parameter limit: how much may be tried; JR and EJR+ need no limit.
    public func certificate(of axiom: RepresentationAxiom, limit: WorkLimit = WorkLimit()) -> Certificate {
        // The members are candidates of the profile and at most as many as seats, so nothing is thrown.
        (try? axiom.certificate(for: chosen, in: profile, seats: seats, limit: limit)) ?? .undecided(nodes: 0)
    }

    /// The statements that a group in a certificate agrees on.
    public func statements(of witness: RepresentationWitness) -> [Int] {
        witness.candidates.filter(candidates.indices.contains).map { candidates[$0] }
    }
}

/// Votes as approvals: people who voted, and the statements that take part.
struct SlateSource {
    /// The statements that can be chosen, in rising order.
    let candidates: [Int]
    /// For each person who voted on one of them, the places of those that they agree with. A person's ballot may be
    /// empty: whoever only disagreed counts as well.
    let ballots: [[Int]]

    init(_ votes: VoteMatrix, moderation: StatementModeration) {
        candidates = (0..<votes.statementCount).filter {
            !moderation.rejected.contains($0) && votes.tallies[$0].agreed > 0
        }
        var place = [Int?](repeating: nil, count: votes.statementCount)
        for (index, statement) in candidates.enumerated() { place[statement] = index }
        ballots = (0..<votes.participantCount).compactMap { person in
            let own = votes.votes(of: person).filter { !moderation.rejected.contains($0.statement) }
            guard !own.isEmpty else { return nil }
            return own.filter { $0.stance == .agree }.compactMap { place[$0.statement] }
        }
    }
}

/// Why there is no slate, and what to do.
public enum SlateError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No seat, or less.
    case noSeats(Int)
    /// Nobody voted on a statement that takes part.
    case noVotes
    /// People voted, and nobody agreed with anything.
    case nobodyAgreed
    /// There are fewer statements with an agreement than seats.
    case moreSeatsThanStatements(seats: Int, statements: Int)
    /// The rule can't count these votes.
    case cannotCount(ApprovalError)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .noSeats(let seats): "A slate of \(seats) seats holds nothing. Ask for one seat or more."
        case .noVotes:
            "Nobody voted on a statement that takes part, so there is nothing to choose by. Gather votes first."
        case .nobodyAgreed:
            "Nobody agreed with any statement that takes part. Ask for statements that say what people do want."
        case .moreSeatsThanStatements(let seats, let statements):
            """
            \(seats) seats can't be filled: somebody agrees with only \(statements) of the statements that take part. Ask \
            for at most \(statements).
            """
        case .cannotCount(let error): error.description
        }
    }
}
