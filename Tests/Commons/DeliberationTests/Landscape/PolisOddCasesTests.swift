import Deliberation
import Testing

@Suite("Polis's landscape of odd conversations")
struct PolisOddCasesTests {
    private func check(_ landscape: PolisLandscape) {
        #expect(landscape.map.positions.allSatisfy { $0.x.isFinite && $0.y.isFinite })
        #expect(landscape.map.extremity.allSatisfy { $0.isFinite })
        #expect(landscape.groupAwareConsensus.allSatisfy { (0...1).contains($0) })
        #expect(landscape.priorities.allSatisfy { $0.isFinite && $0 >= 0 })
        _ = landscape.representatives
        _ = landscape.consensus(.agree)
    }

    @Test(
        "everything is finite and nothing fails",
        arguments: [
            [], ["."], ["+"], ["+-0"], ["0000", "0000", "0000"], ["+", "-", "0", "+"], ["+", "+", "+"],
            ["++--", "++--", "++--", "++--"], ["....", "...."], ["+...", ".+..", "..+.", "...+"],
            [String](repeating: "+-", count: 200),
        ])
    func odd(rows: [String]) throws {
        let votes = try MadeUp.rows(rows)
        check(PolisLandscape(votes))
        check(PolisLandscape(votes, moderation: .init(rejected: Set(0..<votes.statementCount), meta: [0, 99])))
        let first = PolisLandscape(votes)
        check(PolisLandscape(votes, previous: first))
    }

    @Test("everybody passing stands in the middle, in one group")
    func everybodyPasses() throws {
        let landscape = PolisLandscape(try MadeUp.rows([String](repeating: "00000000", count: 30)))
        #expect(landscape.map.positions.allSatisfy { $0 == .zero })
        #expect(landscape.groups.groups.count == 1)
        #expect(landscape.consensus(.agree).isEmpty)
    }

    @Test("a rejected statement moves nobody, and is neither consensus nor representative", arguments: 1...8)
    func rejected(seed: Int) throws {
        let made = try MadeUp([30, 30], statements: 20, apart: 0.9, seen: 0.8, seed: UInt64(seed))
        let moderation = StatementModeration(rejected: [3, 4])
        let before = PolisLandscape(made.votes, moderation: moderation)
        var changed = made.votes
        for person in 0..<60 where changed[person, 3] != nil {
            try changed.cast(CastVote(participant: person, statement: 3, stance: .agree))
        }
        let after = PolisLandscape(changed, moderation: moderation)
        #expect(before.map.positions == after.map.positions)
        #expect(!after.consensus(.agree).contains { $0.statement == 3 })
        #expect(!after.representatives.joined().contains { $0.statement == 3 })
        #expect(after.map.extremity[3] == 0)
    }

    @Test("exchanging agree and disagree everywhere turns the map, and nothing else", arguments: 1...8)
    func mirrored(seed: Int) throws {
        let made = try MadeUp([25, 25], statements: 15, apart: 0.8, seen: 0.7, seed: UInt64(seed))
        let turned = try VoteMatrix(
            made.votes.votes.map {
                CastVote(
                    participant: $0.participant, statement: $0.statement,
                    stance: $0.stance == .agree ? .disagree : $0.stance == .disagree ? .agree : .pass)
            }, participantCount: 50, statementCount: 15)
        let map = PolisMap(made.votes)
        let other = PolisMap(turned)
        for (left, right) in zip(map.positions, other.positions) {
            #expect(abs(abs(left.x) - abs(right.x)) < 1e-8 && abs(abs(left.y) - abs(right.y)) < 1e-8)
        }
    }

    @Test("an update keeps the names of groups and the sides of the map", arguments: 1...8)
    func update(seed: Int) throws {
        let made = try MadeUp([40, 40], statements: 20, apart: 0.9, seen: 0.8, seed: UInt64(seed))
        let first = PolisLandscape(made.votes)
        var votes = made.votes
        try votes.cast(CastVote(participant: 7, statement: 2, stance: .pass))
        let second = PolisLandscape(votes, previous: first)
        let before = first.groups.assignment(participantCount: 80)
        let after = second.groups.assignment(participantCount: 80)
        #expect(zip(before, after).count { $0 == $1 } >= 76)
        let fresh = PolisMap(votes)
        for (warm, cold) in zip(second.map.components, fresh.components) {
            let cosine = zip(warm, cold).reduce(0.0) { $0 + $1.0 * $1.1 }
            #expect(abs(abs(cosine) - 1) < 1e-9)
        }
        #expect(zip(first.map.positions, second.map.positions).allSatisfy { abs($0.x - $1.x) < 1 })
    }

    @Test("a number of groups has to be best four times before it is taken")
    func patience() throws {
        let made = try MadeUp([40, 40, 40], statements: 30, apart: 1, seen: 0.9, seed: 5)
        var landscape = PolisLandscape(made.votes)
        let two = PolisGroups(
            baseClusters: landscape.groups.baseClusters, groups: landscape.groups.clusterings[2] ?? [])
        var groups = two
        var shown: [Int] = []
        for _ in 0..<6 {
            groups = PolisGroups(landscape.map, participation: landscape.participation, previous: groups)
            shown.append(groups.groups.count)
        }
        landscape = PolisLandscape(made.votes)
        #expect(groups.smoothing.best == 3)
        #expect(shown == [2, 2, 2, 3, 3, 3])
    }

    @Test("who has seven votes is in, and below fifteen people those with the most votes")
    func participation() throws {
        let rows = (0..<30).map { String(repeating: "+", count: $0 % 10) + String(repeating: ".", count: 10 - $0 % 10) }
        let votes = try MadeUp.rows(rows)
        let inside = PolisParticipation(votes).participants
        #expect(inside.count == 15)
        #expect((0..<30).filter { $0 % 10 >= 7 }.allSatisfy { inside.contains($0) })
        #expect(inside.contains(6) && inside.contains(16) && inside.contains(26))
        let kept = PolisParticipation(votes, previous: PolisParticipation(participants: [1]))
        #expect(kept.participants.contains(1))
    }

    @Test("the nearest centre is the nearest, however it is found", arguments: 1...10)
    func nearest(seed: Int) throws {
        let made = try MadeUp([60, 60, 80], statements: 25, apart: 0.7, seen: 0.7, seed: UInt64(seed))
        let landscape = PolisLandscape(made.votes)
        let again = PolisGroups(landscape.map, participation: landscape.participation, previous: landscape.groups)
        for cluster in again.baseClusters {
            for person in cluster.members {
                let place = landscape.map.positions[person]
                let distance = { (center: SIMD2<Double>) in ((center - place) * (center - place)).sum().squareRoot() }
                let least = again.baseClusters.map { distance($0.center) }.min() ?? 0
                // Centres moved by less than 0.01 in the last step.
                #expect(distance(cluster.center) <= least + 0.02)
            }
        }
    }
}
