import Consents

/// What will be told, while it is put together.
struct Telling {
    var items: [RecalledItem] = []
    var notes: [MemoryNote] = []
    var missing: [String] = []
    var isPaused = false
    var isResumed = false

    mutating func take(_ found: Recollecting.Found) {
        items = found.items
        if let words = found.missing { missing.append(words) }
    }

    mutating func say(_ note: MemoryNote) { if !notes.contains(note) { notes.append(note) } }

    /// What becomes of what the person asks to be remembered.
    mutating func note(_ statements: [PlainStatement], _ permit: MemoryPermit?) {
        let kinds = statements.compactMap(\.act.kind)
        guard !kinds.isEmpty else { return }
        let allowed = kinds.filter { permit?.kinds.contains($0) == true }
        if allowed.isEmpty { return say(.mayNotRemember) }
        say(allowed.count == kinds.count ? .willRemember : .willRememberSome)
    }

    func recollection(of turn: TurnForMemory, _ permit: MemoryPermit?) -> Recollection {
        var recollection = Recollection()
        let brief = RememberedBrief(items.map(\.item), at: turn.at)
        let byID = Dictionary(items.map { ($0.item.id, $0) }) { first, _ in first }
        recollection.used = brief.items.compactMap { byID[$0] }
        recollection.missing = missing
        var notes = notes
        let mayKeep = permit != nil && !isPaused && (isResumed || !turn.isPausedByItself)
        if mayKeep { recollection.heard = turn.heard }
        if !mayKeep { notes.removeAll { $0 == .willReplace || $0 == .willPullApart } }
        if !mayKeep, let place = notes.firstIndex(where: { $0 == .willRemember || $0 == .willRememberSome }) {
            notes[place] = .pausedSo
        }
        recollection.done = notes.map(\.done)
        recollection.text = ([brief.text] + notes.map(\.told)).filter { !$0.isEmpty }.joined(separator: "\n")
        return recollection
    }
}
