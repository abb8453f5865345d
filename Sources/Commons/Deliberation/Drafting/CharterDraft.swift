public import Charters
import SocialChoice

/// A charter as it is put to the second vote: the statements of a slate as clauses, each with how people voted on it, and
/// what did not get in as dissent.
///
/// It follows from the votes and the terms alone, so anybody can draft it again. Where it is to change a charter, it follows from
/// that charter too: what it says stays, a chosen statement that it says already adds nothing, and what is held against it
/// stays.
public struct CharterDraft: Sendable {
    /// What was reckoned with.
    public let conversation: PublishableConversation
    /// The terms, with a clause for every statement that was chosen.
    public let terms: DraftTerms
    /// The group of each row, from 0, or -1.
    public let groups: [Int]
    /// How many groups there are.
    public let groupCount: Int
    /// The slate.
    public let slate: Slate
    /// The draft. Its version has `-draft` behind it. Where it changes a charter, that charter as it would be.
    public let charter: Charter
    /// The charter that it changes. Nil for a charter of its own.
    public let previous: Charter?
    /// Chosen statements that the charter says already. Empty for a charter of its own.
    public let kept: [Kept]
    /// What groups hold and the slate doesn't, as it stands in the draft; of a change, without what was held before.
    let dissent: [Charters.Dissent]
    /// Dissents that are held by fewer people than the threshold, and so are counted here and not told.
    public let dissentHeldBack: Int

    /// Drafts.
    ///
    /// - Parameters:
    ///   - terms: Statements of the slate that no planned clause stands on become goods in their own words.
    ///   - old: The charter to change. The terms must be those for it.
    /// - Throws: ``DraftError``.
    public init(
        _ conversation: PublishableConversation, terms: DraftTerms, changing old: Charter? = nil
    ) throws(DraftError) {
        guard old.map(terms.fit) ?? (terms.amends == nil) else { throw .otherCharter }
        if let old, AmendmentRule(of: old) == nil { throw .withoutRule }
        let people = conversation.votes.participantCount
        guard people == 0 || terms.threshold <= 1 || people >= terms.seats.multipliedOrMax(terms.threshold) else {
            throw .tooFewPeople(people: people, seats: terms.seats, threshold: terms.threshold)
        }
        let landscape = OpinionLandscape(
            conversation.votes, settings: LandscapeSettings(seed: UInt64(max(0, terms.seed))))
        let groups = landscape.assignment()
        let slate: Slate
        do throws(SlateError) {
            slate = try Slate(
                of: conversation.votes, groups: groups, groupCount: landscape.groupCount, seats: terms.seats)
        } catch {
            throw .noSlate(error)
        }
        let chosen = Set(slate.entries.map { conversation.statements[$0.statement].id })
        let planned = Set(terms.clauses.flatMap(\.statements))
        for clause in terms.clauses {
            if let stray = clause.statements.first(where: { !chosen.contains($0) }) {
                throw .unsupported(clause: clause.name, statement: stray)
            }
        }
        var whole = terms
        let statements = slate.entries.map { conversation.statements[$0.statement] }
        let kept = old.map { Self.kept(statements, in: $0, planned: planned) } ?? []
        let own = statements.filter { one in
            !planned.contains(one.id) && !kept.contains { $0.statement == one.id }
        }.map(PlannedClause.init(good:))
        whole.clauses += old.map { Self.renamed(own, beside: $0, terms.clauses) } ?? own
        guard old == nil || !whole.clauses.isEmpty else { throw .nothingNew }
        let dissent = Self.dissent(slate, of: conversation, terms: whole)
        dissentHeldBack = dissent.heldBack
        let draft = try DraftText(conversation: conversation, terms: whole, dissent: dissent.told, old: old).charter()
        if let old { charter = try Self.proposal(draft, changing: old) } else { charter = draft }
        previous = old
        self.kept = kept
        self.dissent = draft.dissent
        self.conversation = conversation
        self.terms = whole
        self.groups = groups
        groupCount = landscape.groupCount
        self.slate = slate
    }

    /// What groups hold and the slate doesn't, as dissent of the charter: one for each statement and side of it, with the
    /// share of everybody who is on that side.
    ///
    /// It isn't the share of the group alone: beside how many hold it in all, that would tell how few hold it elsewhere.
    private static func dissent(
        _ slate: Slate, of conversation: PublishableConversation, terms: DraftTerms
    ) -> (told: [Charters.Dissent], heldBack: Int) {
        struct Held: Hashable {
            let statement: Int
            let stance: Stance
        }
        var seen: Set<Held> = []
        var told: [Charters.Dissent] = []
        var heldBack = 0
        for dissent in slate.dissent
        where seen.insert(Held(statement: dissent.statement, stance: dissent.stance)).inserted {
            let count = conversation.votes.tallies[dissent.statement][dissent.stance]
            let words = conversation.statements[dissent.statement].text.clauseText
            guard count >= terms.threshold, !words.isEmpty else {
                heldBack += 1
                continue
            }
            told.append(
                Charters.Dissent(
                    says: dissent.stance == .agree ? words : Self.refusal(of: words),
                    heldBy: Share(count, of: slate.people),
                    origin: ClauseOrigin(conversation, terms.conversation, columns: [dissent.statement])))
        }
        return (told, heldBack)
    }

    /// The words of those who don't hold something.
    static func refusal(of words: String) -> String { "We don't hold this: “\(words)”" }
}

extension ClauseOrigin {
    /// How people voted on statements, by their columns.
    ///
    /// - Parameter threshold: Where fewer people than this disagree, or do neither, it isn't said how many disagree.
    init(_ conversation: PublishableConversation, _ name: String, columns: [Int], threshold: Int = 1) {
        let support = conversation.support(of: columns)
        let neither = support.of - support.agree - support.disagree
        let isRare = [support.disagree, neither].contains { $0 > 0 && $0 < threshold }
        self.init(
            conversation: name, statements: columns.map { conversation.statements[$0].id }, agree: support.agree,
            disagree: isRare ? nil : support.disagree, of: support.of)
    }
}

extension Int {
    /// The product, or the largest number where it would be larger.
    fileprivate func multipliedOrMax(_ other: Int) -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}

extension String {
    /// People's words as they can stand in a charter: on one line, without characters that readers can't see.
    var clauseText: String {
        let scalars = unicodeScalars.map { scalar -> Unicode.Scalar in
            scalar.isUnsafeToPrint || [0x85, 0x2028, 0x2029].contains(scalar.value) ? " " : scalar
        }
        return String(String.UnicodeScalarView(scalars)).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
