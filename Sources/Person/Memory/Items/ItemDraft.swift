public import Consents

/// Something that may be worth remembering, before it is an item.
public struct ItemDraft: Sendable, Hashable {
    /// What it is about.
    public var kind: MemoryItem.Kind
    /// The thing itself, as in ``MemoryItem/words``.
    public var words: String
    /// How we came to it.
    public var source: MemoryItem.Source
    /// The conversation and turn that it came from.
    public var origin: MemoryItem.Origin?
    /// Who said it.
    public var speaker: String?
    /// From when on it is true.
    public var validFrom: Int64?
    /// Until when it is true.
    public var validUntil: Int64?
    /// By when it is to be done.
    public var due: Int64?
    /// How sure we are that it is so, 0 to 1.
    public var confidence: Double
    /// Items for which it is a reason.
    public var supports: [MemoryItem.ID]
    /// Until when it may be kept, as in ``MemoryItem/keepUntil``.
    var keepUntil: Int64?

    /// Describes something.
    public init(
        _ kind: MemoryItem.Kind, _ words: String, source: MemoryItem.Source = .stated,
        origin: MemoryItem.Origin? = nil, speaker: String? = nil, validFrom: Int64? = nil, validUntil: Int64? = nil,
        due: Int64? = nil, confidence: Double = 1, supports: [MemoryItem.ID] = []
    ) {
        self.kind = kind
        self.words = words
        self.source = source
        self.origin = origin
        self.speaker = speaker
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.due = due
        self.confidence = confidence
        self.supports = supports
    }

    func item(id: MemoryItem.ID, status: MemoryItem.Status, at moment: Int64) throws(ItemProblems) -> MemoryItem {
        try MemoryItem(
            id: id, kind: kind, words: words, source: source, status: status, origin: origin, speaker: speaker,
            validFrom: validFrom, validUntil: validUntil, recordedAt: moment, due: due, confidence: confidence,
            keepUntil: keepUntil, links: supports.map { .init(relation: .supports, item: $0) })
    }
}

/// How something new stands to what is held. Nothing is overwritten: each of these can be seen and undone.
public enum Resolution: Sendable, Hashable {
    /// It is new. The same words of the same kind, held already, are not held twice.
    case add(ItemDraft)
    /// It stands in the place of something held, which was not so, or is so no more.
    case replace(MemoryItem.ID, with: ItemDraft)
    /// It conflicts with something held, and both are kept and marked.
    case keepBoth(MemoryItem.ID, ItemDraft)
    /// Something held came to an end in the world at a moment: "lived in Lyon until May".
    case close(MemoryItem.ID, until: Int64)

    /// The draft, where there is one.
    var draft: ItemDraft? {
        switch self {
        case .add(let draft), .replace(_, let draft), .keepBoth(_, let draft): draft
        case .close: nil
        }
    }

    /// The held item that it speaks of.
    var held: MemoryItem.ID? {
        switch self {
        case .add: nil
        case .replace(let id, _), .keepBoth(let id, _), .close(let id, _): id
        }
    }
}
