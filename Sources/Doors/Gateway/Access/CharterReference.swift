/// Where a charter is found: by its name in the commons, in a file, or by its name in a registry.
public enum CharterReference: Sendable, Hashable, CustomStringConvertible {
    /// A charter that ships with Trellis, such as `commons/advisor`.
    case commons(String)
    /// A charter file, or a name in a registry. A path is absolute once a key holds it, so that it means the same to every
    /// process.
    case file(String)

    /// Reads a reference as people write it: `commons/advisor` is a name, anything else is a path.
    public init(_ text: String) {
        let isName = text.hasPrefix("commons/") && !text.hasSuffix(".yaml") && !text.hasSuffix(".yml")
        self = isName ? .commons(text) : .file(text)
    }

    /// The reference as it is written and stored.
    public var description: String {
        switch self {
        case .commons(let name): name
        case .file(let path): path
        }
    }
}
