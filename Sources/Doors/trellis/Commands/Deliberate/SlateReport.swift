import Deliberation
import SocialChoice

/// What `trellis deliberate slate` says, for JSON and for the page.
struct SlateReport: Encodable {
    struct Entry: Encodable {
        let statement: DeliberatedConversation.Named
        let agreed: Int
        let disagreed: Int
        let passed: Int
        let agreement: PrintedShare
        let disagreement: PrintedShare
        /// Of each group, from 1.
        let groups: [PrintedShare]
        let isPaidFor: Bool
        let written: [String]

        enum CodingKeys: String, CodingKey {
            case statement, agreed, disagreed, passed, agreement, disagreement, groups, isPaidFor
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
        let shareOfAll: PrintedShare
        let shareOfHolder: PrintedShare
        let words: String
    }

    let conversation: DeliberatedConversation.Size
    let seats: Int
    let people: Int
    let groups: Int
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
    let unheard: Int
    let remarks: [String]
    let ruleName: String

    enum CodingKeys: String, CodingKey {
        case conversation, seats, people, groups, statements, rule, isProven, certificate, checks, dissent, unheard
        case dissentLeftOut
        case remarks
    }

    init(
        _ slate: Slate, of source: DeliberatedConversation, groups: Int,
        checks: [(RepresentationAxiom, Certificate)] = []
    ) {
        rule = slate.rule.id
        ruleName = slate.rule.name
        isProven = slate.isProven
        conversation = source.size
        seats = slate.seats
        people = slate.people
        self.groups = groups
        unheard = slate.unheard
        dissentLeftOut = slate.dissentLeftOut
        remarks = source.conversation.remarks
        statements = slate.entries.map { entry in
            var written = [
                "\(DeliberatePage.share(entry.agreement)) of the \(entry.votes.seen) who voted on it agree, "
                    + "\(DeliberatePage.percent(entry.disagreement.value))% disagree"
            ]
            if groups > 1 {
                written.append(
                    entry.groups.enumerated().map { "group \($0 + 1): \(DeliberatePage.share($1))" }
                        .joined(separator: "; "))
            }
            if !entry.isPaidFor {
                written.append(
                    "fills a seat that was left over: none had supporters with enough of their shares left to pay for it"
                )
            }
            return Entry(
                statement: source.named(entry.statement), agreed: entry.votes.agreed,
                disagreed: entry.votes.disagreed, passed: entry.votes.passed,
                agreement: PrintedShare(entry.agreement), disagreement: PrintedShare(entry.disagreement),
                groups: groups > 1 ? entry.groups.map(PrintedShare.init) : [], isPaidFor: entry.isPaidFor,
                written: written)
        }
        certificate = Self.certified(slate)
        self.checks = checks.map { axiom, certificate in
            let (result, words) = slate.words(of: certificate) { "#\(source.named($0).id)" }
            return Certified(axiom: axiom.name, result: result, words: words)
        }
        dissent = slate.dissent.map { Self.kept($0, source, people: slate.people) }
    }

    private static func certified(_ slate: Slate) -> Certified {
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
        case .fails(let witness):
            return Certified(
                axiom: name, result: "fails", words: witness.words(noun: (one: "statement", many: "statements")))
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
            people: dissent.count, shareOfAll: PrintedShare(dissent.shareOfAll),
            shareOfHolder: PrintedShare(dissent.shareOfHolder), words: words)
    }
}
