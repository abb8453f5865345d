public import Charters

/// A change to a charter: a proposal, a vote on it, and the charter's own threshold.
///
/// The old charter's rule counts, also for a proposal that would change the rule. A change that is taken gets a version
/// that is raised as far as what it changes asks for. A no stays in the new charter as dissent with its share, unless it is
/// of so few people that it would point at them.
///
/// What was held against the charter before stays, whatever the proposal says of it, unless the clause that it refuses is
/// gone. How people once voted stays only beside the words that they voted on.
public struct AmendmentRound: Sendable {
    /// The question on the ballot.
    public static let question = "proposal"
    /// A no of so many people is always told: ballots are published whole, so a larger threshold would protect nobody.
    public static let largestThreshold = 5

    /// How people voted.
    public let count: BallotCount
    /// What it came to.
    public let finding: AmendmentRule.Finding
    /// What the proposal changes, in words.
    public let diff: CharterDiff
    /// The new charter. Nil when the proposal wasn't taken.
    public let charter: Charter?

    /// Counts.
    ///
    /// - Parameters:
    ///   - proposal: The charter as it would be. Its version is raised where it has to be.
    ///   - box: The ballots on this change.
    ///   - threshold: Fewer people than this aren't told of as dissent. At most ``largestThreshold`` counts.
    /// - Throws: ``RatificationError``.
    public init(
        of old: Charter, proposal: Charter, ballots box: BallotBox, threshold: Int
    ) throws(RatificationError) {
        try Self.check(proposal, against: old)
        try self.init(old, unchecked: proposal, ballots: box, threshold: threshold)
    }

    /// Counts the ballots on a proposal that a conversation made: its numbers follow from the votes.
    ///
    /// - Parameter old: The charter that the draft changes.
    /// - Throws: ``RatificationError``.
    public init(
        of draft: CharterDraft, changing old: Charter, ballots box: BallotBox
    ) throws(RatificationError) {
        guard draft.previous == old else { throw .otherWords }
        try self.init(old, unchecked: draft.charter, ballots: box, threshold: draft.terms.threshold)
    }

    /// - Parameter proposal: Whose numbers are known to be right.
    init(
        _ old: Charter, unchecked proposal: Charter, ballots box: BallotBox, threshold: Int
    ) throws(RatificationError) {
        let (rule, whole, proposed) = try Self.terms(of: proposal, changing: old)
        guard box.questions == [Self.question] else { throw .otherQuestions }
        guard box.subject == BallotSubject(proposal, changing: old) else { throw .otherWords }
        count = box.count(0)
        finding = rule.finding(count)
        let version =
            proposed.advice.isEnough ? proposal.version : SemanticVersion(proposed.advice.lowest) ?? proposal.version
        var dissent: [Charters.Dissent] = []
        if count.no >= min(max(1, threshold), Self.largestThreshold) {
            let changes = proposed.changes.prefix(3).map(\.words).joined(separator: " ")
            let rest = proposed.changes.count > 3 ? " And \(proposed.changes.count - 3) more." : ""
            dissent = [
                Charters.Dissent(
                    says: "We were against version \(version): \(changes)\(rest)",
                    heldBy: Share(count.no, of: count.all))
            ]
        }
        let raised = whole.reissued(as: version, adding: dissent)
        diff = CharterDiff(from: old, to: raised)
        charter = finding == .taken ? raised : nil
    }

    /// What a proposal would change, with what was held against the charter before kept.
    ///
    /// - Throws: ``RatificationError`` where there is nothing to vote on.
    public static func proposed(_ proposal: Charter, changing old: Charter) throws(RatificationError) -> CharterDiff {
        try check(proposal, against: old)
        return try terms(of: proposal, changing: old).diff
    }

    private static func terms(
        of proposal: Charter, changing old: Charter
    ) throws(RatificationError) -> (rule: AmendmentRule, whole: Charter, diff: CharterDiff) {
        guard old.id == proposal.id else { throw .otherCharter(old.id.description, proposal.id.description) }
        guard let rule = AmendmentRule(of: old) else { throw .withoutRule }
        let whole = proposal.reissued(
            as: proposal.version, settling: Set(proposal.dissent),
            adding: carried(from: old, into: proposal)
                + proposal.dissent.filter { own in !old.dissent.contains { $0.says == own.says } })
        let diff = CharterDiff(from: old, to: whole)
        guard !diff.isEmpty else { throw .nothingProposed }
        return (rule, whole, diff)
    }

    /// What some ballots come to by the charter as it is. Nil where it doesn't say how it is changed.
    public static func finding(of box: BallotBox, under old: Charter) -> AmendmentRule.Finding? {
        guard box.questions == [question] else { return nil }
        return AmendmentRule(of: old)?.finding(box.count(0))
    }

    /// Refuses a proposal that gives its words numbers which they don't have in the charter as it is.
    private static func check(_ proposal: Charter, against old: Charter) throws(RatificationError) {
        guard old.id == proposal.id else { throw .otherCharter(old.id.description, proposal.id.description) }
        let before = old.wordedClauses
        for clause in proposal.wordedClauses where !clause.origins.isEmpty {
            let isKept = before.contains { $0.says == clause.says && clause.origins.allSatisfy($0.origins.contains) }
            guard isKept else { throw .strangeOrigin(clause.path) }
        }
        for dissent in proposal.dissent where dissent.heldBy != nil || dissent.origin != nil {
            guard old.dissent.contains(dissent) else { throw .strangeDissent(dissent.says) }
        }
    }

    /// The dissents of the charter as it is, without those that refuse a clause which the proposal no longer has: neither its
    /// place, nor its words, nor another clause on its statements.
    private static func carried(from old: Charter, into proposal: Charter) -> [Charters.Dissent] {
        let after = proposal.wordedClauses
        let gone = old.wordedClauses.filter { clause in
            !after.contains { other in
                other.path == clause.path || other.says == clause.says
                    || other.origins.contains { own in clause.origins.contains { own.overlaps($0) } }
            }
        }
        return old.dissent.filter { dissent in
            !gone.contains { clause in
                let refusal = Charters.Dissent(says: CharterDraft.refusal(of: clause.says), heldBy: nil)
                return dissent.says == refusal.says
                    && clause.origins.contains { origin in dissent.origin.map(origin.overlaps) == true }
            }
        }
    }
}

extension ClauseOrigin {
    /// Whether both stand on one statement of one conversation.
    fileprivate func overlaps(_ other: ClauseOrigin) -> Bool {
        conversation == other.conversation && !Set(statements).isDisjoint(with: other.statements)
    }
}
