/// How one group voted on one statement, beside the other groups.
public struct PolisStatementStatistics: Sendable, Hashable {
    /// The group's votes. A rejected statement counts as passed by everybody.
    public let votes: VoteTally
    /// The votes of the other groups together.
    public let otherVotes: VoteTally

    /// (A+1) ⁄ (S+2) in the group.
    public let agreement: Double
    /// (D+1) ⁄ (S+2) in the group.
    public let disagreement: Double
    /// z-value of agreement above one half.
    public let agreementTest: Double
    /// z-value of disagreement above one half.
    public let disagreementTest: Double
    /// The group's agreement divided by that of the others.
    public let agreementRatio: Double
    /// The group's disagreement divided by that of the others.
    public let disagreementRatio: Double
    /// z-value of more agreement than among the others.
    public let agreementRatioTest: Double
    /// z-value of more disagreement than among the others.
    public let disagreementRatioTest: Double

    /// Compares one group's votes with those of the others.
    public init(votes: VoteTally, otherVotes: VoteTally) {
        self.votes = votes
        self.otherVotes = otherVotes
        let share = { (count: Int, seen: Int) in Double(count + 1) / Double(seen + 2) }
        agreement = share(votes.agreed, votes.seen)
        disagreement = share(votes.disagreed, votes.seen)
        agreementTest = PolisTest.proportion(successes: votes.agreed, trials: votes.seen)
        disagreementTest = PolisTest.proportion(successes: votes.disagreed, trials: votes.seen)
        agreementRatio = agreement / share(otherVotes.agreed, otherVotes.seen)
        disagreementRatio = disagreement / share(otherVotes.disagreed, otherVotes.seen)
        agreementRatioTest = PolisTest.difference(
            successes: (votes.agreed, otherVotes.agreed), trials: (votes.seen, otherVotes.seen))
        disagreementRatioTest = PolisTest.difference(
            successes: (votes.disagreed, otherVotes.disagreed), trials: (votes.seen, otherVotes.seen))
    }

    /// Significant both against one half and against the others, in agreeing or in disagreeing.
    var isSufficient: Bool {
        (agreementRatioTest > PolisTest.threshold && agreementTest > PolisTest.threshold)
            || (disagreementRatioTest > PolisTest.threshold && disagreementTest > PolisTest.threshold)
    }
}

/// A statement that sets a group apart, and how.
public struct PolisRepresentativeStatement: Sendable, Hashable {
    /// Which statement.
    public let statement: Int
    /// Whether the group stands out by agreeing or by disagreeing.
    public let stance: Stance
    /// People of the group who took this stance.
    public let successes: Int
    /// People of the group who voted on it.
    public let trials: Int
    /// (successes+1) ⁄ (trials+2).
    public let share: Double
    /// z-value of the share above one half.
    public let shareTest: Double
    /// The share divided by that of the other groups.
    public let representativeness: Double
    /// z-value of a share above that of the others, in single precision as Polis keeps it.
    public let representativenessTest: Float
    /// It heads the list, being what the group agrees on most markedly.
    public let isBestAgreement: Bool

    init(_ statement: Int, _ statistics: PolisStatementStatistics, isBestAgreement: Bool = false) {
        self.statement = statement
        self.isBestAgreement = isBestAgreement
        trials = statistics.votes.seen
        if statistics.agreementRatioTest > statistics.disagreementRatioTest {
            stance = .agree
            successes = statistics.votes.agreed
            share = statistics.agreement
            shareTest = statistics.agreementTest
            representativeness = statistics.agreementRatio
            representativenessTest = Float(statistics.agreementRatioTest)
        } else {
            stance = .disagree
            successes = statistics.votes.disagreed
            share = statistics.disagreement
            shareTest = statistics.disagreementTest
            representativeness = statistics.disagreementRatio
            representativenessTest = Float(statistics.disagreementRatioTest)
        }
    }

    /// What the list is sorted by.
    var metric: Double { representativeness * Double(representativenessTest) * share * shareTest }
}

extension PolisRepresentativeStatement {
    /// The statements that represent a group: up to five, chosen as Polis chooses them.
    ///
    /// Those significant against one half and against the other groups, by the product of both z-values and both shares;
    /// before them the statement that the group agrees on best. If none is significant, the best that there is. Agreement
    /// comes before disagreement.
    public static func selection(_ statistics: [(statement: Int, statistics: PolisStatementStatistics)]) -> [Self] {
        var sufficient: [Self] = []
        var best: Self?
        var bestAgreement: (statement: Int, statistics: PolisStatementStatistics)?
        for (statement, one) in statistics {
            if one.isSufficient { sufficient.append(Self(statement, one)) }
            if sufficient.isEmpty {
                let test = max(one.agreementRatioTest, one.disagreementRatioTest)
                if best.map({ test > Double($0.representativenessTest) }) ?? true { best = Self(statement, one) }
            }
            if beats(one, bestAgreement?.statistics) { bestAgreement = (statement, one) }
        }
        let head = bestAgreement.map { Self($0.statement, $0.statistics, isBestAgreement: true) }
        guard !sufficient.isEmpty else { return [head ?? best].compactMap(\.self) }
        let sorted = sufficient.filter { $0.statement != head?.statement }.enumerated()
            .sorted { ($1.element.metric, $0.offset) < ($0.element.metric, $1.offset) }
            .map(\.element)
        let chosen = ([head].compactMap(\.self) + sorted).prefix(5)
        return chosen.filter { $0.stance == .agree } + chosen.filter { $0.stance == .disagree }
    }

    private static func beats(_ one: PolisStatementStatistics, _ best: PolisStatementStatistics?) -> Bool {
        if one.votes.agreed == 0, one.votes.disagreed == 0 { return false }
        guard let best else {
            return one.agreementTest > PolisTest.threshold || (one.agreementRatio > 1 && one.agreement > 0.5)
        }
        if best.agreementRatio > 1 {
            let metric = { (one: PolisStatementStatistics) in
                one.agreementRatio * one.agreementRatioTest * one.agreement * one.agreementTest
            }
            return metric(one) > metric(best)
        }
        return one.agreement * one.agreementTest > best.agreement * best.agreementTest
    }
}
