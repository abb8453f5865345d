import Consents

/// All items of one person, opened.
struct MemoryContents: Sendable {
    /// The number of the person's row; a memory that begins anew has another.
    let row: Int64
    /// How often the memory had been changed when this was read.
    var revision: Int64
    let key: MemoryKey
    var settings = MemorySettings()
    /// By id, which is by the time of recording.
    private(set) var items: [MemoryItem] = []
    /// The number of the segment that holds each item.
    private(set) var homes: [Int64] = []
    /// The sealed pieces, by number.
    var segments: [Segment] = []
    /// The day on which something runs out first.
    var sweepOn: Int64?
    /// What finds them again, once somebody has asked: over the items that are held and that the person stands by.
    var index: RecallIndex?
    /// Hashes of kinds and words, gathered at the first write, so that the same isn't held twice. Those of items that are
    /// gone may be among them.
    private(set) var wordHashes: Set<Int>?
    /// About how much memory the items take, in bytes.
    private(set) var itemBytes = 0

    init(row: Int64, revision: Int64, key: MemoryKey) {
        self.row = row
        self.revision = revision
        self.key = key
    }

    // MARK: Finding

    /// The place of an item, or nil. O(log items).
    func index(of id: MemoryItem.ID) -> Int? {
        let place = insertion(of: id)
        return place < items.count && items[place].id == id ? place : nil
    }

    func item(_ id: MemoryItem.ID) -> MemoryItem? { index(of: id).map { items[$0] } }

    private func insertion(of id: MemoryItem.ID) -> Int {
        if let last = items.last, last.id < id { return items.count }
        var low = 0
        var high = items.count
        while low < high {
            let middle = (low + high) / 2
            if items[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // MARK: Changing

    /// Takes up what was read from segments. Call it once.
    mutating func take(_ read: [(items: [MemoryItem], home: Int64)]) {
        let count = read.reduce(0) { $0 + $1.items.count }
        items.reserveCapacity(count)
        homes.reserveCapacity(count)
        var isSorted = true
        for part in read {
            for item in part.items {
                if let last = items.last, item.id < last.id { isSorted = false }
                items.append(item)
                homes.append(part.home)
                itemBytes += item.footprint
            }
        }
        guard !isSorted else { return }
        let order = items.indices.sorted { items[$0].id < items[$1].id }
        (items, homes) = (order.map { items[$0] }, order.map { homes[$0] })
    }

    /// Brings the opened items to where a write has brought the store.
    mutating func apply(_ written: WrittenPlan) {
        revision = written.revision
        settings = written.settings
        segments = written.segments
        sweepOn = written.sweepOn
        let plan = written.plan
        if !written.moved.isEmpty {
            for place in homes.indices { if let home = written.moved[homes[place]] { homes[place] = home } }
        }
        for (id, item) in plan.changed {
            guard let place = index(of: id) else { continue }
            itemBytes += item.footprint - items[place].footprint
            items[place] = item
        }
        if !plan.removed.isEmpty {
            var kept = 0
            for place in items.indices {
                if plan.removed.contains(items[place].id) {
                    itemBytes -= items[place].footprint
                } else {
                    if kept != place {
                        items[kept] = items[place]
                        homes[kept] = homes[place]
                    }
                    kept += 1
                }
            }
            items.removeSubrange(kept...)
            homes.removeSubrange(kept...)
        }
        for (item, home) in zip(plan.added, written.addedHomes) {
            let place = insertion(of: item.id)
            items.insert(item, at: place)
            homes.insert(home, at: place)
            itemBytes += item.footprint
        }
        if wordHashes == nil {
            wordHashes = Set(items.lazy.map(\.wordsHash))
        } else {
            for item in plan.added { wordHashes?.insert(item.wordsHash) }
        }
        applyToIndex(plan)
    }

    private mutating func applyToIndex(_ plan: MemoryPlan) {
        guard index != nil else { return }
        if plan.dropsVectors {
            // Made anew when somebody next asks.
            index = nil
            return
        }
        for item in plan.added where item.isFindable { index?.insert(item, vector: nil) }
        for (id, item) in plan.changed {
            if item.isFindable {
                let vector = index?.vector(of: id)
                index?.insert(item, vector: vector)
            } else {
                index?.remove(id)
            }
        }
        for id in plan.removed { index?.remove(id) }
        for (id, vector) in plan.vectors {
            if let item = item(id), item.isFindable { index?.insert(item, vector: vector) }
        }
    }
}

extension RecallIndex {
    /// The vector that an item is found by.
    func vector(of id: MemoryItem.ID) -> [Float]? {
        guard let slot = slotOf[id], slots[Int(slot)].row >= 0 else { return nil }
        return tables[Int(slots[Int(slot)].table)].vector(Int(slots[Int(slot)].row))
    }
}

extension MemoryItem {
    /// The same for the same kind and words, within this process.
    var wordsHash: Int {
        var hasher = Hasher()
        hasher.combine(kind.number)
        hasher.combine(words)
        return hasher.finalize()
    }

    /// Whether recall may bring it.
    var isFindable: Bool { status == .confirmed && closedAt == nil }

    /// About how many bytes an opened item takes.
    var footprint: Int {
        func heap(_ text: String?) -> Int {
            guard let text, text.utf8.count > 15 else { return 0 }
            return text.utf8.count + 32
        }
        return MemoryLayout<MemoryItem>.stride + 8 + heap(words) + heap(speaker) + heap(origin?.conversation)
            + (links.isEmpty ? 0 : 32 + links.count * MemoryLayout<Link>.stride)
    }
}
