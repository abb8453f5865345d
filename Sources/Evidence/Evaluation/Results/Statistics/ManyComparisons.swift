/// What chances become when several things are looked at: among twenty goods, one stands apart by luck alone.
public enum ManyComparisons {
    /// By Holm's stepping down: with these below 0.05, the chance that even one is luck is below 5%, however the
    /// comparisons hang together (Holm 1979, *Scandinavian Journal of Statistics* 6, 65–70).
    ///
    /// - Parameter chances: Each from 0 to 1.
    /// - Returns: The adjusted ones in the same order.
    /// - Complexity: O(*n* log *n*).
    public static func holm(_ chances: [Double]) -> [Double] {
        let order = chances.indices.sorted { (chances[$0], $0) < (chances[$1], $1) }
        var adjusted = chances
        var least = 0.0
        for (rank, index) in order.enumerated() {
            least = max(least, min(1, Double(chances.count - rank) * chances[index]))
            adjusted[index] = least
        }
        return adjusted
    }

    /// By Benjamini and Hochberg's stepping up: of those below 0.05, at most 5% are expected to be luck, where the
    /// comparisons are independent or hang together positively (Benjamini and Hochberg 1995, *Journal of the Royal
    /// Statistical Society B* 57, 289–300).
    ///
    /// - Parameter chances: Each from 0 to 1.
    /// - Returns: The adjusted ones in the same order.
    /// - Complexity: O(*n* log *n*).
    public static func benjaminiHochberg(_ chances: [Double]) -> [Double] {
        let order = chances.indices.sorted { (chances[$0], $0) < (chances[$1], $1) }
        var adjusted = chances
        var most = 1.0
        for (rank, index) in order.enumerated().reversed() {
            most = min(most, chances[index] * (Double(chances.count) / Double(rank + 1)))
            adjusted[index] = most
        }
        return adjusted
    }
}
