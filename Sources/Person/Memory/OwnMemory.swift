public import Consents
import Store

/// What a person may do with their own memory, without any grant: it is theirs.
///
/// Hand it only to the person themself, after the door has made sure that it is them.
public struct OwnMemory: Sendable {
    /// Whose.
    public let person: PersonKey
    let memories: MemoryStore

    // MARK: Seeing

    /// Everything that is remembered, proposals, past and rejected items included, oldest first.
    public func items() async throws(MemoryError) -> [MemoryItem] { try await opened()?.items ?? [] }

    /// One item; nil when there is none of that id.
    public func item(_ id: MemoryItem.ID) async throws(MemoryError) -> MemoryItem? { try await opened()?.item(id) }

    /// What waits for the person's word.
    public func proposals() async throws(MemoryError) -> [MemoryItem] {
        try await items().filter { $0.status == .proposed && $0.closedAt == nil }
    }

    /// Items in which every word of `text` occurs, upper and lower case and accents aside. Newest first. O(items).
    public func search(_ text: String, limit: Int = 100) async throws(MemoryError) -> [MemoryItem] {
        guard text.contains(where: { !$0.isWhitespace }) else { return [] }
        return try await items(matching: ItemFilter(words: text, limit: limit)).items
    }

    /// Every decision about what is remembered, newest first.
    public func decisions(limit: Int = 1_000) async throws(MemoryError) -> [Decision] {
        let person = person
        return try await memories.readOffThread { memories in
            let all = try memories.store.read { session in
                try MemoryRows.decisions(of: person, with: memories.seal, in: session)
            }
            return Array(all.reversed().prefix(limit))
        }
    }

    // MARK: Saying

    /// Keeps something that the person says themself, or that they decide about what is held.
    @discardableResult
    public func state(_ resolutions: [Resolution], at moment: Int64) async throws(MemoryError) -> [Remembered] {
        guard resolutions.count <= MemoryStore.mostAtOnce else {
            throw .tooMany(what: "things to remember at a time", limit: MemoryStore.mostAtOnce)
        }
        return try await memories.write(person) { contents, _ in
            try Remembering.plan(
                resolutions, on: contents, at: moment, by: .person, reason: nil,
                inferredCounts: Set(MemoryItem.Kind.allCases))
        }
    }

    /// Puts an item right: a new version takes its place, and what it was stays to be seen until it is erased.
    ///
    /// - Returns: the new version.
    @discardableResult
    public func correct(
        _ id: MemoryItem.ID, to draft: ItemDraft, at moment: Int64
    ) async throws(MemoryError) -> MemoryItem {
        try await change(at: moment) { planning in
            let old = try planning.standing(id)
            let new: MemoryItem
            do throws(ItemProblems) {
                new = try old.version(planning.nextID(), at: moment) { version in
                    version = .init(
                        kind: draft.kind, words: draft.words, source: draft.source,
                        speaker: draft.speaker ?? old.speaker,
                        validFrom: draft.validFrom, validUntil: draft.validUntil, due: draft.due,
                        confidence: draft.confidence)
                }
            } catch {
                throw MemoryError.unfit([0: error])
            }
            var item = new
            // The person's own words are what they stand by.
            item.status = .confirmed
            planning.plan.added.append(item)
            var changes: [Decision.Change] = [.added(item.id), try planning.end(old)]
            for link in item.links where link.relation == .conflictsWith {
                changes += try planning.mark(link.item, .init(relation: .conflictsWith, item: item.id))
            }
            planning.note(.corrected, changes)
            return item
        }
    }

    /// Stands by an item. A proposal that was to take another's place does so now.
    public func confirm(_ id: MemoryItem.ID, at moment: Int64) async throws(MemoryError) {
        try await change(at: moment) { planning in
            guard let item = planning.plan.item(id, in: planning.contents) else { throw MemoryError.noSuchItem(id) }
            guard item.status != .confirmed else { return }
            try planning.plan.change(id, in: planning.contents) { $0.status = .confirmed }
            var changes: [Decision.Change] = [.status(id, before: item.status, after: .confirmed)]
            if item.status == .rejected, let closedAt = item.closedAt {
                try planning.plan.change(id, in: planning.contents) { $0.closedAt = nil }
                changes.append(.closed(id, before: closedAt, after: nil))
            }
            for link in item.links {
                guard let other = planning.plan.item(link.item, in: planning.contents), other.closedAt == nil else {
                    continue
                }
                switch link.relation {
                case .replaces: changes.append(try planning.end(other))
                case .conflictsWith:
                    changes += try planning.mark(other.id, .init(relation: .conflictsWith, item: id))
                case .supports: break
                }
            }
            planning.note(.confirmed, changes)
        }
    }

    /// Says that an item is not so. It is used for nothing any more, and not proposed again while it is kept.
    public func reject(_ id: MemoryItem.ID, at moment: Int64) async throws(MemoryError) {
        try await change(at: moment) { planning in
            guard let item = planning.plan.item(id, in: planning.contents) else { throw MemoryError.noSuchItem(id) }
            guard item.status != .rejected else { return }
            try planning.plan.change(id, in: planning.contents) { $0.status = .rejected }
            var changes: [Decision.Change] = [.status(id, before: item.status, after: .rejected)]
            if item.closedAt == nil { changes.append(try planning.end(item)) }
            planning.note(.rejected, changes)
        }
    }

