public import Consents
import Store

extension PersonMemory {
    /// What is to be embedded of held items that have no vector of this embedder yet (``MemoryItem/embeddedText``), for
    /// whoever makes vectors in the background.
    ///
    /// - Parameter refused: items that can't be embedded and are left out.
    public func unembedded(
        for embedder: Embedder, limit: Int = 256, except refused: Set<MemoryItem.ID> = [], under permit: MemoryPermit,
        at moment: Int64
    ) async throws(MemoryError) -> [(id: MemoryItem.ID, words: String)] {
        try check(permit, for: [.useInReplies], at: moment)
        let person = person
        return try await memories.readOffThread { memories in
            guard let contents = try memories.contents(of: person) else { return [] }
            let embedded = try memories.store.read { session in
                try MemoryRows.embedded(contents, by: embedder, in: session)
            }
            var found: [(id: MemoryItem.ID, words: String)] = []
            for item in contents.items where found.count < limit {
                guard item.status == .confirmed, item.closedAt == nil, permit.kinds.contains(item.kind),
                    !embedded.contains(item.id), !refused.contains(item.id)
                else { continue }
                found.append((item.id, item.embeddedText))
            }
            return found
        }
    }

    /// Keeps vectors of items, made from their words by an embedder. Those of items that are gone are passed over.
    ///
    /// Vectors of another embedder than the last one's take all of the earlier ones' place: they can't be compared.
    public func keep(
        vectors: [(MemoryItem.ID, [Float])], of embedder: Embedder, under permit: MemoryPermit, at moment: Int64
    ) async throws(MemoryError) {
        try check(permit, for: [.useInReplies], at: moment)
        try await own.keep(vectors: vectors, of: embedder, at: moment)
    }
}

extension OwnMemory {
    func keep(vectors: [(MemoryItem.ID, [Float])], of embedder: Embedder, at moment: Int64) async throws(MemoryError) {
        guard vectors.count <= MemoryStore.mostAtOnce else {
            throw .tooMany(what: "vectors at a time", limit: MemoryStore.mostAtOnce)
        }
        for (id, vector) in vectors where vector.count != embedder.dimension || !vector.allSatisfy(\.isFinite) {
            throw .unfitVector(id)
        }
        try await memories.write(person) { contents, session in
            var plan = MemoryPlan()
            var known = try MemoryRows.embedded(contents, by: embedder, in: session)
            for (id, vector) in vectors where contents.index(of: id) != nil && known.insert(id).inserted {
                plan.vectors.append((id, vector))
            }
            if contents.settings.embedder != embedder, !plan.vectors.isEmpty {
                plan.settings = contents.settings
                plan.settings?.embedder = embedder
                plan.dropsVectors = true
            }
            return (plan, ())
        }
    }
}

extension MemoryRows {
    /// The items that have a vector of this embedder.
    static func embedded(
        _ contents: MemoryContents, by embedder: Embedder, in session: borrowing Session
    ) throws -> Set<MemoryItem.ID> {
        guard contents.settings.embedder == embedder else { return [] }
        var ids: Set<MemoryItem.ID> = []
        for segment in try sealed(.vectors, of: contents.row, in: session) {
            let plain = try contents.key.open(
                segment.sealed, at: .segment(row: contents.row, number: segment.number, kind: .vectors))
            ids.formUnion(
                try entries(in: plain) { reader throws(UnreadableRecord) in
                    try VectorRecord.skip(&reader, dimension: embedder.dimension)
                })
        }
        return ids
    }
}
