import Deliberation
import SocialChoice
import Testing

@Suite("A slate")
struct SlateTests {
    /// Seventy people agree with the first five statements and disagree with the last two; thirty the other way round.
    private static func twoGroups() throws -> (votes: VoteMatrix, groups: [Int]) {
        let cast = (0..<100).flatMap { person in
            (0..<7).map { statement in
                CastVote(
                    participant: person, statement: statement,
                    stance: (person < 70) == (statement < 5) ? .agree : .disagree)
            }
        }
        return (try VoteMatrix(cast), (0..<100).map { $0 < 70 ? 0 : 1 })
    }

    @Test("a minority of 30% gets one of four seats, and the certificate says that nobody was forgotten")
    func minority() throws {
        let (votes, groups) = try Self.twoGroups()
        let slate = try Slate(of: votes, groups: groups, groupCount: 2, seats: 4)
        #expect(slate.entries.count == 4)
        #expect(slate.entries.contains { $0.statement >= 5 })
        guard case .holds = slate.certificate else {
            Issue.record("\(slate.certificate)")
            return
        }
        #expect(slate.people == 100)
        #expect(slate.unheard == 0)
        let mine = try #require(slate.entries.first)
        #expect(mine.votes.agreed == 70)
        #expect(mine.agreement.lower < 0.7 && mine.agreement.upper > 0.7)
        #expect(mine.groups.map(\.value) == [1, 0])
    }

    @Test("what a group holds that did not get in is kept with its share, and so is its no to what did")
    func dissent() throws {
        let (votes, groups) = try Self.twoGroups()
        let slate = try Slate(of: votes, groups: groups, groupCount: 2, seats: 1)
        #expect(slate.entries.map(\.statement) == [0])
        #expect(slate.unheard == 30)
        let held = slate.dissent.filter { $0.holder == .group(1) }
        #expect(held.contains { $0.statement == 5 && $0.stance == .agree && $0.count == 30 })
        #expect(held.contains { $0.statement == 0 && $0.stance == .disagree && $0.count == 30 })
        #expect(!held.contains { $0.statement == 1 })
        #expect(slate.dissent.contains { $0.holder == .unheard && $0.count == 30 && $0.statement == 5 })
        #expect(slate.dissent.allSatisfy { $0.shareOfAll.value == Double($0.count) / 100 })
        #expect(slate.dissent.map(\.count) == slate.dissent.map(\.count).sorted(by: >))
    }

    @Test("a rejected statement is neither chosen nor kept as dissent, and votes on it alone make nobody count")
    func rejected() throws {
        let (votes, groups) = try Self.twoGroups()
        var more = votes
        try more.cast(CastVote(participant: 100, statement: 6, stance: .agree))
        let slate = try Slate(
            of: more, moderation: StatementModeration(rejected: [6]), groups: groups, groupCount: 2, seats: 6)
        #expect(slate.people == 100)
        #expect(!slate.entries.contains { $0.statement == 6 })
        #expect(!slate.dissent.contains { $0.statement == 6 })
    }

    @Test("whoever only disagreed counts among all, so that a slate of what they refuse leaves them unheard")
    func refusers() throws {
        let cast = (0..<10).map { CastVote(participant: $0, statement: 0, stance: $0 < 6 ? .agree : .disagree) }
        let slate = try Slate(of: try VoteMatrix(cast), seats: 1)
        #expect(slate.people == 10)
        #expect(slate.unheard == 4)
    }

    @Test("without votes, agreement or statements enough there is no slate, and the error says what to do")
    func errors() throws {
        let passes = try VoteMatrix([CastVote(participant: 0, statement: 0, stance: .pass)])
        let one = try VoteMatrix([CastVote(participant: 0, statement: 0, stance: .agree)])
        #expect(throws: SlateError.noVotes) { try Slate(of: try VoteMatrix(), seats: 1) }
        #expect(throws: SlateError.nobodyAgreed) { try Slate(of: passes, seats: 1) }
        #expect(throws: SlateError.noSeats(0)) { try Slate(of: one, seats: 0) }
        #expect(throws: SlateError.moreSeatsThanStatements(seats: 2, statements: 1)) { try Slate(of: one, seats: 2) }
        #expect(throws: SlateError.noVotes) {
            try Slate(of: one, moderation: StatementModeration(rejected: [0]), seats: 1)
        }
        #expect(SlateError.moreSeatsThanStatements(seats: 2, statements: 1).description.contains("at most 1"))
        #expect(try Slate(of: one, seats: 1).entries.map(\.statement) == [0])
    }

    @Test("whatever the votes, EJR+ holds, seats are filled, and the same votes give the same slate", arguments: 1...40)
    func law(seed: Int) throws {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
        let next = { (limit: Int) -> Int in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(limit))
        }
        let people = 1 + next(40)
        let statements = 2 + next(10)
        var cast = [CastVote(participant: 0, statement: 0, stance: .agree)]
        for person in 0..<people {
            for statement in 0..<statements where next(3) > 0 {
                cast.append(
                    CastVote(
                        participant: person, statement: statement,
                        stance: Stance.allCases[next(3)]))
            }
        }
        let votes = try VoteMatrix(cast)
        let open = votes.tallies.count { $0.agreed > 0 }
        let seats = 1 + next(open)
        let groups = (0..<people).map { _ in next(3) - 1 }
        let slate = try Slate(of: votes, groups: groups, groupCount: 2, seats: seats)
        #expect(slate.entries.count == seats)
        guard case .holds = slate.certificate else {
            Issue.record("\(slate.certificate)")
            return
        }
        let again = try Slate(of: votes, groups: groups, groupCount: 2, seats: seats)
        #expect(slate.entries == again.entries && slate.dissent == again.dissent)
        let chosen = Set(slate.entries.map(\.statement))
        let unheard = (0..<people).count { person in
            let own = votes.votes(of: person)
            return !own.isEmpty && !own.contains { $0.stance == .agree && chosen.contains($0.statement) }
        }
        #expect(slate.unheard == unheard)
        for dissent in slate.dissent {
            #expect(chosen.contains(dissent.statement) == (dissent.stance == .disagree))
        }
    }
}
