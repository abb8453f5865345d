import Dispatch
public import Logging
public import Store
import Synchronization

/// Which uses of their memory a person granted, for which kinds of items, until when: the one place that is asked
/// before anything is remembered of them, or anything remembered is used.
///
/// Kept like the consents to guidance: events that are only ever added, and beside them what they come to, served from
/// memory. A grant and its end hold from the moment the call returns, in every process on the same store. When the store can't be read, nothing is granted.
///
/// ```swift
/// let grants = GrantLedger(store: store)
/// try await grants.grant(.remember, [.goal, .value], by: ada, at: now, through: .api)
/// if let permit = grants.permit(.remember, for: ada, at: now) { /* read or write under it, now */ }
/// ```
public final class GrantLedger: Sendable {
    let store: DataStore
    private let logger: Logger
    private let cache: RevisedCache<PersonKey, [MemoryLeave]>
    private let queue = DispatchQueue(label: "trellis.grants")
    private let lastTrouble = Mutex<String?>(nil)

    /// For how many milliseconds a grant holds when nobody says until when: a year.
    public static let usualPeriod: Int64 = 365 * 86_400_000
    /// For how many milliseconds a grant can hold: two years. Then the person is asked anew.
    public static let longestPeriod: Int64 = 730 * 86_400_000

    /// A ledger over a store that was opened with ``ConsentsMigrations/all``.
    ///
    /// - Parameters:
    ///   - logger: told of trouble, never of who granted what.
    ///   - capacity: for how many people grants are kept in memory, and as many again that were not met lately.
    public init(store: DataStore, logger: Logger = Logger(label: "trellis.grants"), capacity: Int = 10_000) {
        self.store = store
        self.logger = logger
        cache = RevisedCache(
            store: store, capacity: capacity, revision: { session in try GrantRows.revision(session) },
            load: { person, session in try GrantRows.leaves(of: person, in: session) })
    }

    // MARK: Asking the ledger

    /// Leave for one use of a person's memory, for those of the kinds for which it was granted and holds.
    ///
    /// From memory, well under 10 µs; the first time for a person, one read of the store on the calling thread.
    /// - Parameter kinds: which kinds are asked for; nil for all.
    /// - Returns: nil when there is no live grant for any of them, or when the store can't be read (``trouble`` says why).
    public func permit(
        _ purpose: MemoryPurpose, kinds: Set<MemoryKind>? = nil, for person: PersonKey, at moment: Int64
    ) -> MemoryPermit? {
        guard let leaves = known(person) else { return nil }
        return Self.permit(purpose, kinds: kinds, for: person, at: moment, by: leaves)
    }

    /// The same from the store itself, in the caller's transaction: what no other writer can come between.
    public static func permit(
        _ purpose: MemoryPurpose, kinds: Set<MemoryKind>? = nil, for person: PersonKey, at moment: Int64,
        in session: borrowing Session
    ) throws -> MemoryPermit? {
        permit(purpose, kinds: kinds, for: person, at: moment, by: try GrantRows.leaves(of: person, in: session))
    }

    /// The one place where permits are made.
    private static func permit(
        _ purpose: MemoryPurpose, kinds: Set<MemoryKind>?, for person: PersonKey, at moment: Int64,
        by leaves: [MemoryLeave]
    ) -> MemoryPermit? {
        var granted: Set<MemoryKind> = []
        var acceptsInferred: Set<MemoryKind> = []
        let (latest, overflows) = moment.addingReportingOverflow(MemoryPermit.longestUse)
        var end = overflows ? Int64.max : latest
        for leave in leaves
        where leave.purpose == purpose && leave.isLive(at: moment) && kinds?.contains(leave.kind) != false {
            granted.insert(leave.kind)
            if leave.acceptsInferred { acceptsInferred.insert(leave.kind) }
            // All kinds end with the first, so that no use of a permit outlives any grant that it stands on.
            end = min(end, leave.expiresAt)
        }
        guard !granted.isEmpty else { return nil }
        return MemoryPermit(
            person: person, purpose: purpose, kinds: granted, acceptsInferred: acceptsInferred, issuedAt: moment,
            endsAt: end)
    }

    /// What kept the ledger from being read the last time, in words with what to do; nil when all is well.
    public var trouble: String? { lastTrouble.withLock { $0 } }

    /// How the person stands to every use and kind about which they ever said something, in the order of purposes and
    /// kinds.
    public func leaves(of person: PersonKey) async throws(GrantError) -> [MemoryLeave] {
        let leaves = try await offThread { store in try store.read { try GrantRows.leaves(of: person, in: $0) } }
        let order = MemoryPurpose.allCases
        return leaves.sorted { left, right in
            (order.firstIndex(of: left.purpose) ?? 0, left.kind.number)
                < (order.firstIndex(of: right.purpose) ?? 0, right.kind.number)
        }
    }

    /// Everything that the person said about uses of their memory, in order.
    public func events(of person: PersonKey) async throws(GrantError) -> [MemoryGrantEvent] {
        try await offThread { store in try store.read { try GrantRows.events(of: person, in: $0) } }
    }

    // MARK: Telling the ledger

