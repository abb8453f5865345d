public import Charters
public import Consents
import Dispatch
import Foundation
public import Logging
public import Store
import Synchronization

/// Keeps a receipt of every reply, and finds it again.
///
/// ``record(_:)`` writes to a ``Journal`` and returns within microseconds; from then on the receipt survives
/// `kill -9`. ``run()`` sorts what is in the journal into the store, a few hundred at a time and at most 50 ms
/// behind. A store that is locked, full or damaged delays that and nothing else: replies go on, the journal grows,
/// and ``trouble`` says what is wrong. When even the journal can't be written, receipts wait in memory up to a bound.
///
/// ```swift
/// let ledger = ReceiptLedger(store: store, journal: journal, seal: seal)
/// async let ingestion: Void = ledger.run()
/// ledger.record(receipt)
/// let found = try await ledger.receipt(receipt.id)
/// ```
public final class ReceiptLedger: Sendable {
    let store: DataStore
    private let journal: Journal
    private let seal: Seal?
    private let logger: Logger
    private let memoryLimit: Int
    private let reader: ReceiptReader
    private let sorting: ReceiptSorting
    private let memory: UnwrittenRecords
    private let queue = DispatchQueue(label: "trellis.receipts")
    private let reading = DispatchQueue(label: "trellis.receipts.reading", attributes: .concurrent)

    private let recorded = Atomic<Int>(0)
    private let ingested = Atomic<Int>(0)
    private let failed = Atomic<Int>(0)
    private let isSignalled = Atomic<Bool>(false)
    private let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation
    private let troubles = Mutex(Troubles())
    private let briefs = Mutex<Set<KnownBrief>>([])
    private struct KnownBrief: Hashable {
        var fingerprint: String
        /// The stack that it was written for, if what its clauses say was kept too.
        var stack: CharterFingerprint?
    }

    private struct Troubles {
        var journal: String?
        var store: String?
    }

    /// Numbers about a ledger since it was made.
    public struct Counts: Hashable, Sendable {
        /// Receipts that were recorded.
        public var recorded: Int
        /// Receipts that were sorted into the store, those of earlier runs included.
        public var ingested: Int
        /// Records that wait, in the journal or in memory.
        public var waiting: Int
        /// Receipts that could be kept nowhere, or not be sorted in.
        public var failed: Int
        /// Times that a torn or damaged record was stepped over in the journal.
        public var damaged: Int
    }

