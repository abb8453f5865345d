extension SuspiciousCluster.Kind {
    /// How often this sign was wrong, and how often it found what was there, measured on seven published conversations
    /// of 4,759 people, in a sentence or two.
    ///
    /// Nobody knows whether anybody cheated in them, so every sign counts as false there: that makes the rate too high
    /// rather than too low. Then 5, 10 and 20 accounts that one hand guides were put into the five conversations of at
    /// most 500 people. `landscape-bench --signals` repeats it (`Signals/README.md`).
    public var errorRate: String {
        switch self {
        case .alike:
            "ALIKE"
        case .burst:
            "BURST"
        case .oneVote:
            "ONEVOTE"
        case .lockstep:
            "LOCKSTEP"
        }
    }
}
