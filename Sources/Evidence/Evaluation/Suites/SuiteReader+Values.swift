import Charters

extension SuiteReader {
    /// The members of something that must be a mapping, by key. Notes keys that are unknown, written twice or missing.
    mutating func mapping(
        _ node: SourceNode, _ title: String, keys: [String], needed: [String], at span: Range<Int>
    ) -> [String: SourceEntry]? {
        guard case .map(let entries) = node.form else {
            wrongType(
                node, "\(title) is a mapping",
                "Under it, further in, write \(keys.prefix(3).joined(separator: ", ")), …")
            return nil
        }
        var fields: [String: SourceEntry] = [:]
        for entry in entries {
            guard keys.contains(entry.key) else {
                let near = nearMiss(of: entry.key, among: keys)
                log.error(
                    "unknown-key", at: entry.keySpan, "\(title) has no `\(entry.key.prefix(80))`.",
                    help: near.map { "Did you mean `\($0)`?" } ?? "It may have: \(keys.joined(separator: ", ")).")
                continue
            }
            if fields.updateValue(entry, forKey: entry.key) != nil {
                log.error(
                    "duplicate-key", at: entry.keySpan, "`\(entry.key)` stands here twice.",
                    help: "Take one of them away, or put both into one.")
            }
        }
        for key in needed {
            switch fields[key]?.value.form {
            case .text, .list, .map, .broken: continue
            case .empty, nil:
                log.error(
                    "missing-key", at: fields[key]?.keySpan ?? span, "\(title) has no `\(key)`.", help: "Add `\(key):`."
                )
            }
        }
        return fields
    }

    mutating func text(_ entry: SourceEntry?) -> String? {
        guard let entry else { return nil }
        if case .empty = entry.value.form { return nil }
        return text(entry.value, "`\(entry.key)`")
    }

    mutating func text(_ node: SourceNode, _ title: String) -> String? {
        switch node.form {
        case .text(let text):
            let isSeen = text.contains { !$0.isWhitespace }
            if !isSeen {
                log.error(
                    "empty-text", at: node.span, "\(title) is an empty text.",
                    help: "Write something, or leave the key out.")
            }
            return isSeen ? text : nil
        case .broken, .empty: return nil
        case .list, .map:
            wrongType(node, "\(title) is one text", "Write it behind the colon, in quotes if it holds a colon itself.")
            return nil
        }
    }

    /// A list of texts, or one text, which stands for a list of one.
    mutating func texts(_ entry: SourceEntry?) -> [String] {
        guard let entry else { return [] }
        switch entry.value.form {
        case .empty, .broken: return []
        case .text, .map: return text(entry).map { [$0] } ?? []
        case .list(let nodes): return nodes.compactMap { text($0, "Each of `\(entry.key)`") }
        }
    }

    mutating func choice<Value: RawRepresentable<String>>(
        _ node: SourceNode, among values: [Value], _ title: String
    ) -> Value? {
        guard let text = text(node, "The name of \(title)") else { return nil }
        if let value = Value(rawValue: text) { return value }
        let names = values.map(\.rawValue)
        log.error(
            "unknown-name", at: node.span, "`\(text.prefix(80))` isn't \(title).",
            help: nearMiss(of: text, among: names).map { "Did you mean `\($0)`?" }
                ?? "It is one of: \(names.joined(separator: ", ")).")
        return nil
    }

    mutating func wrongType(_ node: SourceNode, _ should: String, _ help: String) {
        if case .broken = node.form { return }
        log.error("wrong-type", at: node.span, "\(should), and here stands \(node.kind).", help: help)
    }
}
