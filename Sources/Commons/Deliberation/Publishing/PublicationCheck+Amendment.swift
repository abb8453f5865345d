import Charters

// A change to a charter, counted again.
extension PublicationCheck {
    mutating func checkAmendment() {
        guard let terms = AmendmentTerms(canonical: files[PublicationFile.terms.rawValue] ?? []) else {
            failed("parameters", "parameters.json is missing, or isn't in canonical form (RFC 8785).")
            return
        }
        ok("parameters", "Numbers below \(terms.threshold) aren't told as dissent.")
        let old: Charter
        let proposal: Charter
        let round: AmendmentRound
        do {
            old = try read(.previous)
            proposal = try read(.proposal)
            let box = try BallotBox(
                files[PublicationFile.ballots.rawValue] ?? [], questions: [AmendmentRound.question])
            round = try AmendmentRound(of: old, proposal: proposal, ballots: box, threshold: terms.threshold)
        } catch let error as CharterError {
            failed("ratification", error.description)
            return
        } catch {
            failed("ratification", "\(error)")
            return
        }
        compare(
            "ratification", .outcome, with: round.record(under: old),
            "\(round.count.all) people voted, \(round.count.yes) of them yes. \(AmendmentRule(of: old)?.words ?? "")")
        guard let taken = round.charter else {
            failed("charter", "The proposal wasn't taken, so there is no new charter.")
            return
        }
        checkResult(taken, diff: round.diff)
    }

    private func read(_ file: PublicationFile) throws -> Charter {
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
