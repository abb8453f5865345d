import Consents

/// What is to be changed in one person's memory, worked out before anything is written.
struct MemoryPlan: Sendable {
    var added: [MemoryItem] = []
    /// Items as they will be, by id.
    var changed: [MemoryItem.ID: MemoryItem] = [:]
    /// Items to be erased, with all that speaks of them.
    var removed: Set<MemoryItem.ID> = []
    var decisions: [Decision] = []
    var settings: MemorySettings?
    var vectors: [(id: MemoryItem.ID, vector: [Float])] = []
    /// Whether the vectors that are kept go, because another embedder made them.
    var dropsVectors = false
    /// Whether the day on which something runs out is worked out anew.
    var looksForExpiry = false

    var isEmpty: Bool {
        added.isEmpty && changed.isEmpty && removed.isEmpty && decisions.isEmpty && settings == nil && vectors.isEmpty
            && !dropsVectors && !looksForExpiry
    }

    /// An item as it will be, or as it is.
    func item(_ id: MemoryItem.ID, in contents: MemoryContents) -> MemoryItem? {
        changed[id] ?? contents.item(id) ?? added.last { $0.id == id }
    }

    /// Changes an item that is there, or that is to be added by this plan.
    mutating func change(
        _ id: MemoryItem.ID, in contents: MemoryContents, _ body: (inout MemoryItem) throws(MemoryError) -> Void
    ) throws(MemoryError) {
        if let place = added.lastIndex(where: { $0.id == id }) {
            try body(&added[place])
            return
        }
        guard var item = changed[id] ?? contents.item(id) else { throw .noSuchItem(id) }
        try body(&item)
        changed[id] = item
    }
}

/// Where a plan has left the store.
struct WrittenPlan: Sendable {
    var plan: MemoryPlan
    var revision: Int64
    var settings: MemorySettings
    var segments: [Segment]
    var sweepOn: Int64?
    /// The segment of each added item.
    var addedHomes: [Int64]
    /// Segments that were taken into another one.
    var moved: [Int64: Int64]
}
