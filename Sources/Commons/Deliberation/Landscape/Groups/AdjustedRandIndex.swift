/// How far two groupings of the same people agree, beyond what chance would give (Hubert and Arabie 1985, doi
/// 10.1007/BF01908075): 1 when they are the same but for names, about 0 when one says nothing of the other.
public enum AdjustedRandIndex {
    /// Compares two groupings; people with a group below 0 in either are left out. 1 when both have everybody in one.
    ///
    /// O(people + groups × groups).
    public static func value(_ left: [Int], _ right: [Int]) -> Double {
        let rows = (left.max() ?? 0) + 1
        let columns = (right.max() ?? 0) + 1
        guard rows > 0, columns > 0 else { return 1 }
        var table = [Double](repeating: 0, count: rows * columns)
        var rowSums = [Double](repeating: 0, count: rows)
        var columnSums = [Double](repeating: 0, count: columns)
        var total = 0.0
        for (first, second) in zip(left, right) where first >= 0 && second >= 0 {
            table[first * columns + second] += 1
            rowSums[first] += 1
            columnSums[second] += 1
            total += 1
        }
        let pairs = { (count: Double) in count * (count - 1) / 2 }
        let together = table.reduce(0) { $0 + pairs($1) }
        let first = rowSums.reduce(0) { $0 + pairs($1) }
        let second = columnSums.reduce(0) { $0 + pairs($1) }
        let all = pairs(total)
        guard all > 0 else { return 1 }
        let expected = first * second / all
        let most = (first + second) / 2
        return most == expected ? 1 : (together - expected) / (most - expected)
    }
}
