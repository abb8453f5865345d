import Consents

/// Does what a person asks of their memory in plain words, other than to remember, which waits until after the reply.
///
/// What can be undone is done at once and said; what can't is done when it is clear what is meant, and where it is about
/// everything, about something held on reflection, or about much at once, when it is asked a second time in a row.
extension Recollecting {
    func act(_ turn: TurnForMemory, _ remember: MemoryPermit?, _ told: inout Telling) async throws(MemoryError) {
        let own = memories.memory(of: turn.person).own
        // What they asked to be remembered a moment ago must be there to be replaced, forgotten or shown.
        await queue.settle(turn.person)
        let held = try await own.items()
        for asked in AskedOfMemory.all(in: turn.message, held: held, origin: nil, at: turn.at) {
            switch asked {
            case .keep(let resolution):
                if let draft = resolution.draft, remember?.kinds.contains(draft.kind) == true {
                    tellStanding(resolution, held, turn, &told)
                }
            case .erase(_, let words): try await forget(words, isMeant: false, held, turn, &told)
            case .end(_, let words, let until):
                try await orSay(&told) { told throws(MemoryError) in
                    try await end(words, until, held, turn, &told)
                }
            case .eraseEverything: try await forgetEverything(turn, &told)
            case .pause:
                if let conversation = turn.conversation { try await own.pause(conversation, at: turn.at) }
                told.isPaused = true
                told.say(.paused)
            case .resume:
                if let conversation = turn.conversation { try await own.resume(conversation, at: turn.at) }
                (told.isPaused, told.isResumed) = (false, true)
                told.say(.resumed)
            case .show(let ids, _): show(ids, held, turn, &told)
            case .other(let statement):
                try await orSay(&told) { told throws(MemoryError) in try await steer(statement, held, turn, &told) }
            }
        }
    }

    /// Does something, and says so where what it is about was changed otherwise since.
    private func orSay(
        _ told: inout Telling, _ body: (inout Telling) async throws(MemoryError) -> Void
    ) async throws(MemoryError) {
        do throws(MemoryError) { try await body(&told) } catch {
            switch error {
            case .changedSince, .unfitState, .noSuchItem, .noSuchDecision, .unfit: told.say(.notDone)
            default: throw error
            }
        }
    }

    /// Says how something new will stand to what is held.
    private func tellStanding(
        _ resolution: Resolution, _ held: [MemoryItem], _ turn: TurnForMemory, _ told: inout Telling
    ) {
        let other = held.filter { $0.id == resolution.held }
        switch resolution {
        case .replace:
            told.say(.willReplace)
            offer(other, turn, &told)
        case .keepBoth:
            told.say(.willPullApart)
            offer(other, turn, &told)
        case .add, .close: break
        }
    }

    // MARK: Forgetting

    /// Those of the items that some words speak of that are meant: one that is said exactly, or all.
    private func meant(_ words: String, _ held: [MemoryItem]) -> (items: [MemoryItem], isExact: Bool) {
        let ids = AskedOfMemory.fitting(words, held.filter { $0.closedAt == nil && $0.status != .rejected })
        let fitting = held.filter { ids.contains($0.id) }
        let said = String(Sentence.folded(words))
        let exact = fitting.filter { item in
            let folded = String(Sentence.folded(item.words))
            return said == folded || said.hasSuffix(" " + folded)
        }
        return exact.count == 1 ? (exact, true) : (fitting, false)
    }

    /// - Parameter isMeant: whether they were asked already, and said yes.
    private func forget(
        _ words: String, isMeant: Bool, _ held: [MemoryItem], _ turn: TurnForMemory, _ told: inout Telling
    ) async throws(MemoryError) {
        let (chosen, isExact) = meant(words, held)
        guard chosen.count == 1 else {
            if chosen.isEmpty { return told.say(.nothingToForget) }
            told.say(.severalToForget(chosen.count))
            return offer(chosen, turn, &told)
        }
        // One sentence said on an impulse must not destroy what was decided on reflection.
        if chosen[0].kind.isReflective, !isExact, !isMeant, !saidBefore(chosen[0], held, turn) {
            told.say(.consideredToForget)
            return offer(chosen, turn, &told)
        }
        _ = try await memories.memory(of: turn.person).own.erase(chosen.map(\.id), at: turn.at)
        told.say(.forgotten)
    }

    /// Whether they asked in their message before this one that this very item be forgotten.
    private func saidBefore(_ item: MemoryItem, _ held: [MemoryItem], _ turn: TurnForMemory) -> Bool {
        turn.saidBefore.contains { statement in
            statement.act == .forget && meant(statement.words, held).items.map(\.id) == [item.id]
        }
    }

