import SocialChoice

/// How far the groups of a landscape can be trusted: which would be found again among other people of the same crowd, and
/// whether they are groups or parts of one crowd that shades from one end to the other.
///
/// - Stability: people are drawn again with replacement, groups are looked for anew, and each group is compared with the
///   most similar one that was found (Hennig 2007, "Cluster-wise assessment of cluster stability", doi
///   10.1016/j.csda.2006.11.025: mean Jaccard similarity, below ½ dissolved, from ¾ stable).
/// - Evidence: how much worse the votes are explained when the group is dissolved into the others.
/// - Separation: votes are made up from one crowd without groups, with the same people voting on the same statements and
///   as much difference along the same directions of opinion; if people stand as tightly together there, the groups are
///   no more than regions of a crowd (as in SigClust: Liu, Hayes, Nobel and Marron 2008, doi
///   10.1198/016214508000000454).
public struct GroupExamination: Sendable {
    /// What can be said of one group.
    public struct Finding: Sendable, Hashable, CustomStringConvertible {
        /// The group.
        public let group: Int
        /// How many people it has, counting everybody by how probable they belong to it.
        public let size: Double
        /// The share of people in it with its interval of 95%, from resampling.
        public let share: ShareEstimate
        /// The mean similarity to the group found again, from 0 to 1.
        public let stability: Double
        /// In nats: how much the evidence falls when it is dissolved into the other groups.
        public let evidence: Double
        /// What follows.
        public let verdict: Verdict

        /// In words, with which group and how large.
        public var description: String { "Group \(group + 1), \(Int(size.rounded())) people: \(reason)" }

        /// The verdict in words.
        public var reason: String {
            let found = "found again with a similarity of \(Int((stability * 100).rounded()))%"
            switch verdict {
            case .real: return "real. It is \(found)."
            case .region:
                return """
                    a region of opinion rather than a group apart. It is \(found), but a crowd without groups would give \
                    as much.
                    """
            case .uncertain: return "uncertain. It is only \(found)."
            case .noise: return "may well be noise. It is \(found)."
            case .tooSmall: return "too few people to say anything of a group."
            }
        }
    }

