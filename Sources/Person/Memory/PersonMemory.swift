public import Consents
import Store

/// The memory of one person. It is bound to them: no method takes a person, so nothing of one can reach another.
///
/// Others read and write it under a ``/Consents/MemoryPermit``, which only the person's live grants give. What the
/// person does with their own memory needs none and has an entry of its own, ``own``.
///
/// ```swift
/// if let permit = memories.grants.permit(.remember, for: ada, at: now) {
///     try await memories.memory(of: ada).remember([.add(.init(.goal, "pass the exam"))], under: permit, at: now)
/// }
/// ```
public struct PersonMemory: Sendable {
    /// Whose.
    public let person: PersonKey
    let memories: MemoryStore

    /// The person's own door to it: to see, correct, confirm, keep, take along and erase. Open it only for them.
    public var own: OwnMemory { OwnMemory(person: person, memories: memories) }

    // MARK: Remembering

    /// Keeps what was said, under the person's live grant to remember such things.
    ///
    /// Whether each kind is granted is looked up once more in the same transaction, so nothing is written after the
    /// person took it back, in whatever process. What was only inferred waits as a proposal, unless the grant lets that
    /// kind pass.
    /// - Parameters:
    ///   - author: who decided that it stands so to what is held.
    ///   - reason: why, in a sentence, for the person to see.
    ///   - heardAt: when it was said, if earlier; what was said before the person erased everything is not kept.
    /// - Returns: the items in the order of the resolutions.
    /// - Throws: ``MemoryError/notGranted(_:_:)``, ``MemoryError/paused(conversation:)``, ``MemoryError/unfit(_:)`` and
    ///   others; then nothing of it was written.
    @discardableResult
    public func remember(
        _ resolutions: [Resolution], under permit: MemoryPermit, at moment: Int64, by author: Decision.Author = .rule,
        reason: String? = nil, heardAt: Int64? = nil
    ) async throws(MemoryError) -> [Remembered] {
        // Without a bound on what waits, nothing is turned away.
        try await write(resolutions, under: permit, at: moment, by: author, reason: reason, heardAt: heardAt) ?? []
    }

    /// The same for what was read out of something heard: kept only while that still waits under this claim, which is
    /// looked at in the same transaction.
    func remember(
        _ resolution: Resolution, of heard: Heard, claimed claim: HeardRows.Claim, under permit: MemoryPermit,
        at moment: Int64, by author: Decision.Author, reason: String
    ) async throws(MemoryError) -> Remembered? {
        try await write(
            [resolution], under: permit, at: moment, by: author, reason: reason, heardAt: heard.at, claimed: claim
        )?.first
    }

    /// Proposes something on behalf of a program that can read of the memory: like ``remember(_:under:at:by:reason:heardAt:)``,
    /// but nothing is added while many proposals wait for the person's word already, so that nobody can drown them.
    ///
    /// - Parameters:
    ///   - resolution: what is proposed; its source is to be ``MemoryItem/Source/inferred``.
    ///   - mostWaiting: how many may wait.
    /// - Returns: nil when as many wait; then nothing was written.
    public func propose(
        _ resolution: Resolution, under permit: MemoryPermit, at moment: Int64, mostWaiting: Int
    ) async throws(MemoryError) -> Remembered? {
        try await write(
            [resolution], under: permit, at: moment, by: .model, reason: nil, heardAt: nil, mostWaiting: mostWaiting
        )?.first
    }

