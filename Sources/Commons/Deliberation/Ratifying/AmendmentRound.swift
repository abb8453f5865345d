public import Charters

/// A change to a charter: a proposal, a vote on it, and the charter's own threshold.
///
/// The old charter's rule counts, also for a proposal that would change the rule. A change that is taken gets a version
/// that is raised as far as what it changes asks for. A no stays in the new charter as dissent with its share, unless it is
/// of so few people that it would point at them.
public struct AmendmentRound: Sendable {
    /// The question on the ballot.
    public static let question = "proposal"

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
    ///   - box: The ballots, with the one question ``question``.
    ///   - threshold: Fewer people than this aren't told of as dissent.
    /// - Throws: ``RatificationError``.
    public init(
        of old: Charter, proposal: Charter, ballots box: BallotBox, threshold: Int
    ) throws(RatificationError) {
        guard old.id == proposal.id else { throw .otherCharter(old.id.description, proposal.id.description) }
        guard let rule = AmendmentRule(of: old) else { throw .withoutRule }
        guard box.questions == [Self.question] else { throw .otherQuestions }
        let proposed = CharterDiff(from: old, to: proposal)
        guard !proposed.isEmpty else { throw .nothingProposed }
        count = box.count(0)
        finding = rule.finding(count)
        let version =
            proposed.advice.isEnough ? proposal.version : SemanticVersion(proposed.advice.lowest) ?? proposal.version
        var dissent: [Charters.Dissent] = []
        if count.no >= max(1, threshold) {
            let changes = proposed.changes.prefix(3).map(\.words).joined(separator: " ")
            let rest = proposed.changes.count > 3 ? " And \(proposed.changes.count - 3) more." : ""
            dissent = [
                Charters.Dissent(
                    says: "We were against version \(version): \(changes)\(rest)",
                    heldBy: Share(count.no, of: count.all))
            ]
        }
        let raised = proposal.reissued(as: version, adding: dissent)
        diff = CharterDiff(from: old, to: raised)
        charter = finding == .taken ? raised : nil
    }
}
