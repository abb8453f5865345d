import Deliberation
import Testing

@Suite("Who agrees with nothing that was chosen")
struct CampTests {
    /// A hundred people agree with the first statement, and as many as are said with each of the others.
    private static func slate(camps: [Int]) throws -> Slate {
        var cast = (0..<100).map { CastVote(participant: $0, statement: 0, stance: .agree) }
        var person = 100
        for (number, size) in camps.enumerated() {
            for _ in 0..<size {
                cast.append(CastVote(participant: person, statement: number + 1, stance: .agree))
                person += 1
            }
        }
        return try Slate(of: try VoteMatrix(cast), seats: 1)
    }

    @Test("each camp that is large enough has its dissent, the largest first")
    func camps() throws {
        let slate = try Self.slate(camps: [8, 10, 6, 4])
        #expect(slate.entries.map(\.statement) == [0] && slate.unheard == 28)
        #expect(slate.dissent.map(\.statement) == [2, 1, 3])
        #expect(slate.dissent.map(\.count) == [10, 8, 6])
        #expect(slate.dissent.allSatisfy { $0.holder == .unheard && $0.stance == .agree })
        #expect(slate.dissentLeftOut == 0)
    }

    @Test("what a limit cuts is counted")
    func limits() throws {
        let slate = try Self.slate(camps: [Int](repeating: 6, count: Dissent.campLimit + 2))
        #expect(slate.dissent.count == Dissent.campLimit && slate.dissentLeftOut == 2)
        // Thirty of a hundred hold eight things that don't get in, and refuse the one that does.
        let cast = (0..<100).flatMap { person in
            (0..<9).map { statement in
                CastVote(
                    participant: person, statement: statement,
                    stance: (person < 70) == (statement == 0) ? .agree : .disagree)
            }
        }
        let two = try Slate(
            of: try VoteMatrix(cast), groups: (0..<100).map { $0 < 70 ? 0 : 1 }, groupCount: 2, seats: 1)
        let told = Set(two.dissent.map { [$0.statement, $0.stance == .agree ? 1 : 0] })
        #expect(told.count >= Dissent.limit && two.dissentLeftOut > 0)
        #expect(told.count + two.dissentLeftOut == 9)
    }

    @Test("who agrees with two camps is counted in both, and starts none of their own")
    func overlap() throws {
        var cast = (0..<50).map { CastVote(participant: $0, statement: 0, stance: .agree) }
        for person in 50..<60 { cast.append(CastVote(participant: person, statement: 1, stance: .agree)) }
        for person in 54..<66 { cast.append(CastVote(participant: person, statement: 2, stance: .agree)) }
        let slate = try Slate(of: try VoteMatrix(cast), seats: 1)
        // Four of the first camp aren't in the second: too few for another dissent.
        #expect(slate.dissent.map(\.statement) == [2] && slate.dissent.map(\.count) == [12])
    }
}