    /// - Returns: nil when `mostWaiting` proposals wait already.
    private func write(
        _ resolutions: [Resolution], under permit: MemoryPermit, at moment: Int64, by author: Decision.Author,
        reason: String?, heardAt: Int64?, mostWaiting: Int? = nil, claimed claim: HeardRows.Claim? = nil
    ) async throws(MemoryError) -> [Remembered]? {
        try check(permit, for: [.remember], at: moment)
        guard resolutions.count <= MemoryStore.mostAtOnce else {
            throw .tooMany(what: "things to remember at a time", limit: MemoryStore.mostAtOnce)
        }
        let person = person
        return try await memories.write(person) { contents, session in
            if let erasedAt = try MemoryRows.erasedAt(person, in: session),
                permit.issuedAt <= erasedAt || heardAt.map({ $0 <= erasedAt }) == true
            {
                throw MemoryError.erasedSince(erasedAt)
            }
            // An erasure of some items takes what waits with it.
            if let claim, try !HeardRows.holds(claim, in: session) { throw MemoryError.erasedSince(moment) }
            guard let now = try GrantLedger.permit(.remember, kinds: permit.kinds, for: person, at: moment, in: session)
            else { throw MemoryError.notGranted(.remember, nil) }
            if let mostWaiting {
                let waiting = contents.items.count { $0.status == .proposed && $0.closedAt == nil }
                guard waiting < mostWaiting else { return (MemoryPlan(), nil) }
            }
            for resolution in resolutions {
                let kinds = [resolution.draft?.kind, resolution.held.flatMap { contents.item($0)?.kind }]
                for case let kind? in kinds where !now.kinds.contains(kind) {
                    throw MemoryError.notGranted(.remember, kind)
                }
            }
            let (plan, remembered) = try Remembering.plan(
                resolutions, on: contents, at: moment, by: author, reason: reason,
                inferredCounts: now.acceptsInferred)
            return (plan, .some(remembered))
        }
    }

    // MARK: Using

    /// What the person stands by and is held now, of the kinds that the permit covers, oldest first.
    ///
    /// For replies, for growth, and for whoever has to see what is held before remembering more.
    public func items(under permit: MemoryPermit, at moment: Int64) async throws(MemoryError) -> [MemoryItem] {
        try check(permit, for: [.useInReplies, .useForGrowth, .remember], at: moment)
        return try await opened()?.items.filter { item in
            item.status == .confirmed && item.closedAt == nil && permit.kinds.contains(item.kind)
        } ?? []
    }

    /// The items that fit what was just said, the likeliest first, of the kinds that the permit covers.
    ///
    /// From memory when it is open; a memory that is not is opened first, off the caller's thread.
    /// - Parameter query: its moment is the moment at which the permit must hold.
    public func recall(
        _ query: RecallQuery, under permit: MemoryPermit
    ) async throws(MemoryError) -> [RecalledItem] {
        try check(permit, for: [.useInReplies], at: query.at)
        return found(query, under: permit, in: try await indexed())
    }

    /// The same on the caller's thread, when the memory is open and not too large for that; nil when it isn't.
    ///
    /// - Parameter limit: how many items it may have.
    func recallAtOnce(
        _ query: RecallQuery, under permit: MemoryPermit, upTo limit: Int
    ) throws(MemoryError) -> FoundByWords? {
        try check(permit, for: [.useInReplies], at: query.at)
        guard memories.isReady(person, upTo: limit) else { return nil }
        return byWords(query, under: permit, in: try memories.indexed(person))
    }

    /// The same in its time, for a memory of any size.
    func recallByWords(_ query: RecallQuery, under permit: MemoryPermit) async throws(MemoryError) -> FoundByWords {
        try check(permit, for: [.useInReplies], at: query.at)
        return byWords(query, under: permit, in: try await indexed())
    }

    private func byWords(
        _ query: RecallQuery, under permit: MemoryPermit, in contents: MemoryContents?
    ) -> FoundByWords {
        guard let index = contents?.index else { return FoundByWords() }
        let items = found(query, under: permit, in: contents)
        let vectors = index.vectorCount
        return FoundByWords(
            items: items,
            suffices: vectors == 0 || items.first.map { index.holds(nearlyAllOf: query, $0.item.id) } == true,
            lacksVectors: vectors < index.count)
    }

    private func found(_ query: RecallQuery, under permit: MemoryPermit, in contents: MemoryContents?) -> [RecalledItem]
    {
        guard let contents, let index = contents.index else { return [] }
        var query = query
        query.kinds = query.kinds?.intersection(permit.kinds) ?? permit.kinds
        return index.recall(query).compactMap { recalled in
            contents.item(recalled.item).map { RecalledItem(item: $0, recalled: recalled) }
        }
    }

