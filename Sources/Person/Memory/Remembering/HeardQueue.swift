public import Consents
import Dispatch
import Foundation
public import Logging
import Models
public import Store
import Synchronization

/// Remembers after the reply, off the hot path: takes what people said, and reads it for what they want remembered.
///
/// ``note(_:)`` writes to a ``/Store/Journal`` and returns within microseconds; from then on nothing is lost when the
/// process dies. ``run()`` sorts it into the store, sealed under each person's own key, and reads it: first what is said
/// outright (``PlainStatement``), then, where a model is there to ask, what it finds (``ModelRememberer``). Every time the
/// person's grants are asked anew. What was read is deleted; what is read twice after a crash is held once.
///
/// ```swift
/// let queue = HeardQueue(memories: memories, journal: journal)
/// async let remembering: Void = queue.run()
/// queue.note(Heard(by: ada, "Remember that I'm left-handed.", at: now))
/// ```
public final class HeardQueue: Sendable {
    let memories: MemoryStore
    private let journal: Journal
    let rows: HeardRows
    let rememberer: ModelRememberer?
    let vectors: VectorMaker?
    let logger: Logger
    let clock: @Sendable () -> Int64
    private let queue = DispatchQueue(label: "trellis.heard")
    private let isSignalled = Atomic<Bool>(false)
    private let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation
    private let waiting: UnwrittenTurns
    let counted = Mutex(Counts())
    private let lastTrouble = Mutex<String?>(nil)
    /// Whose statements are being read at this moment, and how many of their turns.
    let beingRead = Mutex<[PersonKey: Int]>([:])
    /// Whose items may lack vectors.
    private let unembedded = Mutex<Set<PersonKey>>([])

    /// Numbers since it was made.
    public struct Counts: Hashable, Sendable {
        /// Turns that were noted.
        public var noted = 0
        /// Turns that were read to the end.
        public var read = 0
        /// Turns of which nothing was kept because the person's grants, a pause or an erasure forbade it.
        public var forbidden = 0
        /// Turns of which a model's answer was in no form that could be read.
        public var unreadable = 0
        /// Turns that could not be kept or read.
        public var lost = 0
        /// Turns that wait to be sorted into the store, in the journal or, where that can't be written, in memory.
        public var waiting = 0
        /// Items that were remembered or proposed.
        public var remembered = 0
    }

    /// What became of a turn that was noted.
    public enum Noting: Sendable, Hashable {
        /// It is in the journal, and is read even if the process dies.
        case noted
        /// The journal can't be written. It waits in memory and is read unless the process dies before it can.
        case onlyInMemory
        /// It is not kept.
        case lost
    }

