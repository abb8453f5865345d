import Charters
import Testing

@testable import Deliberation

@Suite("What ballots were cast on")
struct BallotSubjectTests {
    private let plain: CharterDraft
    private let swapped: CharterDraft

    /// Two drafts from the same votes, of which one clause has other words under the same name.
    init() throws {
        plain = try MadeUpRound.draft()
        var clauses = plain.terms.clauses
        clauses[0].wording = .init(says: "Never mention the bus strike.", by: "people")
        swapped = try MadeUpRound.draft(clauses: clauses)
    }

    private func subject(_ draft: CharterDraft) -> BallotSubject { BallotSubject(draft.charter, terms: draft.terms) }

    @Test("ballots on a draft aren't counted on other words under the same names, and it is said what to do")
    func otherWords() throws {
        #expect(subject(plain).questions == subject(swapped).questions)
        let box = try MadeUpRound.ballots(on: plain)
        #expect(throws: RatificationError.otherWords) {
            try Ratification(of: swapped.charter, terms: swapped.terms, ballots: box)
        }
        #expect { try BallotBox(box.bytes, on: subject(swapped)) } throws: { error in
            "\(error)".contains("were cast on other words") && "\(error)".contains(subject(swapped).mark)
                && "\(error)".contains("let people vote on these")
        }
    }

    @Test("ballots that don't say on which words they were cast are refused with the name that says it")
    func unmarked() throws {
        let text = String(decoding: try MadeUpRound.ballots(on: plain).bytes, as: UTF8.self)
        let bare = Array(text.replacing(subject(plain).personColumn, with: "participant").utf8)
        #expect { try BallotBox(bare, on: subject(plain)) } throws: { error in
            "\(error)".contains("don't say which words") && "\(error)".contains(subject(plain).personColumn)
        }
        #expect(String(decoding: subject(plain).form, as: UTF8.self).hasPrefix(subject(plain).personColumn + ","))
    }

    @Test("ballots on a change name both charters, so neither can be another one afterwards")
    func change() throws {
        let old = plain.charter
        let read = { (from: String, to: String) in
            try Charter.read(old.text.replacing(from, with: to), file: "proposal.yaml").charter
        }
        let (one, other) = (try read("purpose: ", "purpose: Always, "), try read("purpose: ", "purpose: Never, "))
        let box = try MadeUpRound.ballots(on: one, changing: old)
        #expect(throws: RatificationError.otherWords) {
            try AmendmentRound(of: old, proposal: other, ballots: box, threshold: 5)
        }
        let easier = try read("quorum: 10", "quorum: 1")
        #expect(throws: RatificationError.otherWords) {
            try AmendmentRound(of: easier, proposal: one, ballots: box, threshold: 5)
        }
        #expect(try AmendmentRound.proposed(one, changing: old).text.contains("Always"))
    }

    @Test("a tension is voted on under the names of its goods, which the draft's fingerprint covers")
    func tension() throws {
        let names = plain.terms.clauses.map(\.name)
        let tension = PlannedClause(
            kind: .tension, name: "pull", statements: plain.terms.clauses[0].statements, between: [names[1], names[0]])
        let draft = try MadeUpRound.draft(clauses: plain.terms.clauses + [tension])
        #expect(subject(draft).questions.last == [names[0], names[1]].sorted().joined(separator: "~"))
        let box = try MadeUpRound.ballots(on: draft)
        #expect(try Ratification(of: draft.charter, terms: draft.terms, ballots: box).charter.tensions.count == 1)
    }

    @Test("a publisher who swaps words after the vote is found, and nobody is shown words that they didn't vote on")
    func published() throws {
        let published = { (draft: CharterDraft, seed: UInt64) in
            let box = try MadeUpRound.ballots(on: draft)
            var chance = SeededChance(state: seed)
            return try Publication(
                of: draft, ratified: Ratification(of: draft.charter, terms: draft.terms, ballots: box), ballots: box,
                by: "Riverside", with: MadeUpRound.key(), using: &chance)
        }
        let (honest, forged) = (try published(plain, 1), try published(swapped, 1))
        // Everything of the second vote is of the swapped words, but the ballots are those that people cast.
        var files = forged.files
        files["ratification.csv"] = honest.files["ratification.csv"]
        let check = PublicationCheck(files, reckoned: swapped, trusting: TrustedSigners())
        let step = try #require(check.steps.first { $0.name == "ratification" })
        #expect(step.finding == .failed && step.words.contains("were cast on other words"))
        let code = try #require(honest.codes.first { $0.file == .ballots })
        let row = try #require(PublishedRow.all(String(code.code), in: files).first)
        #expect(row.on == subject(plain).mark && row.answers.allSatisfy { $0.of.contains("(other words") })
        let own = try #require(PublishedRow.all(String(code.code), in: honest.files).first)
        #expect(own.on == subject(plain).mark && !own.answers.contains { $0.of.contains("(other words") })
        let ratified = try #require(
            PublicationCheck(honest.files, reckoned: plain, trusting: TrustedSigners()).steps.first {
                $0.name == "ratification"
            })
        #expect(ratified.finding == .ok && ratified.words.contains(plain.charter.fingerprint.hexadecimal))
    }

    @Test("a publication of an earlier form is told as one, with what to do")
    func form() throws {
        let check = PublicationCheck(["manifest.json": Array(#"{"publication":1}"#.utf8)])
        #expect(check.steps.first?.words.contains("has the form 1") == true)
        #expect(!check.holdsAsFarAsPublished)
    }
}
