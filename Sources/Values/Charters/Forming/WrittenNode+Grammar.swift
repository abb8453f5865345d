extension WrittenNode {
    /// The same as the grammar has it best: a mapping's keys in the grammar's order, unknown ones behind them in their
    /// author's, and sentences on one line, since layout means nothing in them. Names and lists keep their order.
    var inForm: WrittenNode {
        inForm(.mapping(self["wishes"] == nil ? Grammar.charter : Grammar.wishes))
    }

    private func inForm(_ expected: Grammar.Form?) -> WrittenNode {
        var node = self
        switch form {
        case .empty: break
        case .text(let text):
            if case .sentence = expected?.single { node.form = .text(text.onOneLine) }
        case .list(let items):
            let expected = expected?.item
            node.form = .list(
                items.map { item in
                    var item = item
                    item.value = item.value.inForm(expected)
                    return item
                })
        case .map(let entries):
            let shape = expected?.shape
            let ranked = entries.enumerated().map { index, entry in
                var entry = entry
                let rank = shape?.names.firstIndex(of: entry.key)
                entry.value = entry.value.inForm(rank.flatMap { shape?.keys[$0].form } ?? expected?.named)
                return (rank: shape == nil ? 0 : rank ?? .max, index: index, entry: entry)
            }
            node.form = .map(ranked.sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }.map(\.entry))
        }
        return node
    }
}

extension Grammar.Form {
    /// What one value is, where one or a list of them may stand.
    fileprivate var single: Grammar.Form {
        switch self {
        case .oneOrMore(let form): form
        case .inLanguages: .sentence
        default: self
        }
    }

    /// What an item of a list is.
    fileprivate var item: Grammar.Form? {
        switch self {
        case .list(let form), .oneOrMore(let form): form
        default: nil
        }
    }

    /// What a mapping with fixed keys holds.
    fileprivate var shape: Grammar.Shape? {
        if case .mapping(let shape) = self { shape } else { nil }
    }

    /// What stands behind each name.
    fileprivate var named: Grammar.Form? {
        switch self {
        case .names(_, let form): form
        case .inLanguages: .sentence
        default: nil
        }
    }
}
