@_spi(ConsentLedger) public import Charters
import Dispatch
public import Logging
public import Store
import Synchronization

/// Who consented to what guidance, when, until when, through which question: the one place that is asked before
/// Trellis does more for a person than answer well.
///
/// What happened is kept as events that are only ever added; what they come to is a row beside them, served from
/// memory. A yes or a no holds from the moment the call returns, in every process on the same store. When the store can't be read, nothing is live: without a consent that can be shown there is no guidance.
///
/// ```swift
/// let ledger = ConsentLedger(store: store)
/// let ada = PersonKey(application: "homework", person: "9f2c…")
/// try await ledger.grant(question, by: ada, at: now, through: .api)
/// let permits = ledger.live([question], for: ada, at: now)
/// ```
public final class ConsentLedger: Sendable {
    let store: DataStore
    private let logger: Logger
    private let cache: RevisedCache<PersonKey, [String: [String: ConsentStanding]]>
    private let queue = DispatchQueue(label: "trellis.consents")
    private let lastTrouble = Mutex<String?>(nil)
    private let clock: (@Sendable () -> Int64)?

    /// How many milliseconds ahead the end of a consent is dated: what it mostly takes from looking at the clock until
    /// every process has heard of it. When it took longer, the end is dated again (``settle(_:)``).
    static let lead: Int64 = 10

    /// A ledger over a store that was opened with ``ConsentsMigrations/all``.
    ///
    /// - Parameters:
    ///   - logger: told of trouble, never of who consented to what.
    ///   - capacity: for how many people standings are kept in memory, and as many again that were not met lately.
    ///   - clock: the time in milliseconds since 1970, by which receipts are dated too. With it, what ends a consent is
    ///     dated when it takes effect and not when it was asked for: no reply that began later used the consent, so an
    ///     audit (``ConsentAudit``) needs no patience. Without it the moments that callers name stand. (Should the
    ///     process die between writing on a slow machine and dating, the end stands too early: an audit may then report
    ///     a reply of those moments, and never misses one.)
    public init(
        store: DataStore, logger: Logger = Logger(label: "trellis.consents"), capacity: Int = 10_000,
        clock: (@Sendable () -> Int64)? = nil
    ) {
        self.store = store
        self.logger = logger
        self.clock = clock
        cache = RevisedCache(
            store: store, capacity: capacity, revision: { session in try ConsentRows.revision(session) },
            load: { person, session in
                try ConsentRows.standings(of: person, in: session).reduce(into: [:]) { found, standing in
                    found[standing.charter, default: [:]][standing.guidance] = standing
                }
            })
    }

    // MARK: Asking the ledger

    /// Leave for each of these guidances to which the person's consent is live at that moment.
    ///
    /// Well under 10 µs from memory; the first time for a person, one read of the store on the calling thread. Empty
    /// when the store can't be read (``trouble`` then says why): guidance fails closed, replies do not.
    public func live(
        _ questions: [ConsentQuestion], for person: PersonKey, at moment: Int64
    ) -> Set<GuidancePermit> {
        guard !questions.isEmpty, let standings = known(person), !standings.isEmpty else { return [] }
        var permits: Set<GuidancePermit> = []
        for question in questions {
            guard let standing = standings[question.charter]?[question.guidance],
                standing.isLive(question, at: moment)
            else { continue }
            permits.insert(
                GuidancePermit(guidance: question.guidance, charter: question.charter, question: question.fingerprint))
        }
        return permits
    }

    /// How the person and a guidance stand, from memory. Nil when nothing ever happened between them, or when the
    /// store can't be read.
    public func standing(_ question: ConsentQuestion, for person: PersonKey) -> ConsentStanding? {
        known(person)?[question.charter]?[question.guidance]
    }

    /// Whether the question may be put to the person: it is not live, and was not asked, answered or taken back within
    /// its period. From memory, so others may be quicker: only ``noteAsked(_:of:at:through:)`` decides. False when the
    /// store can't be read.
    public func mayAsk(_ question: ConsentQuestion, of person: PersonKey, at moment: Int64) -> Bool {
        guard let standings = known(person) else { return false }
        return standings[question.charter]?[question.guidance]?.isSettled(question, at: moment) != true
    }

    /// Whether the question was put to the person within its period before that moment. From memory.
    public func wasAsked(_ question: ConsentQuestion, of person: PersonKey, at moment: Int64) -> Bool {
        guard let asked = standing(question, for: person)?.askedAt else { return false }
        return question.covers(moment, since: asked)
    }

