public import Charters

/// What the second vote made of a draft: the clauses that were ratified, those that stay out and why, and what a cohesive
/// minority holds of either.
///
/// A minority counts as cohesive when it is as large as a group that has a claim to a seat of the slate: the people who
/// voted, divided by the seats. What it said yes to and didn't get in, and what it said no to and got in, becomes dissent,
/// however few it is: ballots are published whole, so nothing would be hidden by leaving it out. A dissent that refuses what
/// stayed out goes.
public struct Ratification: Sendable {
    /// Why a clause is in or out.
    public enum Finding: String, Sendable, Hashable {
        /// It is in.
        case ratified
        /// Too few took part.
        case tooFewTookPart = "too-few-took-part"
        /// Too small a share said yes.
        case tooFewAgreed = "too-few-agreed"
        /// It is about a good that wasn't ratified.
        case withoutItsGood = "without-its-good"
    }

    /// One clause.
    public struct Outcome: Sendable, Hashable {
        /// The clause's name on the ballot.
        public let name: String
        /// Where it stands in the charter.
        public let path: String
        /// How people voted on it.
        public let count: BallotCount
        /// Whether it is in.
        public let finding: Finding
    }

    /// The clauses, in the order of the terms.
    public let outcomes: [Outcome]
    /// People with a ballot.
    public let voters: Int
    /// What is held against the result, beside what the slate left out.
    public let dissent: [Charters.Dissent]
    /// The charter as it was ratified.
    public let charter: Charter
    /// What ratification changed in the draft.
    public let diff: CharterDiff

    /// Counts.
    ///
    /// - Parameters:
    ///   - draft: What was voted on.
    ///   - terms: The terms of the draft, with every clause.
    ///   - box: The ballots, one question for each clause.
    /// - Throws: ``RatificationError``.
    public init(of draft: Charter, terms: DraftTerms, ballots box: BallotBox) throws(RatificationError) {
        outcomes = try Self.outcomes(of: draft, terms: terms, ballots: box)
        guard let version = SemanticVersion(terms.version), version.prerelease.isEmpty else {
            throw .noVersion(terms.version)
        }
        guard outcomes.contains(where: { $0.finding == .ratified }) else { throw .nothingRatified }
        voters = box.ballots.count
        let found = Self.dissent(outcomes, draft: draft, voters: voters, terms: terms)
        dissent = found.all
        charter = draft.reissued(
            as: version, leavingOut: Set(outcomes.filter { $0.finding != .ratified }.map(\.path)),
            settling: found.settled, adding: found.added)
        diff = CharterDiff(from: draft, to: charter)
    }

    /// How each clause fares by some ballots, in the order of the terms, also where none is ratified.
    ///
    /// - Throws: ``RatificationError``.
    public static func outcomes(
        of draft: Charter, terms: DraftTerms, ballots box: BallotBox
    ) throws(RatificationError) -> [Outcome] {
        guard let rule = AmendmentRule(of: draft) else { throw .withoutRule }
        let subject = BallotSubject(draft, terms: terms)
        guard box.questions == subject.questions else { throw .otherQuestions }
        guard box.subject == subject else { throw .otherWords }
        let counts = terms.clauses.indices.map(box.count)
        var findings = counts.map { count -> Finding in
            switch rule.finding(count) {
            case .taken: .ratified
            case .tooFewTookPart: .tooFewTookPart
            case .tooFewAgreed: .tooFewAgreed
            }
        }
        let goods = Set(
            zip(terms.clauses, findings).filter { $0.kind == .good && $1 == .ratified }.map(\.0.name))
        for (place, clause) in terms.clauses.enumerated()
        where clause.kind == .tension && findings[place] == .ratified
            && !(clause.between ?? []).allSatisfy(goods.contains)
        {
            findings[place] = .withoutItsGood
        }
        return terms.clauses.indices.map { place in
            Outcome(
                name: terms.clauses[place].question, path: terms.clauses[place].path, count: counts[place],
                finding: findings[place])
        }
    }
}

/// Why a vote on wording can't be counted, and what to do.
public enum RatificationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The charter doesn't say how it is changed.
    case withoutRule
    /// The ballots have other columns than the draft has clauses.
    case otherQuestions
    /// The ballots were cast on other words.
    case otherWords
    /// The version can't be one.
    case noVersion(String)
    /// Nothing was ratified.
    case nothingRatified
    /// The two charters have different names.
    case otherCharter(String, String)
    /// The proposal changes nothing.
    case nothingProposed
    /// A clause of the proposal says that people voted on it, and the charter as it is doesn't say so of these words.
    case strangeOrigin(String)
    /// A dissent of the proposal says how many hold it, and the charter as it is doesn't.
    case strangeDissent(String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .withoutRule:
            "The charter has no section amendment, so it doesn't say when a change is taken. Add one: `amendment: { by: deliberation, quorum: 30, consensus: 0.6 }`."
        case .otherQuestions:
            "These ballots are about other clauses than the draft has. Take the ballots of this draft."
        case .otherWords:
            "These ballots were cast on other words than these. Count them with what people voted on, or let people vote on these."
        case .noVersion(let version): "\(version) is no version of a charter. Write three numbers, as in 1.0.0."
        case .nothingRatified:
            "No clause was ratified, so there is no charter. Talk again about the wording, and vote on another draft."
        case .otherCharter(let old, let new):
            "The proposal is called \(new), and the charter \(old). A change keeps the name; for another name, fork it."
        case .nothingProposed: "The proposal says the same as the charter, so there is nothing to decide."
        case .strangeOrigin(let path):
            "The proposal says by `from` how people voted on \(path), and the charter as it is doesn't say that of these words. Nobody voted on them in that conversation: take `from` out."
        case .strangeDissent(let says):
            "The proposal says how many hold the dissent \(importExcerpt(says)), and the charter as it is doesn't. A share comes from a vote: take `held-by` and `from` out."
        }
    }
}
