import Charters
import Testing

@testable import Deliberation

@Suite("What a minority keeps after the second vote")
struct MinorityTests {
    private let draft: CharterDraft

    init() throws {
        draft = try MadeUpRound.draft()
    }

    /// The draft with other dissents than its own.
    private func holding(_ dissent: [Charters.Dissent]) -> Charter {
        draft.charter.reissued(
            as: draft.charter.version, settling: Set(draft.charter.dissent), adding: dissent)
    }

    private func origin(_ statement: Int) -> ClauseOrigin {
        ClauseOrigin(conversation: "Square, mill", statements: [statement], agree: 29, disagree: 31, of: 60)
    }

    private func ratified(
        _ charter: Charter, terms: DraftTerms? = nil, voters: Int = 30, _ says: (Int, Int) -> String
    ) throws -> Ratification {
        try Ratification(
            of: charter, terms: terms ?? draft.terms,
            ballots: MadeUpRound.ballots(
                on: BallotSubject(charter, terms: draft.terms), voters: voters, says: says))
    }

    @Test("a dissent that reads like a refusal and asks for what wasn't chosen stays")
    func readsLikeRefusal() throws {
        let chosen = Set(draft.terms.clauses.flatMap(\.statements))
        let left = try #require(Set(10...14).subtracting(chosen).min())
        let own = Charters.Dissent(
            says: "We don't hold this: “Money is all.”", heldBy: Share("0.32"), origin: origin(left))
        let found = try ratified(holding([own])) { _, _ in "yes" }
        #expect(found.charter.dissent == [own])
    }

    @Test("of two refusals in the same words, the one against what stayed out goes and the other stays")
    func sameWords() throws {
        let statements = draft.terms.clauses.map { $0.statements[0] }
        let two = [(statements[0], "0.4666"), (statements[1], "0.5166")].map { statement, share in
            Charters.Dissent(
                says: "We don't hold this: “The same.”", heldBy: Share(share), origin: origin(statement))
        }
        let found = try ratified(holding(two)) { _, question in question == 1 ? "no" : "yes" }
        #expect(found.charter.dissent.contains(two[0]) && !found.charter.dissent.contains(two[1]))
    }

    @Test("where both votes give the same dissent, the larger share stays", arguments: ["0.5166", "0.1"])
    func larger(share: String) throws {
        let clause = draft.terms.clauses[0]
        let says = CharterDraft.refusal(of: try #require(draft.clause(at: clause.path)).says)
        let own = Charters.Dissent(says: says, heldBy: Share(share), origin: origin(clause.statements[0]))
        let found = try ratified(holding([own])) { voter, question in question == 0 && voter < 10 ? "no" : "yes" }
        let kept = found.charter.dissent.filter { $0.says == says }
        #expect(kept.map(\.heldBy) == [share == "0.1" ? Share("0.3333") : Share(share)])
        #expect(found.dissent.map(\.heldBy) == [Share("0.3333")])
    }

    @Test("a claim counts however few people have it, and whatever threshold the draft had", arguments: [12, 42])
    func fewVoters(voters: Int) throws {
        var terms = draft.terms
        terms.threshold = 15
        // A third, which is what three seats ask for.
        let found = try ratified(draft.charter, terms: terms, voters: voters) { voter, _ in
            voter < voters / 3 ? "no" : "yes"
        }
        #expect(found.outcomes.allSatisfy { $0.finding == .ratified })
        #expect(found.dissent.count == 3 && found.dissent.allSatisfy { $0.heldBy == Share("0.3333") })
        let less = try ratified(draft.charter, terms: terms, voters: voters) { voter, _ in
            voter < voters / 3 - 1 ? "no" : "yes"
        }
        #expect(less.dissent.isEmpty)
    }

    @Test("numbers that nothing can have are refused, and none of them make it crash")
    func numbers() throws {
        var terms = draft.terms
        terms.seats = .max
        terms.threshold = 1
        let found = try ratified(draft.charter, terms: terms) { voter, _ in voter == 0 ? "no" : "yes" }
        #expect(found.dissent.count == 3)
        #expect(DraftTerms(canonical: terms.canonical) == nil)
        terms = draft.terms
        #expect(DraftTerms(canonical: terms.canonical) == terms)
        terms.heldBack.people = -7
        #expect(DraftTerms(canonical: terms.canonical) == nil)
        terms = draft.terms
        terms.threshold = .max
        #expect(DraftTerms(canonical: terms.canonical) == nil)
        #expect(Ratification.claim(of: .max, seats: 1) == .max && Ratification.claim(of: 7, seats: 3) == 3)
    }

    @Test("nothing is taken that no more people want than refuse, whatever the consensus")
    func support() throws {
        let text = draft.charter.text.replacing("consensus: 0.6", with: "consensus: 0.0")
        let easy = try Charter.read(text, file: "draft.yaml").charter
        let rule = try #require(AmendmentRule(of: easy))
        #expect(rule.finding(BallotCount(yes: 0, no: 60, abstain: 0)) == .tooFewAgreed)
        #expect(rule.finding(BallotCount(yes: 0, no: 0, abstain: 60)) == .tooFewAgreed)
        #expect(rule.finding(BallotCount(yes: 30, no: 30, abstain: 0)) == .tooFewAgreed)
        #expect(rule.finding(BallotCount(yes: 31, no: 30, abstain: 30)) == .taken)
        #expect(rule.words.hasSuffix("and more must say yes than no."))
        #expect(throws: RatificationError.nothingRatified) { try ratified(easy) { _, _ in "no" } }
    }

    @Test("it is known how everybody's ballots would count, also where nothing is ratified")
    func everybody() throws {
        let all = try MadeUpRound.ballots(on: draft) { voter, question in question == 0 && voter < 15 ? "no" : "yes" }
        let open = try BallotBox(
            all.bytes, on: all.subject, withholding: Set((0..<10).map { "v\($0)" }))
        let count = { (box: BallotBox) in
            try Ratification.outcomes(of: draft.charter, terms: draft.terms, ballots: box).map(\.finding)
        }
        #expect(try count(all) == [.tooFewAgreed, .ratified, .ratified])
        #expect(try count(open) == [.ratified, .ratified, .ratified])
        let none = try MadeUpRound.ballots(on: draft) { _, _ in "no" }
        #expect(try count(none) == [.tooFewAgreed, .tooFewAgreed, .tooFewAgreed])
    }
}
