/// The name that somebody probably meant, or nil when none is near.
///
/// A name is near when at most a third of its letters, and at most three, must be put in, left out, changed or
/// swapped with their neighbour (optimal string alignment distance), or when it differs only in case, hyphens,
/// underscores or a plural s.
///
/// - Complexity: O(*k* · *m*²) for *k* names of length *m*.
public func nearMiss(of text: String, among names: [String]) -> String? {
    // Longer than any name plus three: can't be near, and needn't be measured.
    let longest = names.map(\.utf8.count).max() ?? 0
    guard text.utf8.count <= longest + 3, !text.isEmpty else { return nil }
    let folded = text.lowercased().replacing("_", with: "-")
    if let same = names.first(where: { $0 == folded || $0 + "s" == folded || $0 == folded + "s" }) { return same }
    let letters = Array(folded.utf8)
    var best: (name: String, distance: Int)?
    for name in names {
        let allowed = min(3, max(1, name.utf8.count / 3), (best?.distance ?? .max) - 1)
        guard abs(name.utf8.count - letters.count) <= allowed else { continue }
        if let distance = editDistance(letters, Array(name.utf8), atMost: allowed) { best = (name, distance) }
    }
    return best?.name
}

/// The distance of two texts, or nil when it is larger than is asked for: most names are far off in their first letters.
private func editDistance(_ first: [UInt8], _ second: [UInt8], atMost most: Int) -> Int? {
    var beforeLast = [Int](repeating: 0, count: second.count + 1)
    var last = Array(0...second.count)
    var current = last
    for row in 0..<first.count {
        current[0] = row + 1
        var least = current[0]
        for column in 0..<second.count {
            let same = first[row] == second[column]
            var cost = min(last[column + 1] + 1, current[column] + 1, last[column] + (same ? 0 : 1))
            if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
                cost = min(cost, beforeLast[column - 1] + 1)
            }
            current[column + 1] = cost
            least = min(least, cost)
        }
        // Two letters that are swapped reach back two rows, so one row beyond the limit isn't enough to know; the row
        // before it counts too.
        if least > most, last.min() ?? 0 > most { return nil }
        swap(&beforeLast, &last)
        swap(&last, &current)
    }
    return last[second.count] <= most ? last[second.count] : nil
}
