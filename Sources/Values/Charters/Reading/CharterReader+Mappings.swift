/// The keys of one mapping, each once.
struct Fields {
    /// Where to point when a key is missing.
    let span: Range<Int>
    private let shape: Grammar.Shape
    private let entries: [SourceEntry]
    /// How many keys a mapping may know.
    static let mostKeys = 32
    /// For each known key which entry it is, and -1 when it is missing. In place, because there are thousands of mappings.
    private var places = SIMD32<Int32>(repeating: -1)

    fileprivate init(_ shape: Grammar.Shape, _ entries: [SourceEntry], span: Range<Int>) {
        self.shape = shape
        self.entries = entries
        self.span = span
    }

    /// The key with its value. Nil when it is missing or has no value.
    subscript(key: String) -> SourceEntry? {
        // A mapping knows at most some twenty keys: comparing them beats hashing.
        guard let index = index(of: key), places[index] >= 0 else { return nil }
        let entry = entries[Int(places[index])]
        switch entry.value.form {
        case .empty, .broken: return nil
        case .text, .list, .map: return entry
        }
    }

    /// Whether the key was written, even if nothing usable stands behind it.
    func isPresent(_ key: String) -> Bool {
        guard let index = index(of: key) else { return false }
        return !isMissing(at: index)
    }

    fileprivate func isMissing(at index: Int) -> Bool { places[index] < 0 }

    /// Takes an entry in. Returns where the key stood before, if it did.
    fileprivate mutating func take(_ entry: Int, at index: Int) -> Range<Int>? {
        if places[index] >= 0 { return entries[Int(places[index])].keySpan }
        places[index] = Int32(entry)
        return nil
    }

    fileprivate func index(of key: String) -> Int? { shape.names.firstIndex(of: key) }
}

extension CharterReader {
    /// The keys of something that must be a mapping of a certain shape. Notes keys that are unknown, written twice,
    /// without a value, or missing; the last at the mapping's name, if it has one.
    mutating func mapping(_ node: SourceNode, as shape: Grammar.Shape, named span: Range<Int>? = nil) -> Fields? {
        guard case .map(let entries) = node.form else {
            wrongType(node, "\(shape.title) is a mapping", help: "Under it, further in, write \(shape.example).")
            return nil
        }
        var fields = Fields(shape, entries, span: span ?? node.span)
        var unknown: [String: Range<Int>] = [:]
        for (number, entry) in entries.enumerated() {
            if let index = fields.index(of: entry.key) {
                if let first = fields.take(number, at: index) {
                    duplicate(entry, of: first)
                } else if case .empty = entry.value.form {
                    log.error(
                        "empty", at: entry.keySpan, "`\(entry.key)` has nothing behind it.",
                        help: "Write its value, or take the line away.")
                }
            } else if let first = unknown[entry.key] {
                duplicate(entry, of: first)
            } else {
                unknown[entry.key] = entry.keySpan
                unknownKey(entry, in: shape)
            }
        }
        for index in shape.needed where fields.isMissing(at: index) {
            let key = shape.keys[index]
            missing(
                at: fields.span, "\(shape.title.capitalizedFirst) needs `\(key.name)`, and here is none.",
                help: key.hint)
        }
        if !shape.atLeastOne.isEmpty, !shape.atLeastOne.contains(where: { fields.isPresent($0) }) {
            missing(
                at: fields.span,
                "\(shape.title.capitalizedFirst) needs one of these: \(shape.atLeastOne.joined(separator: ", ")).",
                help: "Write \(shape.example).")
        }
        return fields
    }

    private mutating func unknownKey(_ entry: SourceEntry, in shape: Grammar.Shape) {
        if shape.name == Grammar.charter.name, Grammar.wishes.names.contains(entry.key) {
            log.error(
                "unknown-key", at: entry.keySpan, "`\(entry.key)` is for a person's own wishes, not for a charter.",
                help: "Take it away: a charter can't decide this for people. They write it in a file with `wishes: 1`.")
            return
        }
        if shape.name == Grammar.wishes.name, Grammar.charter.names.contains(entry.key) {
            log.error(
                "unknown-key", at: entry.keySpan, "`\(entry.key)` is for a community's charter, not for wishes.",
                help: "The keys here are: \(shape.names.joined(separator: ", ")).")
            return
        }
        // Looking for near names costs time, and past the limit nobody reads them.
        let near = log.isFull ? nil : nearMiss(of: entry.key, among: shape.names)
        log.error(
            "unknown-key", at: entry.keySpan, "There is no key `\(entry.key.prefix(80))` in \(shape.title).",
            help: near.map { "Did you mean `\($0)`?" } ?? "The keys here are: \(shape.names.joined(separator: ", ")).")
    }

    /// The clauses of a section whose keys are names.
    mutating func named<Clause>(
        _ entry: SourceEntry?, _ section: String, _ read: (inout CharterReader, SourceEntry) -> Clause?
    ) -> [Clause] {
        guard let entry else { return [] }
        guard case .map(let entries) = entry.value.form else {
            wrongType(
                entry.value, "`\(section)` is a mapping of names",
                help: "Under `\(section):`, further in, write a name and a colon, and under that what belongs to it.")
            return []
        }
        var clauses: [Clause] = []
        clauses.reserveCapacity(entries.count)
        var first: [String: Range<Int>] = Dictionary(minimumCapacity: entries.count)
        for entry in entries {
            if let span = first.updateValue(entry.keySpan, forKey: entry.key) {
                first[entry.key] = span
                duplicate(entry, of: span)
                continue
            }
            if !entry.key.isIdentifier { badIdentifier(entry.key, at: entry.keySpan) }
            note(.clause(section), entry.key, at: entry.keySpan)
            if let clause = read(&self, entry) { clauses.append(clause) }
        }
        return clauses
    }

    mutating func duplicate(_ entry: SourceEntry, of first: Range<Int>) {
        let line = log.source.lineNumber(of: first.lowerBound)
        log.error(
            "duplicate-key", at: entry.keySpan,
            "`\(entry.key.prefix(80))` stands here a second time: the first is in line \(line).",
            help: "Put both together in one place, or give one of them another name.")
    }

    /// The items of a list.
    mutating func items<Item>(
        _ entry: SourceEntry?, _ key: String, _ read: (inout CharterReader, SourceNode) -> Item?
    ) -> [Item] {
        guard let entry else { return [] }
        guard case .list(let nodes) = entry.value.form else {
            wrongType(entry.value, "`\(key)` is a list", help: "Start each item on a line of its own with `- `.")
            return []
        }
        var items: [Item] = []
        for node in nodes {
            switch node.form {
            case .empty:
                log.error("empty", at: node.span, "This item of `\(key)` is empty.", help: "Write it, or take it away.")
            case .broken:
                continue
            default:
                if let item = read(&self, node) { items.append(item) }
            }
        }
        return items
    }
}
