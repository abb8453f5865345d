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
    var best: (name: String, distance: Int)?
    for name in names {
        let allowed = min(3, max(1, name.utf8.count / 3))
        guard abs(name.utf8.count - folded.utf8.count) <= allowed else { continue }
        let distance = editDistance(Array(folded.utf8), Array(name.utf8))
        if distance <= allowed, distance < best?.distance ?? .max { best = (name, distance) }
    }
    return best?.name
}

private func editDistance(_ first: [UInt8], _ second: [UInt8]) -> Int {
    guard !first.isEmpty, !second.isEmpty else { return max(first.count, second.count) }
    var beforeLast = [Int](repeating: 0, count: second.count + 1)
    var last = Array(0...second.count)
    for row in 1...first.count {
        var current = [row] + [Int](repeating: 0, count: second.count)
        for column in 1...second.count {
            let same = first[row - 1] == second[column - 1]
            var cost = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (same ? 0 : 1))
            if row > 1, column > 1, first[row - 1] == second[column - 2], first[row - 2] == second[column - 1] {
                cost = min(cost, beforeLast[column - 2] + 1)
            }
            current[column] = cost
        }
        (beforeLast, last) = (last, current)
    }
    return last[second.count]
}
