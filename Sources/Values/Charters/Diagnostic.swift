/// One thing that is wrong or doubtful in a charter, where it stands, and what to write instead.
public struct Diagnostic: Hashable, Sendable, Codable {
    /// Whether the charter can be used in spite of it.
    public enum Severity: String, Hashable, Sendable, Codable {
        /// The charter can't be used until this is put right.
        case error
        /// The charter can be used, but probably doesn't say what its authors mean.
        case warning
    }

    /// Whether the charter can be used in spite of it.
    public let severity: Severity
    /// The name of the file as the caller gave it.
    public let file: String
    /// The line, counted from 1. Zero when the problem is with the file as a whole.
    public let line: Int
    /// The column, counted from 1 in Unicode scalars. Zero when the problem is with the file as a whole.
    public let column: Int
    /// How many Unicode scalars of the line the problem covers, at least 1.
    public let length: Int
    /// A short stable name for this kind of problem, as in `unknown-key`.
    public let code: String
    /// What is wrong, in a sentence.
    public let message: String
    /// What to do about it. Never empty.
    public let help: String

    /// Describes a problem.
    public init(
        severity: Severity, file: String, line: Int, column: Int, length: Int = 1, code: String, message: String,
        help: String
    ) {
        self.severity = severity
        self.file = file
        self.line = line
        self.column = column
        self.length = max(1, length)
        self.code = code
        self.message = message
        self.help = help
    }
}

extension Diagnostic: CustomStringConvertible {
    /// The problem on one line, as compilers write it: `file:line:column: error: message [code]`.
    public var description: String {
        let place = line > 0 ? "\(file):\(line):\(column)" : file
        return "\(place.printable): \(severity.rawValue): \(message.printable) [\(code)]"
    }
}

extension Diagnostic {
    /// The problem as a person should see it: the one-line form, the line of the source with a caret, and the help.
    ///
    /// - Parameter source: The text that was read. A line that isn't in it is left out.
    /// - Returns: Two to four lines without a newline at the end. Characters that would disturb a terminal are shown
    ///   as `␀`-style pictures.
    public func rendered(source: String) -> String {
        rendered(in: SourceLines(source))
    }

    func rendered(in lines: SourceLines) -> String {
        var text = description
        if let excerpt = lines.excerpt(line: line, column: column, length: length) {
            let gutter = String(repeating: " ", count: String(line).count)
            text += "\n  \(line) | \(excerpt.text)"
            text += "\n  \(gutter) | \(excerpt.marker)"
            text += "\n  \(gutter) = help: \(help.printable)"
        } else {
            text += "\n  = help: \(help.printable)"
        }
        return text
    }
}

extension Collection<Diagnostic> {
    /// All problems as a person should see them, one after another with an empty line between.
    ///
    /// - Complexity: O(*n*) in the source and the problems together.
    public func rendered(source: String) -> String {
        let lines = SourceLines(source)
        return map { $0.rendered(in: lines) }.joined(separator: "\n\n")
    }
}

/// A charter that can't be used, with every problem that was found in it.
public struct CharterError: Error, Hashable, Sendable {
    /// Every problem found, in the order of the file, errors and warnings alike. At least one is an error.
    public let diagnostics: [Diagnostic]

    /// Gathers the problems of one charter.
    public init(diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }
}

extension CharterError: CustomStringConvertible {
    /// Every problem on a line of its own.
    public var description: String {
        diagnostics.map(\.description).joined(separator: "\n")
    }
}
