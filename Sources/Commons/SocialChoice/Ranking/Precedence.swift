/// Who stands above whom, directly or through others: a set of pairs that is kept transitively closed and without
/// circles. One bit a pair.
struct Precedence: Hashable {
    let count: Int
    private let words: Int
    private var rows: [UInt64]

    init(count: Int) {
        self.count = count
        words = (count + 63) / 64
        rows = Array(repeating: 0, count: count * words)
    }

    /// Whether the first stands above the second.
    func holds(_ upper: Int, over lower: Int) -> Bool {
        rows[upper * words + lower >> 6] >> UInt64(lower & 63) & 1 == 1
    }

    /// Puts one above another, with all that follows. False, and nothing changes, if that would close a circle.
    ///
    /// - Complexity: O(*m*²/64) if it is new, else O(1).
    @discardableResult
    mutating func add(_ upper: Int, over lower: Int) -> Bool {
        guard upper != lower, !holds(lower, over: upper) else { return false }
        guard !holds(upper, over: lower) else { return true }
        join(upper, lower)
        return true
    }

    /// The same with all these pairs added, even where they close circles: then a candidate can stand above themself.
    func reaching(_ pairs: some Sequence<Majority>) -> Precedence {
        var all = self
        for pair in pairs where !all.holds(pair.winner, over: pair.loser) { all.join(pair.winner, pair.loser) }
        return all
    }

    /// Everybody above whom nobody stands, in rising order.
    var tops: [Int] {
        var below = [UInt64](repeating: 0, count: words)
        for row in 0..<count {
            for word in 0..<words { below[word] |= rows[row * words + word] }
        }
        return (0..<count).filter { below[$0 >> 6] >> UInt64($0 & 63) & 1 == 0 }
    }

    /// How many stand below somebody.
    func countBelow(_ candidate: Int) -> Int {
        rows[candidate * words..<(candidate + 1) * words].reduce(0) { $0 + $1.nonzeroBitCount }
    }

    private mutating func join(_ upper: Int, _ lower: Int) {
        for row in 0..<count where row == upper || holds(row, over: upper) {
            for word in 0..<words { rows[row * words + word] |= rows[lower * words + word] }
            rows[row * words + lower >> 6] |= 1 << UInt64(lower & 63)
        }
    }
}
