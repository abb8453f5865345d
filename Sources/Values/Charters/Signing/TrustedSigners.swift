/// The keys that somebody trusts, each with the name that they know its owner by.
///
/// The file has a line for each: the name, a space, and the key in base64. Lines that start with `#` are comments.
public struct TrustedSigners: Hashable, Sendable {
    /// One trusted key.
    public struct Signer: Hashable, Sendable {
        /// The name that the truster gives it. It counts; what a signature says of itself does not.
        public let name: String
        /// The key.
        public let key: VerifyingKey

        /// Trusts a key under a name.
        public init(name: String, key: VerifyingKey) {
            self.name = name
            self.key = key
        }
    }

    /// Who is trusted, in the order of the file.
    public private(set) var signers: [Signer]

    /// Gathers trusted keys.
    public init(_ signers: [Signer] = []) {
        self.signers = signers
    }

    /// Adds a trusted key.
    public mutating func add(_ signer: Signer) { signers.append(signer) }

    /// The name under which a key is trusted. Nil for one that isn't.
    public func name(of key: VerifyingKey) -> String? { signers.first { $0.key == key }?.name }

    /// Reads a file of trusted keys.
    ///
    /// - Parameter file: The name to put in front of problems. It is not opened.
    /// - Throws: ``CharterError`` with a problem for each line that can't be read.
    public static func read(_ text: String, file: String) throws(CharterError) -> TrustedSigners {
        var trusted = TrustedSigners()
        var problems: [Diagnostic] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard let last = words.last, !(words.first?.hasPrefix("#") ?? true) else { continue }
            guard words.count >= 2, let key = VerifyingKey(String(last)) else {
                problems.append(
                    Diagnostic(
                        severity: .error, file: file, line: index + 1, column: 1, code: "bad-signer",
                        message: "This line is not a name and a key.",
                        help:
                            "Write the name, a space, and the key in base64, as `trellis charter sign --new-key` shows it."
                    ))
                continue
            }
            trusted.add(Signer(name: words.dropLast().joined(separator: " "), key: key))
        }
        guard problems.isEmpty else { throw CharterError(diagnostics: problems) }
        return trusted
    }
}
