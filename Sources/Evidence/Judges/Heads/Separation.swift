/// How well scores tell what shows something from what doesn't: the area under the receiver operating characteristic, that
/// is the chance that one that shows it scores above one that doesn't (ties count half). 1 is always, 0.5 as a coin,
/// below that the wrong way round.
///
/// Hanley and McNeil 1982, doi 10.1148/radiology.143.1.7063747; by ranks, as Mann and Whitney 1947.
enum Separation {
    /// The area; nil without both kinds.
    ///
    /// - Complexity: O(*n* log *n*).
    static func area(_ scores: [(score: Double, label: Bool)]) -> Double? {
        let yes = scores.count { $0.label }
        let no = scores.count - yes
        guard yes > 0, no > 0 else { return nil }
        let sorted = scores.sorted { $0.score < $1.score }
        var ranks = 0.0
        var from = 0
        while from < sorted.count {
            var to = from
            while to < sorted.count, sorted[to].score == sorted[from].score { to += 1 }
            // Ties share the mean of their ranks, which count from 1.
            let rank = Double(from + to + 1) / 2
            ranks += rank * Double(sorted[from..<to].count { $0.label })
            from = to
        }
        return (ranks - Double(yes * (yes + 1)) / 2) / Double(yes * no)
    }

    /// The area with a 95% percentile interval from drawing groups anew with replacement; nil without both kinds.
    ///
    /// - Parameter groups: What belongs together (near-duplicates), by number, one a score.
    static func resampled(
        _ scores: [(score: Double, label: Bool)], groups: [Int], draws: Int = 1_000, seed: UInt64
    ) -> Resampled? {
        guard let value = area(scores), groups.count == scores.count else { return nil }
        var members: [[Int]] = []
        var numbers: [Int: Int] = [:]
        for (row, group) in groups.enumerated() {
            if let number = numbers[group] {
                members[number].append(row)
            } else {
                numbers[group] = members.count
                members.append([row])
            }
        }
        var generator = SeededDraws(seed: seed)
        var found: [Double] = []
        for _ in 0..<draws {
            var drawn: [(score: Double, label: Bool)] = []
            for _ in members.indices {
                for row in members[generator.next(below: members.count)] { drawn.append(scores[row]) }
            }
            if let area = area(drawn) { found.append(area) }
        }
        guard found.count * 2 >= draws else { return nil }
        found.sort()
        return Resampled(
            value: value, lower: min(value, found.quantile(0.025)), upper: max(value, found.quantile(0.975)),
            draws: found.count)
    }
}
