/// Profiles that are measured, the same in every run.
struct GeneratedProfile: Codable {
    var name: String
    var candidates: Int
    var seats: Int
    var ballots: [[Int]]
    /// How often it stands beside others of its kind: small ones are measured as a batch.
    var group: String

    static var all: [GeneratedProfile] {
        var random = Seeded(state: 20_260_510)
        var profiles: [GeneratedProfile] = []
        for index in 0..<40 {
            let candidates = 6 + index % 4
            profiles.append(
                independent(
                    group: "small (8–25 voters × 6–9 candidates, 3–6 seats)", voters: [8, 12, 15, 25][(index / 4) % 4],
                    candidates: candidates, seats: 3 + index % 4, share: 0.35, using: &random))
        }
        for index in 0..<6 {
            profiles.append(
                independent(
                    group: "middle (100 voters × 20 candidates, 8 seats)", voters: 100, candidates: 20, seats: 8,
                    share: index % 2 == 0 ? 0.2 : 0.4, using: &random))
        }
        for share in [0.05, 0.2] {
            profiles.append(
                independent(
                    group: "large (2,000 voters × 200 candidates, 20 seats, \(Int(share * 100))% approved)",
                    voters: 2_000,
                    candidates: 200, seats: 20, share: share, using: &random))
        }
        profiles.append(parties(voters: 2_000, candidates: 200, seats: 20, parties: 12, using: &random))
        return profiles
    }

    /// Everyone approves of each candidate independently, of some candidates more often than of others.
    private static func independent(
        group: String, voters: Int, candidates: Int, seats: Int, share: Double, using random: inout Seeded
    ) -> GeneratedProfile {
        let appeal = (0..<candidates).map { _ in share * Double.random(in: 0.5..<1.5, using: &random) }
        let ballots = (0..<voters).map { _ in
            (0..<candidates).filter { Double.random(in: 0..<1, using: &random) < appeal[$0] }
        }
        return GeneratedProfile(
            name: "independent", candidates: candidates, seats: seats, ballots: ballots, group: group)
    }

    /// Everyone approves of one party's whole list, so that nearly every step is a tie.
    private static func parties(
        voters: Int, candidates: Int, seats: Int, parties: Int, using random: inout Seeded
    ) -> GeneratedProfile {
        let ballots = (0..<voters).map { _ in
            let party = Int.random(in: 0..<parties, using: &random)
            return (0..<candidates).filter { $0 % parties == party }
        }
        return GeneratedProfile(
            name: "party lists", candidates: candidates, seats: seats, ballots: ballots,
            group: "party lists (2,000 voters × 200 candidates, 20 seats)")
    }
}

/// A small seeded generator.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
