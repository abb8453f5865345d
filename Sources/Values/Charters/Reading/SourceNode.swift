/// One value of a charter file, before it is known to mean anything.
package struct SourceNode {
    package enum Form {
        /// A text, quoted or not.
        case text(String)
        /// A list, in its order.
        case list([SourceNode])
        /// A mapping, in the order of the file, with every duplicate still in it.
        case map([SourceEntry])
        /// Nothing was written, or `null` or `~`.
        case empty
        /// Something that was wrong and has been noted.
        case broken
    }

    package var form: Form
    /// The bytes it stands in, at least those of its first line.
    package var span: Range<Int>

    /// What the value is, in words for a message.
    package var kind: String {
        switch form {
        case .text: "a text"
        case .list: "a list"
        case .map: "a mapping (names with a colon)"
        case .empty, .broken: "nothing"
        }
    }
}

/// One key of a mapping with its value.
package struct SourceEntry {
    package var key: String
    package var keySpan: Range<Int>
    package var value: SourceNode
}