    /// The machine's clock, in milliseconds since 1970.
    public static let wallClock: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1_000) }

    /// How often a turn is tried before it is given up.
    static let mostAttempts = 6
    /// How long a claim holds, in milliseconds. Reading one turn takes at most a minute.
    static let claim: Int64 = 120_000

    /// A queue over people's memories and a journal, which others leave to it.
    ///
    /// - Parameters:
    ///   - rememberer: The model that reads turns; nil where only what is said outright is remembered.
    ///   - vectors: What embeds items, so that they are found by meaning; nil where nothing does.
    ///   - clock: Now, in milliseconds since 1970.
    ///   - logger: Told of trouble, never of what was said.
    ///   - memoryLimit: How many bytes of turns may wait in memory while the journal can't be written.
    public init(
        memories: MemoryStore, journal: Journal, rememberer: ModelRememberer? = nil, vectors: VectorMaker? = nil,
        logger: Logger = Logger(label: "trellis.memory"),
        clock: @escaping @Sendable () -> Int64 = HeardQueue.wallClock, memoryLimit: Int = 8 << 20
    ) {
        waiting = UnwrittenTurns(limit: memoryLimit)
        self.memories = memories
        self.journal = journal
        rows = HeardRows(seal: memories.seal)
        self.rememberer = rememberer
        self.vectors = vectors
        self.logger = logger
        self.clock = clock
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Numbers since it was made.
    public var counts: Counts {
        var counts = counted.withLock { $0 }
        counts.waiting = journal.counts.waiting + waiting.count
        return counts
    }

    /// What keeps it from remembering, in words; nil when all is well.
    public var trouble: String? { lastTrouble.withLock { $0 } }

    // MARK: Noting

    /// Takes what a person said. Any thread may call; it never throws and never waits for the store.
    /// - Returns: what became of it, for whoever tells the person.
    @discardableResult
    public func note(_ heard: Heard) -> Noting {
        counted.withLock { $0.noted += 1 }
        let noting = kept(heard)
        if noting == .lost { counted.withLock { $0.lost += 1 } }
        wake()
        return noting
    }

    private func kept(_ heard: Heard) -> Noting {
        let sealed: [UInt8]
        do {
            let plain = try JSONEncoder().encode(heard)
            sealed = try memories.seal.sealInTransit([UInt8](plain), context: HeardRows.transit)
        } catch {
            tell("what was said could not be sealed: \(error)")
            return .lost
        }
        do throws(JournalError) {
            try journal.append(sealed)
            return .noted
        } catch {
            tell("what was said can't be written down and waits in memory: \(error)")
            return waiting.take(sealed) ? .onlyInMemory : .lost
        }
    }

    /// Says that a person's items may lack vectors. They are made soon.
    public func wantsVectors(_ person: PersonKey) {
        guard vectors != nil, unembedded.withLock({ $0.insert(person).inserted }) else { return }
        wake()
    }

    private func wake() {
        if !isSignalled.exchange(true, ordering: .acquiringAndReleasing) { signal.yield() }
    }

    // MARK: Reading

    /// Remembers until the task is cancelled. Run it once.
    public func run() async {
        signal.yield()
        var failures = 0
        for await _ in signals {
            repeat {
                let pause = failures == 0 ? 20 : min(10_000, 100 << min(failures, 7))
                try? await Task.sleep(for: .milliseconds(pause))
                isSignalled.store(false, ordering: .sequentiallyConsistent)
                failures = await round() ? 0 : failures + 1
            } while failures > 0 && !Task.isCancelled
        }
        // What was said in the last moments is in the store then, and is read at the next start.
        _ = try? await sortIn()
    }

    /// One round over whatever waits.
    /// - Returns: whether all of it was read; what failed is tried again later.
    @discardableResult
    public func round() async -> Bool {
        do {
            try await sortIn()
            var isWhole = true
            while !Task.isCancelled, let waiting = try await claim(upTo: .statementsRead, of: nil) {
                if try await !read(waiting, withModel: true) { isWhole = false }
            }
            await embed()
            if isWhole { tell(nil) }
            // What failed, or is being read by another replica, is looked at again until it is gone.
            return try await isEmpty()
        } catch {
            tell("\(error)")
            return false
        }
    }

    /// Reads what a person said outright and nobody has read yet, without asking a model: before they see, correct or
    /// forget something, so that what they asked for a moment ago is there to be found. What others said waits its turn.
    public func settle(_ person: PersonKey) async {
        do {
            try await sortIn()
            while let waiting = try await claim(upTo: .whole, of: person) {
                _ = try await read(waiting, withModel: false)
            }
        } catch {
            tell("\(error)")
        }
        // What the round is just reading is there in a few milliseconds.
        for _ in 0..<400 where beingRead.withLock({ $0[person] != nil }) {
            try? await Task.sleep(for: .milliseconds(5))
        }
    }

    /// From the journal, and from memory, into the store. Afterwards nothing of it is left in the journal's files.
    private func sortIn() async throws {
        try await offThread { [self] in
            journal.rotate()
            _ = try journal.drain(batch: 64) { batch in
                try memories.store.write { session in try rows.insert(batch, in: session) }
            }
            try waiting.giveAll { turns in
                try memories.store.write { session in try rows.insert(turns, in: session) }
            }
        }
    }

    /// Takes the oldest turn that nobody reads, of a person or of anybody.
    private func claim(upTo stage: HeardRows.Stage, of person: PersonKey?) async throws -> HeardRows.Waiting? {
        let now = clock()
        return try await offThread { [self] in
            // Asked before anything is locked: as a rule there is nothing.
            guard try !memories.store.read({ try HeardRows.isEmpty(of: person, in: $0) }) else { return nil }
            let claimed = try memories.store.write { session in
                try rows.claim(upTo: stage, of: person, at: now, stale: now - Self.claim, in: session)
            }
            if let claimed, claimed.stage == .whole { begin(claimed.heard.person) }
            return claimed
        }
    }

    private func isEmpty() async throws -> Bool {
        guard waiting.count == 0 else { return false }
        return try await offThread { [self] in
            try memories.store.read { try HeardRows.isEmpty(of: nil, in: $0) }
        }
    }

    private func begin(_ person: PersonKey) { beingRead.withLock { $0[person, default: 0] += 1 } }

    func end(_ person: PersonKey) {
        beingRead.withLock { people in
            let count = (people[person] ?? 0) - 1
            people[person] = count > 0 ? count : nil
        }
    }

    private func embed() async {
        guard let vectors else { return }
        for person in unembedded.withLock({ Array($0) }) where !Task.isCancelled {
            // Taken out first: what is written meanwhile puts it in again.
            unembedded.withLock { _ = $0.remove(person) }
            do {
                try await vectors.make(of: memories.memory(of: person), grants: memories.grants, clock: clock)
            } catch {
                // Recall goes on by words; the next thing that is remembered or asked tries again.
                logger.notice(
                    "Items could not be embedded and are found by their words meanwhile",
                    metadata: ["reason": "\(Self.reason(error))"])
            }
        }
    }

    // MARK: Underneath

    func tell(_ words: String?) {
        let before = lastTrouble.withLock { trouble in
            defer { trouble = words }
            return trouble
        }
        switch (before, words) {
        case (nil, let words?): logger.warning("Remembering waits", metadata: ["reason": "\(words)"])
        case (_?, nil): logger.notice("Remembering goes on as usual again")
        default: break
        }
    }

    func offThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: body)) }
        }
    }
}