    private func forgetEverything(_ turn: TurnForMemory, _ told: inout Telling) async throws(MemoryError) {
        // Said twice in a row, since it can't be undone.
        guard turn.saidBefore.contains(where: { $0.act == .forgetEverything }) else {
            return told.say(.forgetEverythingAsked)
        }
        _ = try await memories.memory(of: turn.person).own.eraseEverything(at: turn.at)
        told.say(.everythingForgotten)
    }

    /// What was so and is no more stays to be seen as past, and can be undone.
    private func end(
        _ words: String, _ until: Int64, _ held: [MemoryItem], _ turn: TurnForMemory, _ told: inout Telling
    ) async throws(MemoryError) {
        let (chosen, _) = meant(words, held)
        guard chosen.count == 1 else {
            if chosen.isEmpty { return told.say(.nothingToEnd) }
            told.say(.severalToEnd(chosen.count))
            return offer(chosen, turn, &told)
        }
        let end = max(until, chosen[0].validFrom ?? until)
        let own = memories.memory(of: turn.person).own
        try await own.state([.close(chosen[0].id, until: end)], at: turn.at)
        told.say(.ended)
    }

    // MARK: Steering

    /// Does what can only be understood beside what was said before.
    private func steer(
        _ statement: PlainStatement, _ held: [MemoryItem], _ turn: TurnForMemory, _ told: inout Telling
    ) async throws(MemoryError) {
        let own = memories.memory(of: turn.person).own
        switch statement.act {
        case .forgetThat:
            for said in turn.saidBefore where said.act == .forget && meant(said.words, held).items.count == 1 {
                return try await forget(said.words, isMeant: true, held, turn, &told)
            }
        case .correct: try await correct(statement.words, held, turn, &told)
        case .undo: try await undo(turn, &told)
        case .confirm, .reject: try await judge(statement.act == .confirm, held, turn, &told)
        case .pin, .unpin:
            guard let item = lastSaid(held, turn) else { break }
            try await own.pin(item.id, statement.act == .pin, at: turn.at)
            told.say(statement.act == .pin ? .pinned : .unpinned)
        case .keepFor(let kinds, let days): try await keep(kinds, for: days, held, turn, &told)
        case .takeAlong: told.say(.takeAlong)
        default: break
        }
    }

    /// What they asked to be remembered in their message before this one, as it is held.
    private func lastSaid(_ held: [MemoryItem], _ turn: TurnForMemory) -> MemoryItem? {
        let said = turn.saidBefore.filter(\.act.isRemember).map(\.words)
        return held.last { $0.closedAt == nil && $0.status == .confirmed && said.contains($0.words) }
    }

    /// Puts right what the words speak of, or what was remembered a moment ago, if they are about the same.
    private func correct(
        _ words: String, _ held: [MemoryItem], _ turn: TurnForMemory, _ told: inout Telling
    ) async throws(MemoryError) {
        let standing = held.filter { $0.closedAt == nil && $0.status != .rejected }
        let content = Set(GroundedWords.content(of: words))
        let last = lastSaid(held, turn).flatMap { item in
            content.isDisjoint(with: GroundedWords.content(of: item.words)) ? nil : item
        }
        let same = standing.last { item in
            SameMatter.replaced(by: ItemDraft(item.kind, words), among: [item]) != nil
        }
        // Where nothing fits, it was said about something else.
        guard let item = last ?? same, item.words != words else { return }
        let old = memories.memory(of: turn.person).own
        var correction = ItemCorrection()
        correction.words = words
        try await old.correct(item.id, correction, at: turn.at)
        told.say(.corrected)
    }

    /// Takes back what came of their message before this one.
    private func undo(_ turn: TurnForMemory, _ told: inout Telling) async throws(MemoryError) {
        let said = turn.saidBefore
        guard !said.isEmpty else { return }
        let own = memories.memory(of: turn.person).own
        let held = try await own.items()
        let words = said.filter(\.act.isRemember).map(\.words)
        let added = Set(held.filter { $0.closedAt == nil && words.contains($0.words) }.map(\.id))
        let acts = Set(said.compactMap(\.act.decision))
        let decisions = try await own.decisions(limit: 50)
        let undone = Set(decisions.compactMap(\.undoes))
        var taken = 0
        for decision in decisions where decision.author == .person && !undone.contains(decision.id) {
            let isOfWords = decision.changes.contains { change in
                if case .added(let id) = change { added.contains(id) } else { false }
            }
            guard isOfWords || acts.contains(decision.act) && taken == 0 && words.isEmpty else { continue }
            try await own.undo(decision.id, at: turn.at)
            taken += 1
            if taken == max(1, words.count) { break }
        }
        if taken > 0 { return told.say(.undone) }
        if said.contains(where: { $0.act == .forget || $0.act == .forgetThat || $0.act == .forgetEverything }) {
            told.say(.cannotUndo)
        }
    }

