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
    private let memories: MemoryStore
    private let journal: Journal
    private let rows: HeardRows
    private let rememberer: ModelRememberer?
    private let vectors: VectorMaker?
    private let logger: Logger
    private let clock: @Sendable () -> Int64
    private let queue = DispatchQueue(label: "trellis.heard")
    private let isSignalled = Atomic<Bool>(false)
    private let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation
    private let counted = Mutex(Counts())
    private let lastTrouble = Mutex<String?>(nil)
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
        /// Turns that could not be kept or read.
        public var lost = 0
        /// Items that were remembered or proposed.
        public var remembered = 0
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
    public init(
        memories: MemoryStore, journal: Journal, rememberer: ModelRememberer? = nil, vectors: VectorMaker? = nil,
        logger: Logger = Logger(label: "trellis.memory"),
        clock: @escaping @Sendable () -> Int64 = HeardQueue.wallClock
    ) {
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
    public var counts: Counts { counted.withLock { $0 } }

    /// What keeps it from remembering, in words; nil when all is well.
    public var trouble: String? { lastTrouble.withLock { $0 } }

    // MARK: Noting

    /// Takes what a person said. Any thread may call; it never throws and never waits for the store.
    public func note(_ heard: Heard) {
        counted.withLock { $0.noted += 1 }
        do {
            let plain = try JSONEncoder().encode(heard)
            try journal.append(memories.seal.sealInTransit([UInt8](plain), context: HeardRows.transit))
        } catch {
            counted.withLock { $0.lost += 1 }
            tell("what was said could not be noted: \(error)")
        }
        wake()
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
            while !Task.isCancelled, let waiting = try await claim(upTo: .statementsRead) {
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

    /// Reads what was said outright in all that waits, without asking a model: before something is to be forgotten, so
    /// that what was asked for a moment ago is there to be found.
    public func settle() async {
        do {
            try await sortIn()
            while let waiting = try await claim(upTo: .whole) { _ = try await read(waiting, withModel: false) }
        } catch {
            tell("\(error)")
        }
    }

    /// From the journal into the store. Afterwards nothing of it is left in the journal's files.
    private func sortIn() async throws {
        try await offThread { [self] in
            journal.rotate()
            _ = try journal.drain(batch: 64) { batch in
                try memories.store.write { session in try rows.insert(batch, in: session) }
            }
        }
    }

    private func claim(upTo stage: HeardRows.Stage) async throws -> HeardRows.Waiting? {
        let now = clock()
        return try await offThread { [self] in
            // Asked before anything is locked: as a rule there is nothing.
            guard
                try memories.store.read({ try $0.firstRow("SELECT id FROM memory_heard LIMIT 1") }) != nil
            else { return nil }
            return try memories.store.write { session in
                try rows.claim(upTo: stage, at: now, stale: now - Self.claim, in: session)
            }
        }
    }

    private func isEmpty() async throws -> Bool {
        try await offThread { [self] in
            try memories.store.read { try $0.firstRow("SELECT id FROM memory_heard LIMIT 1") } == nil
        }
    }

    /// Reads one turn.
    /// - Returns: false when it failed and is to be tried again.
    private func read(_ waiting: HeardRows.Waiting, withModel: Bool) async throws -> Bool {
        let heard = waiting.heard
        let memory = memories.memory(of: heard.person)
        do {
            if waiting.stage == .whole { try await readStatements(heard, memory) }
            guard let rememberer, PlainStatement.leavesMore(in: heard.message) else {
                return try await finish(waiting.id)
            }
            if waiting.stage == .whole { try await reach(.statementsRead, waiting.id) }
            guard withModel else { return true }
            try await readWithModel(rememberer, heard, memory)
            return try await finish(waiting.id)
        } catch let error as MemoryError where error.forbidsKeeping {
            counted.withLock { $0.forbidden += 1 }
            return try await finish(waiting.id, counts: false)
        } catch {
            if waiting.attempts >= Self.mostAttempts {
                logger.error(
                    "What a person said could not be read for what they want remembered",
                    metadata: ["reason": "\(Self.reason(error))"])
                counted.withLock { $0.lost += 1 }
                return try await finish(waiting.id, counts: false)
            }
            tell(Self.reason(error))
            try await tryLater(waiting)
            return false
        }
    }

    /// Lets a turn be claimed again after a pause that grows.
    private func tryLater(_ waiting: HeardRows.Waiting) async throws {
        let pause = min(Self.claim, Int64(500) << min(waiting.attempts, 8))
        let claimedAt = clock() - Self.claim + pause
        try await offThread { [self] in
            try memories.store.write { session in
                _ = try session.run(
                    "UPDATE memory_heard SET claimed_at = ? WHERE id = ?", .integer(claimedAt), .text(waiting.id))
            }
        }
    }

    /// An upstream's words may quote the person's.
    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as MemoryError: error.description
        case let error as ChatRefusal: "the model that reads what was said answered with status \(error.status)"
        case is CancellationError: "reading took too long"
        default: "the model that reads what was said could not be asked (\(type(of: error)))"
        }
    }

    private func readStatements(_ heard: Heard, _ memory: PersonMemory) async throws {
        guard !PlainStatement.all(in: heard.message).isEmpty else { return }
        let permit = try await permit(heard, memory)
        let held = try await memory.items(under: permit, at: permit.issuedAt)
        let resolutions = AskedOfMemory.all(in: heard.message, held: held, origin: heard.origin, at: heard.at)
            .compactMap { asked -> Resolution? in
                guard case .keep(let resolution) = asked else { return nil }
                return resolution.dated(at: heard.at)
            }
        try await keep(resolutions, heard, memory, permit, by: .person, reason: "Said in so many words.")
    }

    private func readWithModel(_ rememberer: ModelRememberer, _ heard: Heard, _ memory: PersonMemory) async throws {
        var permit = try await permit(heard, memory)
        let held = try await memory.items(under: permit, at: permit.issuedAt)
        let findings = try await rememberer.findings(
            in: heard.message, held: Self.nearest(held, to: heard.message), origin: heard.origin, at: heard.at)
        // Asked anew: the model took its time.
        permit = try await self.permit(heard, memory)
        try await keep(
            findings.resolutions.map { $0.dated(at: heard.at) }, heard, memory, permit, by: .model,
            reason: "Read out of what was said.")
    }

    /// Held items that share words with a message, the most first, then the newest.
    private static func nearest(_ held: [MemoryItem], to message: String) -> [MemoryItem] {
        let said = Set(GroundedWords.content(of: message))
        return held.suffix(2_000)
            .map { (item: $0, shared: GroundedWords.content(of: $0.words).count { said.contains($0) }) }
            .sorted { ($0.shared, $0.item.recordedAt) > ($1.shared, $1.item.recordedAt) }
            .prefix(ModelRememberer.mostHeld).map(\.item)
    }

    private func permit(_ heard: Heard, _ memory: PersonMemory) async throws(MemoryError) -> MemoryPermit {
        guard let permit = memories.grants.permit(.remember, for: heard.person, at: clock()) else {
            throw .notGranted(.remember, nil)
        }
        if let conversation = heard.conversation, try await memory.isPaused(conversation) {
            throw .paused(conversation: conversation)
        }
        return permit
    }

    /// Keeps each by itself, so that one that is unfit spoils no other.
    private func keep(
        _ resolutions: [Resolution], _ heard: Heard, _ memory: PersonMemory, _ permit: MemoryPermit,
        by author: Decision.Author, reason: String
    ) async throws(MemoryError) {
        var kept = 0
        for resolution in resolutions where resolution.draft.map({ permit.kinds.contains($0.kind) }) ?? true {
            do throws(MemoryError) {
                kept += try await memory.remember(
                    [resolution], under: permit, at: permit.issuedAt, by: author, reason: reason, heardAt: heard.at
                ).count
            } catch {
                switch error {
                // The item that it speaks of was erased or corrected meanwhile, or the words can't be kept.
                case .unfit, .noSuchItem, .unfitState, .tooMany: continue
                case .notGranted(_, .some): continue
                default: throw error
                }
            }
        }
        guard kept > 0 else { return }
        counted.withLock { [kept] in $0.remembered += kept }
        if let days = heard.retentionDays { try await bound(resolutions, days, memory) }
        wantsVectors(heard.person)
    }

    /// The charter's retention holds for kinds for which the person has set none.
    private func bound(_ resolutions: [Resolution], _ days: Int, _ memory: PersonMemory) async throws(MemoryError) {
        let own = memory.own
        let known = try await own.retention()
        for kind in Set(resolutions.compactMap { $0.draft?.kind }) where known[kind] == nil {
            try await own.setRetention(kind, days: min(days, MemorySettings.longestRetention), at: clock())
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

    private func finish(_ id: String, counts: Bool = true) async throws -> Bool {
        if counts { counted.withLock { $0.read += 1 } }
        try await offThread { [self] in
            try memories.store.write { session in try HeardRows.delete(id, in: session) }
        }
        return true
    }

    private func reach(_ stage: HeardRows.Stage, _ id: String) async throws {
        try await offThread { [self] in
            try memories.store.write { session in try HeardRows.reached(stage, id, in: session) }
        }
    }

    private func tell(_ words: String?) {
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

    private func offThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: body)) }
        }
    }
}

extension Resolution {
    /// The same with due dates read out of its words.
    func dated(at moment: Int64) -> Resolution {
        switch self {
        case .add(let draft): .add(draft.dated(at: moment))
        case .replace(let id, let draft): .replace(id, with: draft.dated(at: moment))
        case .keepBoth(let id, let draft): .keepBoth(id, draft.dated(at: moment))
        case .close: self
        }
    }
}

extension MemoryError {
    /// Whether it says that nothing of this may be kept, however often one tries.
    var forbidsKeeping: Bool {
        switch self {
        case .notGranted, .paused, .erasedSince, .beingErased, .permitOver: true
        default: false
        }
    }
}

extension PlainStatement {
    /// Whether a message holds more than what it asks outright, so that a model may find something in it.
    static func leavesMore(in message: String) -> Bool {
        let said = all(in: message).reduce(0) { $0 + $1.words.count }
        return message.count > 12 && message.count - said > max(40, said)
    }
}
