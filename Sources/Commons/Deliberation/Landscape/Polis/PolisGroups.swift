/// Polis's groups: people gathered into at most a hundred base clusters, and these into two to five groups.
///
/// The number of groups is the one with the best silhouette over base clusters, and changes only after it was best in
/// four updates one after the other.
public struct PolisGroups: Sendable {
    /// At most so many base clusters.
    public static let baseClusterLimit = 100
    /// At most so many groups.
    public static let groupLimit = 5
    /// In so many updates a new number of groups has to be best before it is taken.
    public static let patience = 4

    /// People who stand close together; members are participants.
    public let baseClusters: [PolisCluster]
    /// The groups; members are ids of base clusters.
    public let groups: [PolisCluster]
    /// The clusterings into 2, 3 … groups.
    public let clusterings: [Int: [PolisCluster]]
    /// The silhouette of each clustering.
    public let silhouettes: [Int: Double]
    /// Which number of groups was best, in how many updates in a row, and which is shown.
    public let smoothing: (best: Int, updates: Int, shown: Int)

    /// Where the groups begin when nothing is known from before.
    public enum Start: Sendable, Hashable {
        /// At the first base clusters, as Polis's own mathematics does; it is seldom the best that k-means can find.
        case firstPoints
        /// At points far apart (k-means++), the best of so many runs.
        case spread(runs: Int, seed: UInt64)
    }

    /// Groups people. O(people × 100 × iterations).
    ///
    /// - Parameters:
    ///   - map: Where people stand.
    ///   - participation: Who takes part.
    ///   - previous: The groups of the last update, from which these are found, and whose names they keep.
    ///   - start: Where groups begin without a last update. Base clusters begin at the first people either way.
    public init(
        _ map: PolisMap, participation: PolisParticipation, previous: PolisGroups? = nil, start: Start = .firstPoints
    ) {
        let people = participation.participants
        let base = PolisKMeans(names: people, points: people.map { map.positions[$0] })
        let baseClusters = base.clusters(Self.baseClusterLimit, last: previous?.baseClusters, iterations: 100)
        let points = baseClusters.map(\.center)
        let means = PolisKMeans(
            names: baseClusters.map(\.id), points: points, weights: baseClusters.map { Double($0.members.count) })
        var clusterings: [Int: [PolisCluster]] = [:]
        var silhouettes: [Int: Double] = [:]
        for count in 2...max(2, min(Self.groupLimit, 2 + baseClusters.count / 12)) {
            let clusters = means.clusters(
                count, last: previous?.clusterings[count] ?? means.seeds(count, start), iterations: 20)
            clusterings[count] = clusters
            silhouettes[count] = Self.silhouette(baseClusters, clusters)
        }
        // Of equals the larger number, as Clojure's max-key finds it when keys come in order.
        let best = silhouettes.keys.sorted().max { (silhouettes[$0] ?? 0) <= (silhouettes[$1] ?? 0) && $0 < $1 } ?? 2
        let updates = previous.map { $0.smoothing.best == best ? $0.smoothing.updates + 1 : 1 } ?? 1
        let shown = updates >= Self.patience ? best : previous?.smoothing.shown ?? best
        self.baseClusters = baseClusters
        self.clusterings = clusterings
        self.silhouettes = silhouettes
        smoothing = (best, updates, shown)
        groups = clusterings[shown] ?? clusterings[best] ?? []
    }

    /// Groups that are known, such as those that Polis published.
    public init(baseClusters: [PolisCluster], groups: [PolisCluster]) {
        self.baseClusters = baseClusters
        self.groups = groups
        clusterings = [groups.count: groups]
        silhouettes = [groups.count: Self.silhouette(baseClusters, groups)]
        smoothing = (groups.count, 1, groups.count)
    }

    static func silhouette(_ baseClusters: [PolisCluster], _ groups: [PolisCluster]) -> Double {
        var number: [Int: Int] = [:]
        for (index, group) in groups.enumerated() { for member in group.members { number[member] = index } }
        let grouped = baseClusters.filter { number[$0.id] != nil }
        return Silhouette.mean(grouped.map(\.center), groups: grouped.compactMap { number[$0.id] })
    }

    /// The group of each person by its place in ``groups``, or -1 for those who aren't in any.
    public func assignment(participantCount: Int) -> [Int] {
        var group: [Int: Int] = [:]
        for (index, cluster) in groups.enumerated() { for member in cluster.members { group[member] = index } }
        var assignment = [Int](repeating: -1, count: participantCount)
        for cluster in baseClusters {
            for person in cluster.members where person < participantCount {
                assignment[person] = group[cluster.id] ?? -1
            }
        }
        return assignment
    }
}