    /// Keeps the person's leave for a use of some kinds of items. It takes the place of an earlier one of the same kinds.
    ///
    /// - Parameters:
    ///   - acceptsInferred: whether, for `remember`, what is only read out of their words counts without confirming.
    ///   - until: from when on it no longer holds; nil for ``usualPeriod``.
    /// - Throws: ``GrantError/noKinds``, or ``GrantError/unfitExpiry(until:earliest:latest:)``.
    public func grant(
        _ purpose: MemoryPurpose, _ kinds: Set<MemoryKind>, acceptsInferred: Bool = false, by person: PersonKey,
        at moment: Int64, until: Int64? = nil, through: Consent.Through
    ) async throws(GrantError) {
        guard !kinds.isEmpty else { throw .noKinds }
        let (latest, overflows) = moment.addingReportingOverflow(Self.longestPeriod)
        let end = until ?? (overflows ? .max : moment + Self.usualPeriod)
        guard end > moment, overflows || end <= latest else {
            throw .unfitExpiry(until: end, earliest: moment, latest: latest)
        }
        _ = try await add(of: person, at: moment) { _, _ in
            Entry(
                kind: .granted, purpose: purpose, kinds: kinds, until: end, acceptsInferred: acceptsInferred,
                through: through)
        }
    }

    /// Takes leave back.
    /// - Parameter kinds: for which kinds; nil for all.
    /// - Returns: whether there was leave that was not over yet.
    @discardableResult
    public func revoke(
        _ purpose: MemoryPurpose, _ kinds: Set<MemoryKind>? = nil, by person: PersonKey, at moment: Int64,
        through: Consent.Through
    ) async throws(GrantError) -> Bool {
        try await add(of: person, at: moment) { leaves, at in
            let held = leaves.filter { leave in
                leave.purpose == purpose && kinds?.contains(leave.kind) != false && leave.revokedAt == nil
                    && at < leave.expiresAt
            }
            guard !held.isEmpty else { return nil }
            return Entry(
                kind: .revoked, purpose: purpose, kinds: Set(held.map(\.kind)), until: nil, acceptsInferred: false,
                through: through)
        }
    }

    /// Takes back every leave that the person gave.
    /// - Returns: how many purposes had one.
    @discardableResult
    public func revokeAll(by person: PersonKey, at moment: Int64, through: Consent.Through) async throws(GrantError)
        -> Int
    {
        var ended = 0
        for purpose in MemoryPurpose.allCases {
            if try await revoke(purpose, by: person, at: moment, through: through) { ended += 1 }
        }
        return ended
    }

    /// Erases all that was kept of a person's grants, for good.
    public func erase(_ person: PersonKey) async throws(GrantError) {
        let revision = try await offThread { store in
            let revision = try store.write { session in try GrantRows.erase(person, in: session) }
            // What was deleted is overwritten in the file, and must not be left in the write-ahead log either.
            try store.compactLog()
            return revision
        }
        cache.wrote(person, revision: revision)
    }

    /// Notices now what other processes changed, as every lookup does by itself once they say so.
    func refresh() throws { try cache.refresh() }

    // MARK: Underneath

    /// What a writer decided to add.
    struct Entry {
        var kind: MemoryGrantEvent.Kind
        var purpose: MemoryPurpose
        var kinds: Set<MemoryKind>
        var until: Int64?
        var acceptsInferred: Bool
        var through: Consent.Through
    }

    private func add(
        of person: PersonKey, at moment: Int64, _ decide: @escaping @Sendable ([MemoryLeave], Int64) -> Entry?
    ) async throws(GrantError) -> Bool {
        for _ in 0..<16 {
            do throws(GrantError) {
                let revision = try await offThread { store in
                    try store.write { session in
                        try GrantRows.add(of: person, at: moment, in: session, deciding: decide)
                    }
                }
                if let revision { cache.wrote(person, revision: revision) }
                return revision != nil
            } catch {
                // Another writer took the same number (possible where writers don't wait for each other): look again.
                guard case .store(.constraint) = error else { throw error }
            }
        }
        throw .contended
    }

    private func known(_ person: PersonKey) -> [MemoryLeave]? {
        do {
            let found = try cache.value(of: person)
            tell(nil)
            return found
        } catch {
            tell(GrantError(any: error).description)
            return nil
        }
    }

    private func tell(_ words: String?) {
        let before = lastTrouble.withLock { trouble in
            defer { trouble = words }
            return trouble
        }
        switch (before, words) {
        case (nil, let words?):
            logger.error("Grants can't be read: memory is not used meanwhile", metadata: ["reason": "\(words)"])
        case (_?, nil): logger.notice("Grants are read as usual again")
        default: break
        }
    }

    private func offThread<Value: Sendable>(
        _ body: @escaping @Sendable (DataStore) throws -> Value
    ) async throws(GrantError) -> Value {
        let store = store
        let result: Result<Value, GrantError> = await withCheckedContinuation { continuation in
            queue.async {
                continuation.resume(returning: Result(catching: { try body(store) }).mapError { GrantError(any: $0) })
            }
        }
        return try result.get()
    }
}
