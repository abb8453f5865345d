/// What the people who look after a conversation decided about its statements.
public struct StatementModeration: Sendable, Hashable {
    /// Statements that were rejected: votes on them are kept, and count for nothing but their own tallies.
    public var rejected: Set<Int>
    /// Statements about the voters rather than the matter ("I live in this town"). Polis shows them to everybody soon; in
    /// its mathematics they are rejected as well, so name them in both sets to do as Polis does.
    public var meta: Set<Int>

    /// Nothing rejected, nothing meta, unless said so.
    public init(rejected: Set<Int> = [], meta: Set<Int> = []) {
        self.rejected = rejected
        self.meta = meta
    }
}
