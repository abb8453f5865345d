public import Logging
public import Store
import Synchronization

/// Every key that the gateway knows, in memory: what the hot path asks.
///
/// Looking a key up never touches the disk. ``run()`` keeps the ring fresh: it asks twice a second whether another
/// process changed the store, so that `trellis key revoke` holds within a second on a running gateway, and it writes
/// down what keys used.
///
/// ```swift
/// let ring = try KeyRing(store: store, log: log)
/// let key = try ring.find("tr_live_…".utf8)                       // KeyRefusal says why not
/// let admission = try key.admit(estimatedTokens: 800, at: .now())  // LimitRefusal says when to try again
/// defer { admission.settle(used: 512) }
/// ```
public final class KeyRing: Sendable {
    /// How often the store is asked whether it changed.
    static let refreshInterval: Duration = .milliseconds(500)
    /// What keys used is written down this often, so a crash forgets the use of at most so long, and what the
    /// requests in progress had used. The clean way out forgets nothing.
    public static let saveInterval: Duration = .seconds(2)

    private struct Held {
        var byDigest: [KeyDigest: HeldKey] = [:]
        var byID: [String: HeldKey] = [:]
    }

    private let table: KeyTable
    private let defaults: KeyLimits
    private let log: Logger
    private let held: Mutex<Held>
    /// The store's version when the keys were last read. Held while the keys are read or their use is written, so
    /// that a sum read before a write is never taken for the one after it.
    private let upkeep: Mutex<Int64>

    /// Reads all keys, and what each used today.
    ///
    /// - Parameters:
    ///   - store: opened with ``gatewayMigrations``.
    ///   - defaults: the limits of a key that sets none of its own.
    public init(store: DataStore, defaults: KeyLimits = KeyLimits(), log: Logger) throws {
        table = KeyTable(store)
        self.defaults = defaults
        self.log = log
        // The version is read before the keys: a change in between is then seen as a change, never missed.
        upkeep = Mutex(try table.version())
        held = Mutex(Held())
        try reload(at: .now())
    }

    /// How many keys are good.
    public var count: Int {
        held.withLock { $0.byID.values.count { $0.record.revokedAt == nil } }
    }

    /// What is known about every key, revoked ones too, in no order.
    var records: [KeyRecord] { held.withLock { $0.byID.values.map(\.record) } }

    /// The key that was presented. One SHA-256 and one dictionary look-up.
    ///
    /// - Throws: ``KeyRefusal``, which says what is wrong without repeating the key.
    public func find(_ presented: some Collection<UInt8>) throws(KeyRefusal) -> HeldKey {
        if presented.isEmpty { throw .missing }
        let digest = KeyDigest(of: presented)
        guard let key = held.withLock({ $0.byDigest[digest] }) else {
            switch APIKey.shape(of: Array(presented.prefix(APIKey.length + 1))) {
            case .foreign: throw .foreign
            case .mistyped: throw .mistyped
            case .wellFormed: throw .unknown
            }
        }
        if key.record.revokedAt != nil { throw .revoked(id: key.record.id) }
        return key
    }

    /// Keeps the ring fresh and writes down what keys used, until the task is cancelled; then writes once more.
    public func run() async {
        var sinceSave: Duration = .zero
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.refreshInterval)
            refresh()
            sinceSave += Self.refreshInterval
            if sinceSave >= Self.saveInterval {
                sinceSave = .zero
                save()
            }
        }
        save()
    }

    /// Reads the keys again if another process changed the store.
    ///
    /// When the store can't be read, the keys in memory stay in force and the next turn tries again.
    public func refresh(at now: Moment = .now()) {
        do {
            try upkeep.withLock { seen in
                let version = try table.version()
                guard seen != version else { return }
                try reload(at: now)
                seen = version
            }
        } catch {
            log.warning(
                "The keys could not be read again; those known stay in force.", metadata: ["reason": "\(error)"])
        }
    }

    /// Writes down what keys used since the last time.
    public func save() {
        upkeep.withLock { _ in saveUnderUpkeep() }
    }

    private func saveUnderUpkeep() {
        let keys = held.withLock { Array($0.byID.values) }
        var taken: [(id: String, day: Int64, tokens: Int)] = []
        for key in keys {
            guard let unsaved = key.usage.budget.takeUnsaved() else { continue }
            taken.append((key.record.id, unsaved.day, unsaved.tokens))
        }
        guard !taken.isEmpty else { return }
        let usages = Dictionary(keys.map { ($0.record.id, $0.usage) }, uniquingKeysWith: { first, _ in first })
        do {
            for sum in try table.addTokens(taken) {
                usages[sum.id]?.budget.adopt(saved: sum.total, day: sum.day)
            }
        } catch {
            for entry in taken { usages[entry.id]?.budget.returnUnsaved((entry.day, entry.tokens)) }
            log.warning(
                "What keys used could not be written down; it is tried again.", metadata: ["reason": "\(error)"])
        }
    }

    /// Takes over the store's keys. A key that was known keeps what it has used.
    private func reload(at now: Moment) throws {
        let rows = try table.load(day: now.day)
        let known = held.withLock { $0.byID }
        var next = Held()
        for row in rows {
            let usage: KeyUsage
            let limits = row.record.limits.over(defaults)
            if let before = known[row.record.id] {
                usage = before.usage
                usage.change(to: limits)
            } else {
                usage = KeyUsage(limits: limits)
            }
            usage.budget.adopt(saved: row.tokensToday, day: now.day)
            let key = HeldKey(record: row.record, usage: usage)
            next.byDigest[row.digest] = key
            next.byID[row.record.id] = key
        }
        held.withLock { $0 = next }
    }
}
