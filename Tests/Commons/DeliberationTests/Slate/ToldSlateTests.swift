import Testing

@testable import Deliberation
@testable import SocialChoice

@Suite("A slate as it may be told")
struct ToldSlateTests {
    /// A large camp and a small one, who differ in every statement.
    private func told(_ large: Int, _ small: Int) throws -> (ToldSlate, OpinionLandscape) {
        let votes = try VoteMatrix(
            (0..<(large + small)).flatMap { person in
                (0..<16).map { statement in
                    let flips = (person * 7 + statement * 11) % 17 == 0
                    let agrees = ((person < large) == (statement % 2 == 0)) != flips
                    return CastVote(participant: person, statement: statement, stance: agrees ? .agree : .disagree)
                }
            })
        let landscape = OpinionLandscape(votes)
        let slate = try Slate(
            of: votes, groups: landscape.assignment(), groupCount: landscape.groupCount, seats: 3)
        return (ToldSlate(slate, landscape: landscape), landscape)
    }

    @Test("what a group of four holds is neither told nor follows from what is")
    func small() throws {
        let (told, landscape) = try told(40, 4)
        try #require(landscape.groupCount == 2 && told.groups == [0])
        #expect(told.slate.dissent.contains { $0.holder == .group(1) }, "there is something to leave out")
        #expect(!told.dissent.contains { $0.holder == .group(1) || $0.count < 5 })
        #expect(told.dissentUntold == told.slate.dissent.count - told.dissent.count)
        for entry in told.entries {
            let of = landscape.groupVotes()[0][entry.entry.statement]
            #expect(!entry.isEverybody && entry.votes == of && entry.groups.count == 1)
        }
    }

    @Test("of groups of five and more everything is told")
    func large() throws {
        let (told, landscape) = try told(30, 15)
        try #require(landscape.groupCount == 2)
        #expect(told.groups == [0, 1] && told.dissentUntold == 0 && told.dissent == told.slate.dissent)
        for entry in told.entries {
            #expect(entry.isEverybody && entry.votes == entry.entry.votes)
            #expect(entry.groups == entry.entry.groups.map { Optional($0) })
        }
    }

    @Test("a forgotten group of fewer than five, and so few who agree with nothing, are told without what they hold")
    func forgotten() throws {
        let (told, _) = try told(30, 15)
        func words(_ weight: Int) -> String {
            told.words(
                of: .fails(
                    RepresentationWitness(
                        axiom: .justifiedRepresentation, deserved: 1, candidates: [3], group: [0, 1],
                        smallestGroup: [0], weight: weight, totalWeight: 45, got: 0, seats: 3))
            ) { "#\($0)" }.words
        }
        #expect(words(4) == "A group of fewer than five people was forgotten. What it agrees on isn't told.")
        #expect(words(5).contains("#"))
    }
}
