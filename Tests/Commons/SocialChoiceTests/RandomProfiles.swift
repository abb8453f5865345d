@testable import SocialChoice

/// Small profiles drawn from a seed, so that a failure can be repeated.
enum RandomProfiles {
    /// So many profiles with some empty ballots, some repeated ones and some agreement.
    static func some(
        _ count: Int, seed: UInt64, voters: ClosedRange<Int>, candidates: ClosedRange<Int>, weighted: Bool = false
    )
        throws -> [(profile: ApprovalProfile, seats: Int)]
    {
        var random = SplitMix(state: seed)
        return try (0..<count).map { _ in
            let size = Int.random(in: candidates, using: &random)
            let share = Double.random(in: 0.15..<0.7, using: &random)
            var ballots: [[Int]] = []
            for _ in 0..<Int.random(in: voters, using: &random) {
                if let known = ballots.randomElement(using: &random), Int.random(in: 0..<3, using: &random) == 0 {
                    ballots.append(known)
                } else {
                    ballots.append((0..<size).filter { _ in Double.random(in: 0..<1, using: &random) < share })
                }
            }
            let weights = weighted ? ballots.map { _ in Int.random(in: 1...3, using: &random) } : nil
            let profile = try ApprovalProfile(candidateCount: size, ballots: ballots, weights: weights)
            return (profile, Int.random(in: 1...size, using: &random))
        }
    }

    static func ballots(of profile: ApprovalProfile) -> [[Int]] {
        (0..<profile.voterCount).map { profile.ballot(of: $0) }
    }
}

/// All rules, for tests that hold for each.
enum AllRules {
    static let list: [CommitteeRule] =
        ReferenceInstances.rules.map(\.1) + [
            .equalShares(.none), .reverseSequentialThiele(.chamberlinCourant), .reverseSequentialThiele(.sainteLague),
            .sequentialThiele(.lexicographic), .sequentialThiele(.adams), .sequentialThiele(.halving),
        ]

    /// Those that are defined without an order.
    static let withoutOrder: [CommitteeRule] = list.filter { $0 != .greedyMonroe && $0 != .equalShares(.raisedBudget) }
}
