import Synchronization

/// Briefs in every shape that a request may need, kept by their fingerprint up to a number of them.
///
/// A charter has few briefs that most messages share, and many that few do; the oldest half goes when there are too
/// many. What was let go is prepared again when it is needed.
final class PreparedBriefs: Sendable {
    private struct Shelf {
        var briefs: [String: PreparedBrief] = [:]
        var order: [String] = []
    }

    private let shelf = Mutex(Shelf())
    private let limit: Int

    init(atMost limit: Int = 2_048) {
        self.limit = max(2, limit)
    }

    /// The prepared brief of that fingerprint; prepares it from `text` the first time.
    func brief(_ fingerprint: String, _ text: String) -> PreparedBrief {
        if let known = shelf.withLock({ $0.briefs[fingerprint] }) { return known }
        let made = PreparedBrief(text)
        shelf.withLock { shelf in
            guard shelf.briefs.updateValue(made, forKey: fingerprint) == nil else { return }
            shelf.order.append(fingerprint)
            guard shelf.order.count > limit else { return }
            let half = shelf.order.count / 2
            for old in shelf.order.prefix(half) { shelf.briefs[old] = nil }
            shelf.order.removeFirst(half)
        }
        return made
    }

    /// How many are kept.
    var count: Int { shelf.withLock { $0.briefs.count } }
}
