/// Merges three trees of a charter by their keys, and keeps what both sides changed differently.
struct Merging {
    /// A conflict with the values themselves.
    struct Found {
        let conflict: CharterMerge.Conflict
        let base: WrittenNode?
        let ours: WrittenNode?
        let theirs: WrittenNode?
    }

    private(set) var conflicts: [Found] = []

    /// The merged tree. Where both sides changed something differently, it holds what ours says.
    mutating func merged(_ base: WrittenNode, _ ours: WrittenNode, _ theirs: WrittenNode) -> WrittenNode {
        let kept = value(base, ours, theirs, at: []) ?? .map([])
        return kept
    }

    private mutating func value(
        _ base: WrittenNode?, _ ours: WrittenNode?, _ theirs: WrittenNode?, at path: [String]
    ) -> WrittenNode? {
        if Self.same(ours, theirs) || Self.same(base, theirs) { return ours }
        if Self.same(base, ours) { return theirs }
        // A section that a side has emptied isn't there any more: its clauses are merged one by one all the same.
        if path.count == 1, !Self.wholes.contains(path[0]),
            [base, ours, theirs].contains(where: { $0?.isMap ?? false }),
            let merged = members(base ?? .map([]), ours ?? .map([]), theirs ?? .map([]), at: path)
        {
            return merged.isEmptyMap ? nil : merged
        }
        if path != ["version"] {
            if let members = members(base, ours, theirs, at: path) { return members }
            if case .some(let items) = items(base, ours, theirs) { return items }
            conflicts.append(
                Found(
                    conflict: CharterMerge.Conflict(
                        path: path.joined(separator: "/"), base: base?.inlineText, ours: ours?.inlineText,
                        theirs: theirs?.inlineText),
                    base: base, ours: ours, theirs: theirs))
        }
        return ours
    }

    private static func same(_ first: WrittenNode?, _ second: WrittenNode?) -> Bool {
        switch (first, second) {
        case (nil, nil): true
        case (.some(let first), .some(let second)): first.saysTheSame(as: second)
        default: false
        }
    }

    /// Sections that are one thing with parts, not clauses side by side.
    private static let wholes = ["memory", "critique", "amendment"]

    // MARK: Mappings

    /// Merges mappings key by key. Nil when these are not mappings whose keys can change on their own.
    private mutating func members(
        _ base: WrittenNode?, _ ours: WrittenNode?, _ theirs: WrittenNode?, at path: [String]
    ) -> WrittenNode? {
        guard Self.hasOwnKeys(path), case .map(let our)? = ours?.form, case .map(let their)? = theirs?.form else {
            return nil
        }
        var old: [WrittenEntry] = []
        if let base {
            guard case .map(let entries) = base.form else { return nil }
            old = entries
        } else if path.count > 1 {
            // A clause that both sides added under one name is one thing, said differently.
            return nil
        }
        let (olds, theirByKey) = (Self.byKey(old), Self.byKey(their))
        let ourKeys = Set(our.map(\.key))
        var entries: [WrittenEntry] = []
        let known = conflicts.count
        for entry in our {
            guard
                let value = value(
                    olds[entry.key]?.value, entry.value, theirByKey[entry.key]?.value, at: path + [entry.key])
            else { continue }
            entries.append(WrittenEntry(key: entry.key, value: value, notes: entry.notes))
        }
        for entry in their where !ourKeys.contains(entry.key) {
            if let value = value(olds[entry.key]?.value, nil, entry.value, at: path + [entry.key]) {
                entries.append(WrittenEntry(key: entry.key, value: value, notes: entry.notes))
            }
        }
        var node = ours ?? .map([])
        // Half of each side's way to notice a breach may notice nothing.
        if path.count == 3, path[2] == "detect", !entries.isEmpty, entries.allSatisfy({ $0.key == "in" }) {
            conflicts.removeSubrange(known...)
            return nil
        }
        // Names stand in their order, whichever side they come from; sections get theirs from the grammar.
        node.form = .map(path.count == 1 ? entries.sorted { $0.key < $1.key } : entries)
        return node
    }

    private static func byKey(_ entries: [WrittenEntry]) -> [String: WrittenEntry] {
        Dictionary(entries.map { ($0.key, $0) }) { first, _ in first }
    }

    /// Whether the keys of the mapping at a path are things of their own. A condition or what a context does is one
    /// thing: half of one side's and half of the other's is what nobody meant.
    private static func hasOwnKeys(_ path: [String]) -> Bool {
        switch path.count {
        case 0, 1: true
        case 2: true
        case 3: path[0] == "floor" && (path[2] == "detect" || path[2] == "instead")
        default: false
        }
    }

    // MARK: Lists

