import Synchronization

/// Values that were worked out once and are kept, up to a number of them; then the oldest half is let go.
///
/// It only ever holds what could be worked out again, so forgetting changes nothing but time.
final class Kept<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Shelf {
        var values: [Key: Value] = [:]
        var order: [Key] = []
    }

    private let shelf = Mutex(Shelf())
    private let limit: Int

    init(atMost limit: Int) {
        self.limit = max(2, limit)
    }

    subscript(key: Key) -> Value? { shelf.withLock { $0.values[key] } }

    /// Keeps a value, unless another thread was first: then that one's value is the one.
    func keep(_ value: Value, for key: Key) -> Value {
        shelf.withLock { shelf in
            if let known = shelf.values[key] { return known }
            if shelf.order.count >= limit {
                let half = shelf.order.count / 2
                for old in shelf.order.prefix(half) { shelf.values[old] = nil }
                shelf.order.removeFirst(half)
            }
            shelf.values[key] = value
            shelf.order.append(key)
            return value
        }
    }
}
