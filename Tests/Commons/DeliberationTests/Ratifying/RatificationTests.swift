import Charters
import Testing

@testable import Deliberation

@Suite("The second vote")
struct RatificationTests {
    private let draft: CharterDraft
    private let names: [String]

    init() throws {
        draft = try MadeUpRound.draft()
        names = draft.terms.clauses.map(\.name)
    }

    private func ratified(voters: Int = 30, _ says: (Int, Int) -> String) throws -> Ratification {
        try Ratification(
            of: draft.charter, terms: draft.terms, ballots: MadeUpRound.ballots(on: draft, voters: voters, says: says))
    }

    @Test("the draft's own quorum and consensus decide, exactly, and an abstention takes part")
    func thresholds() throws {
        // Of 30: the first clause gets 18 yes (0.6 exactly), the second 17 and 13 abstain, the third 9 take part.
        let found = try ratified { voter, question in
            switch question {
            case 0: voter < 18 ? "yes" : "no"
            case 1: voter < 17 ? "yes" : "abstain"
            default: voter < 9 ? "yes" : ""
            }
        }
        #expect(found.outcomes.map(\.finding) == [.ratified, .tooFewAgreed, .tooFewTookPart])
        #expect(found.charter.goods.map(\.id) == [names[0]])
        #expect(found.charter.version.description == "0.1.0")
        #expect(found.voters == 30)
        #expect(found.diff.changes.contains { $0.path == "goods/\(names[1])" && $0.kind == .removed })
    }

    @Test("a minority as large as a claim to a seat keeps what it said yes to, and its no, as dissent")
    func dissent() throws {
        let found = try ratified { voter, question in
            switch question {
            case 0: voter < 20 ? "yes" : "no"
            case 1: voter < 10 ? "yes" : "no"
            default: voter < 21 ? "yes" : "no"
            }
        }
        #expect(found.outcomes.map(\.finding) == [.ratified, .tooFewAgreed, .ratified])
        // Ten of thirty are a third, which three seats give a claim; nine aren't.
        let words = try names.map { name in try #require(draft.clause(at: "goods/\(name)")).says }
        #expect(found.dissent.map(\.says) == ["We don't hold this: “\(words[0])”", words[1]])
        #expect(found.dissent.allSatisfy { $0.heldBy == Share("0.3333") && $0.origin != nil })
        // What the slate's dissent says already isn't said twice, and a no to what stayed out has nothing to be held against.
        #expect(
            Set(found.charter.dissent.map(\.says))
                == Set(draft.charter.dissent.map(\.says)).union(found.dissent.map(\.says))
                .subtracting(["We don't hold this: “\(words[1])”"]))
        #expect(draft.charter.dissent.contains { $0.says == "We don't hold this: “\(words[1])”" })
        #expect(Set(found.charter.dissent.map(\.says)).count == found.charter.dissent.count)
    }

    @Test("a tension goes with its good, and a draft of which nothing is taken gives no charter")
    func tension() throws {
        let tension = PlannedClause(
            kind: .tension, name: "pull", statements: draft.terms.clauses[0].statements, between: [names[0], names[1]])
        let more = try MadeUpRound.draft(clauses: draft.terms.clauses + [tension])
        let found = try Ratification(
            of: more.charter, terms: more.terms,
            ballots: MadeUpRound.ballots(on: more) { _, question in question == 1 ? "no" : "yes" }
        )
        #expect(found.outcomes.last?.finding == .withoutItsGood)
        #expect(found.charter.tensions.isEmpty)
        #expect(throws: RatificationError.nothingRatified) { try ratified { _, _ in "no" } }
    }

    @Test("a ballot is read strictly: one a person, of the clauses that are up and no other")
    func ballots() throws {
        let subject = BallotSubject(mark: "0f", questions: ["a", "b"])
        let read = { (text: String) in try BallotBox(Array(text.utf8), on: subject) }
        let box = try read("b,participant@0f,a\nyes,x,no\n,y,\n,z,abstain\n")
        #expect(box.ballots.map(\.participant) == ["x", "z"])
        #expect(box.ballots[0].answers == [.no, .yes] && box.ballots[1].answers == [.abstain, nil])
        #expect(try BallotBox(box.bytes, on: subject) == box)
        for (text, place) in [
            ("participant@0f,a\nx,yes\n", "1:1"), ("participant@0f,a,b,c\n", "1:20"),
            ("participant@0f,a,b,a\n", "1:20"),
            ("a,b\nyes,no\n", "1:1"), ("a,participant,b\nyes,x,no\n", "1:3"), ("a,participant@0e,b\nyes,x,no\n", "1:3"),
            ("participant@0f,participant@0f,a,b\nx,x,no,no\n", "1:16"),
            ("participant@0f,a,b\nx,Yes,\n", "2:3"), ("participant@0f,a,b\nx,yes,\nx,no,\n", "3:1"),
            ("participant@0f,a,b\n,yes,\n", "2:1"),
        ] {
            #expect { try read(text) } throws: { "\($0)".hasPrefix("ratification.csv:\(place):") }
        }
    }

    @Test("a change is decided by the charter as it was, raised as far as it must be, and keeps a large no")
    func amendment() throws {
        let old = try ratified { _, _ in "yes" }.charter
        let gone = old.reissued(as: old.version, leavingOut: ["goods/\(names[0])"])
        let easier = try Charter.read(
            gone.text.replacing("consensus: 0.6", with: "consensus: 0.1"), file: "proposal.yaml"
        ).charter
        let box = { (yes: Int) in
            try MadeUpRound.ballots(on: easier, changing: old, voters: 20) { voter in voter < yes ? "yes" : "no" }
        }
        let refused = try AmendmentRound(of: old, proposal: easier, ballots: box(11), threshold: 5)
        #expect(refused.finding == .tooFewAgreed && refused.charter == nil)
        let taken = try AmendmentRound(of: old, proposal: easier, ballots: box(12), threshold: 5)
        let new = try #require(taken.charter)
        // A good is gone, which asks for the second number before 1.0.0.
        #expect(new.version.description == "0.2.0" && taken.diff.advice.isEnough)
        #expect(new.dissent.last?.heldBy == Share("0.4"))
        #expect(new.dissent.last?.says.hasPrefix("We were against version 0.2.0: ") == true)
        #expect(throws: RatificationError.nothingProposed) {
            try AmendmentRound(
                of: old, proposal: old, ballots: MadeUpRound.ballots(on: old, changing: old), threshold: 5)
        }
        let few = try AmendmentRound(
            of: old, proposal: easier,
            ballots: MadeUpRound.ballots(on: easier, changing: old, voters: 9), threshold: 5)
        #expect(few.finding == .tooFewTookPart)
    }
}
