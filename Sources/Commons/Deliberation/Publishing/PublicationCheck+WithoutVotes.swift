import Charters

// What can be checked of a charter whose votes weren't published: that its files fit each other.
extension PublicationCheck {
    mutating func checkWithoutVotes(_ terms: DraftTerms) {
        sayVotesAreMissing()
        checkStatements()
        guard let bytes = files[PublicationFile.draft.rawValue],
            let draft = try? Charter.read(bytes, file: PublicationFile.draft.rawValue).charter,
            Array(draft.text.utf8) == bytes
        else {
            failed("draft", "draft.yaml is missing, or isn't a charter in form.")
            return
        }
        guard let slate = PublishedSlate(canonical: files[PublicationFile.slate.rawValue] ?? []) else {
            failed("slate", "slate.json is missing, or isn't a slate in canonical form (RFC 8785).")
            return
        }
        checkSlate(slate, draft.dissent, terms)
        checkTables(slate, terms)
        checkDraft(draft, slate, terms)
        checkRatification(draft, terms)
    }

    /// The proposal of a change whose votes weren't published, where it fits the slate and changes nothing else.
    mutating func checkProposalWithoutVotes(_ terms: DraftTerms, changing old: Charter) -> Charter? {
        sayVotesAreMissing()
        checkStatements()
        let proposal: Charter
        do { proposal = try read(.proposal) } catch {
            failed("proposal", (error as? CharterError)?.description ?? "\(error)")
            return nil
        }
        guard let slate = PublishedSlate(canonical: files[PublicationFile.slate.rawValue] ?? []) else {
            failed("slate", "slate.json is missing, or isn't a slate in canonical form (RFC 8785).")
            return nil
        }
        let added = proposal.dissent.filter { !old.dissent.contains($0) }
        // What the charter says of a dissent already, the slate tells and the proposal doesn't.
        let isTold = slate.dissents.filter { told in !old.dissent.contains { $0.says == told.says } }
        if isTold.map(\.bytes) != added.map({ CanonicalJSON.list([$0.json]).bytes }) {
            failed("slate", "The dissent in slate.json isn't the one that proposal.yaml adds.")
        } else {
            checkSeats(slate, terms)
        }
        checkTables(slate, terms)
        let rest = proposal.reissued(
            as: old.version, leavingOut: Set(terms.clauses.map(\.path)), settling: Set(added))
        guard rest == old else {
            failed(
                "proposal",
                "proposal.yaml changes more than what parameters.json says was drafted from the conversation.")
            return nil
        }
        checkDraft(proposal, slate, terms, step: "proposal")
        return proposal
    }

    private mutating func sayVotesAreMissing() {
        unchecked("votes", "Who voted what can't be reckoned again: the votes weren't published.")
        unchecked("groups", "Which groups there are can't be reckoned again: the votes weren't published.")
    }

    private mutating func checkStatements() {
        do throws(ImportProblem) {
            let published = try PolisConversation(
                .init(
                    participantsVotes: Array("participant\n".utf8),
                    comments: files[PublicationFile.statements.rawValue],
                    summary: files[PublicationFile.summary.rawValue]))
            if let odd = oddities(published, PublishableConversation(published: published, heldBack: .init())) {
                failed("statements", odd)
            } else {
                ok("statements", "\(published.statements.count) statements, and nothing else beside them.")
            }
        } catch {
            failed("statements", "\(error)")
        }
    }

    private mutating func checkSlate(_ slate: PublishedSlate, _ dissent: [Charters.Dissent], _ terms: DraftTerms) {
        if slate.dissents.map(\.bytes) != dissent.map({ CanonicalJSON.list([$0.json]).bytes }) {
            failed("slate", "The dissent in slate.json isn't the one in draft.yaml.")
        } else {
            checkSeats(slate, terms)
        }
    }

    private mutating func checkSeats(_ slate: PublishedSlate, _ terms: DraftTerms) {
        if slate.seats != terms.seats || slate.statements.count > slate.seats {
            failed("slate", "slate.json is of another number of seats than parameters.json says.")
        } else {
            unchecked(
                "slate",
                "What is chosen can't be reckoned again: the votes weren't published. Its dissent is the draft's.")
        }
    }

    private mutating func checkTables(_ slate: PublishedSlate, _ terms: DraftTerms) {
        guard let table = GroupTable(canonical: files[PublicationFile.tables.rawValue] ?? []) else {
            failed("tables", "tables.csv is missing, or isn't written as it is published.")
            return
        }
        for (statement, rows) in Dictionary(grouping: table.rows, by: \.statement).sorted(by: { $0.key < $1.key }) {
            for (stance, cells) in [
                (Stance.agree, rows.map(\.agreed)), (.disagree, rows.map(\.disagreed)), (.pass, rows.map(\.passed)),
            ] {
                let shown = cells.compactMap { $0 }
                guard shown.allSatisfy({ $0 == 0 || (terms.threshold...1_000_000_000).contains($0) }) else {
                    failed("tables", "tables.csv tells a number below \(terms.threshold) for statement #\(statement).")
                    return
                }
                guard let total = slate.statements[statement]?[stance] else { continue }
                let sum = shown.reduce(0, +)
                guard shown.count == cells.count ? sum == total : sum <= total else {
                    failed("tables", "tables.csv and slate.json differ in how people voted on statement #\(statement).")
                    return
                }
            }
        }
        unchecked(
            "tables", "How groups voted can't be reckoned again: the votes weren't published. It fits the slate.")
    }

    /// Whether each clause stands on statements of the slate, with its numbers.
    private mutating func checkDraft(
        _ draft: Charter, _ slate: PublishedSlate, _ terms: DraftTerms, step: String = "draft"
    ) {
        let lacking = terms.clauses.filter { clause in
            draft.words(at: clause.path)?.origin?.statements != clause.statements
        }
        guard lacking.isEmpty else {
            failed(
                step,
                "The draft lacks \(lacking.map(\.name).prefix(5).joined(separator: ", ")), or it stands on other statements."
            )
            return
        }
        let wrong = terms.clauses.filter { clause in
            draft.words(at: clause.path)?.origin.map(slate.fits) != true
        }
        guard wrong.isEmpty else {
            failed(
                step,
                "\(wrong.map(\.name).prefix(5).joined(separator: ", ")): slate.json doesn't have these statements, or says other numbers of them."
            )
            return
        }
        unchecked(
            step,
            "Each clause stands on statements of the slate, with the numbers that stand there. They can't be reckoned again."
        )
    }
}