    /// Stands by, or turns down, the one thing that was noticed and waits: after they were shown what is remembered, or
    /// where it was noticed in this conversation.
    private func judge(
        _ isSo: Bool, _ held: [MemoryItem], _ turn: TurnForMemory, _ told: inout Telling
    ) async throws(MemoryError) {
        let wereShown = turn.saidBefore.contains { $0.act == .show }
        let waiting = held.filter { item in
            item.status == .proposed && item.closedAt == nil
                && (wereShown || turn.conversation != nil && item.origin?.conversation == turn.conversation)
        }
        guard let item = waiting.first else { return }
        guard waiting.count == 1 else {
            told.say(.severalWait(waiting.count))
            return offer(waiting, turn, &told, withProposals: true)
        }
        let own = memories.memory(of: turn.person).own
        if isSo { try await own.confirm(item.id, at: turn.at) } else { try await own.reject(item.id, at: turn.at) }
        told.say(isSo ? .confirmed : .rejected)
    }

    /// Sets how long kinds are kept. Where that would erase something soon, it is done when it is asked twice in a row.
    private func keep(
        _ kinds: [MemoryItem.Kind], for days: Int?, _ held: [MemoryItem], _ turn: TurnForMemory, _ told: inout Telling
    ) async throws(MemoryError) {
        let own = memories.memory(of: turn.person).own
        var retention = try await own.retention()
        for kind in kinds { retention[kind] = days }
        var settings = MemorySettings()
        settings.retention = retention
        let tomorrow = turn.at + MemorySettings.day
        let over = held.count { item in
            kinds.contains(item.kind) && settings.expiry(of: item).map { $0 <= tomorrow } ?? false
        }
        let isAskedAgain = turn.saidBefore.contains { $0.act == .keepFor(kinds, days: days) }
        guard over == 0 || isAskedAgain else { return told.say(.keepForAsked(over)) }
        try await own.setRetention(retention, at: turn.at)
        told.say(.keptFor(days))
    }

    // MARK: Showing

    private func show(_ ids: [MemoryItem.ID], _ held: [MemoryItem], _ turn: TurnForMemory, _ told: inout Telling) {
        guard memories.grants.permit(.useInReplies, for: turn.person, at: turn.at) != nil else {
            return told.say(.mayNotShow)
        }
        let order = Dictionary(ids.enumerated().map { ($1, $0) }) { first, _ in first }
        let meant = held.filter { order[$0.id] != nil }.sorted { (order[$0.id] ?? 0) < (order[$1.id] ?? 0) }
        told.say(meant.isEmpty ? .nothingToShow : .shown(all: meant.count, told: min(meant.count, Self.mostShown)))
        offer(meant, turn, &told, withProposals: true)
    }

    /// Puts items in front of the model that the person asked about, as far as their grant reaches.
    private func offer(
        _ items: [MemoryItem], _ turn: TurnForMemory, _ told: inout Telling, withProposals: Bool = false
    ) {
        guard let permit = memories.grants.permit(.useInReplies, for: turn.person, at: turn.at) else { return }
        let known = Set(told.items.map(\.item.id))
        told.items += items.prefix(Self.mostShown).filter { item in
            (item.status == .confirmed || withProposals && item.status == .proposed) && permit.kinds.contains(item.kind)
                && !known.contains(item.id)
        }.map { RecalledItem(item: $0, recalled: Recalled(item: $0.id, score: 1, reasons: [.asked], tokens: 0)) }
    }
}

extension TurnForMemory {
    /// What they asked of their memory in the message before this one.
    var saidBefore: [PlainStatement] { before.last.map { PlainStatement.all(in: $0) } ?? [] }
}

extension PlainStatement.Act {
    /// The decision that comes of it, of those that aren't found by their words.
    fileprivate var decision: Decision.Act? {
        switch self {
        case .noLonger: .closed
        case .correct: .corrected
        case .confirm: .confirmed
        case .reject: .rejected
        case .pin: .pinned
        case .unpin: .unpinned
        default: nil
        }
    }
}
