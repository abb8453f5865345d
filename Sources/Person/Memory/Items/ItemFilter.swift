import Foundation

/// Which items a person wants to see, and how many at a time.
public struct ItemFilter: Sendable, Hashable {
    /// Only of these kinds.
    public var kinds: Set<MemoryItem.Kind>?
    /// Only with these statuses.
    public var statuses: Set<MemoryItem.Status>?
    /// Only what is still held, or only what was replaced, rejected or taken back.
    public var isHeld: Bool?
    /// Only items in which each of these words occurs, upper and lower case and accents aside.
    public var words: String?
    /// Only items older than this one.
    public var before: MemoryItem.ID?
    /// How many at most.
    public var limit: Int

    /// The most items that a page may have.
    public static let longestPage = 1_000

    /// A filter; what is nil filters nothing.
    public init(
        kinds: Set<MemoryItem.Kind>? = nil, statuses: Set<MemoryItem.Status>? = nil, isHeld: Bool? = nil,
        words: String? = nil, before: MemoryItem.ID? = nil, limit: Int = 100
    ) {
        self.kinds = kinds
        self.statuses = statuses
        self.isHeld = isHeld
        self.words = words
        self.before = before
        self.limit = limit
    }

    /// Those of some items that pass, newest first. O(items).
    /// - Parameter items: oldest first.
    public func page(of items: [MemoryItem]) -> ItemPage {
        let wanted = words.map { Self.folded($0).split(whereSeparator: \.isWhitespace) } ?? []
        var found: [MemoryItem] = []
        var total = 0
        var hasMore = false
        for item in items.reversed() {
            guard kinds?.contains(item.kind) != false, statuses?.contains(item.status) != false,
                isHeld.map({ $0 == (item.closedAt == nil) }) ?? true
            else { continue }
            if !wanted.isEmpty {
                let words = Self.folded(item.words)
                guard wanted.allSatisfy({ words.contains($0) }) else { continue }
            }
            total += 1
            guard before.map({ item.id < $0 }) ?? true else { continue }
            if found.count < limit { found.append(item) } else { hasMore = true }
        }
        return ItemPage(items: found, total: total, next: hasMore ? found.last?.id : nil)
    }

    private static func folded(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
    }
}

/// Some of a person's items, newest first.
public struct ItemPage: Sendable, Hashable, Encodable {
    /// The items.
    public let items: [MemoryItem]
    /// How many there are that pass the filter, on this page or any other.
    public let total: Int
    /// What ``ItemFilter/before`` must be for those that come next; nil when these are the last.
    public let next: MemoryItem.ID?
}

extension OwnMemory {
    /// Some of what is remembered, newest first. O(items).
    public func items(matching filter: ItemFilter) async throws(MemoryError) -> ItemPage {
        filter.page(of: try await items())
    }
}
