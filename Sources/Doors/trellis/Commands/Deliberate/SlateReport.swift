import Deliberation
import SocialChoice

/// What `trellis deliberate slate` says, for JSON and for the page.
struct SlateReport: Encodable {
    struct Entry: Encodable {
        let statement: DeliberatedConversation.Named
        /// Everybody's votes, or those of the told groups alone; missing where fewer than five people voted.
        let agreed: Int?
        let disagreed: Int?
        let passed: Int?
        let agreement: ShareEstimate?
        let disagreement: ShareEstimate?
        /// False where the numbers are those of the told groups alone.
        let isEverybody: Bool
        /// Of each told group; null where fewer than five of it voted.
        let groups: [ShareEstimate?]
        let isPaidFor: Bool
        let written: [String]

        enum CodingKeys: String, CodingKey {
            case statement, agreed, disagreed, passed, agreement, disagreement, isEverybody, groups, isPaidFor
        }
    }

    struct Certified: Encodable {
        /// The axiom.
        let axiom: String
        /// `holds` or `fails`.
        let result: String
        let words: String
    }

    struct Kept: Encodable {
        let holder: String
        /// From 1, where it is a group of the landscape.
        let group: Int?
        let statement: DeliberatedConversation.Named
        let stance: String
        let people: Int
        let shareOfAll: ShareEstimate
        let shareOfHolder: ShareEstimate
        let words: String
    }

    let conversation: DeliberatedConversation.Size
    let seats: Int
    let people: Int
    let groups: Int
    /// The numbers of those with five people or more, from 1: theirs are the shares of each statement.
    let toldGroups: [Int]
    let statements: [Entry]
    /// The rule's short name.
    let rule: String
    /// Whether the slate is proven to be what the rule chooses.
    let isProven: Bool
    /// EJR+.
    let certificate: Certified
    /// The other axioms that were asked for.
    let checks: [Certified]
    let dissent: [Kept]
    /// More than is told of each group and of the unheard.
    let dissentLeftOut: Int
    /// What fewer than five people hold, and isn't told.
    let dissentUntold: Int
    /// People who agree with nothing in the slate; missing where they are one to four.
    let unheard: Int?
    let remarks: [String]
    let ruleName: String

    enum CodingKeys: String, CodingKey {
        case conversation, seats, people, groups, toldGroups, statements, rule, isProven, certificate, checks, dissent
        case dissentLeftOut, dissentUntold, unheard, remarks
    }

    init(
        _ told: ToldSlate, of source: DeliberatedConversation, groups: Int,
        checks: [(RepresentationAxiom, Certificate)] = []
    ) {
        let slate = told.slate
        rule = slate.rule.id
        ruleName = slate.rule.name
        isProven = slate.isProven
        conversation = source.size
        seats = slate.seats
        people = slate.people
        self.groups = groups
        toldGroups = told.groups.map { $0 + 1 }
        unheard = told.unheard
        dissentLeftOut = slate.dissentLeftOut
        dissentUntold = told.dissentUntold
        remarks = source.conversation.remarks
        statements = told.entries.map { one in
            Entry(
                statement: source.named(one.entry.statement), agreed: one.votes?.agreed,
                disagreed: one.votes?.disagreed, passed: one.votes?.passed, agreement: one.share(.agree),
                disagreement: one.share(.disagree), isEverybody: one.isEverybody, groups: one.groups,
                isPaidFor: one.entry.isPaidFor, written: Self.written(one, groups: told.groups))
        }
        certificate = Self.certified(told, source)
        self.checks = checks.map { axiom, certificate in
            let (result, words) = told.words(of: certificate) { "#\(source.named($0).id)" }
            return Certified(axiom: axiom.name, result: result, words: words)
        }
        dissent = told.dissent.map { Self.kept($0, source, people: slate.people) }
    }

    /// The lines below a statement.
    private static func written(_ one: ToldSlate.Entry, groups: [Int]) -> [String] {
        var lines: [String] = []
        if let votes = one.votes, let agreement = one.share(.agree), let disagreement = one.share(.disagree) {
            lines.append(
                "\(DeliberatePage.share(agreement)) of the \(votes.seen) \(one.isEverybody ? "" : "in these groups ")who voted on it agree, "
                    + "\(DeliberatePage.percent(disagreement.value))% disagree")
        } else {
            lines.append("fewer than \(TellableGround.fewestPeople) voted on it; what they said isn't told")
        }
        if !groups.isEmpty {
            lines.append(
                zip(groups, one.groups).map { "group \($0 + 1): \(DeliberatePage.share($1))" }.joined(separator: "; "))
        }
        if !one.entry.isPaidFor {
            lines.append(
                "fills a seat that was left over: none had supporters with enough of their shares left to pay for it")
        }
        return lines
    }

    private static func certified(_ told: ToldSlate, _ source: DeliberatedConversation) -> Certified {
        let slate = told.slate
        let name = RepresentationAxiom.extendedJustifiedRepresentationPlus.name
        let share = slate.seats == 1 ? "the one seat" : "one of \(slate.seats) seats"
        switch slate.certificate {
        case .holds(let proof):
            return Certified(
                axiom: name, result: "holds",
                words: """
                    No group that is large enough for \(share) was forgotten. For each of the \(proof.looked) statements \
                    that aren't in the slate, those who agree with it and with too little of the slate were counted, and \
                    they are too few to claim more (\(name), checked on this slate).
                    """)
        case .fails:
            let (result, words) = told.words(of: slate.certificate) { "#\(source.named($0).id)" }
            return Certified(axiom: name, result: result, words: words)
        case .undecided:
            return Certified(axiom: name, result: "undecided", words: "The check wasn't finished.")
        }
    }

    private static func kept(_ dissent: Dissent, _ source: DeliberatedConversation, people: Int) -> Kept {
        let ofAll = "\(DeliberatePage.share(dissent.shareOfAll)) of all \(people)"
        let verb =
            dissent.stance == .agree ? "agree, and it isn't in the slate" : "disagree, and it is in the slate"
        let (holder, group, words): (String, Int?, String) =
            switch dissent.holder {
            case .group(let group):
                (
                    "group", group + 1,
                    "\(DeliberatePage.share(dissent.shareOfHolder)) of those in group \(group + 1) who voted on it \(verb): "
                        + "\(dissent.count) people, \(ofAll)"
                )
            case .forgotten: ("forgotten", nil, "\(dissent.count) people have a claim to this by EJR+, \(ofAll)")
            case .unheard:
                (
                    "unheard", nil,
                    "\(dissent.count) of those who agree with nothing in the slate agree with this, \(ofAll)"
                )
            }
        return Kept(
            holder: holder, group: group, statement: source.named(dissent.statement), stance: dissent.stance.word,
            people: dissent.count, shareOfAll: dissent.shareOfAll,
            shareOfHolder: dissent.shareOfHolder, words: words)
    }
}
