import Consents
import Store
import Synchronization

/// One person's memory, opened, and when it was last known to be up to date.
final class OpenMemory: Sendable {
    struct State: Sendable {
        /// Nil when nothing is remembered of the person.
        var contents: MemoryContents?
        var checkedAt: ContinuousClock.Instant
        /// Grows with each write and each reading anew, so that what was read meanwhile isn't kept.
        var generation = 0
    }

    let state: Mutex<State>

    init(_ contents: MemoryContents?, at moment: ContinuousClock.Instant) {
        state = Mutex(State(contents: contents, checkedAt: moment))
    }
}

/// The people whose memory is open, at most so many bytes of it.
///
/// Young and old, as in ``/Store/RevisedCache``: when the young reach half of the bound, the old leave and the young are
/// old. Whoever is met again is young again. So those not met for longest leave first, in O(1).
final class OpenMemories: Sendable {
    private struct Shelf {
        var young: [PersonKey: OpenMemory] = [:]
        var old: [PersonKey: OpenMemory] = [:]
        var youngBytes = 0
        var oldBytes = 0
    }

    private let shelf = Mutex(Shelf())
    private let limit: Int

    init(limit: Int) { self.limit = max(2, limit) }

    func find(_ person: PersonKey) -> OpenMemory? {
        shelf.withLock { shelf in
            if let open = shelf.young[person] { return open }
            guard let open = shelf.old.removeValue(forKey: person) else { return nil }
            keep(open, of: person, in: &shelf)
            return open
        }
    }

    /// Keeps an opened memory; of two that were opened at once, the first.
    func keep(_ open: OpenMemory, of person: PersonKey) -> OpenMemory {
        shelf.withLock { shelf in
            if let known = shelf.young[person] ?? shelf.old[person] { return known }
            keep(open, of: person, in: &shelf)
            return open
        }
    }

    private func keep(_ open: OpenMemory, of person: PersonKey, in shelf: inout Shelf) {
        let bytes = open.byteCount
        if shelf.youngBytes + bytes > limit / 2, !shelf.young.isEmpty {
            shelf.old = shelf.young
            shelf.oldBytes = shelf.youngBytes
            shelf.young = [:]
            shelf.youngBytes = 0
        }
        shelf.young[person] = open
        shelf.youngBytes += bytes
    }

    /// Says that a memory has grown or shrunk.
    func note(change bytes: Int) {
        shelf.withLock { shelf in shelf.youngBytes = max(0, shelf.youngBytes + bytes) }
    }

    func remove(_ person: PersonKey) {
        shelf.withLock { shelf in
            for open in [shelf.young.removeValue(forKey: person), shelf.old.removeValue(forKey: person)] {
                guard let open else { continue }
                // Handles that are in use hold on to it; what they hold must go too.
                open.state.withLock { state in
                    state.contents = nil
                    state.generation += 1
                }
            }
            shelf.youngBytes = shelf.young.values.reduce(0) { $0 + $1.byteCount }
        }
    }

    /// How many people's memories are open, and about how many bytes they take.
    var counts: (people: Int, bytes: Int) {
        shelf.withLock { shelf in
            let all = Array(shelf.young.values) + Array(shelf.old.values)
            return (all.count, all.reduce(0) { $0 + $1.byteCount })
        }
    }
}

extension OpenMemory {
    var byteCount: Int { state.withLock { $0.contents?.byteCount ?? 256 } }
}

extension MemoryContents {
    /// About how many bytes it takes in memory.
    var byteCount: Int {
        512 + itemBytes + segments.count * MemoryLayout<Segment>.stride + (index?.byteCount ?? 0)
            + (wordHashes?.capacity ?? 0) * 9
    }
}