    /// Merges lists that both sides changed: each side's additions and removals. The outer nil says that
    /// that can't be done, because a side changed
    /// the order or both changed the same entry; the inner, that nothing is left.
    private func items(_ base: WrittenNode?, _ ours: WrittenNode?, _ theirs: WrittenNode?) -> WrittenNode?? {
        guard [base, ours, theirs].contains(where: { $0?.isList ?? false }), let old = Self.texts(base),
            let our = Self.texts(ours), let their = Self.texts(theirs),
            let ourChange = ListChange(from: old.map(\.key), to: our.map(\.key)),
            let theirChange = ListChange(from: old.map(\.key), to: their.map(\.key))
        else { return nil }
        var values: [String: WrittenItem] = [:]
        for entry in their + old + our { values[entry.key] = entry.item }
        var keys: [String] = []
        var placed: Set<String> = []
        for slot in 0...old.count {
            let (mine, others) = (ourChange.added[slot], theirChange.added[slot])
            if mine != others, slot < old.count, ourChange.removed.contains(slot), theirChange.removed.contains(slot) {
                return nil
            }
            // The same for both sides, so that it doesn't matter which is called ours.
            let first = mine.lexicographicallyPrecedes(others) ? mine + others : others + mine
            for key in first where placed.insert(key).inserted { keys.append(key) }
            if slot < old.count, !ourChange.removed.contains(slot), !theirChange.removed.contains(slot),
                placed.insert(old[slot].key).inserted
            {
                keys.append(old[slot].key)
            }
        }
        // Two clauses of one name are one thing, said differently.
        let names = keys.compactMap { values[$0]?.value["id"]?.inlineText }
        guard Set(names).count == names.count else { return nil }
        var node = ours ?? theirs ?? .list([])
        node.form = .list(keys.compactMap { values[$0] })
        return .some(keys.isEmpty ? nil : node)
    }

    /// The entries of a list, each with what it says. Nil for what isn't a list, or holds an entry twice.
    private static func texts(_ node: WrittenNode?) -> [(key: String, item: WrittenItem)]? {
        guard let node else { return [] }
        guard case .list(let items) = node.form else { return nil }
        let entries = items.map { (key: $0.value.inlineText, item: $0) }
        return Set(entries.map(\.key)).count == entries.count ? entries : nil
    }
}

/// What one side did to a list: what it took out, and what it put in before each of the old entries.
private struct ListChange {
    /// The places of the old entries that are gone.
    private(set) var removed: Set<Int> = []
    /// What was put in before each old entry, and after the last.
    private(set) var added: [[String]]

    /// Nil when the entries that stayed stand in another order.
    init?(from old: [String], to new: [String]) {
        added = Array(repeating: [], count: old.count + 1)
        let places = Dictionary(uniqueKeysWithValues: old.enumerated().map { ($1, $0) })
        let kept = Set(new)
        var last = -1
        for entry in new {
            guard let place = places[entry] else {
                // It stands before the next old entry that follows the last kept one.
                added[last + 1].append(entry)
                continue
            }
            guard place > last else { return nil }
            last = place
        }
        for (place, entry) in old.enumerated() where !kept.contains(entry) { removed.insert(place) }
    }
}

extension WrittenNode {
    /// What the value says, on one line: the same for everything that says the same.
    var inlineText: String {
        switch form {
        case .empty: return "null"
        case .text(let text):
            let trimmed = text.trimmedLines
            return trimmed.contains("\n") ? WrittenText(trimmed, isQuoted: false).onOneLine(inFlow: true) : trimmed
        case .list(let items): return "[" + items.map(\.value.nestedText).joined(separator: ", ") + "]"
        case .map(let entries):
            let members = entries.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.nestedText)" }
            return "{ " + members.joined(separator: ", ") + " }"
        }
    }

    private var nestedText: String {
        if case .text(let text) = form { return WrittenText(text, isQuoted: false).onOneLine(inFlow: true) }
        return inlineText
    }

    fileprivate var isMap: Bool { if case .map = form { true } else { false } }
    fileprivate var isList: Bool { if case .list = form { true } else { false } }
    fileprivate var isEmptyMap: Bool { if case .map(let entries) = form { entries.isEmpty } else { false } }

    // MARK: Comments

    /// The same with the comments, the order and the layout of a file, wherever it says the same or has the same key.
    func withComments(of source: WrittenNode, isRoot: Bool = true) -> WrittenNode {
        if saysTheSame(as: source) { return source }
        guard case .map(let entries) = form, case .map(let written) = source.form else {
            var node = self
            if case .list = form, case .list = source.form { node = node.withItemComments(of: source) }
            return node
        }
        let known = Dictionary(written.map { ($0.key, $0) }) { first, _ in first }
        let merged = Dictionary(entries.map { ($0.key, $0) }) { first, _ in first }
        // Names that were there keep their author's order; new ones follow.
        let order =
            written.map(\.key).filter { merged[$0] != nil } + entries.map(\.key).filter { known[$0] == nil }
        var node = source
        node.form = .map(
            order.compactMap { key in
                guard var entry = merged[key] else { return nil }
                if let old = known[key] {
                    entry.value = entry.value.withComments(of: old.value, isRoot: false)
                    entry.notes = old.notes
                } else {
                    entry.notes.hasBlankAbove = isRoot || written.dropFirst().contains { $0.notes.hasBlankAbove }
                }
                return entry
            })
        return node
    }

    private func withItemComments(of source: WrittenNode) -> WrittenNode {
        guard case .list(let items) = form, case .list(let written) = source.form else { return self }
        let known = Dictionary(written.map { ($0.value.inForm.inlineText, $0) }) { first, _ in first }
        var node = source
        node.form = .list(items.map { known[$0.value.inForm.inlineText] ?? $0 })
        return node
    }
}
