extension Array where Element: Hashable {
    /// This list and behind it what another list has beyond it: the first occurrence stays where it is.
    ///
    /// Associative and idempotent, also for lists that hold something twice.
    ///
    /// - Complexity: O(*n* + *m*).
    func union(_ other: [Element]) -> [Element] {
        if other.isEmpty || self == other { return self }
        if isEmpty { return other }
        if count + other.count <= 12 { return self + other.filter { !contains($0) } }
        let known = Set(self)
        return self + other.filter { !known.contains($0) }
    }
}

extension Array where Element: Identifiable, Element.ID == String {
    /// The clauses in the order of their names. Layers that were read are in it already.
    var inOrderOfNames: [Element] {
        for index in indices.dropFirst() where self[index].id < self[index - 1].id {
            // Places are moved, not clauses: those are large.
            let names = map(\.id)
            return indices.sorted { names[$0] < names[$1] }.map { self[$0] }
        }
        return self
    }

    /// The clauses of both, in the order of names; one that both have becomes what `combined` makes of the two.
    ///
    /// - Complexity: O(*n* + *m*) for lists in the order of names.
    func merged(with higher: [Element], _ combined: (Element, Element) -> Element) -> [Element] {
        if higher.isEmpty { return inOrderOfNames }
        if isEmpty { return higher.inOrderOfNames }
        let lower = inOrderOfNames
        let higher = higher.inOrderOfNames
        var result: [Element] = []
        result.reserveCapacity(lower.count + higher.count)
        var low = 0
        var high = 0
        while low < lower.count, high < higher.count {
            let (first, second) = (lower[low], higher[high])
            if first.id == second.id {
                result.append(combined(first, second))
                low += 1
                high += 1
            } else if first.id < second.id {
                result.append(first)
                low += 1
            } else {
                result.append(second)
                high += 1
            }
        }
        result += lower[low...]
        result += higher[high...]
        return result
    }
}
