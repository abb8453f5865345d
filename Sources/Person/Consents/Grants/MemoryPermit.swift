/// Leave to read or write items of some kinds of one person's memory, for one purpose and a few moments.
///
/// Only ``GrantLedger`` makes one: its initializer is this room's own, and a test of the house sees to it that nobody
/// else here calls it. So code that holds a permit has asked the person's grants. It ends after
/// ``MemoryPermit/longestUse`` at the latest: ask anew for each use.
public struct MemoryPermit: Hashable, Sendable {
    /// Whose memory.
    public let person: PersonKey
    /// What for.
    public let purpose: MemoryPurpose
    /// The kinds of items, at least one.
    public let kinds: Set<MemoryKind>
    /// The kinds of which inferred items count without the person's confirming them.
    public let acceptsInferred: Set<MemoryKind>
    /// When it was made, in milliseconds since 1970.
    public let issuedAt: Int64
    /// From when on it is worth nothing.
    public let endsAt: Int64

    /// For how many milliseconds a permit can be used.
    public static let longestUse: Int64 = 60_000

    init(
        person: PersonKey, purpose: MemoryPurpose, kinds: Set<MemoryKind>, acceptsInferred: Set<MemoryKind>,
        issuedAt: Int64, endsAt: Int64
    ) {
        self.person = person
        self.purpose = purpose
        self.kinds = kinds
        self.acceptsInferred = acceptsInferred
        self.issuedAt = issuedAt
        self.endsAt = endsAt
    }

    /// Whether it can be used at a moment.
    public func isLive(at moment: Int64) -> Bool { issuedAt <= moment && moment < endsAt }
}