    /// What kept the ledger from being read the last time, in words with what to do; nil when all is well.
    public var trouble: String? { lastTrouble.withLock { $0 } }

    /// Everything that stands between a person and any guidance of any charter.
    public func standings(of person: PersonKey) async throws(ConsentError) -> [ConsentStanding] {
        try await offThread { store in try store.read { try ConsentRows.standings(of: person, in: $0) } }
    }

    /// Everything that happened between a person and any guidance, in order.
    public func events(of person: PersonKey) async throws(ConsentError) -> [ConsentEvent] {
        try await offThread { store in try store.read { try ConsentRows.events(of: person, in: $0) } }
    }

    /// All that an audit needs: every event, each person's in order, and who was erased and when. O(events).
    /// - Parameter application: only those of this application.
    public func history(
        application: String? = nil
    ) async throws(ConsentError) -> (events: [ConsentEvent], erasures: [PersonKey: Int64]) {
        try await offThread { store in
            try store.read { session in
                (
                    try ConsentRows.events(application: application, in: session),
                    try ConsentRows.erasures(application: application, in: session)
                )
            }
        }
    }

    // MARK: Telling the ledger

    /// Notes that the question is being put to the person now, if it may be. However many ask at once, in however many
    /// processes, one of them gets true in a period.
    ///
    /// - Returns: whether the caller is the one who puts it.
    public func noteAsked(
        _ question: ConsentQuestion, of person: PersonKey, at moment: Int64, through: Consent.Through
    ) async throws(ConsentError) -> Bool {
        try await add(to: question.charter, question.guidance, of: person, at: moment) { standing, at in
            guard !standing.isSettled(question, at: at) else { return nil }
            return Entry(kind: .asked, question: question, through: through)
        }
    }

    /// Keeps the person's yes.
    ///
    /// - Parameter until: from when on it no longer holds; nil for as long as the charter lets it.
    /// - Throws: ``ConsentError/unfitExpiry(until:earliest:latest:)`` when that is now or earlier, or longer than the
    ///   charter lets it.
    public func grant(
        _ question: ConsentQuestion, by person: PersonKey, at moment: Int64, until: Int64? = nil,
        through: Consent.Through
    ) async throws(ConsentError) {
        let (latest, overflows) = moment.addingReportingOverflow(question.period)
        let end = until ?? (overflows ? .max : latest)
        guard end > moment, overflows || end <= latest else {
            throw .unfitExpiry(until: end, earliest: moment, latest: latest)
        }
        _ = try await add(to: question.charter, question.guidance, of: person, at: moment) { _, at in
            Entry(kind: .granted, question: question, until: max(end, at + 1), through: through)
        }
    }

    /// Keeps the person's no. It also ends a consent that they gave before, and settles the matter for the question's
    /// period.
    public func decline(
        _ question: ConsentQuestion, by person: PersonKey, at moment: Int64, through: Consent.Through
    ) async throws(ConsentError) {
        _ = try await add(to: question.charter, question.guidance, of: person, at: moment, ends: true) { _, _ in
            Entry(kind: .declined, question: question, through: through)
        }
    }

    /// Takes the person's yes back. Needs nothing but ids, so that a consent to a guidance that the charter no longer
    /// has can be taken back too.
    ///
    /// - Returns: whether there was a consent that was not over yet.
    @discardableResult
    public func revoke(
        _ guidance: String, of charter: String, by person: PersonKey, at moment: Int64, through: Consent.Through
    ) async throws(ConsentError) -> Bool {
        try await add(to: charter, guidance, of: person, at: moment, ends: true) { standing, at in
            guard let consent = standing.consent, consent.revokedAt == nil, at < consent.expiresAt else { return nil }
            return Entry(kind: .revoked, question: nil, through: through)
        }
    }

    /// Takes back everything that the person ever said yes to in this application, under every charter.
    /// - Returns: how many consents were ended.
    @discardableResult
    public func revokeAll(
        by person: PersonKey, at moment: Int64, through: Consent.Through
    ) async throws(ConsentError) -> Int {
        var ended = 0
        for standing in try await standings(of: person) {
            if try await revoke(standing.guidance, of: standing.charter, by: person, at: moment, through: through) {
                ended += 1
            }
        }
        return ended
    }

