public import Consents
import Dispatch
import Foundation
public import Logging
public import Store
import Synchronization

/// Keeps what people want remembered, each person's sealed under their own key, and hands out ``PersonMemory``, which
/// is bound to one of them.
///
/// Opened memories stay in memory up to a bound, those not met for longest leave first. A change holds from the moment
/// the call returns; in other processes on the same store it is seen within a second.
///
/// ```swift
/// let memories = MemoryStore(store: store, seal: seal, grants: grants)
/// await memories.finishErasures()
/// let ada = memories.memory(of: PersonKey(application: "homework", person: "9f2c…"))
/// ```
public final class MemoryStore: Sendable {
    let store: DataStore
    let seal: Seal
    /// The grants that are asked.
    public let grants: GrantLedger
    let logger: Logger
    let open: OpenMemories
    private let writing = DispatchQueue(label: "trellis.memory.writing")
    private let reading = DispatchQueue(label: "trellis.memory.reading", attributes: .concurrent)
    /// Called between the steps of an erasure. For tests that fail there.
    let erasureStep = Mutex<(@Sendable (ErasureStep) throws -> Void)?>(nil)

    /// How many items one person can have.
    public static let mostItems = 100_000
    /// How many items are written at a time.
    public static let mostAtOnce = 5_000

    /// Memories in a store that was opened with ``MemoryMigrations/all``, `Seal.migrations` and
    /// `ConsentsMigrations.all`.
    ///
    /// - Parameters:
    ///   - logger: told of trouble, never of what is remembered.
    ///   - byteLimit: about how many bytes of opened memories are kept.
    public init(
        store: DataStore, seal: Seal, grants: GrantLedger, logger: Logger = Logger(label: "trellis.memory"),
        byteLimit: Int = 256 << 20
    ) {
        self.store = store
        self.seal = seal
        self.grants = grants
        self.logger = logger
        open = OpenMemories(limit: byteLimit)
    }

    /// One person's memory. Costs nothing; nothing is read yet.
    public func memory(of person: PersonKey) -> PersonMemory { PersonMemory(person: person, memories: self) }

    /// How many people's memories are open, and about how many bytes they take.
    public var opened: (people: Int, bytes: Int) { open.counts }

    /// Lets a person's opened memory go, with its key. It is opened anew when it is needed.
    public func close(_ person: PersonKey) { open.remove(person) }

    /// Signs certificates of erasure for this store.
    public var signer: ErasureSigner { ErasureSigner(seal: seal) }

    // MARK: Reading

    private static var soft: Duration { .milliseconds(400) }

    /// What is remembered of a person, from memory while it is known to be at most 400 ms old; nil for nothing. Blocks
    /// the calling thread while it reads.
    func contents(of person: PersonKey) throws(MemoryError) -> MemoryContents? {
        do {
            let now = ContinuousClock.now
            guard let known = open.find(person) else { return try openAnew(person, at: now) }
            let (contents, isFresh, generation) = known.state.withLock { state in
                (state.contents, now - state.checkedAt <= Self.soft, state.generation)
            }
            if isFresh { return contents }
            let found = try store.read { session in
                try MemoryRows.isBeingErased(person, in: session) ? nil : MemoryRows.revision(of: person, in: session)
            }
            if found?.row == contents?.row, found?.revision == contents?.revision {
                known.state.withLock { state in
                    // Something was written here meanwhile: then that is newer still.
                    if state.generation == generation { state.checkedAt = now }
                }
                return contents
            }
            return try readAnew(person, into: known, at: now)
        } catch {
            throw MemoryError(any: error)
        }
    }

    /// The same with an index, made when there is none yet.
    func indexed(_ person: PersonKey) throws(MemoryError) -> MemoryContents? {
        for _ in 0..<4 {
            guard var contents = try contents(of: person) else { return nil }
            if contents.index != nil { return contents }
            do {
                let (row, revision) = (contents.row, contents.revision)
                let index = try store.read { session -> RecallIndex? in
                    let found = try MemoryRows.revision(of: person, in: session)
                    guard found?.row == row, found?.revision == revision else { return nil }
                    return try MemoryRows.index(contents, in: session)
                }
                if let index {
                    contents.index = index
                    keep(index, of: person, row: row, revision: revision)
                    return contents
                }
            } catch {
                throw MemoryError(any: error)
            }
            // Somebody wrote in between: look again, at what is there now.
            open.find(person)?.state.withLock { $0.checkedAt = .now - .seconds(60) }
        }
        throw .contended
    }

    private func keep(_ index: RecallIndex, of person: PersonKey, row: Int64, revision: Int64) {
        guard let known = open.find(person) else { return }
        let isKept = known.state.withLock { state in
            guard state.contents?.row == row, state.contents?.revision == revision else { return false }
            state.contents?.index = index
            return true
        }
        if isKept { open.note(change: index.byteCount) }
    }

    /// Whether a person's memory is open with its index, so that asking it reads nothing but a number.
    func isWarm(_ person: PersonKey) -> Bool {
        open.find(person)?.state.withLock { $0.contents?.index != nil } ?? false
    }

    /// Whether somebody's memory is in our own memory, so that looking into it waits for nothing.
    func isOpen(_ person: PersonKey) -> Bool { open.find(person) != nil }

    /// Whether a person's memory is open, and empty or indexed and no larger than `limit` items.
    func isReady(_ person: PersonKey, upTo limit: Int) -> Bool {
        open.find(person)?.state.withLock { state in
            guard let contents = state.contents else { return true }
            return contents.index != nil && contents.items.count <= limit
        } ?? false
    }

