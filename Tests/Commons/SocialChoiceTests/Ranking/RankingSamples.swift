import SocialChoice

/// SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195): the same numbers for the same seed.
struct RankingSeed: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension RankedProfile {
    /// A profile from lines as `5 A>C=B`, where letters are candidates.
    init(_ candidates: Int, _ lines: String...) throws {
        try self.init(
            candidateCount: candidates,
            ballots: lines.map { line in
                let parts = line.split(separator: " ", maxSplits: 1)
                let tiers = parts[1].split(separator: ">").map { tier in
                    tier.split(separator: "=").map { Int($0.unicodeScalars.first!.value) - 65 }
                }
                return RankedBallot(tiers: tiers, weight: Int(parts[0])!)
            })
    }

    /// A profile by chance. Small weights make ties common, large ones rare.
    static func random(
        _ candidates: ClosedRange<Int>, ballots: ClosedRange<Int>, weights: ClosedRange<Int>, isStrict: Bool,
        using random: inout RankingSeed
    ) throws -> RankedProfile {
        let count = Int.random(in: candidates, using: &random)
        let ballots = (0..<Int.random(in: ballots, using: &random)).map { _ in
            var tiers: [[Int]] = []
            var order = Array(0..<count).shuffled(using: &random)
            if !isStrict { order.removeLast(Int.random(in: 0...count, using: &random)) }
            for candidate in order {
                if !isStrict, !tiers.isEmpty, Int.random(in: 0..<3, using: &random) == 0 {
                    tiers[tiers.count - 1].append(candidate)
                } else {
                    tiers.append([candidate])
                }
            }
            return RankedBallot(tiers: tiers, weight: Int.random(in: weights, using: &random))
        }
        return try RankedProfile(candidateCount: count, ballots: ballots)
    }

    var reversed: RankedProfile {
        get throws {
            try RankedProfile(
                candidateCount: candidateCount, ballots: ballots.map { $0.reversed(candidateCount: candidateCount) })
        }
    }

    /// The same with a new last candidate who stands beside an old one on every ballot, above, below or level by
    /// chance.
    func cloning(_ original: Int, isStrict: Bool, using random: inout RankingSeed) throws -> RankedProfile {
        let clone = candidateCount
        return try RankedProfile(
            candidateCount: candidateCount + 1,
            ballots: ballots.map { ballot in
                var tiers = ballot.tiers
                guard let place = tiers.firstIndex(where: { $0.contains(original) }) else { return ballot }
                let isAlone = tiers[place].count == 1
                switch Int.random(in: 0..<3, using: &random) {
                case 0 where isAlone: tiers.insert([clone], at: place)
                case 1 where isAlone: tiers.insert([clone], at: place + 1)
                default:
                    if isStrict { tiers.insert([clone], at: place) } else { tiers[place].append(clone) }
                }
                return RankedBallot(tiers: tiers, weight: ballot.weight)
            })
    }

    /// The same with one candidate lifted one step on one ballot by chance: out of a tie, or to the tier above.
    func lifting(_ candidate: Int, using random: inout RankingSeed) throws -> RankedProfile {
        var ballots = ballots
        guard let which = ballots.indices.randomElement(using: &random) else { return self }
        var tiers = ballots[which].tiers
        if let place = tiers.firstIndex(where: { $0.contains(candidate) }) {
            if tiers[place].count > 1 {
                tiers[place].removeAll { $0 == candidate }
                tiers.insert([candidate], at: place)
            } else if place > 0 {
                tiers.remove(at: place)
                tiers[place - 1].append(candidate)
            }
        } else {
            tiers.append([candidate])
        }
        ballots[which] = RankedBallot(tiers: tiers, weight: ballots[which].weight)
        return try RankedProfile(candidateCount: candidateCount, ballots: ballots)
    }
}

/// Every order of some things. For few things only.
func permutations<Element>(_ elements: [Element]) -> [[Element]] {
    guard elements.count > 1 else { return [elements] }
    return elements.indices.flatMap { first in
        var rest = elements
        let element = rest.remove(at: first)
        return permutations(rest).map { [element] + $0 }
    }
}
