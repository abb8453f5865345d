/// How much nearer points are to their own group than to the next (Rousseeuw 1987, doi 10.1016/0377-0427(87)90125-7).
enum Silhouette {
    /// The mean over all points of (b − a) ⁄ max(a, b): a the mean distance to the others of the own group, b that to the
    /// nearest other group. From -1 to 1; a point alone in its group counts 0.
    ///
    /// O(points²).
    static func mean(_ points: [SIMD2<Double>], groups: [Int]) -> Double {
        let count = (groups.max() ?? -1) + 1
        guard count > 1, !points.isEmpty else { return 0 }
        var sizes = [Int](repeating: 0, count: count)
        for group in groups { sizes[group] += 1 }
        var total = 0.0
        var sums = [Double](repeating: 0, count: count)
        for (point, own) in zip(points, groups) {
            guard sizes[own] > 1 else { continue }
            for group in sums.indices { sums[group] = 0 }
            for (other, group) in zip(points, groups) { sums[group] += PolisKMeans.distance(point, other) }
            let inside = sums[own] / Double(sizes[own] - 1)
            var outside = Double.infinity
            for group in sums.indices where group != own && sizes[group] > 0 {
                outside = min(outside, sums[group] / Double(sizes[group]))
            }
            let larger = max(inside, outside)
            if larger > 0, outside.isFinite { total += (outside - inside) / larger }
        }
        return total / Double(points.count)
    }
}
