extension PabulibFile {
    /// The same file with another outcome: the column `selected` says 1 of what was funded and 0 of everything else, and
    /// `rule` in `META` by which rule.
    ///
    /// - Parameters:
    ///   - funded: The places of the funded projects, in the order of the file.
    ///   - rule: The rule as Pabulib calls it, as in `greedy`.
    public func selecting(_ funded: some Sequence<Int>, by rule: String) -> PabulibFile {
        let funded = Set(funded)
        let own = projectColumns.firstIndex { pabulibTrimmed($0) == "selected" }
        let column = own ?? projectColumns.count
        let rows = projects.enumerated().map { place, row in
            var row = own == nil ? Array(row.prefix(projectColumns.count)) : row
            if own == nil { row.append("") }
            row[column] = funded.contains(place) ? "1" : "0"
            return row
        }
        var entries = meta
        if let place = entries.firstIndex(where: { pabulibTrimmed($0.key) == "rule" }) {
            entries[place] = Entry(key: entries[place].key, value: rule)
        } else {
            entries.append(Entry(key: "rule", value: rule))
        }
        return PabulibFile(
            meta: entries, projectColumns: own == nil ? projectColumns + ["selected"] : projectColumns, projects: rows,
            voteColumns: voteColumns, votes: votes)
    }
}
