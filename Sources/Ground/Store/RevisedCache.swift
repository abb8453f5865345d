import Synchronization

/// Values read from the store and kept in memory until somebody changes them, in this process or another.
///
/// The room that owns the values keeps a number in the store that grows with each of its writes. Whoever wrote says so
/// with ``wrote(_:revision:)``, which every process on the store can see (``ChangeMark``): the next lookup there asks
/// for the number, which takes a few dozen microseconds, and when it has grown, everything kept is dropped. So from the
/// moment when ``wrote(_:revision:)`` returns, nobody anywhere is told what was before. A lookup while nothing changes
/// is well under a microsecond, one system call included.
///
/// Should a writer die between its commit and saying so, the change is seen within a second all the same, because every
/// 400 ms one lookup asks anyway. When the number can't be read for a second, or can't be read after a change, lookups
/// throw rather than tell something that may be over.
///
/// Holds at most twice `capacity` values: the young, and the old that are dropped when the young have grown up
/// (a two-generation form of "least recently used"). It does not bound the size of one value.
public final class RevisedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct State {
        var young: [Key: Value] = [:]
        var old: [Key: Value] = [:]
        var revision: Int64?
        /// The store's mark before the revision was read.
        var mark: UInt64?
        var checkedAt: ContinuousClock.Instant?
        var isBeingChecked = false
        /// Grows with everything that may make a value stale that is being read just now.
        var generation = 0

        mutating func drop() {
            young.removeAll(keepingCapacity: true)
            old = [:]
            generation += 1
        }
    }

    private let store: DataStore
    private let capacity: Int
    private let readRevision: @Sendable (borrowing Session) throws -> Int64
    private let load: @Sendable (Key, borrowing Session) throws -> Value
    private let state = Mutex(State())

    private static var soft: Duration { .milliseconds(400) }
    private static var hard: Duration { .milliseconds(1_000) }

    /// An empty cache.
    ///
    /// - Parameters:
    ///   - capacity: how many values are kept, and as many again that are older.
    ///   - revision: reads the number that grows with each write.
    ///   - load: reads one value. It runs in a view of the store that is consistent in itself.
    public init(
        store: DataStore, capacity: Int,
        revision: @escaping @Sendable (borrowing Session) throws -> Int64,
        load: @escaping @Sendable (Key, borrowing Session) throws -> Value
    ) {
        self.store = store
        self.capacity = max(1, capacity)
        readRevision = revision
        self.load = load
    }

    /// The value of a key: kept, or read now. Blocks the calling thread while it reads.
    public func value(of key: Key) throws -> Value {
        let now = ContinuousClock.now
        let mark = store.mark.value
        let (kept, generation, isDue, isLate) = state.withLock { state in
            let age = state.checkedAt.map { now - $0 }
            // Somebody has changed something, or nobody can say.
            let isLate = mark == nil || mark != state.mark || age.map { $0 > Self.hard } ?? true
            let isDue = isLate || (age.map { $0 > Self.soft } ?? true && !state.isBeingChecked)
            if isDue { state.isBeingChecked = true }
            return (isDue ? nil : Self.kept(key, in: &state, capacity: capacity), state.generation, isDue, isLate)
        }
        if let kept { return kept }
        guard isDue else { return try read(key, generation: generation) }
        do {
            try refresh()
        } catch {
            state.withLock { $0.isBeingChecked = false }
            if isLate { throw error }
        }
        let (known, current) = state.withLock { state in
            (Self.kept(key, in: &state, capacity: capacity), state.generation)
        }
        return try known ?? read(key, generation: current)
    }

    /// Asks the store whether another process has changed something, and drops everything if so.
    public func refresh() throws {
        let start = ContinuousClock.now
        // First the mark: what changes while the number is being read is then looked at once more.
        let mark = store.mark.value
        let found = try store.read { session in try readRevision(session) }
        state.withLock { state in
            if state.revision != found {
                // Of two that ask at once, the one that read earlier must not win.
                state.revision = max(found, state.revision ?? found)
                state.drop()
            }
            state.mark = mark
            state.checkedAt = start
            state.isBeingChecked = false
        }
    }

    /// Says that this process wrote the key's value, here and to every other process. Call it after the write was
    /// committed.
    /// - Parameter revision: the number as that write left it.
    public func wrote(_ key: Key, revision: Int64) {
        state.withLock { state in
            // A gap means that another process wrote in between: then the next look at the number drops everything.
            if let known = state.revision, revision == known + 1 { state.revision = revision }
            state.young[key] = nil
            state.old[key] = nil
            state.generation += 1
        }
        store.mark.change()
    }

    /// How many values are kept.
    public var count: Int { state.withLock { $0.young.count + $0.old.count } }

    private static func kept(_ key: Key, in state: inout State, capacity: Int) -> Value? {
        if let value = state.young[key] { return value }
        guard let value = state.old.removeValue(forKey: key) else { return nil }
        keep(value, for: key, in: &state, capacity: capacity)
        return value
    }

    private static func keep(_ value: Value, for key: Key, in state: inout State, capacity: Int) {
        if state.young.count >= capacity {
            state.old = state.young
            state.young = [:]
        }
        state.young[key] = value
    }

    private func read(_ key: Key, generation: Int) throws -> Value {
        let value = try store.read { session in try load(key, session) }
        state.withLock { state in
            // Something was written while we read: what we have is right for this call, and not to be kept.
            guard state.generation == generation else { return }
            Self.keep(value, for: key, in: &state, capacity: capacity)
        }
        return value
    }
}