    /// Keeps an item whatever its kind's retention says, or no longer.
    public func pin(_ id: MemoryItem.ID, _ isPinned: Bool = true, at moment: Int64) async throws(MemoryError) {
        try await change(at: moment) { planning in
            let item = try planning.standing(id)
            guard item.isPinned != isPinned else { return }
            try planning.plan.change(id, in: planning.contents) { $0.isPinned = isPinned }
            planning.note(isPinned ? .pinned : .unpinned, [.pinned(id, isPinned)])
        }
    }

    /// Takes a decision back.
    /// - Throws: ``MemoryError/changedSince(_:)`` when something else happened to the same item since.
    public func undo(_ decision: MemoryItem.ID, at moment: Int64) async throws(MemoryError) {
        let person = person
        let seal = memories.seal
        try await memories.write(person) { contents, session in
            let all = try MemoryRows.decisions(of: person, with: seal, in: session)
            guard let found = all.last(where: { $0.id == decision }) else {
                throw MemoryError.noSuchDecision(decision)
            }
            if let undone = all.last(where: { $0.undoes == decision }),
                !all.contains(where: { $0.undoes == undone.id })
            {
                throw MemoryError.unfitState(decision, reason: "This decision was undone already.")
            }
            var planning = Planning(on: contents, at: moment, by: .person)
            try planning.undo(found)
            return (planning.plan, ())
        }
    }

    // MARK: Settings

    /// For how many days items of each kind are kept; a kind that is missing is kept until it is erased.
    public func retention() async throws(MemoryError) -> [MemoryItem.Kind: Int] {
        try await opened()?.settings.retention ?? [:]
    }

    /// Sets for how many days items of a kind are kept; nil for until they are erased. What is older goes with the next
    /// sweep, pinned items excepted.
    public func setRetention(_ kind: MemoryItem.Kind, days: Int?, at moment: Int64) async throws(MemoryError) {
        if let days, !(1...MemorySettings.longestRetention).contains(days) { throw .unfitRetention(days: days) }
        try await change(at: moment) { planning in
            var settings = planning.contents.settings
            guard settings.retention[kind] != days else { return }
            settings.retention[kind] = days
            planning.plan.settings = settings
        }
    }

    /// Sets for how many days items of every kind are kept, all at once; a kind that is missing is kept until it is
    /// erased.
    public func setRetention(_ days: [MemoryItem.Kind: Int], at moment: Int64) async throws(MemoryError) {
        for days in days.values where !(1...MemorySettings.longestRetention).contains(days) {
            throw .unfitRetention(days: days)
        }
        try await change(at: moment) { planning in
            var settings = planning.contents.settings
            guard settings.retention != days else { return }
            settings.retention = days
            planning.plan.settings = settings
        }
    }

    /// Remembers nothing of a conversation from now on.
    public func pause(_ conversation: String, at moment: Int64) async throws(MemoryError) {
        guard
            let origin = try? MemoryItem(
                id: MemoryItem.ID(at: 0), kind: .fact, words: "-", origin: .init(conversation: conversation, turn: 0),
                recordedAt: 0
            ).origin
        else { throw .unfitName(conversation) }
        try await change(at: moment) { planning in
            var settings = planning.contents.settings
            guard settings.paused[origin.conversation] == nil else { return }
            settings.paused = settings.paused.filter {
                $0.value > moment - MemorySettings.pauseDays * MemorySettings.day
            }
            guard settings.paused.count < MemorySettings.mostPauses else {
                throw MemoryError.tooMany(what: "paused conversations", limit: MemorySettings.mostPauses)
            }
            settings.paused[origin.conversation] = moment
            planning.plan.settings = settings
        }
    }

    /// Lets a conversation be remembered again, from now on.
    public func resume(_ conversation: String, at moment: Int64) async throws(MemoryError) {
        try await change(at: moment) { planning in
            var settings = planning.contents.settings
            guard settings.paused.removeValue(forKey: conversation) != nil else { return }
            planning.plan.settings = settings
        }
    }

    /// The conversations that are paused.
    public func pausedConversations() async throws(MemoryError) -> [String] {
        try await opened()?.settings.paused.keys.sorted() ?? []
    }

    // MARK: Underneath

    func opened() async throws(MemoryError) -> MemoryContents? {
        try await PersonMemory(person: person, memories: memories).opened()
    }

    func change<Outcome: Sendable>(
        at moment: Int64, _ body: @escaping @Sendable (inout Planning) throws -> Outcome
    ) async throws(MemoryError) -> Outcome {
        try await memories.write(person) { contents, _ in
            var planning = Planning(on: contents, at: moment, by: .person)
            let outcome = try body(&planning)
            return (planning.plan, outcome)
        }
    }
}

extension MemoryRows {
    /// All decisions of a person, oldest first.
    static func decisions(
        of person: PersonKey, with seal: Seal, in session: borrowing Session
    ) throws -> [Decision] {
        guard try !isBeingErased(person, in: session), let found = try Self.person(person, in: session) else {
            return []
        }
        let key = try MemoryKey(opening: found.sealedKey, of: person, row: found.row, with: seal, in: session)
        var all: [Decision] = []
        for segment in try sealed(.decisions, of: found.row, in: session) {
            all += try decisions(
                in: try key.open(
                    segment.sealed, at: .segment(row: found.row, number: segment.number, kind: .decisions)))
        }
        return all
    }
}