    /// A ledger over a store and a journal, both of which others leave to it.
    ///
    /// - Parameters:
    ///   - store: opened with ``CounselMigrations/all``, and with `Seal.migrations` when there is a seal.
    ///   - journal: where receipts wait for the store.
    ///   - seal: what seals the words that are kept; without it none are, and the receipt says so.
    ///   - logger: told of trouble, never of what receipts hold.
    ///   - memoryLimit: how many bytes of receipts may wait in memory while the journal can't be written.
    public init(
        store: DataStore, journal: Journal, seal: Seal? = nil, logger: Logger = Logger(label: "trellis.receipts"),
        memoryLimit: Int = 16 << 20
    ) {
        self.store = store
        self.journal = journal
        self.seal = seal
        self.logger = logger
        self.memoryLimit = memoryLimit
        sorting = ReceiptSorting(seal: seal, logger: logger)
        let memory = UnwrittenRecords()
        self.memory = memory
        var reader = ReceiptReader(store: store, journalDirectory: journal.directory, seal: seal)
        reader.unwritten = { memory.all }
        self.reader = reader
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    // MARK: Recording

    /// Keeps a receipt. Any thread may call; it never throws, never waits for the store, and costs microseconds.
    public func record(_ receipt: Receipt) {
        recorded.add(1, ordering: .relaxed)
        let workings = receipt.workings.flatMap { $0.isEmpty ? nil : $0 }
        let tells = receipt.tellsOfPerson
        guard receipt.bodies != nil || workings != nil || tells else {
            keep(ReceiptRecord.bytes(of: receipt, sealedBodies: nil))
            return
        }
        var receipt = receipt
        var sealedBodies: (request: [UInt8], reply: [UInt8])?
        var sealedWorkings: [UInt8]?
        let context = receipt.id.description
        if let seal, let bodies = receipt.bodies {
            sealedBodies = try? (
                seal.sealInTransit(Array(bodies.request.utf8), context: context + "/request"),
                seal.sealInTransit(Array(bodies.reply.utf8), context: context + "/reply")
            )
        }
        if let seal, let workings, let plain = try? JSONEncoder().encode(workings) {
            sealedWorkings = try? seal.sealInTransit([UInt8](plain), context: context + "/workings")
        }
        if receipt.bodies != nil && sealedBodies == nil || workings != nil && sealedWorkings == nil {
            receipt.missing.append("What was said was to be kept, and there is no key to seal it under")
        }
        var sealedReasons: [UInt8]?
        if let seal, tells {
            sealedReasons = try? seal.sealInTransit(receipt.reasonsJSON, context: context + "/reasons")
        }
        if tells && sealedReasons == nil {
            receipt.missing.append("What was noticed and chosen was to be kept, and there is no key to seal it under")
        }
        keep(
            ReceiptRecord.bytes(
                of: receipt, sealedBodies: sealedBodies, sealedWorkings: sealedWorkings, withoutReasons: tells,
                sealedReasons: sealedReasons))
    }

    /// How many fingerprints of briefs are remembered as kept already.
    private static let knownBriefs = 1 << 16

    /// Keeps the text of a brief, once for all receipts that name its fingerprint. Call it before the first receipt that
    /// does; again does no harm. A brief that holds a person's own wishes goes into that receipt's workings instead.
    public func remember(brief words: String, fingerprint: String) {
        guard isNew(KnownBrief(fingerprint: fingerprint)) else { return }
        keep(ReceiptRecord.bytes(ofBrief: words, fingerprint: fingerprint))
    }

    /// Keeps the text of a brief, and what each of its clauses says and who asked for it.
    public func remember(_ brief: Brief, of charter: CompiledCharter) {
        guard isNew(KnownBrief(fingerprint: brief.fingerprint, stack: charter.fingerprint)) else { return }
        remember(brief: brief.text, fingerprint: brief.fingerprint)
        let asked = charter.asked(of: brief.clauses)
        guard let key = Receipt.Brief.key(brief.fingerprint, charter.layers.map { Receipt.Layer($0) }),
            let json = try? JSONEncoder().encode(asked)
        else { return }
        keep(ReceiptRecord.bytes(ofAsked: String(decoding: json, as: UTF8.self), key: key))
    }

    private func isNew(_ brief: KnownBrief) -> Bool {
        briefs.withLock { known in
            // Forgetting costs a second record of the same words, which finds its row there already.
            if known.count >= Self.knownBriefs { known.removeAll() }
            return known.insert(brief).inserted
        }
    }

    private func keep(_ record: [UInt8]) {
        do throws(JournalError) {
            try journal.append(record)
        } catch {
            if !memory.take(record, limit: memoryLimit) { failed.add(1, ordering: .relaxed) }
            tell(journal: error.description)
        }
        // Only the first record since the last round wakes the ingestion.
        if !isSignalled.exchange(true, ordering: .acquiringAndReleasing) { signal.yield() }
    }

    // MARK: Finding

    /// The receipt of that name, nil when there is none; found from the moment it was recorded.
    public func receipt(_ id: ReceiptID) async throws -> Receipt? {
        let reader = reader
        return try await offThread(reading) { () throws in try reader.receipt(id) }
    }

    /// The newest receipts, newest first, of one application or of all.
    public func latest(_ count: Int, application: String? = nil) async throws -> [Receipt] {
        let reader = reader
        return try await offThread(reading) { () throws in try reader.latest(count, application: application) }
    }

    /// Makes the words that were kept of a person unreadable for good. The receipts stay, without them.
    /// - Throws: the store's error when it is locked or damaged; then nothing was erased, or not all.
    public func eraseBodies(of person: PersonPseudonym) async throws {
        try await offThread(queue) { [self] () throws in
            // Nothing of theirs may be left in the journal, to be sealed later under a new key.
            journal.rotate()
            try drain()
            let owner = ReceiptRecord.Entry.owner(person: person.description, application: "")
            try store.write { session in
                try session.run(
                    """
                    UPDATE receipt_bodies SET sealed_request = NULL, sealed_reply = NULL WHERE owner = ?
                    """, .text(owner))
                try session.run("UPDATE receipt_workings SET sealed = NULL WHERE owner = ?", .text(owner))
            }
            try seal?.destroyKey(of: owner)
        }
    }

    /// Whether there are receipts of an older Trellis that tell of people in the clear: see ``sealOldReceipts(erasures:)``.
    public var holdsUnsealedReceipts: Bool {
        get throws {
            try seal != nil && store.read { try $0.firstRow("SELECT after FROM receipts_to_seal WHERE id = 1") != nil }
        }
    }

    /// Seals what older Trellises kept of people in the clear: what was noticed of them and what was chosen therefore.
    /// Once, at the first start of this one; costs nothing afterwards. Takes up where it was stopped.
    ///
    /// - Parameter erasures: who was erased and when. What is older than that is taken away and not sealed.
    public func sealOldReceipts(erasures: [PersonKey: Int64]) async throws {
        guard let seal else { return }
        try await offThread(queue) { [store, logger] () throws in
            let count = try ReasonsUpgrade(store: store, seal: seal).run(erasures: erasures)
            logger.notice("Receipts of an older Trellis are sealed now", metadata: ["count": "\(count)"])
        }
    }

    // MARK: Ingestion

    /// Sorts what is recorded into the store until the task is cancelled, and then once more. Run it once.
    public func run() async {
        signal.yield()
        var failures = 0
        for await _ in signals {
            repeat {
                // Time for a batch to gather; after a failure, time for the trouble to pass.
                let pause = failures == 0 ? 20 : min(5_000, 50 << min(failures, 7))
                try? await Task.sleep(for: .milliseconds(pause))
                isSignalled.store(false, ordering: .sequentiallyConsistent)
                failures = await ingest() ? 0 : failures + 1
            } while failures > 0 && !Task.isCancelled
        }
        _ = await ingest()
    }

    /// One round of sorting in, whatever is waiting. For tests, and for a last round by whoever stops.
    /// - Returns: whether all of it is in the store now.
    @discardableResult
    public func ingest() async -> Bool {
        await offThread(queue) { [self] in
            do {
                try drain()
                tell(store: nil)
                return memory.isEmpty
            } catch {
                tell(store: "\(error)")
                return false
            }
        }
    }

    private func drain() throws {
        writeFromMemory()
        try journal.drain(batch: 512) { batch in try sortIn(batch) }
    }

    private func writeFromMemory() {
        guard !memory.isEmpty else { return tell(journal: nil) }
        do throws(JournalError) {
            try memory.giveEach { record throws(JournalError) in try journal.append(record) }
            tell(journal: nil)
        } catch {
            tell(journal: error.description)
        }
    }

    private func sortIn(_ batch: [[UInt8]]) throws {
        let sorted: Int
        do {
            sorted = try store.write { session in try sorting.insert(batch, in: session) }
        } catch let error where ReceiptSorting.isAboutRecords(error) {
            // One of them can't go in: find it, and let it delay no other.
            for record in batch { try sortInAlone(record) }
            return
        }
        ingested.add(sorted, ordering: .relaxed)
    }

    private func sortInAlone(_ record: [UInt8]) throws {
        do {
            ingested.add(try store.write { session in try sorting.insert([record], in: session) }, ordering: .relaxed)
        } catch let error where ReceiptSorting.isAboutRecords(error) {
            try store.write { session in try sorting.setAside(record, reason: "\(error)", in: session) }
        }
    }

    // MARK: Watching

    /// Numbers for metrics.
    public var counts: Counts {
        let journal = journal.counts
        return Counts(
            recorded: recorded.load(ordering: .relaxed), ingested: ingested.load(ordering: .relaxed),
            waiting: journal.waiting + memory.count,
            failed: failed.load(ordering: .relaxed) + sorting.setAsides.load(ordering: .relaxed),
            damaged: journal.damages)
    }

    /// What keeps receipts from being kept as they should, in words with what to do; nil when all is well.
    public var trouble: String? { troubles.withLock { $0.journal ?? $0.store } }

    private func tell(journal words: String?) {
        let before = troubles.withLock { troubles in
            defer { troubles.journal = words }
            return troubles.journal
        }
        tell(before: before, now: words)
    }

    private func tell(store words: String?) {
        let before = troubles.withLock { troubles in
            defer { troubles.store = words }
            return troubles.store
        }
        tell(before: before, now: words)
    }

    /// Once when trouble begins, once when it is over: it may be tried again many times between.
    private func tell(before: String?, now: String?) {
        switch (before, now) {
        case (nil, let words?):
            logger.warning("Receipts wait: replies go on meanwhile", metadata: ["reason": "\(words)"])
        case (_?, nil): logger.notice("Receipts are kept as usual again")
        default: break
        }
    }

    /// Runs what may block away from the threads that serve requests.
    private func offThread<Value: Sendable, Failure: Error>(
        _ queue: DispatchQueue, _ body: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let result: Result<Value, Failure> = await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: Result(catching: body)) }
        }
        return try result.get()
    }
}
