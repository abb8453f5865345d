/// How a person stands to one use of one kind of what is remembered: the last grant of it, live or not.
public struct MemoryLeave: Hashable, Sendable {
    /// What for.
    public let purpose: MemoryPurpose
    /// Which kind of items.
    public let kind: MemoryKind
    /// When it was granted, in milliseconds since 1970.
    public internal(set) var givenAt: Int64
    /// From when on it no longer holds.
    public internal(set) var expiresAt: Int64
    /// When the person took it back, if they did.
    public internal(set) var revokedAt: Int64?
    /// For `remember`: whether what was only read out of the person's words counts without their confirming it.
    public internal(set) var acceptsInferred: Bool
    /// How it was granted.
    public internal(set) var through: Consent.Through

    /// Whether it holds at a moment. One that was taken back holds at none, whatever the clocks say.
    public func isLive(at moment: Int64) -> Bool {
        revokedAt == nil && givenAt <= moment && moment < expiresAt
    }
}

/// One thing that a person said about uses of their memory. Events are only ever added.
public struct MemoryGrantEvent: Hashable, Sendable {
    /// What happened.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The person gave leave.
        case granted
        /// The person took leave back.
        case revoked
    }

    /// Whose.
    public var person: PersonKey
    /// 1 for the person's first event, then one more each.
    public var number: Int64
    /// When, in milliseconds since 1970. Never before the person's event of the number before.
    public var at: Int64
    /// What happened.
    public var kind: Kind
    /// What for.
    public var purpose: MemoryPurpose
    /// For which kinds of items.
    public var kinds: Set<MemoryKind>
    /// Until when leave holds; nil when it was taken back.
    public var until: Int64?
    /// Whether inferred items count without confirming.
    public var acceptsInferred: Bool
    /// How it was said.
    public var through: Consent.Through
}
