/// Why a file can't be brought in: where it stands, and what to do.
public struct ImportProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name of the file.
    public let file: String
    /// The line, counted from 1.
    public let line: Int
    /// The column, counted from 1 in Unicode scalars (in bytes where they are no UTF-8).
    public let column: Int
    /// What is wrong, in a sentence.
    public let message: String
    /// What to do about it. Never empty.
    public let help: String

    /// `file:line:column: message help`.
    public var description: String { "\(file):\(line):\(column): \(message) \(help)" }
}

/// At most forty characters of something that stands in a file, for a message; what can't be shown is a space.
func importExcerpt(_ text: String) -> String {
    let start = text.unicodeScalars.prefix(41)
    let shown = start.prefix(40).map { scalar in
        scalar.value < 32 || (0x7F...0x9F).contains(scalar.value) || scalar.properties.generalCategory == .format
            ? " " : String(scalar)
    }.joined()
    return "'\(shown)\(start.count > 40 ? "…" : "")'"
}
