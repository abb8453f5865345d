import SocialChoice

/// First guesses of groups: k-means++ (Arthur and Vassilvitskii 2007, SODA, pages 1027-1035) over points in up to four
/// dimensions, a few of Lloyd's steps, the best of several runs.
enum PointSeeds {
    /// A group for each point. O(runs × steps × points × groups).
    static func groups(
        _ points: [SIMD4<Double>], weights: [Double], count: Int, runs: Int, steps: Int = 12, random: inout SplitMix
    ) -> [Int] {
        var best = [Int](repeating: 0, count: points.count)
        var least = Double.infinity
        guard !points.isEmpty else { return best }
        for _ in 0..<runs {
            var centers = spread(points, weights, count, &random)
            var groups = best
            var cost = Double.infinity
            for _ in 0..<steps {
                let before = cost
                cost = step(points, weights, &centers, &groups)
                if cost >= before * (1 - 1e-9) { break }
            }
            if cost < least {
                least = cost
                best = groups
            }
        }
        return best
    }

    /// The first centre by chance, each next one with a chance by its squared distance to those before.
    private static func spread(
        _ points: [SIMD4<Double>], _ weights: [Double], _ count: Int, _ random: inout SplitMix
    ) -> [SIMD4<Double>] {
        var centers = [points[random.below(points.count)]]
        var distances = [Double](repeating: .infinity, count: points.count)
        while centers.count < count {
            let last = centers[centers.count - 1]
            var total = 0.0
            for index in points.indices {
                let difference = points[index] - last
                distances[index] = min(distances[index], (difference * difference).sum())
                total += weights[index] * distances[index]
            }
            var target = random.share() * total
            var chosen = points.count - 1
            for index in points.indices {
                target -= weights[index] * distances[index]
                if target < 0 {
                    chosen = index
                    break
                }
            }
            centers.append(points[chosen])
        }
        return centers
    }

    private static func step(
        _ points: [SIMD4<Double>], _ weights: [Double], _ centers: inout [SIMD4<Double>], _ groups: inout [Int]
    ) -> Double {
        var sums = [SIMD4<Double>](repeating: .zero, count: centers.count)
        var masses = [Double](repeating: 0, count: centers.count)
        var cost = 0.0
        for index in points.indices {
            var nearest = 0
            var least = Double.infinity
            for (center, place) in centers.enumerated() {
                let difference = points[index] - place
                let distance = (difference * difference).sum()
                if distance < least {
                    least = distance
                    nearest = center
                }
            }
            groups[index] = nearest
            cost += weights[index] * least
            sums[nearest] += weights[index] * points[index]
            masses[nearest] += weights[index]
        }
        for center in centers.indices where masses[center] > 0 { centers[center] = sums[center] / masses[center] }
        return cost
    }
}
