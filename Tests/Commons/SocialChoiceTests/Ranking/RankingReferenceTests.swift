import SocialChoice
import Testing

/// Each rule against its definition, worked out in the slowest and plainest way, on small profiles full of ties.
@Suite("Rules agree with brute force")
struct RankingReferenceTests {
    static func small(_ random: inout RankingSeed) throws -> RankedProfile {
        try .random(1...4, ballots: 0...5, weights: 1...2, isStrict: Bool.random(using: &random), using: &random)
    }

    @Test("the Smith set is the smallest set that beats everybody outside it", arguments: UInt64(0)..<10)
    func smith(seed: UInt64) throws {
        var random = RankingSeed(seed)
        for _ in 0..<100 {
            let matrix = PairwiseMatrix(try Self.small(&random))
            let count = matrix.candidateCount
            let dominant = (1..<(1 << count)).filter { set in
                (0..<count).allSatisfy { a in
                    set >> a & 1 == 0 || (0..<count).allSatisfy { b in set >> b & 1 == 1 || matrix.beats(a, b) }
                }
            }
            let smallest = try #require(dominant.min { $0.nonzeroBitCount < $1.nonzeroBitCount })
            #expect(matrix.smithSet == (0..<count).filter { smallest >> $0 & 1 == 1 })
        }
    }

    @Test("Schulze's strengths are those of the best of all paths", arguments: UInt64(0)..<10)
    func schulze(seed: UInt64) throws {
        var random = RankingSeed(seed)
        for _ in 0..<100 {
            let matrix = PairwiseMatrix(try Self.small(&random))
            let count = matrix.candidateCount
            for strength in MajorityStrength.allCases {
                // A link is for and against; comparing pairs is comparing strengths as the paper defines them.
                func link(_ a: Int, _ b: Int) -> (Int, Int) {
                    guard matrix.beats(a, b) else { return (0, 0) }
                    return strength == .margins
                        ? (matrix.margin(a, over: b), 0) : (matrix[a, to: b], -matrix[b, to: a])
                }
                func best(_ a: Int, _ b: Int, _ used: Set<Int>) -> (Int, Int) {
                    var found = link(a, b)
                    for middle in 0..<count where middle != b && !used.contains(middle) {
                        let rest = best(middle, b, used.union([middle]))
                        let first = link(a, middle)
                        let weakest = first == (0, 0) || rest == (0, 0) ? (0, 0) : (rest < first ? rest : first)
                        // (0, 0) is no path, below every majority: those have a first part above 0.
                        if weakest > found { found = weakest }
                    }
                    return found
                }
                let result = matrix.schulze(by: strength)
                for a in 0..<count {
                    for b in 0..<count where a != b {
                        #expect(result.strength(from: a, to: b) == best(a, b, [a]).0)
                        #expect(result.isBetter(a, than: b) == (best(a, b, [a]) > best(b, a, [b])))
                    }
                }
                let tiers = result.ranking
                #expect(tiers.first == result.winners)
                #expect(tiers.joined().sorted() == Array(0..<count))
                let order = ChoiceOrder(count: count, seed: seed)
                let row = try result.ranking(settlingTiesBy: order)
                for (place, a) in row.enumerated() {
                    #expect(!row[(place + 1)...].contains { result.isBetter($0, than: a) })
                }
            }
        }
    }

