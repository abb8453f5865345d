import Testing

@testable import Deliberation

@Suite("What of a conversation can be published")
struct PublishableConversationTests {
    @Test("answers of too few people, statements with too few votes, and rejected ones are held back and counted")
    func heldBack() throws {
        let open = try MadeUpRound.conversation()
        #expect(open.statements.map(\.id) == [10, 11, 12, 13, 14])
        #expect(open.heldBack.rejectedStatements == 1 && open.heldBack.statements == 1)
        // Two disagree with benches, and three voted on what nobody saw.
        #expect(open.heldBack.votes == 5 && open.heldBack.people == 0 && open.heldBack.peopleWithoutVotes == 0)
        let benches = try MadeUpRound.require(open.column(of: 12))
        #expect(open.votes.tallies[benches].disagreed == 0 && open.votes.tallies[benches].agreed == 58)
        #expect(open.rareAnswer(below: 5) == nil)
        let all = try MadeUpRound.conversation(settings: .init(threshold: 1))
        #expect(all.votes.tallies[2].disagreed == 2 && all.heldBack.votes == 0)
        #expect(all.rareAnswer(below: 5)?.count == 2)
    }

    @Test("whoever didn't agree is left out, whatever their votes were, and counted")
    func withheld() throws {
        let open = try MadeUpRound.conversation(settings: .init(withheld: [100, 101, 4711]))
        #expect(open.heldBack.people == 2)
        #expect(open.votes.participantCount == 58 && !open.participants.contains(100))
    }

    @Test("the rows are in an order that doesn't depend on who came first")
    func order() throws {
        let first = try MadeUpRound.conversation()
        let other = try MadeUpRound.conversation(order: Array((0..<60).reversed()))
        #expect(first.votes.votes == other.votes.votes && first.participants == other.participants)
        #expect(first.participants != first.participants.sorted())
    }

    @Test("what is written is read again as it is, with every comma and quote")
    func files() throws {
        let open = try MadeUpRound.conversation()
        let read = PublishableConversation(published: try PolisConversation(open.polisFiles), heldBack: open.heldBack)
        #expect(read.votes.votes == open.votes.votes && read.statements == open.statements)
        #expect(read.topic == "Square, mill" && read.participants == open.participants)
    }

    @Test("support of several statements at once counts people who voted on all of them")
    func support() throws {
        let open = try MadeUpRound.conversation()
        let both = open.support(of: [0, 2])
        var expected = (agree: 0, disagree: 0, of: 0)
        for person in 0..<open.votes.participantCount {
            guard let first = open.votes[person, 0], let second = open.votes[person, 2] else { continue }
            expected.of += 1
            if first == .disagree || second == .disagree { expected.disagree += 1 } else { expected.agree += 1 }
        }
        #expect(both == expected)
        #expect(open.support(of: [2]).agree == 58)
    }

    @Test(
        "no number that is held back can be reckoned from the others and the total",
        arguments: [
            ([2, 30, 40], [nil, nil, 40]), ([2, 3, 40], [nil, nil, 40]), ([1, 1, 40], [nil, nil, nil]),
            ([0, 2, 40], [0, nil, nil]), ([2, 0, 0], [nil, nil, nil]), ([10, 0, 40], [10, 0, 40]),
            ([1, 2, 3], [nil, nil, nil]), ([7], [7]),
        ] as [([Int], [Int?])])
    func cells(cells: [Int], expected: [Int?]) {
        #expect(GroupTable.holdingBack(cells, below: 5) == expected)
    }

    @Test(
        "held-back numbers are at least two of each answer, and together as many as the threshold, whatever the table")
    func tables() {
        var chance = SeededChance(state: 5)
        for _ in 0..<2000 {
            let cells = (0..<Int.random(in: 1...6, using: &chance)).map { _ in Int.random(in: 0...12, using: &chance) }
            let shown = GroupTable.holdingBack(cells, below: 5)
            let hidden = cells.indices.filter { shown[$0] == nil }
            #expect(zip(cells, shown).allSatisfy { $1 == nil || $1 == $0 && ($0 == 0 || $0 >= 5) })
            if !hidden.isEmpty, hidden.count < cells.count {
                #expect(hidden.count >= 2 && hidden.reduce(0) { $0 + cells[$1] } >= 5)
            }
        }
    }
}
