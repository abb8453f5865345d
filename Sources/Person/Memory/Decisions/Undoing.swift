import Consents

extension Planning {
    /// Takes a decision back: afterwards everything it changed is as it was before.
    ///
    /// What was added is given up, not erased, so an undoing can be undone too.
    /// - Throws: ``MemoryError/changedSince(_:)`` when something else happened to the same item since.
    mutating func undo(_ decision: Decision) throws(MemoryError) {
        var changes: [Decision.Change] = []
        for change in decision.changes.reversed() {
            if let inverse = try inverse(change) { changes.append(inverse) }
        }
        note(.undone, changes, undoes: decision.id)
    }

    private mutating func inverse(_ change: Decision.Change) throws(MemoryError) -> Decision.Change? {
        switch change {
        case .added(let id):
            let item = try found(id)
            guard item.closedAt == nil else { throw .changedSince(id) }
            return try end(item)
        case .closed(let id, let before, let after):
            let item = try found(id)
            guard item.closedAt == after else { throw .changedSince(id) }
            try plan.change(id, in: contents) { $0.closedAt = before }
            return .closed(id, before: after, after: before)
        case .status(let id, let before, let after):
            let item = try found(id)
            guard item.status == after else { throw .changedSince(id) }
            try plan.change(id, in: contents) { $0.status = before }
            return .status(id, before: after, after: before)
        case .pinned(let id, let isPinned):
            let item = try found(id)
            guard item.isPinned == isPinned else { throw .changedSince(id) }
            try plan.change(id, in: contents) { $0.isPinned = !isPinned }
            return .pinned(id, !isPinned)
        case .linked(let id, let link):
            let item = try found(id)
            guard item.links.contains(link) else { return nil }
            try plan.change(id, in: contents) { item in item.links.removeAll { $0 == link } }
            return .unlinked(id, link)
        case .unlinked(let id, let link):
            return try mark(id, link).first
        }
    }

    private func found(_ id: MemoryItem.ID) throws(MemoryError) -> MemoryItem {
        guard let item = plan.item(id, in: contents) else { throw .noSuchItem(id) }
        return item
    }
}
