/// A place in a file: where something starts, and how many scalars of that line it covers.
struct SourceSpan: Hashable, Sendable {
    var line: Int
    var column: Int
    var length: Int = 1
}

/// One value of a charter file, before it is known to mean anything.
struct SourceNode: Hashable, Sendable {
    enum Form: Hashable, Sendable {
        /// A text, quoted or not.
        case text(String)
        /// A list, in its order.
        case list([SourceNode])
        /// A mapping, in the order of the file, with every duplicate still in it.
        case map([SourceEntry])
        /// Nothing was written, or `null` or `~`.
        case empty
    }

    var form: Form
    var span: SourceSpan

    /// What the value is, in words for a message.
    var kind: String {
        switch form {
        case .text: "a text"
        case .list: "a list"
        case .map: "a mapping"
        case .empty: "nothing"
        }
    }
}

/// One key of a mapping with its value.
struct SourceEntry: Hashable, Sendable {
    var key: String
    var keySpan: SourceSpan
    var value: SourceNode
}
