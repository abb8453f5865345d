import Charters

// A change to a charter, counted again.
extension PublicationCheck {
    mutating func checkAmendment(after previous: PublicationCheck?) {
        if let terms = DraftTerms(canonical: files[PublicationFile.terms.rawValue] ?? []), let amends = terms.amends {
            checkDeliberated(terms, of: amends, after: previous)
            return
        }
        guard let terms = AmendmentTerms(canonical: files[PublicationFile.terms.rawValue] ?? []) else {
            failed("parameters", "parameters.json is missing, or isn't in canonical form (RFC 8785).")
            return
        }
        guard terms.threshold <= AmendmentRound.largestThreshold else {
            failed(
                "parameters",
                "A no of fewer than \(terms.threshold) people isn't told as dissent, and one of \(AmendmentRound.largestThreshold) must be."
            )
            return
        }
        if let stray = PublicationFile.conversation.first(where: { files[$0.rawValue] != nil }) {
            failed(
                "parameters", "\(stray.rawValue) is of a conversation, and parameters.json is of a change without one.")
            return
        }
        ok("parameters", "A no of fewer than \(terms.threshold) people isn't told as dissent.")
        let old: Charter
        let proposal: Charter
        let round: AmendmentRound
        do {
            old = try read(.previous)
            proposal = try read(.proposal)
            let box = try BallotBox(
                files[PublicationFile.ballots.rawValue] ?? [], on: BallotSubject(proposal, changing: old))
            round = try AmendmentRound(of: old, proposal: proposal, ballots: box, threshold: terms.threshold)
        } catch let error as CharterError {
            failed("ratification", error.description)
            return
        } catch {
            failed("ratification", "\(error)")
            return
        }
        checkPrevious(old, after: previous)
        checkOutcome(round, of: proposal, changing: old)
    }

    /// A change that a conversation made.
    private mutating func checkDeliberated(_ terms: DraftTerms, of amends: String, after previous: PublicationCheck?) {
        checkParameters(terms)
        let old: Charter
        do { old = try read(.previous) } catch {
            failed("previous", (error as? CharterError)?.description ?? "\(error)")
            return
        }
        guard terms.fit(old) else {
            failed(
                "parameters",
                "parameters.json is of a change to another charter than previous.yaml: \(importExcerpt(amends)).")
            return
        }
        checkPrevious(old, after: previous)
        if let missing = PublicationFile.conversation.first(where: { $0 != .votes && files[$0.rawValue] == nil }) {
            failed("votes", "\(missing.rawValue) is missing.")
            return
        }
        let proposal: Charter
        if let votes = files[PublicationFile.votes.rawValue] {
            guard let draft = checkVotes(votes, terms, changing: old) else { return }
            proposal = draft.charter
        } else {
            guard let found = checkProposalWithoutVotes(terms, changing: old) else { return }
            proposal = found
        }
        let round: AmendmentRound
        do {
            let box = try BallotBox(
                files[PublicationFile.ballots.rawValue] ?? [], on: BallotSubject(proposal, changing: old))
            round = try AmendmentRound(old, unchecked: proposal, ballots: box, threshold: terms.threshold)
        } catch {
            failed("ratification", "\(error)")
            return
        }
        checkOutcome(round, of: proposal, changing: old)
    }

    private mutating func checkOutcome(_ round: AmendmentRound, of proposal: Charter, changing old: Charter) {
        compare(
            "ratification", .outcome, with: round.record(under: old),
            "\(round.count.all) people voted, \(round.count.yes) of them yes, on the change to \(proposal.fingerprint.hexadecimal), which their ballots name. \(AmendmentRule(of: old)?.words ?? "")\(turning(round.count, by: AmendmentRule(of: old)))"
        )
        guard let taken = round.charter else {
            failed("charter", "The proposal wasn't taken, so there is no new charter.")
            return
        }
        checkResult(taken, diff: round.diff)
    }

    /// Whether what is changed is a charter that was published.
    private mutating func checkPrevious(_ old: Charter, after previous: PublicationCheck?) {
        let what = "\(old.id) \(old.version) with the fingerprint \(old.fingerprint.hexadecimal)"
        guard let previous else {
            unchecked(
                "previous",
                "It changes \(what). Whether that charter was ever published, and by whom, isn't known here: name the folder of its publication (--previous)."
            )
            return
        }
        let publisher = previous.publisher.map { "“\($0.name)”" } ?? "somebody"
        if !previous.holdsAsFarAsPublished {
            let wrong = previous.steps.filter { $0.finding == .failed }.map(\.name).joined(separator: ", ")
            failed("previous", "The publication that was named as the one before doesn't hold: \(wrong).")
        } else if previous.charter?.fingerprint != old.fingerprint {
            let found = previous.charter.map { "\($0.id) \($0.version), \($0.fingerprint.hexadecimal)" } ?? "none"
            failed("previous", "It changes \(what), and the publication before is of another charter: \(found).")
        } else if !trusted.signers.isEmpty, previous.publisher?.trustedAs == nil {
            failed(
                "previous", "It changes \(what), which \(publisher) published with a key that isn't trusted here.")
        } else if !previous.holds {
            let open = previous.steps.filter { $0.finding == .unchecked }.map(\.name).joined(separator: ", ")
            unchecked(
                "previous", "It changes \(what), as \(publisher) published it; there couldn't be checked: \(open).")
        } else {
            ok("previous", "It changes \(what), as \(publisher) published it; that publication holds.")
        }
    }

    func read(_ file: PublicationFile) throws -> Charter {
        let bytes = files[file.rawValue] ?? []
        let charter = try Charter.read(bytes, file: file.rawValue).charter
        guard Array(charter.text.utf8) == bytes else {
            throw ImportProblem(
                file: file.rawValue, line: 1, column: 1, message: "This charter isn't in form.",
                help: "`trellis charter fmt` puts it in form.")
        }
        return charter
    }
}
