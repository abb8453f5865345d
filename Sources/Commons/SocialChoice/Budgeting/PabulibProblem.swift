/// Something wrong or doubtful in a Pabulib file: where it stands, and what to do.
public struct PabulibProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line, counted from 1. Zero where there is no place, as in a file that was made rather than read.
    public let line: Int
    /// The column, counted from 1 in Unicode scalars. Zero where there is no place.
    public let column: Int
    /// What is wrong, in a sentence.
    public let message: String
    /// What to do about it. Never empty.
    public let help: String

    init(_ place: PabulibPlace, _ message: String, help: String) {
        line = Int(place.line)
        column = Int(place.column)
        self.message = message
        self.help = help
    }

    /// `line:column: message help`.
    public var description: String {
        line > 0 ? "\(line):\(column): \(message) \(help)" : "\(message) \(help)"
    }
}

/// Where a cell begins.
struct PabulibPlace: Hashable, Sendable {
    var line: Int32
    var column: Int32

    static let none = PabulibPlace(line: 0, column: 0)
}

/// At most forty characters of something that stands in a file, for a message.
func pabulibExcerpt(_ text: some StringProtocol) -> String {
    let start = text.unicodeScalars.prefix(41)
    let shown = start.prefix(40).map { $0.value < 32 || $0.value == 127 ? " " : String($0) }.joined()
    return "'\(shown)\(start.count > 40 ? "…" : "")'"
}
