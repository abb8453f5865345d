/// A charter that another one builds on, as its file names it.
public struct Extension: Hashable, Sendable {
    /// Where it is found: a name in a registry (`commons/tutor`), a path (`./base.yaml`), or an address
    /// (`https://…`).
    public var reference: String
    /// Which versions fit: `1` (any 1.x.y), `1.2` (any 1.2.x) or `1.2.3`. Nil: any.
    public var version: String?

    /// Describes a parent.
    public init(reference: String, version: String? = nil) {
        self.reference = reference
        self.version = version
    }

    /// As in the file: `commons/tutor@1`.
    public var text: String { version.map { "\(reference)@\($0)" } ?? reference }
}

extension Extension {
    /// Reads a parent as a file names it: `commons/tutor@1`, `./base.yaml`, `https://charters.example/x.yaml@2.1`.
    /// Anything else gives nil: an absolute path, an address without encryption or with a password in it.
    public init?(_ text: String) {
        var reference = text[...]
        var version: String?
        if let at = text.lastIndex(of: "@"), Self.isVersion(text[text.index(after: at)...]) {
            reference = text[..<at]
            version = String(text[text.index(after: at)...])
        }
        guard Self.isName(reference) || Self.isPath(reference) || Self.isAddress(reference) else { return nil }
        self.init(reference: String(reference), version: version)
    }

    private static func isVersion(_ text: Substring) -> Bool {
        let numbers = text.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count <= 3
            && numbers.allSatisfy { number in
                (1...9).contains(number.utf8.count) && number.utf8.allSatisfy { (0x30...0x39).contains($0) }
                    && (number == "0" || number.utf8.first != 0x30)
            }
    }

    private static func isName(_ text: Substring) -> Bool { CharterID(String(text)) != nil }

    private static func isPath(_ text: Substring) -> Bool {
        (text.hasPrefix("./") || text.hasPrefix("../")) && text.utf8.last != UInt8(ascii: "/")
            && text.utf8.count <= 1024
    }

    private static func isAddress(_ text: Substring) -> Bool {
        let scheme = "https://"
        guard text.hasPrefix(scheme), text.utf8.count <= 1024 else { return false }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"#\\<>\"`{}|^".utf8.contains($0) }) else {
            return false
        }
        let host = text.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" }
        return !host.isEmpty && !host.contains("@")
    }
}

/// A clause of a lower layer that this layer leaves out, and why. It stays visible.
public struct Withdrawal: Hashable, Sendable, Identifiable {
    /// What kind of clause it is.
    public enum Section: String, Hashable, Sendable, CaseIterable, Comparable {
        case goods, dispositions, tensions, roles, contexts, guidance, resources, topics

        /// Whether the first comes first in the order of names.
        public static func < (first: Section, second: Section) -> Bool { first.rawValue < second.rawValue }
    }

    /// What kind of clause it is.
    public let section: Section
    /// The clause's id.
    public let clause: String
    /// Why, in the layer's own words.
    public var because: String

    /// The clause's path, as in `goods/comfort`.
    public var id: String { "\(section.rawValue)/\(clause)" }

    /// Describes a withdrawal.
    public init(section: Section, clause: String, because: String) {
        self.section = section
        self.clause = clause
        self.because = because
    }
}
