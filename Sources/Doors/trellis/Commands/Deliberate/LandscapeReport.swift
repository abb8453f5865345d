import Deliberation

/// What `trellis deliberate landscape` says, for JSON and for the page.
struct LandscapeReport: Encodable {
    /// How it was reckoned.
    enum Mathematics: String, Encodable {
        case trellis
        case polis
    }

    struct Group: Encodable {
        /// From 1.
        let number: Int
        let people: Int
        let verdict: String?
        let words: String?
        let stability: Double?
        let holds: [Held]
    }

    struct Held: Encodable {
        let statement: DeliberatedConversation.Named
        let stance: String
        let share: PrintedShare
        /// The same share for the page.
        let written: String
        let others: String

        enum CodingKeys: String, CodingKey { case statement, stance, share }
    }

    struct Ground: Encodable {
        let statement: DeliberatedConversation.Named
        /// Of each group that is told, in order.
        let agreement: [PrintedShare]
        /// The product over groups of (agreed + 1) ⁄ (voted + 2).
        let groupAwareConsensus: Double
        /// Whether each group's interval of 95% lies on one side of one half.
        let isSure: Bool
        let written: String

        enum CodingKeys: String, CodingKey { case statement, agreement, groupAwareConsensus, isSure }
    }

    /// A statement that people agree with although they differ in everything else.
    struct Bridge: Encodable {
        let statement: DeliberatedConversation.Named
        /// Community Notes' score, from about -1 to 1, with its interval of 95%.
        let score: Score
        let written: String

        struct Score: Encodable {
            let value: Double
            let lower: Double
            let upper: Double
        }

        enum CodingKeys: String, CodingKey { case statement, score }
    }

    let conversation: DeliberatedConversation.Size
    let mathematics: Mathematics
    let basis: String
    /// Whether groups were looked for.
    let hasBasis: Bool
    let groups: [Group]
    let withoutGroup: Int
    /// Which groups are too small for what they hold to be told; nil where none is.
    let untold: String?
    let agreed: [Ground]
    let refused: [Ground]
    let divisive: [Ground]
    /// By bridging score, the highest first.
    let bridging: [Bridge]
    /// What to show next to somebody who comes new; empty by Polis's mathematics, which draws it anew each time.
    let next: [DeliberatedConversation.Named]
    let remarks: [String]
}

extension LandscapeReport {
    /// The landscape with groups that may be none, and how far each can be trusted.
    ///
    /// - Parameters:
    ///   - samples: so often people are drawn again for each group; 0 leaves that question open.
    ///   - limit: so many statements in each list.
    init(_ source: DeliberatedConversation, samples: Int, seed: UInt64, limit: Int) {
        let landscape = OpinionLandscape(
            source.conversation.votes, moderation: source.moderation, settings: LandscapeSettings(seed: seed))
        let findings =
            samples > 0 && landscape.groupCount > 1
            ? GroupExamination(landscape, replicates: samples, seed: seed).findings : []
        let assignment = landscape.assignment()
        self.init(
            source, .trellis, basis: landscape.basis.description, hasBasis: landscape.basis.isEnough,
            assignment: assignment, votes: landscape.groupVotes(),
            groupCount: landscape.groupCount, findings: findings, limit: limit,
            next: NextStatements(landscape, limit: limit, seed: seed).statements)
    }

    /// The landscape as Polis reckons it.
    init(polis source: DeliberatedConversation, limit: Int) {
        let landscape = PolisLandscape(source.conversation.votes, moderation: source.moderation)
        self.init(
            source, .polis,
            basis: "Groups by Polis's mathematics, which always finds some and doesn't say how sure it is of them.",
            hasBasis: true,
            assignment: landscape.groups.assignment(participantCount: source.conversation.votes.participantCount),
            votes: landscape.groupVotes,
            groupCount: landscape.groups.groups.count, findings: [], limit: limit,
            representatives: landscape.representatives)
    }

