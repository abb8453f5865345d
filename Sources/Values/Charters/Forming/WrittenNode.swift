/// A value as it stands, or is to stand, in a charter file: with its comments, and with the choices its author made in
/// writing it that carry no meaning.
struct WrittenNode {
    enum Form {
        case text(String)
        case list([WrittenItem])
        case map([WrittenEntry])
        /// Nothing, or `null`.
        case empty
    }

    var form: Form
    /// Whether a list or mapping stands in brackets. It is broken up all the same when it is too long for its line or
    /// has comments in it.
    var isFlow = false
    /// Whether a text that looks like a number or a truth value stands in quotes.
    var isQuoted = false
    /// The comments behind the last entry of a list or mapping. An empty one is an empty line.
    var tail: [String] = []

    static func text(_ text: String, isQuoted: Bool = true) -> WrittenNode {
        WrittenNode(form: .text(text), isQuoted: isQuoted)
    }

    /// A list of texts.
    static func texts(_ texts: [String], isFlow: Bool = false) -> WrittenNode {
        list(texts.map { .text($0) }, isFlow: isFlow)
    }

    static func list(_ values: [WrittenNode], isFlow: Bool = false) -> WrittenNode {
        WrittenNode(form: .list(values.map { WrittenItem(value: $0) }), isFlow: isFlow)
    }

    static func map(_ members: [(key: String, value: WrittenNode?)], isFlow: Bool = false) -> WrittenNode {
        let entries = members.compactMap { member in member.value.map { WrittenEntry(key: member.key, value: $0) } }
        return WrittenNode(form: .map(entries), isFlow: isFlow)
    }
}

/// One key of a mapping with its value and its comments.
struct WrittenEntry {
    var key: String
    var value: WrittenNode
    var notes = WrittenNotes()
}

/// One item of a list with its comments.
struct WrittenItem {
    var value: WrittenNode
    var notes = WrittenNotes()
}

/// What people wrote for people around a key or an item.
struct WrittenNotes {
    /// Whether an empty line stands above it and its comments.
    var hasBlankAbove = false
    /// The comments above it, each from its `#`. An empty one is an empty line.
    var above: [String] = []
    /// The comment behind it on its line.
    var beside: String?

    var isEmpty: Bool { above.isEmpty && beside == nil }
}

extension WrittenNode {
    /// Whether a comment stands anywhere in it.
    var hasNotes: Bool {
        guard tail.isEmpty else { return true }
        switch form {
        case .text, .empty: return false
        case .list(let items): return items.contains { !$0.notes.isEmpty || $0.value.hasNotes }
        case .map(let entries): return entries.contains { !$0.notes.isEmpty || $0.value.hasNotes }
        }
    }

    /// Whether it says the same as another, whatever the layout, the quotes, the comments and the order of keys.
    func saysTheSame(as other: WrittenNode) -> Bool {
        switch (form, other.form) {
        case (.empty, .empty): return true
        case (.text(let first), .text(let second)): return first.trimmedLines == second.trimmedLines
        case (.list(let first), .list(let second)):
            return first.count == second.count && zip(first, second).allSatisfy { $0.value.saysTheSame(as: $1.value) }
        case (.map(let first), .map(let second)):
            guard first.count == second.count else { return false }
            return zip(first.inOrderOfKeys, second.inOrderOfKeys).allSatisfy {
                $0.key == $1.key && $0.value.saysTheSame(as: $1.value)
            }
        default: return false
        }
    }

    /// The value behind a key of a mapping: the first, if the key stands there twice.
    subscript(key: String) -> WrittenNode? {
        guard case .map(let entries) = form else { return nil }
        return entries.first { $0.key == key }?.value
    }
}

extension [WrittenEntry] {
    /// The entries by key; those with one key in the order of the file.
    fileprivate var inOrderOfKeys: [WrittenEntry] {
        enumerated().sorted { ($0.element.key, $0.offset) < ($1.element.key, $1.offset) }.map(\.element)
    }
}
