extension MemoryItem {
    /// Whether it was held here at a moment: recorded by then, and not given up yet. A question about the past: whether
    /// it is held now is whether ``closedAt`` is nil, whatever a clock that went back or another machine's says.
    public func isHeld(at moment: Int64) -> Bool {
        recordedAt <= moment && closedAt.map { moment < $0 } ?? true
    }

    /// Whether it is true in the world at a moment, as it says itself.
    public func isTrue(at moment: Int64) -> Bool {
        (validFrom.map { $0 <= moment } ?? true) && (validUntil.map { moment < $0 } ?? true)
    }
}

extension Sequence<MemoryItem> {
    /// What is held to be true at a moment, as it was known at another: what the person stands by, was held at `known`,
    /// and is true at `moment`.
    public func held(trueAt moment: Int64, asKnownAt known: Int64) -> [MemoryItem] {
        filter { $0.status == .confirmed && $0.isHeld(at: known) && $0.isTrue(at: moment) }
    }
}
