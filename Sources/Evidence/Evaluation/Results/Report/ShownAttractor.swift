/// What an attractor run found, as a run's report shows it: words, tables, pictures, and what they can't show.
public struct ShownAttractor: Hashable, Sendable {
    /// A table of words, its first column naming the row.
    public struct Table: Hashable, Sendable {
        /// What it shows.
        public let caption: String
        /// What stands above each column.
        public let head: [String]
        /// The rows, each as long as the head.
        public let rows: [[String]]
    }

    /// What stands above it.
    public let title: String
    /// What its numbers mean.
    public let terms: [String]
    /// One part for each good.
    public let goods: [Part]
    /// Comparisons. Nil: there is nothing to compare.
    public let comparisons: Table?
    /// What such a run can't show.
    public let limits: [String]

    /// One good.
    public struct Part: Hashable, Sendable {
        /// The good.
        public let good: String
        /// Its measures.
        public let tables: [Table]
        /// Pictures of all kinds of push together.
        public let curves: [ShownCurves]
        /// Pictures for each kind of push.
        public let byKind: [ShownCurves]
    }
}
