public import Consents

/// What a reply would be told of a person's memory, item by item with the reasons, for the person to see.
public struct RecallAccount: Sendable, Hashable, Encodable {
    /// One item that would be told.
    public struct Entry: Sendable, Hashable, Encodable {
        /// The item.
        public let item: MemoryItem
        /// How likely it is to fit, 0 to 1. Good for comparing; no probability for anybody's life.
        public let score: Double
        /// Why it came.
        public let reasons: [Recalled.Reason]
        /// About how many tokens it takes.
        public let tokens: Int
    }

    /// The items, the likeliest first.
    public let items: [Entry]
    /// The kinds that the person granted for replies; nothing else is ever told.
    public let kinds: [MemoryKind]
    /// The very words that a model would be told; empty when there is nothing to tell.
    public let brief: String

    /// An account of what was recalled under a permit at a moment.
    public init(_ recalled: [RecalledItem], under permit: MemoryPermit, at moment: Int64) {
        items = recalled.map {
            Entry(item: $0.item, score: $0.recalled.score, reasons: $0.recalled.reasons, tokens: $0.recalled.tokens)
        }
        kinds = permit.kinds.sorted()
        brief = RememberedBrief(recalled.map(\.item), at: moment).text
    }
}
