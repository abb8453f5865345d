import SocialChoice

/// A group of points: of people, or of base clusters.
public struct PolisCluster: Sendable, Hashable {
    /// Its name over time: a cluster keeps it from one update to the next.
    public var id: Int
    /// What is in it: participants for a base cluster, ids of base clusters for a group.
    public var members: [Int]
    /// The mean of its members, weighted by people.
    public var center: SIMD2<Double>

    /// A cluster.
    public init(id: Int, members: [Int], center: SIMD2<Double>) {
        self.id = id
        self.members = members
        self.center = center
    }
}

/// k-means as Polis runs it: from the first k different points, or from the clusters of the last update.
///
/// Lloyd's iterations until no centre moves by 0.01 or more. Everything is deterministic; the order of the points decides
/// where a cold start begins.
struct PolisKMeans {
    /// A name and place for each point.
    var names: [Int]
    var points: [SIMD2<Double>]
    /// How much each point counts.
    var weights: [Double]

    /// The position of each name, or -1.
    private let index: [Int]

    init(names: [Int], points: [SIMD2<Double>], weights: [Double]? = nil) {
        self.names = names
        self.points = points
        self.weights = weights ?? [Double](repeating: 1, count: points.count)
        var index = [Int](repeating: -1, count: (names.max() ?? -1) + 1)
        for (position, name) in names.enumerated() { index[name] = position }
        self.index = index
    }

    func clusters(_ count: Int, last: [PolisCluster]? = nil, iterations: Int) -> [PolisCluster] {
        guard !points.isEmpty else { return [] }
        var clusters = last.map { warm($0, count: count) } ?? cold(count)
        var remaining = iterations
        while true {
            let next = step(clusters)
            if remaining == 0 || Self.settled(clusters, next) { return next.sorted { $0.id < $1.id } }
            clusters = next
            remaining -= 1
        }
    }

    /// Clusters to begin from, or nil to begin at the first points.
    func seeds(_ count: Int, _ start: PolisGroups.Start) -> [PolisCluster]? {
        guard case .spread(let runs, let seed) = start, !points.isEmpty else { return nil }
        var random = SplitMix(seed: seed &+ UInt64(count))
        let groups = PointSeeds.groups(
            points.map { SIMD4($0.x, $0.y, 0, 0) }, weights: weights, count: count, runs: max(1, runs), steps: 50,
            random: &random)
        return Set(groups).sorted().enumerated().map { id, group in
            PolisCluster(id: id, members: names.indices.filter { groups[$0] == group }.map { names[$0] }, center: .zero)
        }
    }

    /// The first `count` different points.
    private func cold(_ count: Int) -> [PolisCluster] {
        var seen: Set<SIMD2<Double>> = []
        var clusters: [PolisCluster] = []
        for point in points where clusters.count < count && seen.insert(point).inserted {
            clusters.append(PolisCluster(id: clusters.count, members: [], center: point))
        }
        return clusters
    }

    /// Every point to its nearest centre, then every centre to the mean of its points; clusters without points go.
    func step(_ clusters: [PolisCluster]) -> [PolisCluster] {
        let centers = NearestCenter(clusters.map(\.center))
        var next = clusters
        for cluster in next.indices { next[cluster].members = [] }
        var sums = [SIMD2<Double>](repeating: .zero, count: clusters.count)
        var masses = [Double](repeating: 0, count: clusters.count)
        for (position, point) in points.enumerated() {
            let nearest = centers.index(nearestTo: point)
            next[nearest].members.append(names[position])
            sums[nearest] += weights[position] * point
            masses[nearest] += weights[position]
        }
        for cluster in next.indices where masses[cluster] > 0 { next[cluster].center = sums[cluster] / masses[cluster] }
        return next.filter { !$0.members.isEmpty }
    }

    private static func settled(_ before: [PolisCluster], _ after: [PolisCluster]) -> Bool {
        let sorted = { (clusters: [PolisCluster]) in
            clusters.map(\.center).sorted { ($0.x, $0.y) < ($1.x, $1.y) }
        }
        return zip(sorted(before), sorted(after)).allSatisfy { distance($0, $1) < 0.01 }
    }

    static func distance(_ left: SIMD2<Double>, _ right: SIMD2<Double>) -> Double {
        let difference = left - right
        return (difference * difference).sum().squareRoot()
    }

    // MARK: From the last update

    /// The clusters of the last update, at the places of their members today; as long as there are too few, the point
    /// farthest from every centre becomes a cluster of its own.
    private func warm(_ last: [PolisCluster], count: Int) -> [PolisCluster] {
        var clusters = unique(last.compactMap(recentred))
        if clusters.isEmpty {
            let everything = PolisCluster(id: (last.map(\.id).max() ?? -1) + 1, members: names, center: .zero)
            clusters = [recentred(everything) ?? everything]
        }
        let possible = distinct(upTo: count)
        while true {
            clusters = clusters.compactMap(recentred)
            guard possible > clusters.count else { return clusters }
            let centers = clusters.map(\.center)
            let nearest = NearestCenter(centers)
            var farthest = (position: 0, distance: -1.0)
            for (position, point) in points.enumerated() {
                let distance = Self.distance(point, centers[nearest.index(nearestTo: point)])
                if distance >= farthest.distance { farthest = (position, distance) }
            }
            guard farthest.distance > 0 else { return clusters }
            let name = names[farthest.position]
            for cluster in clusters.indices { clusters[cluster].members.removeAll { $0 == name } }
            clusters.append(
                PolisCluster(
                    id: (clusters.map(\.id).max() ?? -1) + 1, members: [name], center: points[farthest.position]))
        }
    }

    /// How many different points there are, as far as it matters.
    private func distinct(upTo limit: Int) -> Int {
        var seen: Set<SIMD2<Double>> = []
        for point in points {
            seen.insert(point)
            if seen.count >= limit { break }
        }
        return seen.count
    }

    private func recentred(_ cluster: PolisCluster) -> PolisCluster? {
        var sum = SIMD2<Double>.zero
        var mass = 0.0
        for member in cluster.members {
            guard index.indices.contains(member), index[member] >= 0 else { continue }
            let position = index[member]
            sum += weights[position] * points[position]
            mass += weights[position]
        }
        guard mass > 0 else { return nil }
        var moved = cluster
        moved.center = sum / mass
        return moved
    }

    /// Clusters at exactly the same place become one, with the name of the larger.
    private func unique(_ clusters: [PolisCluster]) -> [PolisCluster] {
        var kept: [PolisCluster] = []
        for cluster in clusters {
            if let same = kept.firstIndex(where: { $0.center == cluster.center }) {
                let larger = kept[same].members.count > cluster.members.count ? kept[same] : cluster
                kept[same] = PolisCluster(
                    id: larger.id, members: kept[same].members + cluster.members, center: cluster.center)
            } else {
                kept.append(cluster)
            }
        }
        return kept
    }
}