    @Test("ranked pairs elects just whom some order of equal majorities elects", arguments: UInt64(0)..<10)
    func rankedPairs(seed: UInt64) throws {
        var random = RankingSeed(seed)
        var tied = 0
        for _ in 0..<60 {
            let matrix = PairwiseMatrix(try Self.small(&random))
            let count = matrix.candidateCount
            for strength in MajorityStrength.allCases {
                var groups: [[Int]: [(Int, Int)]] = [:]
                for a in 0..<count {
                    for b in 0..<count where matrix.beats(a, b) {
                        let key =
                            strength == .margins
                            ? [matrix.margin(a, over: b)] : [matrix[a, to: b], -matrix[b, to: a]]
                        groups[key, default: []].append((a, b))
                    }
                }
                // Each universe is a set of locked pairs.
                var universes: Set<Set<[Int]>> = [[]]
                for key in groups.keys.sorted(by: { $1.lexicographicallyPrecedes($0) }) {
                    var next: Set<Set<[Int]>> = []
                    for universe in universes {
                        for order in permutations(groups[key]!) {
                            var locked = universe
                            for (a, b) in order where !Self.reaches(b, a, locked) { locked.insert([a, b]) }
                            next.insert(locked)
                        }
                    }
                    universes = next
                }
                var winners: Set<Int> = []
                for universe in universes {
                    winners.formUnion((0..<count).filter { a in !universe.contains { $0[1] == a } })
                }
                let found = matrix.rankedPairsWinners(by: strength)
                #expect(found.isComplete)
                #expect(found.winners == winners.sorted())
                if winners.count > 1 { tied += 1 }
                for order in permutations(Array(0..<count)).compactMap(ChoiceOrder.init) {
                    let result = try matrix.rankedPairs(settlingTiesBy: order, by: strength)
                    #expect(winners.contains(result.winner))
                    #expect(result.ranking.sorted() == Array(0..<count))
                    for majority in result.locked {
                        let places = [majority.winner, majority.loser].map { result.ranking.firstIndex(of: $0)! }
                        #expect(places[0] < places[1])
                    }
                }
            }
        }
        #expect(tied > 10)
    }

    static func reaches(_ from: Int, _ to: Int, _ locked: Set<[Int]>) -> Bool {
        from == to || locked.contains { $0[0] == from && reaches($0[1], to, locked) }
    }

    @Test("instant runoff elects just whom some way of settling ties elects", arguments: UInt64(0)..<10)
    func instantRunoff(seed: UInt64) throws {
        var random = RankingSeed(seed)
        for _ in 0..<100 {
            let profile = try Self.small(&random)
            func winners(_ left: Set<Int>) -> Set<Int> {
                if left.count == 1 { return left }
                let votes = left.map { candidate in
                    profile.ballots.filter { ballot in
                        ballot.tiers.first { !left.isDisjoint(with: $0) }?.contains(candidate) == true
                    }.reduce(0) { $0 + $1.weight }
                }
                return zip(left, votes).filter { $0.1 == votes.min() }
                    .reduce(into: []) { $0.formUnion(winners(left.subtracting([$1.0]))) }
            }
            let all = winners(Set(0..<profile.candidateCount))
            let found = profile.instantRunoffWinners()
            #expect(found.isComplete)
            #expect(found.winners == all.sorted())
            let byOrder = try permutations(Array(0..<profile.candidateCount)).compactMap(ChoiceOrder.init).map {
                try profile.instantRunoff(settlingTiesBy: $0).winner
            }
            #expect(all.isSuperset(of: byOrder))
        }
    }

    @Test("averaged Borda is two for each preference and one for each tie", arguments: UInt64(0)..<10)
    func borda(seed: UInt64) throws {
        var random = RankingSeed(seed)
        for _ in 0..<100 {
            let profile = try Self.small(&random)
            let matrix = PairwiseMatrix(profile)
            let others = (profile.candidateCount - 1) * profile.totalWeight
            let scores = (0..<profile.candidateCount).map { a in
                (0..<profile.candidateCount).reduce(others) { $0 + matrix.margin(a, over: $1) }
            }
            #expect(profile.borda().halfPoints == scores)
        }
    }

    @Test("a search that stops at its limit says so, and tells only true winners", arguments: 1..<12)
    func limits(limit: Int) throws {
        // Seven in a ring of equal majorities: everybody can win.
        let count = 7
        let profile = try RankedProfile(
            candidateCount: count,
            ballots: (0..<count).map { first in RankedBallot((0..<count).map { ($0 + first) % count }) })
        let pairs = PairwiseMatrix(profile).rankedPairsWinners(limit: limit)
        #expect(!pairs.winners.isEmpty)
        #expect(pairs.isComplete == (pairs.winners.count == count))
        #expect(limit > 3 || !pairs.isComplete)
        let runoff = profile.instantRunoffWinners(limit: limit)
        #expect(!runoff.winners.isEmpty)
        #expect(limit > 3 || !runoff.isComplete)
    }
}
