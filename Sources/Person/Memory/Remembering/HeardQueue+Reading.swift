import Consents
import Foundation
import Logging
import Models
import Store
import Synchronization

/// How one turn is read.
extension HeardQueue {
    /// Reads one turn.
    /// - Returns: false when it failed and is to be tried again.
    func read(_ waiting: HeardRows.Waiting, withModel: Bool) async throws -> Bool {
        let heard = waiting.heard
        let memory = memories.memory(of: heard.person)
        do {
            if waiting.stage == .whole {
                defer { end(heard.person) }
                try await readStatements(waiting, memory)
            }
            guard let rememberer, PlainStatement.leavesMore(in: heard.message) else {
                return try await finish(waiting.claim)
            }
            if waiting.stage == .whole { try await reach(.statementsRead, waiting.claim, isLeft: !withModel) }
            guard withModel else { return true }
            try await readWithModel(rememberer, waiting, memory)
            return try await finish(waiting.claim)
        } catch let error as MemoryError where error.forbidsKeeping {
            counted.withLock { $0.forbidden += 1 }
            return try await finish(waiting.claim, counts: false)
        } catch {
            if waiting.attempts >= Self.mostAttempts {
                logger.error(
                    "What a person said could not be read for what they want remembered",
                    metadata: ["reason": "\(Self.reason(error))"])
                counted.withLock { $0.lost += 1 }
                return try await finish(waiting.claim, counts: false)
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
                try HeardRows.leave(waiting.claim, claimedAt: claimedAt, in: session)
            }
        }
    }

    /// An upstream's words may quote the person's.
    static func reason(_ error: any Error) -> String {
        switch error {
        case let error as MemoryError: error.description
        case let error as ChatRefusal: "the model that reads what was said answered with status \(error.status)"
        case is CancellationError: "reading took too long"
        default: "the model that reads what was said could not be asked (\(type(of: error)))"
        }
    }

    private func readStatements(_ waiting: HeardRows.Waiting, _ memory: PersonMemory) async throws {
        let heard = waiting.heard
        let count = PlainStatement.all(in: heard.message).count
        for place in 0..<count {
            // Each is held against what the ones before it left.
            let permit = try await permit(heard, memory)
            let held = try await memory.items(under: permit, at: permit.issuedAt)
            let asked = AskedOfMemory.all(in: heard.message, held: held, origin: heard.origin, at: heard.at)
            guard asked.indices.contains(place), case .keep(let resolution) = asked[place] else { continue }
            try await keep([resolution], waiting, memory, permit, by: .person, reason: "Said in so many words.")
        }
    }

    private func readWithModel(
        _ rememberer: ModelRememberer, _ waiting: HeardRows.Waiting, _ memory: PersonMemory
    ) async throws {
        let heard = waiting.heard
        var permit = try await permit(heard, memory)
        let held = try await memory.items(under: permit, at: permit.issuedAt)
        let findings = try await rememberer.findings(
            in: heard.message, held: Self.nearest(held, to: heard.message), origin: heard.origin, at: heard.at)
        if !findings.isReadable { counted.withLock { $0.unreadable += 1 } }
        // Asked anew: the model took its time.
        permit = try await self.permit(heard, memory)
        try await keep(
            findings.resolutions, waiting, memory, permit, by: .model, reason: "Read out of what was said.")
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

    /// Keeps each by itself, so that one that is unfit spoils no other, and only while the turn still waits.
    private func keep(
        _ resolutions: [Resolution], _ waiting: HeardRows.Waiting, _ memory: PersonMemory, _ permit: MemoryPermit,
        by author: Decision.Author, reason: String
    ) async throws(MemoryError) {
        let heard = waiting.heard
        var kept = 0
        for resolution in resolutions where resolution.draft.map({ permit.kinds.contains($0.kind) }) ?? true {
            do throws(MemoryError) {
                let remembered = try await memory.remember(
                    resolution.dated(at: heard.at).bounded(by: heard), of: heard, claimed: waiting.claim, under: permit,
                    at: permit.issuedAt, by: author, reason: reason)
                if remembered != nil { kept += 1 }
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
        wantsVectors(heard.person)
    }

    private func finish(_ claim: HeardRows.Claim, counts: Bool = true) async throws -> Bool {
        if counts { counted.withLock { $0.read += 1 } }
        try await offThread { [self] in
            try memories.store.write { session in try HeardRows.delete(claim, in: session) }
        }
        return true
    }

    private func reach(_ stage: HeardRows.Stage, _ claim: HeardRows.Claim, isLeft: Bool) async throws {
        try await offThread { [self] in
            try memories.store.write { session in
                try HeardRows.reached(stage, claim, isLeft: isLeft, in: session)
            }
        }
    }
}

extension Resolution {
    /// The same with the days that its words name.
    func dated(at moment: Int64) -> Resolution { changed { $0.dated(at: moment) } }

    /// The same, kept no longer than the charter lets it be under which it was heard.
    func bounded(by heard: Heard) -> Resolution {
        guard let days = heard.retentionDays else { return self }
        let until = heard.at + Int64(max(0, min(days, MemorySettings.longestRetention))) * MemorySettings.day
        return changed { draft in
            var draft = draft
            draft.keepUntil = min(draft.keepUntil ?? until, until)
            return draft
        }
    }

    private func changed(_ change: (ItemDraft) -> ItemDraft) -> Resolution {
        switch self {
        case .add(let draft): .add(change(draft))
        case .replace(let id, let draft): .replace(id, with: change(draft))
        case .keepBoth(let id, let draft): .keepBoth(id, change(draft))
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
