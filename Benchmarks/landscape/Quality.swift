import Deliberation
import Foundation

/// How well groups are found: those planted in made-up conversations, and those of real ones when people are drawn again.
enum Quality {
    /// A made-up conversation.
    struct Planted {
        var votes: VoteMatrix
        var groups: [Int]

        /// - Parameters:
        ///   - places: Whether groups are places around which their members are spread, in three dimensions; otherwise
        ///     each group has a share of agreement for every statement that its members have in common.
        ///   - each: How many statements a person votes on, in the middle; people differ much.
        init(places: Bool, shares: [Double], people: Int, statements: Int, each: Double, seed: UInt64) throws {
            var draws = Draws(state: seed &* 0x9E37_79B9_7F4A_7C15 | 1)
            let strength = places ? 2 : 1.8
            let base = (0..<statements).map { _ in 0.4 + draws.normal() }
            let loads = (0..<statements).map { _ in
                let size = draws.share() < 0.5 ? 1 : 0.2
                return (0..<3).map { _ in size * draws.normal() }
            }
            let offsets = shares.map { _ in loads.map { $0[0].magnitude > 0.4 ? strength * draws.normal() : 0 } }
            let centers = shares.map { _ in (0..<3).map { _ in strength * draws.normal() } }
            var cast: [CastVote] = []
            groups = []
            for person in 0..<people {
                var group = 0
                var rest = draws.share()
                while group < shares.count - 1, rest > shares[group] {
                    rest -= shares[group]
                    group += 1
                }
                groups.append(group)
                let count = max(1, min(statements, Int(each * exp(0.8 * draws.normal() - 0.32))))
                let passing = min(0.6, 0.15 * exp(0.7 * draws.normal()))
                let readiness = 0.4 * draws.normal()
                let place = centers[group].map { $0 + 0.5 * draws.normal() }
                for statement in (0..<statements).shuffled(using: &draws).prefix(count) {
                    var odds = base[statement] + readiness
                    if places {
                        for axis in 0..<3 { odds += loads[statement][axis] * place[axis] }
                    } else {
                        odds += offsets[group][statement]
                    }
                    let stance: Stance =
                        draws.share() < passing ? .pass : draws.share() < 1 / (1 + exp(-odds)) ? .agree : .disagree
                    cast.append(CastVote(participant: person, statement: statement, stance: stance))
                }
            }
            votes = try VoteMatrix(cast, participantCount: people, statementCount: statements)
        }
    }

    struct Draws: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state ^= state >> 12
            state ^= state << 25
            state ^= state >> 27
            return state &* 0x2545_F491_4F6C_DD1D
        }
        mutating func share() -> Double { Double(next() >> 11) * 0x1p-53 }
        mutating func normal() -> Double { (-2 * log(1 - share())).squareRoot() * cos(2 * .pi * share()) }
    }

    /// Polis's groups from the best of 20 beginnings, their number by silhouette.
    private static func polis(_ votes: VoteMatrix, _ moderation: StatementModeration) -> [Int] {
        let map = PolisMap(votes, moderation: moderation)
        return PolisGroups(map, participation: PolisParticipation(votes), start: .spread(runs: 20, seed: 1))
            .assignment(participantCount: votes.participantCount)
    }

    private static func rounded(_ value: Double) -> String { String(format: "%.3f", value) }

    static func report(data: URL?) throws {
        let rows: [(Bool, [Double], Int, Int, Double)] = [
            (false, [1], 300, 60, 20), (true, [1], 1_000, 150, 20),
            (false, [0.6, 0.4], 300, 60, 20), (false, [0.5, 0.3, 0.2], 1_000, 150, 20),
            (false, [0.4, 0.3, 0.2, 0.1], 1_000, 150, 30), (false, [0.8, 0.2], 300, 100, 12),
            (true, [0.6, 0.4], 300, 60, 20), (true, [0.5, 0.3, 0.2], 1_000, 150, 20),
            (true, [0.4, 0.3, 0.2, 0.1], 1_000, 150, 30), (true, [0.8, 0.2], 300, 100, 12),
        ]
        print(
            "| planted: 10 conversations each | people × statements, votes each | Polis, as it runs "
                + "| Polis, best of 20 | opinion landscape | its surest (share placed) | groups found, Polis's |")
        print("|---|---|---|---|---|---|---|")
        for (places, shares, people, statements, each) in rows {
            var cold = 0.0
            var spread = 0.0
            var ours = 0.0
            var sure = 0.0
            var placed = 0.0
            var counts = (0.0, 0.0)
            for seed in 1...10 {
                let planted = try Planted(
                    places: places, shares: shares, people: people, statements: statements, each: each,
                    seed: UInt64(seed))
                let voted = (0..<people).map { planted.votes.voteCount(of: $0) >= 7 }
                let truth = zip(planted.groups, voted).map { $1 ? $0 : -1 }
                cold += AdjustedRandIndex.value(
                    PolisLandscape(planted.votes).groups.assignment(participantCount: people), truth)
                let best = polis(planted.votes, .init())
                spread += AdjustedRandIndex.value(best, truth)
                let landscape = OpinionLandscape(planted.votes)
                ours += AdjustedRandIndex.value(landscape.assignment(confidence: 0), truth)
                let surest = landscape.assignment(confidence: 0.8)
                sure += AdjustedRandIndex.value(surest, truth)
                placed += Double(zip(surest, voted).count { $0 >= 0 && $1 }) / Double(voted.count { $0 })
                counts.0 += Double(landscape.groupCount)
                counts.1 += Double(Set(best).subtracting([-1]).count)
            }
            print(
                "| \(places ? "places" : "shares") \(shares) | \(people) × \(statements), \(Int(each)) "
                    + "| \(rounded(cold / 10)) | \(rounded(spread / 10)) | \(rounded(ours / 10)) "
                    + "| \(rounded(sure / 10)) (\(rounded(placed / 10))) | \(counts.0 / 10), \(counts.1 / 10) |")
        }
        guard let data else { return }
        print("\n| real, 20 draws of people | Polis, as it runs | Polis, best of 20 | opinion landscape | its surest |")
        print("|---|---|---|---|---|")
        let folder = data.appendingPathComponent("polis-opendata")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
            guard let conversation = Conversation(export: folder.appendingPathComponent(name)) else { continue }
            let moderation = StatementModeration(rejected: conversation.rejected)
            let votes = try VoteMatrix(conversation.cast)
            let people = votes.participantCount
            let ways: [(VoteMatrix) -> [Int]] = [
                {
                    PolisLandscape($0, moderation: moderation).groups
                        .assignment(participantCount: $0.participantCount)
                },
                { polis($0, moderation) },
                { OpinionLandscape($0, moderation: moderation).assignment(confidence: 0) },
                { OpinionLandscape($0, moderation: moderation).assignment(confidence: 0.8) },
            ]
            let voted = (0..<people).map { votes.voteCount(of: $0) >= 7 }
            var draws = Draws(state: 0x1234_5678_9ABC)
            let samples = (0..<20).map { _ in (0..<people).map { _ in Int(draws.share() * Double(people)) }.sorted() }
            let results = ways.map { way in
                let whole = zip(way(votes), voted).map { $1 ? $0 : -1 }
                return samples.reduce(0.0) { sum, sample in
                    sum + AdjustedRandIndex.value(sample.map { whole[$0] }, way(votes.selecting(sample))) / 20
                }
            }
            print("| \(name) | \(results.map(rounded).joined(separator: " | ")) |")
        }
    }
}