    /// Erases all that was kept of a person here, for good. That they were erased stays, so that an audit doesn't take
    /// what they had consented to for something they hadn't.
    public func erase(_ person: PersonKey, at moment: Int64) async throws(ConsentError) {
        let end = end
        let (revision, at) = try await offThread { store in
            let written = try store.write { session in
                let at = end(moment)
                return (try ConsentRows.erase(person, at: at, in: session), at)
            }
            // What was deleted is overwritten in the file, and must not be left in the write-ahead log either.
            try store.compactLog()
            return written
        }
        cache.wrote(person, revision: revision)
        guard let known = clock?(), known > at else { return }
        do {
            try await offThread { store in
                try store.write { session in
                    try ConsentRows.postponeErasure(of: person, to: known, in: session)
                }
            }
        } catch {
            logger.warning("An erasure could not be dated again", metadata: ["reason": "\(error)"])
        }
    }

    /// For how many people standings are in memory.
    var keptInMemory: Int { cache.count }

    /// Notices now what other processes changed, as every lookup does by itself once they say so.
    func refresh() throws { try cache.refresh() }

    // MARK: Underneath

    /// What a writer decided to add.
    struct Entry {
        var kind: ConsentEvent.Kind
        var question: ConsentQuestion?
        var until: Int64?
        var through: Consent.Through
    }

    /// Lets `decide` look at the standing as it is and adds what it says, as one step that no other writer can come
    /// between.
    ///
    /// The moment handed to it is never before the person's last event: clocks of several machines may differ, and what
    /// happened later must not look earlier.
    ///
    /// - Parameter ends: whether a consent may end by it.
    private func add(
        to charter: String, _ guidance: String, of person: PersonKey, at moment: Int64, ends: Bool = false,
        _ decide: @escaping @Sendable (ConsentStanding, Int64) -> Entry?
    ) async throws(ConsentError) -> Bool {
        let end = end
        for _ in 0..<16 {
            do throws(ConsentError) {
                let added = try await offThread { store in
                    try store.write { session in
                        try ConsentRows.add(
                            to: charter, guidance, of: person, at: ends ? end(moment) : moment, in: session,
                            deciding: decide)
                    }
                }
                guard let added else { return false }
                cache.wrote(person, revision: added.revision)
                if ends { await settle(added.event) }
                return true
            } catch {
                // Another writer took the same number (possible where writers don't wait for each other): look again.
                guard case .store(.constraint) = error else { throw error }
            }
        }
        throw .contended
    }

    /// Dates the end of a consent again when it took longer than foreseen until every process knew of it (a machine
    /// under load, a slow disk): replies that began meanwhile were still guided, and rightly so.
    private func settle(_ event: ConsentEvent) async {
        guard let known = clock?(), known > event.at else { return }
        do {
            let revision = try await offThread { store in
                try store.write { session in try ConsentRows.postpone(event, to: known, in: session) }
            }
            cache.wrote(event.person, revision: revision)
        } catch {
            // The consent has ended all the same: its end stands a little early.
            logger.warning("The end of a consent could not be dated again", metadata: ["reason": "\(error)"])
        }
    }

    /// When what is being written takes effect, at the earliest at a moment. Ask it inside the transaction, with nothing
    /// left to wait for: until the commit is done and known, which mostly takes a fraction of the lead, replies may still
    /// begin under the consent, and from then on none can.
    private var end: @Sendable (Int64) -> Int64 {
        { [clock] moment in clock.map { max(moment, $0() + Self.lead) } ?? moment }
    }

    private func known(_ person: PersonKey) -> [String: [String: ConsentStanding]]? {
        do {
            let found = try cache.value(of: person)
            tell(nil)
            return found
        } catch {
            tell(ConsentError(any: error).description)
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
            logger.error("Consents can't be read: guidance is off meanwhile", metadata: ["reason": "\(words)"])
        case (_?, nil): logger.notice("Consents are read as usual again")
        default: break
        }
    }

    private func offThread<Value: Sendable>(
        _ body: @escaping @Sendable (DataStore) throws -> Value
    ) async throws(ConsentError) -> Value {
        let store = store
        let result: Result<Value, ConsentError> = await withCheckedContinuation { continuation in
            queue.async {
                continuation.resume(
                    returning: Result(catching: { try body(store) }).mapError { ConsentError(any: $0) })
            }
        }
        return try result.get()
    }
}

extension ConsentError {
    init(any error: any Error) {
        switch error {
        case let error as ConsentError: self = error
        case let error as StoreError: self = .store(error)
        default: self = .store(.sql(code: 0, message: "\(error)", statement: nil))
        }
    }
}
