import Charters
import Deliberation
import SocialChoice

/// What `trellis deliberate draft` says, for JSON and for the page.
struct DraftReport: Encodable {
    struct Clause: Encodable {
        let name: String
        let path: String
        let statements: [Int]
        let says: String
        let origin: String
        /// Who found the words; nil where they are the statements' own.
        let wordedBy: String?
        /// Why a model's words weren't kept.
        let refused: String?
    }

    /// A chosen statement that the charter says already.
    struct Said: Encodable {
        let statement: Int
        let path: String
    }

    struct Kept: Encodable {
        let says: String
        let heldBy: Double
    }

    let charter: String
    let version: String
    let fingerprint: String
    let people: Int
    /// The fingerprint of the charter that it changes. Nil for a charter of its own.
    let amends: String?
    /// The clauses that it has; of a change, those that it adds.
    let clauses: [Clause]
    /// Of a change, the chosen statements that the charter says already.
    let saidAlready: [Said]
    /// What would change, in words. Nil for a charter of its own.
    let words: String?
    let dissent: [Kept]
    let dissentHeldBack: Int
    /// More dissents than are told of each group and of the unheard.
    let dissentLeftOut: Int
    let heldBack: PublishableConversation.HeldBack
    /// Statements that everybody's votes would choose and these don't.
    let lostByHoldingBack: [Int]
    /// Statements that these votes choose and everybody's wouldn't.
    let gainedByHoldingBack: [Int]
    let certificateHolds: Bool
    let remarks: [String]

    init(
        _ draft: CharterDraft, of source: DeliberatedConversation, everybody: Set<Int>?,
        refused: [String: ModelWording.Refusal]
    ) {
        charter = draft.charter.id.description
        version = draft.charter.version.description
        fingerprint = draft.charter.fingerprint.hexadecimal
        people = draft.slate.people
        clauses = draft.terms.clauses.map { clause in
            let own = draft.clause(at: clause.path)
            return Clause(
                name: clause.name, path: clause.path, statements: clause.statements, says: own?.says ?? "",
                origin: own?.origin?.sentence ?? "", wordedBy: clause.wording?.by,
                refused: refused[clause.name]?.rawValue)
        }
        amends = draft.terms.amends
        saidAlready = draft.kept.map { Said(statement: $0.statement, path: $0.path) }
        words = draft.previous.map { CharterDiff(from: $0, to: draft.charter).text }
        dissent = draft.charter.dissent.map { Kept(says: $0.says, heldBy: $0.heldBy?.value ?? 0) }
        dissentHeldBack = draft.dissentHeldBack
        dissentLeftOut = draft.slate.dissentLeftOut
        heldBack = draft.conversation.heldBack
        let chosen = Set(draft.slate.entries.map { draft.conversation.statements[$0.statement].id })
        lostByHoldingBack = everybody.map { $0.subtracting(chosen).sorted() } ?? []
        gainedByHoldingBack = everybody.map { chosen.subtracting($0).sorted() } ?? []
        certificateHolds = if case .holds = draft.slate.certificate { true } else { false }
        remarks = source.conversation.remarks
    }

    /// The page.
    func show(_ folder: String) {
        let page = DeliberatePage()
        for remark in remarks { Terminal.error.line("note: \(WrappedText.plain(remark))") }
        page.title(
            "\(charter) \(version), a \(amends == nil ? "draft" : "change to it") from the votes of \(people) people")
        page.heading(amends == nil ? "Clauses" : "New clauses")
        for clause in clauses {
            page.paragraph("\(clause.path): “\(DeliberatePage.line(clause.says))”", indent: 2)
            page.detail(DeliberatePage.line(clause.origin))
            if let by = clause.wordedBy { page.detail("Worded by \(DeliberatePage.line(by)).") }
            if let reason = clause.refused { page.detail("The model's words weren't kept: \(reason).") }
        }
        if !saidAlready.isEmpty {
            page.heading("Chosen, and in the charter already")
            for said in saidAlready { page.paragraph("#\(said.statement): \(said.path)", indent: 2) }
        }
        page.heading("Dissent")
        if dissent.isEmpty { page.paragraph("None that would not point at single people.", indent: 2) }
        for kept in dissent {
            page.paragraph(
                "“\(DeliberatePage.line(kept.says))” Held by \(DeliberatePage.percent(kept.heldBy))%.", indent: 2)
        }
        if dissentHeldBack > 0 {
            page.paragraph(
                "\(page.count(dissentHeldBack, "dissent", "dissents")) of too few people, or without words, aren't told.",
                indent: 2)
        }
        if dissentLeftOut > 0 { page.paragraph("And \(dissentLeftOut) more that smaller camps hold.", indent: 2) }
        page.heading("Held back")
        page.paragraph(heldBack.words, indent: 2)
        if !lostByHoldingBack.isEmpty || !gainedByHoldingBack.isEmpty {
            let names = { (ids: [Int]) in
                ids.isEmpty ? "nothing" : ids.map { "#\($0)" }.joined(separator: ", ")
            }
            page.paragraph(
                "This changes what is chosen: with everybody's votes \(names(lostByHoldingBack)) would be in, and \(names(gainedByHoldingBack)) not. Talk about it before you go on.",
                indent: 2)
        }
        page.gap()
        if amends != nil {
            page.paragraph(
                "The proposal is in \(DeliberatePage.line(folder)): let people vote on diff.txt with ballots that begin with the first row of ballot.csv, which names just this change, then run `trellis deliberate amend \(DeliberatePage.line(folder)) BALLOTS`. The folder holds people's votes under their own numbers: keep it to yourself."
            )
            return
        }
        page.paragraph(
            "The draft is in \(DeliberatePage.line(folder)): let people vote on draft.yaml with ballots that begin with the first row of ballot.csv, which names just these words, then run `trellis deliberate ratify`. The folder holds people's votes under their own numbers: keep it to yourself."
        )
    }
}
