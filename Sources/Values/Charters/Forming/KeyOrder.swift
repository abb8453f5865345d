/// The order in which a charter's keys are written, so that people find them.
enum KeyOrder {
    /// The keys of the mapping at a path, in their order. Nil where the keys are names, which keep their author's order.
    ///
    /// - Parameter path: Keys from the root, `-` for an item of a list.
    static func keys(at path: [String]) -> [String]? {
        if path.suffix(2) == ["examples", "-"] { return Grammar.example.names }
        switch path.count {
        case 0: return sections
        case 1:
            switch path[0] {
            case "memory": return Grammar.memory.names
            case "critique": return Grammar.critique.names
            case "amendment": return Grammar.amendment.names
            default: return nil
            }
        case 2: return clauses[path[0]]
        case 3 where path[0] == "floor" && path[2] == "detect": return Grammar.detection.names
        case 3 where path[0] == "contexts" && path[2] == "then": return Grammar.action.names
        default: return nil
        }
    }

    static let sections = [
        "charter", "wishes", "version", "community", "purpose", "extends", "without", "goods", "dispositions",
        "tensions", "choices", "avoid", "roles", "topics", "contexts", "guidance", "resources", "memory", "critique",
        "floor", "amendment", "dissent", "conflicts",
    ]

    private static let clauses = [
        "goods": Grammar.good.names,
        "dispositions": Grammar.disposition.names,
        "tensions": Grammar.tension.names,
        "choices": Grammar.choice.names,
        "roles": Grammar.role.names,
        "topics": Grammar.topic.names,
        "contexts": Grammar.context.names,
        "guidance": Grammar.guidance.names,
        "resources": Grammar.resource.names,
        "floor": Grammar.floorClause.names,
        "dissent": Grammar.dissent.names,
        "conflicts": ["base", "ours", "theirs"],
    ]
}

extension WrittenNode {
    /// The same with every mapping's known keys in their order, and unknown ones behind them in their author's order.
    func inKeyOrder(path: [String] = []) -> WrittenNode {
        var node = self
        switch form {
        case .text, .empty: break
        case .list(let items):
            node.form = .list(
                items.map { item in
                    var item = item
                    item.value = item.value.inKeyOrder(path: path + ["-"])
                    return item
                })
        case .map(let entries):
            let keys = KeyOrder.keys(at: path)
            let ranked = entries.enumerated().map { index, entry in
                var entry = entry
                entry.value = entry.value.inKeyOrder(path: path + [entry.key])
                let rank = keys.map { $0.firstIndex(of: entry.key) ?? $0.count } ?? 0
                return (rank: rank, index: index, entry: entry)
            }
            node.form = .map(ranked.sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }.map(\.entry))
        }
        return node
    }
}
