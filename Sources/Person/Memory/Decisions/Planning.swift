import Consents

/// Works out what a decision changes. Pure: what is there, what is wanted and when come in; a plan comes out.
struct Planning {
    let contents: MemoryContents
    let moment: Int64
    let author: Decision.Author
    var plan = MemoryPlan()
    private var last: MemoryItem.ID?
    /// Of what is held, where nobody has gathered it yet; and of what is added here.
    private var hashes: Set<Int>?
    private var addedHashes: Set<Int> = []
    private var random = SystemRandomNumberGenerator()

    init(on contents: MemoryContents, at moment: Int64, by author: Decision.Author) {
        self.contents = contents
        self.moment = moment
        self.author = author
        last = contents.items.last?.id
    }

    mutating func nextID() -> MemoryItem.ID {
        let id = MemoryItem.ID.next(after: last, at: moment, using: &random)
        last = id
        return id
    }

    mutating func note(
        _ act: Decision.Act, _ changes: [Decision.Change], reason: String? = nil, undoes: MemoryItem.ID? = nil
    ) {
        guard !changes.isEmpty else { return }
        plan.decisions.append(
            Decision(
                id: nextID(), at: moment, act: act, author: author, reason: reason.map { String($0.prefix(400)) },
                changes: changes, undoes: undoes))
    }

    // MARK: Something new

    /// What came of one resolution.
    mutating func resolve(
        _ resolution: Resolution, inferredCounts: Bool, reason: String?, as act: Decision.Act? = nil
    ) throws -> Remembered {
        switch resolution {
        case .close(let id, let until): return try close(id, until: until, reason: reason)
        case .add(let draft):
            let item = try new(draft, inferredCounts: inferredCounts)
            if let known = known(item) { return Remembered(item: try loosened(known, by: item), isNew: false) }
            if let refused = refused(item) { return Remembered(item: refused, isNew: false) }
            add(item)
            note(act ?? .remembered, [.added(item.id)], reason: reason)
            return Remembered(item: item, isNew: true)
        case .replace(let old, let draft):
            let standing = try standing(old)
            var item = try new(draft, inferredCounts: inferredCounts)
            if let refused = refused(item) { return Remembered(item: refused, isNew: false) }
            try link(&item, .replaces, old)
            add(item)
            var changes: [Decision.Change] = [.added(item.id)]
            // A proposal ends nothing: only what the person stands by takes another's place.
            if item.status == .confirmed { changes.append(try end(standing)) }
            note(act ?? .replaced, changes, reason: reason)
            return Remembered(item: item, isNew: true)
        case .keepBoth(let other, let draft):
            _ = try standing(other)
            var item = try new(draft, inferredCounts: inferredCounts)
            if let refused = refused(item) { return Remembered(item: refused, isNew: false) }
            try link(&item, .conflictsWith, other)
            add(item)
            var changes: [Decision.Change] = [.added(item.id)]
            if item.status == .confirmed {
                changes += try mark(other, .init(relation: .conflictsWith, item: item.id))
            }
            note(act ?? .keptBoth, changes, reason: reason)
            return Remembered(item: item, isNew: true)
        }
    }

    private mutating func add(_ item: MemoryItem) {
        plan.added.append(item)
        addedHashes.insert(item.wordsHash)
    }

    private mutating func new(_ draft: ItemDraft, inferredCounts: Bool) throws -> MemoryItem {
        let status: MemoryItem.Status = draft.source == .inferred && !inferredCounts ? .proposed : .confirmed
        for id in draft.supports where plan.item(id, in: contents) == nil { throw MemoryError.noSuchItem(id) }
        return try draft.item(id: nextID(), status: status, at: moment)
    }

    private mutating func close(_ id: MemoryItem.ID, until: Int64, reason: String?) throws -> Remembered {
        let old = try standing(id)
        let item = try old.version(nextID(), at: moment) { $0.validUntil = until }
        add(item)
        note(.closed, [.added(item.id), try end(old)], reason: reason)
        return Remembered(item: item, isNew: true)
    }

    /// An item that is held now.
    func standing(_ id: MemoryItem.ID) throws(MemoryError) -> MemoryItem {
        guard let item = plan.item(id, in: contents) else { throw .noSuchItem(id) }
        guard item.closedAt == nil else {
            throw .unfitState(
                id, reason: "The item \(id) is no longer held, so nothing can be done to it but undo or erase.")
        }
        return item
    }

