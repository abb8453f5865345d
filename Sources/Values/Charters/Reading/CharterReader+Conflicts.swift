// What a merge left for people to decide.
extension CharterReader {
    /// The file without its section `conflicts`, and an error for each entry in it: as long as two sides disagree, nobody
    /// knows what the charter says.
    mutating func refusingConflicts(in root: SourceNode?) -> SourceNode? {
        guard var root, case .map(var entries) = root.form, root.has("conflicts") else { return root }
        for entry in entries where entry.key == "conflicts" { refuse(entry) }
        entries.removeAll { $0.key == "conflicts" }
        root.form = .map(entries)
        return root
    }

    private mutating func refuse(_ section: SourceEntry) {
        guard case .map(let conflicts) = section.value.form, !conflicts.isEmpty else {
            log.error(
                "unresolved", at: section.keySpan, "The section `conflicts` is left over from a merge.",
                help: "If everything in it is decided, take the section away.")
            return
        }
        for conflict in conflicts {
            log.error(
                "unresolved", at: conflict.keySpan,
                "Both sides of a merge changed `\(conflict.key.prefix(160))` differently.",
                help:
                    "Ours \(Self.words(conflict.value, "ours")), theirs \(Self.words(conflict.value, "theirs")). Write under `\(conflict.key.prefix(160))` what it should be, then take this entry away; when none is left, take `conflicts` away."
            )
        }
    }

    private static func words(_ conflict: SourceNode, _ side: String) -> String {
        guard case .map(let entries) = conflict.form, let value = entries.first(where: { $0.key == side })?.value else {
            return "takes it out"
        }
        guard case .text(let text) = value.form else { return "says what stands below" }
        let line = text.onOneLine
        return "says “\(line.prefix(80))\(line.count > 80 ? "…" : "")”"
    }
}
