/// What words alone found, and whether meaning could find more.
struct FoundByWords: Sendable {
    /// The likeliest first.
    var items: [RecalledItem] = []
    /// Whether a vector of the question is not worth waiting for: there is nothing to compare it with, or the best item
    /// says what was asked in the same words.
    var suffices = true
    /// Whether some items have no vector yet.
    var lacksVectors = false
}

extension RecallIndex {
    /// How many items have a vector.
    var vectorCount: Int { tables.reduce(0) { $0 + $1.count } }

    /// Such a share of the question's words, weighed by how rare they are, is nearly all of them.
    private static let nearlyAll: Float = 0.8
    /// Fewer words than this say too little by themselves.
    private static let fewestWords = 2

    /// Whether an item holds nearly all that a question asks, in the same words: so many of them, and the rare ones.
    ///
    /// - Complexity: O(words of the question + words of the item).
    func holds(nearlyAllOf query: RecallQuery, _ id: MemoryItem.ID) -> Bool {
        guard let slot = slotOf[id] else { return false }
        var query = query
        query.purpose = nil
        let question = Question(query, in: self, .fitted)
        guard question.totalWeight > 0 else { return false }
        let terms = Set(postings.entries(slot: Int(slot)).lazy.filter { $0.count > 0 }.map(\.term))
        let held = question.wanted.filter { terms.contains($0.term) }
        let weight = held.reduce(Float(0)) { $0 + $1.weight }
        return held.count >= Self.fewestWords && weight >= Self.nearlyAll * question.totalWeight
    }
}
