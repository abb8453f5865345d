public import Consents

extension Recollecting {
    /// What a reply to a message would be told of its person's memory, for the person to see. Nothing is done, noted or
    /// kept.
    ///
    /// - Parameters:
    ///   - items: how many may come; nil for as many as in replies.
    ///   - tokens: about how many tokens they may take; nil for as many as in replies.
    public func preview(
        _ turn: TurnForMemory, items: Int? = nil, tokens: Int? = nil, under permit: MemoryPermit
    ) async throws(MemoryError) -> [RecalledItem] {
        var bounds = bounds
        if let items { bounds.items = items }
        if let tokens { bounds.tokens = tokens }
        return try await Recollecting(memories: memories, queue: queue, vectors: vectors, bounds: bounds)
            .recalled(turn, under: permit).items
    }
}
