/// A version in the form of Semantic Versioning 2.0.0 (semver.org): `2.1.0`, `3.0.0-draft.1`.
///
/// For a charter: the first number changes when the floor is weakened or a good is taken away, the second when
/// something is added, the third when only words change.
public struct SemanticVersion: Hashable, Sendable {
    /// The first number.
    public let major: Int
    /// The second number.
    public let minor: Int
    /// The third number.
    public let patch: Int
    /// What stands behind the hyphen, without it: `draft.1`. Empty for a release.
    public let prerelease: String
    /// What stands behind the plus sign, without it. Empty when there is none.
    public let build: String

    /// Reads a version. Anything that isn't exactly the form gives nil.
    public init?(_ text: String) {
        var rest = text[...]
        var build = ""
        var prerelease = ""
        if let plus = rest.firstIndex(of: "+") {
            build = String(rest[rest.index(after: plus)...])
            rest = rest[..<plus]
            guard Self.isDotted(build, numbersMayStartWithZero: true) else { return nil }
        }
        if let hyphen = rest.firstIndex(of: "-") {
            prerelease = String(rest[rest.index(after: hyphen)...])
            rest = rest[..<hyphen]
            guard Self.isDotted(prerelease, numbersMayStartWithZero: false) else { return nil }
        }
        let numbers = rest.split(separator: ".", omittingEmptySubsequences: false).map(Self.number)
        guard numbers.count == 3, let major = numbers[0], let minor = numbers[1], let patch = numbers[2] else {
            return nil
        }
        self.major = major
        self.minor = minor
        self.patch = patch
        self.prerelease = prerelease
        self.build = build
    }

    private static func number(_ text: Substring) -> Int? {
        guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        guard text == "0" || text.first != "0" else { return nil }
        return Int(text)
    }

    private static func isDotted(_ text: String, numbersMayStartWithZero: Bool) -> Bool {
        guard text.utf8.count <= 64 else { return false }
        return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
            let isWord = part.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == 0x2D
            }
            let isNumber = part.utf8.allSatisfy { (0x30...0x39).contains($0) }
            let startsWithZero = part.utf8.count > 1 && part.utf8.first == 0x30
            return !part.isEmpty && isWord && (numbersMayStartWithZero || !(isNumber && startsWithZero))
        }
    }
}

extension SemanticVersion: CustomStringConvertible {
    /// The version as it is written.
    public var description: String {
        "\(major).\(minor).\(patch)" + (prerelease.isEmpty ? "" : "-" + prerelease) + (build.isEmpty ? "" : "+" + build)
    }
}