    private init(
        _ source: DeliberatedConversation, _ mathematics: Mathematics, basis: String, hasBasis: Bool, assignment: [Int],
        votes: [[VoteTally]], groupCount: Int, findings: [GroupExamination.Finding], limit: Int,
        representatives: [[PolisRepresentativeStatement]]? = nil, next: [Int] = []
    ) {
        conversation = source.size
        self.mathematics = mathematics
        self.basis = basis
        self.hasBasis = hasBasis
        remarks = source.conversation.remarks
        withoutGroup = assignment.count { $0 < 0 }
        let people = votes.indices.map { group in
            groupCount > 1 ? assignment.count { $0 == group } : source.conversation.votes.participantCount
        }
        let ground = TellableGround(votes, people: people, rejected: source.moderation.rejected)
        let numbers = ground.groups.map { $0 + 1 }
        untold = ground.remark
        groups = (0..<groupCount).map { group in
            let finding = findings.first { $0.group == group }
            var holds: [Held] = []
            // Beside a group that isn't told, how much more one holds than the others would tell what it holds.
            if groupCount > 1, let place = ground.groups.firstIndex(of: group) {
                if let representatives {
                    holds =
                        ground.untold > 0 ? [] : representatives[group].compactMap { Self.held($0, source) }
                } else {
                    holds = ground.representative(at: place, limit).map { Self.held($0, source) }
                }
            }
            return Group(
                number: group + 1, people: assignment.count { $0 == group }, verdict: finding?.verdict.rawValue,
                words: finding?.description, stability: finding?.stability, holds: holds)
        }
        agreed = ground.shared(.agree, limit).map { Self.ground($0.statement, numbers, source, isSure: $0.isSure) }
        refused = ground.shared(.disagree, limit).map {
            Self.ground($0.statement, numbers, source, isSure: $0.isSure, refuses: true)
        }
        self.next = next.map(source.named)
        let scores = Bridging(source.conversation.votes, rejected: source.moderation.rejected).scores
        let tallies = source.conversation.votes.tallies
        let rated = scores.enumerated().compactMap { statement, score in
            tallies[statement].seen < TellableGround.fewestPeople ? nil : score.map { (statement, $0) }
        }
        bridging = rated.sorted { ($1.1.lower, $0.0) < ($0.1.lower, $1.0) }.prefix(limit).map { statement, score in
            let figure = { (value: Double) in "\((value * 100).rounded() / 100)" }
            return Bridge(
                statement: source.named(statement),
                score: .init(value: score.value, lower: score.lower, upper: score.upper),
                written: "bridging score \(figure(score.value)) (\(figure(score.lower)) to \(figure(score.upper)))")
        }
        divisive = ground.divisive(limit).map { Self.ground($0, numbers, source, isSure: true) }
    }

    private static func ground(
        _ statement: CommonGround.Statement, _ groups: [Int], _ source: DeliberatedConversation, isSure: Bool,
        refuses: Bool = false
    ) -> Ground {
        let shares = statement.votes.map { ShareEstimate(count: refuses ? $0.disagreed : $0.agreed, of: $0.seen) }
        let word = refuses ? "disagree" : "agree"
        let written =
            shares.count == 1
            ? "\(DeliberatePage.share(shares[0])) of those who voted on it \(word)"
            : zip(groups, shares).map { "group \($0): \(DeliberatePage.share($1)) \(word)" }.joined(separator: "; ")
        return Ground(
            statement: source.named(statement.statement), agreement: statement.agreement.map(PrintedShare.init),
            groupAwareConsensus: statement.consensus.value, isSure: isSure, written: written)
    }

    private static func held(_ held: CommonGround.Representative, _ source: DeliberatedConversation) -> Held {
        Held(
            statement: source.named(held.statement), stance: held.stance.word, share: PrintedShare(held.share),
            written: DeliberatePage.share(held.share),
            others: "\(DeliberatePage.percent(held.difference.value)) percentage points more than among the others")
    }

    private static func held(_ held: PolisRepresentativeStatement, _ source: DeliberatedConversation) -> Held? {
        guard held.trials >= TellableGround.fewestPeople else { return nil }
        let share = ShareEstimate(count: held.successes, of: held.trials)
        let times = "\((held.representativeness * 10).rounded() / 10)"
        return Held(
            statement: source.named(held.statement), stance: held.stance.word, share: PrintedShare(share),
            written: DeliberatePage.share(share), others: "\(times) times as much as among the others")
    }
}

extension Stance {
    /// What it is called.
    var word: String {
        switch self {
        case .agree: "agree"
        case .disagree: "disagree"
        case .pass: "pass"
        }
    }
}
