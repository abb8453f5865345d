/// Distinct texts, to find the same one again.
///
/// Lists in a charter are nearly always short, and there comparing beats hashing; a hostile file's long list is hashed,
/// so that reading stays linear.
struct TextCollection {
    private var few: [String] = []
    private var many: Set<String> = []

    private static let fewAtMost = 8

    init(_ texts: [String] = []) {
        for text in texts { insert(text) }
    }

    func contains(_ text: String) -> Bool {
        many.isEmpty ? few.contains(text) : many.contains(text)
    }

    /// Takes a text in. False when it was in already.
    @discardableResult
    mutating func insert(_ text: String) -> Bool {
        if contains(text) { return false }
        if many.isEmpty, few.count < Self.fewAtMost {
            few.append(text)
        } else {
            if many.isEmpty { many = Set(few) }
            many.insert(text)
        }
        return true
    }
}