    /// Whether a group is real or noise.
    public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
        /// Found again, and set apart more than in a crowd without groups.
        case real
        /// Found again, but as in a crowd that shades from one end to the other.
        case region
        /// Found again only in part.
        case uncertain
        /// Dissolved when people are drawn again, or not worth its keep.
        case noise
        /// Fewer than five people.
        case tooSmall
    }

    /// What can be said of each group; empty where there is only one.
    public let findings: [Finding]
    /// How far two groupings from resampled people agree on everybody, on average: adjusted Rand index with the whole.
    public let stability: Double
    /// The share of made-up crowds without groups in which people stand as tightly around as many centres: small means
    /// that there are groups.
    public let chance: Double
    /// So many samples of people, and so many made-up crowds.
    public let replicates: Int

    /// Examines the groups of a landscape: twice `replicates` searches for groups.
    ///
    /// - Parameters:
    ///   - landscape: What is examined.
    ///   - replicates: At least 2. Below 49, nothing can be called real; 100 are good.
    ///   - seed: What the draws follow from.
    public init(_ landscape: OpinionLandscape, replicates: Int = 60, seed: UInt64) {
        let replicates = max(2, replicates)
        self.replicates = replicates
        let count = landscape.groupCount
        guard count > 1 else {
            findings = []
            stability = 1
            chance = 1
            return
        }
        var random = SplitMix(seed: seed)
        let whole = landscape.assignment()
        let weights = Self.placed(landscape)
        var agreement = 0.0
        var similarities = [Double](repeating: 0, count: count)
        var shares: [[Double]] = Array(repeating: [], count: count)
        for _ in 0..<replicates {
            let again = landscape.foundAgain(&random)
            let other = OpinionClasses.hard(again.memberships(landscape.votes), again.groupCount)
            agreement += AdjustedRandIndex.value(weights.masking(whole), other)
            let sizes = again.shares
            for group in 0..<count {
                let (similarity, match) = Self.similarity(group, whole, other, again.groupCount, weights)
                similarities[group] += similarity
                shares[group].append(sizes[match])
            }
        }
        stability = agreement / Double(replicates)
        chance = Self.chance(landscape, replicates, &random)
        let sizes = landscape.memberships.reduce(SIMD8<Double>.zero, +)
        let people = Double(max(landscape.votes.participantCount, 1))
        var findings: [Finding] = []
        for group in 0..<count {
            let similarity = similarities[group] / Double(replicates)
            let evidence = landscape.evidence(of: group)
            findings.append(
                Finding(
                    group: group, size: sizes[group],
                    share: ShareEstimate(resampled: shares[group], value: sizes[group] / people),
                    stability: similarity, evidence: evidence,
                    verdict: Self.verdict(sizes[group], similarity, evidence, chance)))
        }
        self.findings = findings
    }

    /// A group is only called real when so few crowds without groups, at most, look as much like groups.
    ///
    /// Strict, because a made-up crowd bends as the logistic curve does and a true one may not: of 32 crowds that do, one
    /// was below 0.05; of 30 that bend otherwise, four were below this limit and seven below 0.05.
    public static let chanceLimit = 0.02

    private static func verdict(_ size: Double, _ stability: Double, _ evidence: Double, _ chance: Double) -> Verdict {
        if size < 5 { return .tooSmall }
        if stability < 0.5 || evidence <= 0 { return .noise }
        if stability < 0.75 { return .uncertain }
        return chance <= chanceLimit ? .real : .region
    }

    /// Only people with votes enough to be placed are compared: the others are in the largest group by default.
    private static func placed(_ landscape: OpinionLandscape) -> PlacedPeople {
        PlacedPeople(
            (0..<landscape.votes.participantCount).map {
                landscape.votes.voteCount(of: $0) >= LandscapeBasis.leastVotes
            })
    }

    struct PlacedPeople {
        let flags: [Bool]
        init(_ flags: [Bool]) { self.flags = flags }
        func masking(_ groups: [Int]) -> [Int] { zip(groups, flags).map { $1 ? $0 : -1 } }
    }

    /// The Jaccard similarity of a group with the most similar one of another grouping.
    private static func similarity(
        _ group: Int, _ whole: [Int], _ other: [Int], _ count: Int, _ placed: PlacedPeople
    ) -> (Double, Int) {
        var shared = [Int](repeating: 0, count: count)
        var sizes = shared
        var own = 0
        for index in whole.indices where placed.flags[index] {
            sizes[other[index]] += 1
            if whole[index] == group {
                own += 1
                shared[other[index]] += 1
            }
        }
        let similarities = (0..<count).map { Double(shared[$0]) / Double(max(own + sizes[$0] - shared[$0], 1)) }
        let best = similarities.indices.max { similarities[$0] < similarities[$1] } ?? 0
        return (similarities[best], best)
    }

    /// How often people of a crowd without groups stand as tightly around as many centres.
    private static func chance(_ landscape: OpinionLandscape, _ replicates: Int, _ random: inout SplitMix) -> Double {
        let crowd = CrowdWithoutGroups(landscape, &random)
        let observed = crowd.tightness(of: crowd.sides, &random)
        var asMuch = 1
        for _ in 0..<replicates {
            let made = crowd.votes(&random)
            if crowd.tightness(of: made, &random) <= observed { asMuch += 1 }
        }
        return Double(asMuch) / Double(replicates + 1)
    }
}

extension OpinionLandscape {
    /// Groups of the same number, found anew among people drawn with replacement.
    func foundAgain(_ random: inout SplitMix) -> OpinionClasses {
        let sample = votes.selecting(Resampling.people(votes.participantCount, &random))
        var anew = settings
        anew.seed = random.next()
        anew.starts = min(settings.starts, 4)
        return GroupSearch.classes(sample, rejected: moderation.rejected, count: groupCount, settings: anew)
    }

    /// How much the evidence falls when a group is dissolved into the others.
    func evidence(of group: Int) -> Double {
        let remaining = (0..<groupCount).filter { $0 != group }
        let source = OpinionClasses.Source(
            votes, rejected: moderation.rejected, weights: [Double](repeating: 1, count: votes.participantCount))
        let merged = memberships.map { membership in
            var rest = SIMD8<Double>.zero
            for (new, old) in remaining.enumerated() { rest[new] = membership[old] }
            let sum = rest.sum()
            guard sum > 1e-9 else {
                for lane in remaining.indices { rest[lane] = 1 / Double(remaining.count) }
                return rest
            }
            return rest / sum
        }
        let without = OpinionClasses(source, groupCount: remaining.count, start: merged, iterations: 30)
        return classes.evidence - without.evidence
    }
}

extension GroupSearch {
    /// The best groups of one number in these votes, from scratch.
    static func classes(
        _ votes: VoteMatrix, rejected: Set<Int>, count: Int, settings: LandscapeSettings
    ) -> OpinionClasses {
        let centred = CentredVotes(votes, excluding: rejected)
        let components = LeadingComponents(
            dimension: votes.statementCount, wanted: min(4, votes.participantCount), tolerance: 1e-4, passLimit: 30,
            product: centred.gram)
        let source = OpinionClasses.Source(
            votes, rejected: rejected, weights: [Double](repeating: 1, count: votes.participantCount))
        return GroupSearch(source, components.vectors, centred, settings).classes(count)
    }
}
