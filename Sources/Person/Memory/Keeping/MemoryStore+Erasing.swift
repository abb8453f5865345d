public import Consents
import Foundation
import Logging
import Store
import Synchronization

/// The steps of an erasure, between which a process may die.
enum ErasureStep: Sendable, Hashable, CaseIterable {
    /// It is written down that there is something to erase.
    case noted
    /// It is gone from the tables.
    case rewritten
    /// It is gone from the write-ahead log.
    case logEmptied
}

extension MemoryStore {
    /// Erases everything that is remembered of a person: their memory's key, its rows, and what is open of it.
    ///
    /// First it is noted that this is to be done, so that it is completed at the next start if the process dies.
    /// - Parameter withGrants: whether what they granted goes too.
    func eraseMemory(of person: PersonKey, at moment: Int64, withGrants: Bool) async throws(MemoryError) -> Int? {
        let count = try await writeOffThread { memories -> Int? in
            let count = try? memories.contents(of: person)?.items.count ?? 0
            let id = UUID().uuidString.lowercased()
            try memories.store.write { session in
                try session.run(
                    "INSERT INTO memory_erasures (id, application, person, at, scope) VALUES (?, ?, ?, ?, 'everything')",
                    .text(id), .text(person.application), .text(person.person), .integer(moment))
            }
            memories.open.remove(person)
            try memories.didReach(.noted)
            try memories.store.write { session in
                try Self.deleteRows(of: person, at: moment, in: session)
            }
            memories.open.remove(person)
            try memories.didReach(.rewritten)
            try memories.store.compactLog()
            try memories.didReach(.logEmptied)
            try memories.store.write { session in
                try session.run("DELETE FROM memory_erasures WHERE id = ?", .text(id))
            }
            return count
        }
        if withGrants {
            do { try await grants.erase(person) } catch { throw MemoryError(grant: error) }
        }
        return count
    }

    private static func deleteRows(of person: PersonKey, at moment: Int64, in session: borrowing Session) throws {
        if let found = try MemoryRows.revision(of: person, in: session) {
            try session.run("DELETE FROM memory_segments WHERE person = ?", .integer(found.row))
            try session.run("DELETE FROM memory_readings WHERE person = ?", .integer(found.row))
        }
        let owner: [SQLValue] = [.text(person.application), .text(person.person)]
        try session.run("DELETE FROM memory_people WHERE application = ? AND person = ?", owner)
        try HeardRows.delete(of: person, in: session)
        try session.run(
            """
            INSERT INTO memory_erased (application, person, at) VALUES (?, ?, ?)
            ON CONFLICT (application, person) DO UPDATE SET at = excluded.at
            """, owner + [.integer(moment)])
    }

    /// Completes erasures that a dying process left half done. Call it at every start.
    /// - Returns: how many there were.
    @discardableResult
    public func finishErasures() async throws(MemoryError) -> Int {
        try await writeOffThread { memories in
            let rows = try memories.store.read { session in
                try session.rows("SELECT id, application, person, at, scope FROM memory_erasures ORDER BY at")
            }
            guard !rows.isEmpty else { return 0 }
            for row in rows where try row.text("scope") == "everything" {
                let person = PersonKey(application: try row.text("application"), person: try row.text("person"))
                let moment = try row.integer("at")
                let id = try row.text("id")
                try memories.store.write { session in
                    // Whoever noted it may have completed it meanwhile, and the person begun anew.
                    let isNoted = try session.firstRow("SELECT id FROM memory_erasures WHERE id = ?", .text(id)) != nil
                    if isNoted { try Self.deleteRows(of: person, at: moment, in: session) }
                }
                memories.open.remove(person)
            }
            // Items were rewritten in the step in which they were noted; what may be left of them is in the log.
            try memories.store.compactLog()
            let ids = try rows.map { [SQLValue.text(try $0.text("id"))] }
            try memories.store.write { session in
                try session.runBatch("DELETE FROM memory_erasures WHERE id = ?", ids)
            }
            return rows.count
        }
    }

    /// Erases items by rewriting what holds them, and empties the log.
    /// - Parameters:
    ///   - withHeard: whether what the person said and nobody has read yet goes too: it may say the same.
    ///   - choose: which items, and what else is to change, from what is remembered.
    func eraseItems(
        of person: PersonKey, at moment: Int64, withHeard: Bool,
        _ choose: @escaping @Sendable (MemoryContents) throws -> (Set<MemoryItem.ID>, MemoryPlan)
    ) async throws(MemoryError) -> Set<MemoryItem.ID> {
        let id = UUID().uuidString.lowercased()
        let removed = try await write(person) { contents, session in
            var (removed, plan) = try choose(contents)
            if !removed.isEmpty {
                if withHeard { try HeardRows.delete(of: person, in: session) }
                plan.removed = removed
                for item in contents.items
                where !removed.contains(item.id) && item.links.contains(where: { removed.contains($0.item) }) {
                    try plan.change(item.id, in: contents) { item in
                        item.links.removeAll { removed.contains($0.item) }
                    }
                }
                try session.run(
                    "INSERT INTO memory_erasures (id, application, person, at, scope) VALUES (?, ?, ?, ?, 'items')",
                    .text(id), .text(person.application), .text(person.person), .integer(moment))
            }
            return (plan, removed)
        }
        guard !removed.isEmpty else { return removed }
        try await writeOffThread { memories in
            try memories.didReach(.rewritten)
            try memories.store.compactLog()
            try memories.didReach(.logEmptied)
            try memories.store.write { session in
                try session.run("DELETE FROM memory_erasures WHERE id = ?", .text(id))
            }
        }
        return removed
    }