    private func openAnew(_ person: PersonKey, at moment: ContinuousClock.Instant) throws -> MemoryContents? {
        let contents = try store.read { session in try MemoryRows.open(person, with: seal, in: session) }
        // Somebody may have written between our reading and our keeping: what is kept is looked at again soon, and a
        // write never builds on it unseen.
        return open.keep(OpenMemory(contents, at: moment), of: person).state.withLock { state in
            (state.contents?.revision ?? 0) >= (contents?.revision ?? 0) ? state.contents : contents
        }
    }

    private func readAnew(
        _ person: PersonKey, into known: OpenMemory, at moment: ContinuousClock.Instant
    ) throws -> MemoryContents? {
        let generation = known.state.withLock { $0.generation }
        let contents = try store.read { session in try MemoryRows.open(person, with: seal, in: session) }
        let change = known.state.withLock { state -> Int in
            guard state.generation == generation else { return 0 }
            let before = state.contents?.byteCount ?? 0
            state.contents = contents
            state.checkedAt = moment
            state.generation += 1
            return (contents?.byteCount ?? 0) - before
        }
        open.note(change: change)
        return contents
    }

    // MARK: Writing

    /// Works out a plan from what is remembered now and writes it, as one step that no other writer can come between.
    ///
    /// - Parameter plan: sees the memory as it is in the store, and the session. It runs again when another writer was
    ///   quicker.
    /// - Returns: what `plan` returned beside the plan.
    func write<Outcome: Sendable>(
        _ person: PersonKey,
        _ plan: @escaping @Sendable (MemoryContents, borrowing Session) throws -> (MemoryPlan, Outcome)
    ) async throws(MemoryError) -> Outcome {
        for _ in 0..<16 {
            do throws(MemoryError) {
                return try await offThread(writing) { memories in try memories.writeNow(person, plan) }
            } catch {
                switch error {
                case .contended, .store(.constraint): continue
                default: throw error
                }
            }
        }
        throw .contended
    }

    private func writeNow<Outcome>(
        _ person: PersonKey, _ plan: (MemoryContents, borrowing Session) throws -> (MemoryPlan, Outcome)
    ) throws -> Outcome {
        let known = open.find(person)
        let (outcome, written, begun) = try store.write { session -> (Outcome, WrittenPlan?, MemoryContents?) in
            if try MemoryRows.isBeingErased(person, in: session) { throw MemoryError.beingErased }
            let found = try MemoryRows.revision(of: person, in: session)
            let contents: MemoryContents
            var isNew = false
            var isRead = false
            if let found {
                let kept = known?.state.withLock { $0.contents }
                if let kept, kept.row == found.row, kept.revision == found.revision {
                    contents = kept
                } else {
                    guard let read = try MemoryRows.open(person, with: seal, in: session) else {
                        throw MemoryError.contended
                    }
                    contents = read
                    isRead = true
                }
            } else {
                contents = MemoryContents(row: .random(in: 1 ... .max), revision: 0, key: .make())
                isNew = true
            }
            let (planned, outcome) = try plan(contents, session)
            guard !planned.isEmpty else { return (outcome, nil, nil) }
            if isNew { try begin(contents, of: person, in: session) }
            var writing = PlanWriting(planned, on: contents)
            return (outcome, try writing.write(of: person, in: session), isNew || isRead ? contents : nil)
        }
        if let written { keep(written, begun: begun, of: person, in: known) }
        return outcome
    }

    /// The row of a person of whom nothing was remembered yet.
    private func begin(_ contents: MemoryContents, of person: PersonKey, in session: borrowing Session) throws {
        let key = try contents.key.sealed(for: person, row: contents.row, with: seal, in: session)
        try session.run(
            """
            INSERT INTO memory_people (application, person, number, revision, sweep_on, sealed_key, sealed_settings)
            VALUES (?, ?, ?, 0, NULL, ?, ?)
            """, .text(person.application), .text(person.person), .integer(contents.row), .blob(key), .blob([]))
    }

    /// Brings the opened memory to where the write has brought the store.
    private func keep(_ written: WrittenPlan, begun: MemoryContents?, of person: PersonKey, in known: OpenMemory?) {
        let opened: OpenMemory
        if let known {
            opened = known
        } else if let begun {
            opened = open.keep(OpenMemory(begun, at: .now), of: person)
        } else {
            return
        }
        let change = opened.state.withLock { state -> Int in
            state.generation += 1
            let before = state.contents?.byteCount ?? 0
            if let begun, state.contents?.row != begun.row || state.contents?.revision != begun.revision {
                state.contents = begun
            }
            guard let contents = state.contents, contents.revision == written.revision - 1 else {
                // What is open has moved on or was never this: it is read anew when it is next looked at.
                state.checkedAt = .now - .seconds(60)
                return 0
            }
            state.contents?.apply(written)
            state.checkedAt = .now
            return (state.contents?.byteCount ?? 0) - before
        }
        open.note(change: change)
    }

    // MARK: Underneath

    func readOffThread<Value: Sendable>(
        _ body: @escaping @Sendable (MemoryStore) throws -> Value
    ) async throws(MemoryError) -> Value {
        try await offThread(reading, body)
    }

    func writeOffThread<Value: Sendable>(
        _ body: @escaping @Sendable (MemoryStore) throws -> Value
    ) async throws(MemoryError) -> Value {
        try await offThread(writing, body)
    }

    private func offThread<Value: Sendable>(
        _ queue: DispatchQueue, _ body: @escaping @Sendable (MemoryStore) throws -> Value
    ) async throws(MemoryError) -> Value {
        let result: Result<Value, MemoryError> = await withCheckedContinuation { continuation in
            queue.async { [self] in
                continuation.resume(returning: Result(catching: { try body(self) }).mapError { MemoryError(any: $0) })
            }
        }
        return try result.get()
    }
}