    /// Ceases to hold an item.
    mutating func end(_ item: MemoryItem) throws(MemoryError) -> Decision.Change {
        let at = max(moment, item.recordedAt)
        try plan.change(item.id, in: contents) { $0.closedAt = at }
        return .closed(item.id, before: item.closedAt, after: at)
    }

    /// Sets a link on an item, unless it is there or there are too many.
    mutating func mark(_ id: MemoryItem.ID, _ link: MemoryItem.Link) throws(MemoryError) -> [Decision.Change] {
        guard let item = plan.item(id, in: contents), !item.links.contains(link),
            item.links.count < ItemProblems.mostLinks
        else { return [] }
        try plan.change(id, in: contents) { $0.links.append(link) }
        return [.linked(id, link)]
    }

    private func link(_ item: inout MemoryItem, _ relation: MemoryItem.Link.Relation, _ other: MemoryItem.ID) throws {
        let link = MemoryItem.Link(relation: relation, item: other)
        if item.links.count >= ItemProblems.mostLinks {
            throw ItemProblems(problems: [.tooManyLinks(count: item.links.count + 1)])
        }
        item.links.append(link)
    }

    // MARK: The same again

    /// The item that says the same already, if the person stands by it and it has the same times.
    private mutating func known(_ item: MemoryItem) -> MemoryItem? {
        func isSame(_ other: MemoryItem) -> Bool {
            other.kind == item.kind && other.closedAt == nil && other.status != .rejected && other.words == item.words
                && other.validFrom == item.validFrom && other.validUntil == item.validUntil && other.due == item.due
        }
        // Only now and then is there one with the same words: then they are looked through.
        let hash = item.wordsHash
        if contents.wordHashes == nil, hashes == nil, plan.added.count >= 16 {
            hashes = Set(contents.items.lazy.map(\.wordsHash))
        }
        if let known = contents.wordHashes ?? hashes, !known.contains(hash), !addedHashes.contains(hash) { return nil }
        guard let same = plan.added.first(where: isSame) ?? contents.items.first(where: isSame) else { return nil }
        let now = plan.item(same.id, in: contents) ?? same
        return isSame(now) ? now : nil
    }

    /// What is held already, kept as long as the longer of the two may be.
    private mutating func loosened(_ known: MemoryItem, by item: MemoryItem) throws(MemoryError) -> MemoryItem {
        guard let until = known.keepUntil, item.keepUntil.map({ $0 > until }) ?? true else { return known }
        try plan.change(known.id, in: contents) { $0.keepUntil = item.keepUntil }
        return plan.item(known.id, in: contents) ?? known
    }

    /// For what was only inferred: the item that says the same and that the person said is not so.
    private func refused(_ item: MemoryItem) -> MemoryItem? {
        guard item.source == .inferred else { return nil }
        if let known = contents.wordHashes ?? hashes, !known.contains(item.wordsHash) { return nil }
        return contents.items.last { other in
            other.kind == item.kind && other.words == item.words
                && (plan.item(other.id, in: contents) ?? other).status == .rejected
        }
    }
}

/// What came of something that was to be remembered.
public struct Remembered: Sendable, Hashable {
    /// The item as it is held now; a proposal when its status says so. What was only inferred, and the person rejected
    /// earlier, is not held: then this is what they rejected.
    public let item: MemoryItem
    /// Whether it is new: not when the same was held already, or rejected.
    public let isNew: Bool
}

extension MemoryItem {
    /// The parts of an item that a new version of it may have otherwise.
    struct Version {
        var kind: Kind
        var words: String
        var source: Source
        var speaker: String?
        var validFrom: Int64?
        var validUntil: Int64?
        var due: Int64?
        var confidence: Double
    }

    /// A new version of this item, which takes its place.
    func version(_ id: ID, at moment: Int64, _ change: (inout Version) -> Void) throws(ItemProblems) -> MemoryItem {
        var version = Version(
            kind: kind, words: words, source: source, speaker: speaker, validFrom: validFrom, validUntil: validUntil,
            due: due, confidence: confidence)
        change(&version)
        var links = links.filter { $0.relation != .replaces }
        if links.count >= ItemProblems.mostLinks { links.removeLast() }
        links.append(Link(relation: .replaces, item: self.id))
        return try MemoryItem(
            id: id, kind: version.kind, words: version.words, source: version.source, status: status, origin: origin,
            speaker: version.speaker, validFrom: version.validFrom, validUntil: version.validUntil, recordedAt: moment,
            due: version.due, confidence: version.confidence, isPinned: isPinned,
            keepUntil: keepUntil, links: links)
    }
}
