/// People whose rows of votes are nearly the same, beyond what popularity, opinion group and readiness to agree explain.
///
/// What is expected: on each statement the answers of a person's group (of everybody, where the group is less than a
/// fifth of all), tilted so that each person agrees, disagrees and passes as often as they do. Against it stands that
/// one row was copied with an error in twenty. The logarithm of the ratio of the two likelihoods says how surprising a
/// pair is; agreeing on what everybody agrees on adds next to nothing.
///
/// It goes twice: first without groups, and then among those who were found, with groups as they are without them.
/// Otherwise many copies would be a group of their own, in which it is no surprise to vote alike.
struct AlikeVotes {
    /// Whoever voted less isn't compared.
    static let leastVotes = 8
    /// Each is compared with at most so many others, those nearest in the order of joining.
    static let reach = 5_000
    private static let error = 0.05

    private let votes: VoteMatrix
    private let people: [Int]
    /// How many people there are to compare, those included who aren't looked at.
    private let among: Int
    /// The chance of each answer at each vote of ``people``: lanes are codes of stances.
    private var chances: [[SIMD4<Double>]] = []
    private var cells: [[(statement: Int, code: Int)]] = []

    /// - Parameter found: whom to look at, whose votes then don't count for their group; nil for everybody, without groups.
    private init(_ votes: VoteMatrix, groups: [Int], groupCount: Int, found: Set<Int>?) {
        self.votes = votes
        let all = (0..<votes.participantCount).filter { votes.voteCount(of: $0) >= Self.leastVotes }
        among = all.count
        people = found.map { found in all.filter(found.contains) } ?? all
        let overall = votes.tallies.map { Self.lanes($0) + SIMD4(0.5, 0.5, 0.5, 0) }
        let everybody = overall.map { $0 / $0.sum() }
        let others = groups.enumerated().map { found?.contains($0.offset) ?? true ? -1 : $0.element }
        let tallies = votes.tallies(in: others, groupCount: groupCount)
        let sizes = (0..<groupCount).map { group in others.count { $0 == group } }
        let large = sizes.map { 5 * $0 >= sizes.reduce(0, +) }
        let own = tallies.map { tallies in
            tallies.indices.map { statement in
                // As if six people more had answered as everybody does.
                let counts = Self.lanes(tallies[statement]) + 6 * everybody[statement]
                return counts / counts.sum()
            }
        }
        for person in people {
            let group = groups.indices.contains(person) ? groups[person] : -1
            let base = own.indices.contains(group) && large[group] ? own[group] : everybody
            let row = votes.row(person).map { (statement: VoteMatrix.column($0), code: Int($0 & 3)) }
            cells.append(row)
            chances.append(Self.tilted(row, base))
        }
    }

    /// The clusters.
    static func clusters(_ votes: VoteMatrix, groups: [Int], groupCount: Int) -> [SuspiciousCluster] {
        let first = AlikeVotes(votes, groups: groups, groupCount: groupCount, found: nil).clusters
        guard !first.isEmpty, groupCount > 1 else { return first }
        return AlikeVotes(
            votes, groups: groups, groupCount: groupCount, found: Set(first.flatMap(\.people))
        ).clusters
    }

    private static func lanes(_ tally: VoteTally) -> SIMD4<Double> {
        SIMD4(Double(tally.passed), Double(tally.agreed), Double(tally.disagreed), 0)
    }

    /// The base, tilted until each answer is expected as often as the person gave it.
    private static func tilted(
        _ row: [(statement: Int, code: Int)], _ base: [SIMD4<Double>]
    ) -> [SIMD4<Double>] {
        var given = SIMD4<Double>(0.5, 0.5, 0.5, 0)
        for cell in row { given[cell.code] += 1 }
        var factor = SIMD4<Double>(1, 1, 1, 0)
        for _ in 0..<20 {
            var expected = SIMD4<Double>(0.5, 0.5, 0.5, 1)
            for cell in row {
                let chance = base[cell.statement] * factor
                expected += chance / chance.sum()
            }
            // A step of two thirds: whole steps overshoot where answers go together.
            let ratio = given / expected
            for lane in 0..<3 { factor[lane] *= exponential(0.7 * logarithm(ratio[lane])) }
        }
        return row.map { cell in
            let chance = base[cell.statement] * factor
            return chance / chance.sum()
        }
    }

    /// What two rows have in common.
    private struct Match {
        var shared = 0
        var same = 0
        var expected = 0.0
        var surprise = 0.0
    }

    private var clusters: [SuspiciousCluster] {
        guard people.count >= ConversationSignals.fewestPeople else { return [] }
        var linked = LinkedPeople(among: among)
        var matches: [Int: Match] = [:]
        var codes = [Int](repeating: -1, count: votes.statementCount)
        var ours = [SIMD4<Double>](repeating: .zero, count: votes.statementCount)
        for first in people.indices {
            for (cell, chance) in zip(cells[first], chances[first]) {
                codes[cell.statement] = cell.code
                ours[cell.statement] = chance
            }
            for second in (first + 1)..<max(first + 1, min(people.count, first + 1 + Self.reach / 2)) {
                var match = Match()
                for (place, cell) in cells[second].enumerated() where codes[cell.statement] >= 0 {
                    let chance = (ours[cell.statement] * chances[second][place]).sum()
                    match.shared += 1
                    match.expected += chance
                    if codes[cell.statement] == cell.code {
                        match.same += 1
                        match.surprise += logarithm((1 - Self.error) / chance)
                    } else {
                        match.surprise += logarithm(Self.error / (1 - chance))
                    }
                }
                guard linked.isWorth(match.surprise) else { continue }
                linked.add(first, second, surprise: match.surprise)
                matches[first << 32 | second] = match
            }
            for cell in cells[first] { codes[cell.statement] = -1 }
        }
        return linked.clusters.map { cluster in
            let members = Set(cluster.people)
            let inside = matches.filter { members.contains($0.key >> 32) && members.contains($0.key & 0xFFFF_FFFF) }
                .sorted { $0.key < $1.key }.map(\.value)
            let number = Double(max(inside.count, 1))
            return SuspiciousCluster(
                people: cluster.people.map { people[$0] },
                evidence: .alike(
                    shared: inside.reduce(0) { $0 + Double($1.shared) } / number,
                    same: inside.reduce(0) { $0 + Double($1.same) } / number,
                    expected: inside.reduce(0) { $0 + $1.expected } / number),
                surprise: cluster.surprise)
        }
    }
}
