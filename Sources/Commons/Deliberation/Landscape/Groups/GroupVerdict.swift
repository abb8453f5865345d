/// Whether groups are groups, in one word and in a sentence.
public struct GroupVerdict: Sendable, Hashable {
    /// The word: of one group a ``GroupExamination/Verdict``, of the whole a ``Whole``; `unexamined` where nobody looked.
    public let finding: String
    /// The sentence.
    public let reason: String
    /// The mean similarity to the group found again, from 0 to 1; nil for the whole and where nobody looked.
    public let stability: Double?

    /// What can be said of all groups of a landscape together.
    public enum Whole: String, Sendable, Hashable, CaseIterable {
        /// Every group is real.
        case real
        /// Some groups are.
        case partlyReal = "partly-real"
        /// None is, and at least one is a region of one crowd.
        case regions
        /// None is either.
        case uncertain
        /// There is no division into groups.
        case noGroups = "no-groups"
        /// There are too few votes to look for groups.
        case tooFewVotes = "too-few-votes"
    }

    private init(_ finding: String, _ reason: String, stability: Double? = nil) {
        self.finding = finding
        self.reason = reason
        self.stability = stability
    }

    /// Nobody looked yet.
    public static let unexamined = GroupVerdict("unexamined", "How sure it is hasn't been examined yet.")

    /// Of one group.
    public init(_ finding: GroupExamination.Finding) {
        self.init(
            finding.verdict.rawValue, finding.reason.prefix(1).uppercased() + finding.reason.dropFirst(),
            stability: finding.stability)
    }

    /// Of all groups of a landscape together.
    ///
    /// - Parameters:
    ///   - basis: Whether there were votes enough.
    ///   - verdicts: Of each group.
    ///   - chance: As ``GroupExamination/chance``; nil where nobody looked.
    public init(_ basis: LandscapeBasis, of verdicts: [GroupVerdict], chance: Double?) {
        guard basis.isEnough else {
            self.init(.tooFewVotes, basis.description)
            return
        }
        guard verdicts.count > 1 else {
            self.init(.noGroups, "No division into groups explains the votes better than one crowd does.")
            return
        }
        guard let chance, verdicts.contains(where: { $0.stability != nil }) else {
            self = .unexamined
            return
        }
        let tight = "In \(Int((chance * 100).rounded()))% of made-up crowds without groups people stand as tightly."
        let real = verdicts.count { $0.finding == GroupExamination.Verdict.real.rawValue }
        if real == verdicts.count {
            self.init(.real, "All groups stand apart more than parts of one crowd do. \(tight)")
        } else if real > 0 {
            self.init(
                .partlyReal, "\(real) of \(verdicts.count) groups stand apart more than parts of one crowd do. \(tight)"
            )
        } else if verdicts.contains(where: { $0.finding == GroupExamination.Verdict.region.rawValue }) {
            self.init(
                .regions,
                "No group stands apart more than parts of one crowd do: read them as regions of opinion. \(tight)")
        } else {
            self.init(.uncertain, "No group is surely found again among other people of the same crowd.")
        }
    }

    private init(_ finding: Whole, _ reason: String) { self.init(finding.rawValue, reason) }
}