    private func didReach(_ step: ErasureStep) throws {
        try erasureStep.withLock { $0 }?(step)
    }

    // MARK: Retention

    /// Erases what has run out, of everybody: proposals nobody answered, and what is older than its kind's retention.
    /// Pinned items stay. Call it once a day or more often.
    /// - Returns: how many items went.
    @discardableResult
    public func sweep(at moment: Int64) async throws(MemoryError) -> Int {
        try await finishErasures()
        var erased = 0
        var tried: Set<PersonKey> = []
        var failures = 0
        while true {
            let today = moment.floorDivided(by: MemorySettings.day)
            let limit = SQLValue(256 + failures)
            let due = try await readOffThread { memories in
                try memories.store.read { session in
                    try session.rows(
                        """
                        SELECT application, person FROM memory_people WHERE sweep_on <= ?
                        ORDER BY sweep_on, application, person LIMIT ?
                        """, .integer(today), limit
                    ).map { PersonKey(application: try $0.text("application"), person: try $0.text("person")) }
                }
            }
            let next = due.filter { !tried.contains($0) }
            guard !next.isEmpty else { return erased }
            for person in next {
                tried.insert(person)
                do throws(MemoryError) {
                    erased += try await eraseItems(of: person, at: moment, withHeard: false) { contents in
                        let over = contents.items.filter { item in
                            contents.settings.expiry(of: item).map { $0 <= moment } ?? false
                        }
                        var plan = MemoryPlan()
                        plan.looksForExpiry = true
                        return (Set(over.map(\.id)), plan)
                    }.count
                } catch {
                    switch error {
                    // One memory that can't be opened stops no other's.
                    case .keyGone, .damaged, .beingErased, .seal:
                        failures += 1
                        logger.warning("A memory could not be swept", metadata: ["reason": "\(error)"])
                    default: throw error
                    }
                }
            }
        }
    }
}

extension MemoryError {
    init(grant error: GrantError) {
        switch error {
        case .store(let error): self = .store(error)
        default: self = .contended
        }
    }
}

extension OwnMemory {
    /// Erases items for good: what held them is rewritten, decisions no longer speak of them, and the log is emptied.
    ///
    /// - Parameter withHistory: whether the versions that they replaced go too.
    /// - Throws: ``MemoryError/noSuchItem(_:)`` for an id that is not there; then nothing was erased.
    public func erase(
        _ ids: [MemoryItem.ID], withHistory: Bool = true, at moment: Int64
    ) async throws(MemoryError) -> ErasureCertificate {
        let removed = try await memories.eraseItems(of: person, at: moment, withHeard: true) { contents in
            var removed: Set<MemoryItem.ID> = []
            var rest = ids
            while let id = rest.popLast() {
                guard let item = contents.item(id) else {
                    if ids.contains(id) { throw MemoryError.noSuchItem(id) }
                    continue
                }
                guard removed.insert(id).inserted, withHistory else { continue }
                rest += item.links.filter { $0.relation == .replaces }.map(\.item)
            }
            return (removed, MemoryPlan())
        }
        return ErasureSigner(seal: memories.seal).certificate(
            of: .items, person: person, items: removed.sorted(), count: removed.count, askedAt: moment,
            done: [
                "What held the items was sealed anew without them, and the old bytes were overwritten.",
                "Links to them and decisions about them were taken out.",
                "The write-ahead log was emptied, and open copies were changed.",
            ])
    }

    /// Erases everything that is remembered of the person. What they granted stays; take that back if you wish.
    public func eraseEverything(at moment: Int64) async throws(MemoryError) -> ErasureCertificate {
        let count = try await memories.eraseMemory(of: person, at: moment, withGrants: false)
        return ErasureSigner(seal: memories.seal).certificate(
            of: .memory, person: person, count: count, askedAt: moment, done: ErasureCertificate.memoryDone)
    }
}

extension ErasureCertificate {
    /// What is done when all of a memory is erased.
    static let memoryDone = [
        "The key that the memory was sealed under was destroyed.",
        "Its items, vectors and decisions were deleted and their bytes overwritten.",
        "The write-ahead log was emptied, and open copies were dropped.",
    ]
}

extension MemoryStore {
    /// Erases a person's memory and what they granted, as part of erasing all that is kept of them.
    /// - Returns: how many items there were; nil when they could not be counted.
    @discardableResult
    public func erasePerson(_ person: PersonKey, at moment: Int64) async throws(MemoryError) -> Int? {
        try await eraseMemory(of: person, at: moment, withGrants: true)
    }
}
