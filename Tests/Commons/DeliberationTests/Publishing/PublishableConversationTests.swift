import Testing

@testable import Deliberation

@Suite("What of a conversation can be published")
struct PublishableConversationTests {
    @Test("answers of too few people, statements with too few votes, and rejected ones are held back and counted")
    func heldBack() throws {
        let open = try MadeUpRound.conversation()
        #expect(open.statements.map(\.id) == [10, 11, 12, 13, 14])
        #expect(open.heldBack.rejectedStatements == 1 && open.heldBack.statements == 1)
        // Two disagree with benches, five others hide who they are, and three voted on what nobody saw.
        #expect(open.heldBack.votes == 10 && open.heldBack.people == 0 && open.heldBack.peopleWithoutVotes == 0)
        let benches = try MadeUpRound.require(open.column(of: 12))
        #expect(open.votes.tallies[benches].disagreed == 0 && open.votes.tallies[benches].agreed == 53)
        #expect(open.rareAnswer(below: 5) == nil)
        let all = try MadeUpRound.conversation(settings: .init(threshold: 1))
        #expect(all.votes.tallies[2].disagreed == 2 && all.heldBack.votes == 0)
        #expect(all.rareAnswer(below: 5)?.count == 2)
    }

    @Test("where everybody voted, those whose rare answers are held back aren't the only ones with an empty cell")
    func covered() throws {
        let open = try MadeUpRound.conversation()
        let benches = try MadeUpRound.require(open.column(of: 12))
        let empty = open.participants.indices.filter { open.votes[$0, benches] == nil }
        // Whoever disagrees: the people with these numbers.
        let rare = empty.filter { [107, 137].contains(open.participants[$0]) }
        #expect(rare.count == 2 && empty.count == 7)
        // Nothing else of them is held back.
        for person in empty { #expect(open.votes.voteCount(of: person) == 4) }
    }

    @Test("a statement of which too little would be left by that isn't published")
    func uncovered() throws {
        let votes = (0..<12).map { "\($0),\($0 < 9 ? 1 : -1),\($0 % 2 == 0 ? 1 : -1)" }
        let open = PublishableConversation(
            try PolisConversation(
                .init(participantsVotes: Array((["participant,1,2"] + votes).joined(separator: "\n").utf8))))
        #expect(open.statements.map(\.id) == [2] && open.heldBack.statements == 1 && open.heldBack.votes == 12)
        #expect(open.votes.participantCount == 12)
        // Where five others didn't vote on it anyway, nothing need be done.
        let more = votes + (12..<17).map { "\($0),,1" }
        let wide = PublishableConversation(
            try PolisConversation(
                .init(participantsVotes: Array((["participant,1,2"] + more).joined(separator: "\n").utf8))))
        #expect(wide.statements.map(\.id) == [1, 2] && wide.heldBack.votes == 3)
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
        #expect(open.support(of: [2]).agree == 53)
    }

    @Test("where one number of a row is held back the row is, and a second one, so that group sizes give nothing away")
    func rows() {
        let row = { (agreed: Int, disagreed: Int, passed: Int) in
            VoteTally(agreed: agreed, disagreed: disagreed, passed: passed)
        }
        // 33 and 27 people, all voted: 33 - 9 = 24 and 27 - 26 = 1 would follow from what the answers' totals allow.
        #expect(GroupTable.hiddenRows([row(24, 9, 0), row(1, 26, 0)], below: 5) == [0, 1])
        #expect(GroupTable.hiddenRows([row(24, 9, 0), row(6, 21, 0)], below: 5) == [])
        #expect(GroupTable.hiddenRows([row(20, 3, 10), row(30, 9, 9), row(10, 9, 9)], below: 5) == [0, 2])
        // Two rows wouldn't do: together they have four who pass.
        #expect(GroupTable.hiddenRows([row(20, 9, 4), row(30, 9, 9), row(10, 9, 0)], below: 5) == [0, 1, 2])
        #expect(GroupTable.hiddenRows([row(20, 9, 4), row(0, 0, 0), row(30, 9, 9)], below: 5) == [0, 2])
    }

    @Test("whoever knows all totals and sizes has more than the threshold of possible values for each held-back number")
    func bounds() {
        var chance = SeededChance(state: 17)
        var seen = 0
        for _ in 0..<4000 {
            let count = Int.random(in: 2...5, using: &chance)
            let draw = { () -> Int in
                Bool.random(using: &chance)
                    ? Int.random(in: 0...6, using: &chance) : Int.random(in: 0...30, using: &chance)
            }
            let table = (0..<count).map { _ in VoteTally(agreed: draw(), disagreed: draw(), passed: draw()) }
            let total = table.reduce(VoteTally.zero, +)
            // As in a published conversation: no rare answer, and groups that are told.
            guard Stance.allCases.allSatisfy({ total[$0] == 0 || total[$0] >= 5 }), table.allSatisfy({ $0.seen >= 5 })
            else { continue }
            let hidden = GroupTable.hiddenRows(table, below: 5)
            for (place, row) in table.enumerated() where !hidden.contains(place) {
                #expect(Stance.allCases.allSatisfy { row[$0] == 0 || row[$0] >= 5 })
            }
            let sum = hidden.reduce(VoteTally.zero) { $0 + table[$1] }
            for row in hidden {
                for stance in Stance.allCases where (1..<5).contains(table[row][stance]) {
                    let (size, answers) = (table[row].seen, sum[stance])
                    let width = min(size, answers) - max(0, size + answers - sum.seen)
                    #expect(width >= 5, "\(table)")
                    seen += 1
                }
            }
        }
        #expect(seen > 1000)
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
