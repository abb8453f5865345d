/// Finds the nearest of many centres: they are sorted from left to right, and looked at from the point outwards until no
/// other can be nearer.
struct NearestCenter {
    private let centers: [SIMD2<Double>]
    /// The place in the list that was given.
    private let originals: [Int]

    init(_ centers: [SIMD2<Double>]) {
        originals = centers.indices.sorted { centers[$0].x < centers[$1].x }
        self.centers = originals.map { centers[$0] }
    }

    /// The centre nearest to a point; of several equally near, the last in the list.
    func index(nearestTo point: SIMD2<Double>) -> Int {
        centers.withUnsafeBufferPointer { centers in
            var low = 0
            var high = centers.count
            while low < high {
                let middle = (low + high) / 2
                if centers[middle].x < point.x { low = middle + 1 } else { high = middle }
            }
            var left = low - 1
            var right = low
            var best = -1
            var least = Double.infinity
            func look(_ place: Int) {
                let difference = centers[place] - point
                let distance = (difference * difference).sum()
                if distance < least || (distance == least && originals[place] > originals[best]) {
                    least = distance
                    best = place
                }
            }
            while left >= 0 || right < centers.count {
                if right < centers.count {
                    let across = centers[right].x - point.x
                    if across * across <= least { look(right); right += 1 } else { right = centers.count }
                }
                if left >= 0 {
                    let across = point.x - centers[left].x
                    if across * across <= least { look(left); left -= 1 } else { left = -1 }
                }
            }
            return best < 0 ? 0 : originals[best]
        }
    }
}
