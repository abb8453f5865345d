import Charters
import Consents
import Counsel
import Memory
import Models
import NIOHTTP1

/// What a message takes from its person's memory, and what becomes of it after the reply.
extension Passage {
    /// The turn as memory must know it; nil where nobody is named, or conversations use no memory.
    func turnForMemory(
        of person: PersonKey?, in conversation: Conversation, under charter: CompiledCharter
    ) throws(GatewayRefusal) -> TurnForMemory? {
        let name = head.headers.first(name: "trellis-conversation")
        if let name, !MemoryItem.Origin.canBeNamed(name) {
            throw GatewayRefusal(
                status: 400, kind: .invalidRequest,
                message:
                    "The header Trellis-Conversation takes an id of 1 to 200 visible characters, the same for every "
                    + "message of one conversation.",
                param: "Trellis-Conversation")
        }
        guard let person, core.recollecting != nil, let last = conversation.turns.last, last.role == .user else {
            return nil
        }
        let terms = charter.memory
        return TurnForMemory(
            by: person, last.content,
            before: conversation.turns.dropLast().filter { $0.role == .user }.map(\.content), conversation: name,
            turn: conversation.turns.count - 1, at: account.at, purposes: terms?.purposes ?? [],
            retentionDays: terms?.retentionDays)
    }

    /// What is told of a turn, when that has to be waited for.
    func recollecting(_ turn: TurnForMemory) -> Task<Recollection, Never>? {
        core.recollecting.map { recollecting in Task { await recollecting.recollection(turn) } }
    }

    /// The brief with what is remembered in it, before the floor: that stands last, whatever is told. It is one message's
    /// alone, so it is shared with no other.
    func remembering(_ brief: PreparedBrief, _ advice: Advice?) -> PreparedBrief {
        let told = account.recollection.text
        account.missing += account.recollection.missing
        guard !told.isEmpty, let governing = account.governing else { return brief }
        let whole = advice?.brief ?? governing.charter.compiled.brief(for: BriefRequest())
        return PreparedBrief(whole.text(telling: told))
    }

    /// Notes the turn to be read for what the person wants remembered, once they have their reply.
    func remember(after outcome: Receipt.Outcome) {
        guard let heard = account.recollection.heard else { return }
        switch outcome {
        case .complete, .cutOff: break
        case .refused, .failed: return account.recollection.forgetTurn()
        }
        // What the floor had to meet is no matter for memory.
        guard account.floor.allSatisfy({ $0.side != "input" }) else { return account.recollection.forgetTurn() }
        guard let noting = core.recollecting?.queue.note(heard), noting != .noted else { return }
        let before = account.recollection.missing.count
        account.recollection.take(noting)
        account.missing += account.recollection.missing.dropFirst(before)
    }
}

extension Receipt {
    /// Notes what the model was told of memory, and what was asked of it.
    ///
    /// - Parameter isTold: whether a model was asked, so that what it was to be told was told.
    mutating func note(_ recollection: Recollection, isTold: Bool) {
        if isTold, !recollection.used.isEmpty {
            memories = recollection.used.map { used in
                MemoryUsed(
                    item: used.item.id.description, kind: used.item.kind.rawValue,
                    reasons: used.recalled.reasons.map(\.rawValue),
                    fit: Int((min(1, max(0, used.recalled.score)) * 100).rounded()))
            }
        }
        if !recollection.done.isEmpty { asksOfMemory = recollection.done }
        if recollection.heard != nil { isHeard = true }
    }
}
