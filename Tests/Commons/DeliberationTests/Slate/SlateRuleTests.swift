import Deliberation
import SocialChoice
import Testing

@Suite("Slates by any rule")
struct SlateRuleTests {
    private static func votes() throws -> VoteMatrix {
        try VoteMatrix(
            (0..<30).flatMap { person in
                (0..<6).map { statement in
                    CastVote(
                        participant: person, statement: statement,
                        stance: (person < 20) == (statement < 4) ? .agree : .disagree)
                }
            })
    }

    @Test("every rule chooses statements, each once, and says its name", arguments: CommitteeRule.named.map(\.id))
    func rules(id: String) throws {
        let rule = try #require(CommitteeRule(id: id))
        #expect(rule.id == id)
        let slate = try Slate(of: Self.votes(), seats: 3, rule: rule)
        let chosen = slate.entries.map(\.statement)
        #expect(Set(chosen).count == chosen.count && chosen.count <= 3)
        #expect(chosen.count == 3 || id == "equal-shares-only")
        #expect(slate.isProven)
    }

    @Test("no two rules share a short name, and there is none for what doesn't exist")
    func names() {
        #expect(Set(CommitteeRule.named.map(\.id)).count == CommitteeRule.named.count)
        #expect(Set(CommitteeRule.named.map(\.rule)).count == CommitteeRule.named.count)
        #expect(CommitteeRule(id: "dictator") == nil)
        for axiom in RepresentationAxiom.allCases { #expect(RepresentationAxiom(id: axiom.id) == axiom) }
    }

    @Test("approval voting forgets a third of the people, and each check names what they agree on")
    func forgotten() throws {
        let slate = try Slate(of: Self.votes(), seats: 3, rule: .approvalVoting)
        #expect(slate.entries.map(\.statement) == [0, 1, 2])
        for axiom in RepresentationAxiom.allCases {
            let (result, words) = slate.words(of: slate.certificate(of: axiom)) { "#\($0)" }
            #expect(result == "fails", "\(axiom)")
            #expect(words.hasPrefix("33%") && words.contains("#4"), "\(words)")
        }
        let fair = try Slate(of: Self.votes(), seats: 3)
        for axiom in RepresentationAxiom.allCases {
            #expect(fair.words(of: fair.certificate(of: axiom)) { "#\($0)" }.result == "holds")
        }
        let cut = slate.words(of: fair.certificate(of: .coreStability, limit: WorkLimit(nodes: 1))) { "#\($0)" }
        #expect(["holds", "undecided"].contains(cut.result))
    }

    @Test("what every group agrees on, and what to show next, come from the landscape")
    func sharedAndNext() throws {
        let made = try MadeUp([40, 30], statements: 10, apart: 0.8, seen: 0.9, seed: 4)
        let landscape = OpinionLandscape(made.votes, moderation: StatementModeration(rejected: [3]))
        let ground = CommonGround(landscape.groupVotes(), rejected: [3])
        for one in ground.shared(.agree) {
            #expect(one.shares.allSatisfy { $0.value > 0.5 })
            #expect(one.isSure == one.shares.allSatisfy { $0.lower > 0.5 })
        }
        #expect(ground.shared(.agree, 0).isEmpty)
        let next = NextStatements(landscape, limit: 100)
        #expect(Set(next.statements) == Set((0..<10).filter { $0 != 3 }))
        #expect(NextStatements(landscape, limit: 3).statements == Array(next.statements.prefix(3)))
    }
}
