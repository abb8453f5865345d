/// What a person puts right in an item. What is nil stays as it is.
public struct ItemCorrection: Sendable, Hashable {
    /// What becomes of a time.
    public enum Time: Sendable, Hashable {
        /// It is set to a moment, in milliseconds since 1970.
        case set(Int64)
        /// It is taken away.
        case removed
    }

    /// The kind that it shall have.
    public var kind: MemoryItem.Kind?
    /// The words that it shall have. They count as stated, wherever the item came from.
    public var words: String?
    /// Who is to have said it.
    public var speaker: String?
    /// How sure it shall be, 0 to 1.
    public var confidence: Double?
    /// From when on it is true.
    public var validFrom: Time?
    /// Until when it is true.
    public var validUntil: Time?
    /// By when it is to be done.
    public var due: Time?

    /// A correction that changes nothing yet.
    public init() {}

    /// Whether it changes nothing.
    public var isEmpty: Bool { self == ItemCorrection() }

    /// The item with what is put right in the place of what it says.
    public func draft(of item: MemoryItem) -> ItemDraft {
        var draft = ItemDraft(
            kind ?? item.kind, words ?? item.words, source: words == nil ? item.source : .stated,
            speaker: speaker ?? item.speaker, validFrom: item.validFrom, validUntil: item.validUntil, due: item.due,
            confidence: confidence ?? item.confidence)
        validFrom?.apply(to: &draft.validFrom)
        validUntil?.apply(to: &draft.validUntil)
        due?.apply(to: &draft.due)
        return draft
    }
}

extension ItemCorrection.Time {
    fileprivate func apply(to moment: inout Int64?) {
        switch self {
        case .set(let new): moment = new
        case .removed: moment = nil
        }
    }
}

extension OwnMemory {
    /// Puts some of an item right and leaves the rest: see ``correct(_:to:at:)``.
    @discardableResult
    public func correct(
        _ id: MemoryItem.ID, _ correction: ItemCorrection, at moment: Int64
    ) async throws(MemoryError) -> MemoryItem {
        guard let item = try await item(id) else { throw .noSuchItem(id) }
        // Should another have corrected it in between, it is no longer held, and this is refused.
        return try await correct(id, to: correction.draft(of: item), at: moment)
    }
}