    /// Opens the memory and its index ahead of use, for a permit's holder who will soon ask.
    public func prepare(under permit: MemoryPermit, at moment: Int64) async throws(MemoryError) {
        try check(permit, for: [.useInReplies], at: moment)
        _ = try await indexed()
    }

    /// How many items of each kind are held: all that a grant to share in aggregate gives.
    public func counts(under permit: MemoryPermit, at moment: Int64) async throws(MemoryError) -> [MemoryItem.Kind: Int]
    {
        try check(permit, for: [.shareInAggregate], at: moment)
        var counts: [MemoryItem.Kind: Int] = [:]
        for item in try await opened()?.items ?? []
        where item.status == .confirmed && item.closedAt == nil && permit.kinds.contains(item.kind) {
            counts[item.kind, default: 0] += 1
        }
        return counts
    }

    /// Whether the person paused remembering in a conversation.
    public func isPaused(_ conversation: String) async throws(MemoryError) -> Bool {
        try await opened()?.settings.paused[conversation] != nil
    }

    /// The same without waiting; nil where the memory isn't open yet.
    func isPausedAtOnce(_ conversation: String) throws(MemoryError) -> Bool? {
        guard memories.isOpen(person) else { return nil }
        return try memories.contents(of: person)?.settings.paused[conversation] != nil
    }

    // MARK: Underneath

    /// The one place where a permit is held against whose memory this is, what it is for, and the time.
    func check(
        _ permit: MemoryPermit, for purposes: Set<MemoryPurpose>, at moment: Int64
    ) throws(MemoryError) {
        guard permit.person == person else { throw .permitForAnother }
        guard purposes.contains(permit.purpose) else {
            throw .notGranted(purposes.min { $0.rawValue < $1.rawValue } ?? permit.purpose, nil)
        }
        guard permit.isLive(at: moment) else { throw .permitOver }
    }

    /// All that is remembered, with its index.
    private func indexed() async throws(MemoryError) -> MemoryContents? {
        // Warm, there is nothing to read but a number, now and then: quicker here than on another thread.
        if memories.isWarm(person) { return try memories.indexed(person) }
        let person = person
        return try await memories.readOffThread { memories in try memories.indexed(person) }
    }

    /// All that is remembered, from memory when it is open and fresh.
    func opened() async throws(MemoryError) -> MemoryContents? {
        let person = person
        return try await memories.readOffThread { memories in try memories.contents(of: person) }
    }
}

/// An item that was found, and why.
public struct RecalledItem: Sendable, Hashable {
    /// The item.
    public let item: MemoryItem
    /// How likely it is to be what was looked for, and why.
    public let recalled: Recalled
}

/// Plans for several resolutions at once.
enum Remembering {
    static func plan(
        _ resolutions: [Resolution], on contents: MemoryContents, at moment: Int64, by author: Decision.Author,
        reason: String?, inferredCounts: Set<MemoryItem.Kind>
    ) throws -> (MemoryPlan, [Remembered]) {
        var planning = Planning(on: contents, at: moment, by: author)
        var remembered: [Remembered] = []
        var problems: [Int: ItemProblems] = [:]
        for (place, resolution) in resolutions.enumerated() {
            if let conversation = resolution.draft?.origin?.conversation, contents.settings.paused[conversation] != nil
            {
                throw MemoryError.paused(conversation: conversation)
            }
            do {
                remembered.append(
                    try planning.resolve(
                        resolution, inferredCounts: resolution.draft.map { inferredCounts.contains($0.kind) } ?? false,
                        reason: reason))
            } catch let error as ItemProblems {
                problems[place] = error
            }
        }
        guard problems.isEmpty else { throw MemoryError.unfit(problems) }
        guard contents.items.count + planning.plan.added.count <= MemoryStore.mostItems else {
            throw MemoryError.tooMany(what: "items", limit: MemoryStore.mostItems)
        }
        return (planning.plan, remembered)
    }
}
