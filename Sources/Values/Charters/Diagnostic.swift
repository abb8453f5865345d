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
    /// The line that it is about. Nil when the problem is with the file as a whole, and when it comes from JSON.
    public private(set) var excerpt: SourceExcerpt?

    private enum CodingKeys: CodingKey {
        case severity, file, line, column, length, code, message, help
    }

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

    /// Describes a problem at a place in a file that was read.
    init(
        _ severity: Severity, _ code: String, at span: Range<Int>, of source: SourceText, file: String,
        _ message: String, help: String
    ) {
        let place = source.place(of: span.lowerBound)
        self.init(
            severity: severity, file: file, line: place.line, column: place.column, length: source.length(of: span),
            code: code, message: message, help: help)
        excerpt = source.excerpt(at: span, place: place, length: length)
    }

    /// Whether two say the same about the same place. The line's own words add nothing to that.
    public static func == (first: Diagnostic, second: Diagnostic) -> Bool {
        first.place == second.place && first.severity == second.severity && first.code == second.code
            && first.message == second.message && first.help == second.help
    }

    /// Feeds what tells problems apart into a hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(place)
        hasher.combine(code)
        hasher.combine(message)
    }

    private struct Place: Hashable {
        let file: String
        let line: Int
        let column: Int
        let length: Int
    }

    private var place: Place { Place(file: file, line: line, column: column, length: length) }
}

extension Diagnostic: CustomStringConvertible {
    /// The problem on one line, as compilers write it: `file:line:column: error: message [code]`.
    public var description: String {
        let place = line > 0 ? "\(file):\(line):\(column)" : file
        return "\(place.printable): \(severity.rawValue): \(message.printable) [\(code)]"
    }
}

extension Diagnostic {
    /// The problem as a person should see it: the one-line form, the line of its file with a caret, and the help.
    ///
    /// - Returns: Two to four lines without a newline at the end. Characters that would disturb a terminal are shown
    ///   as `␀`-style pictures.
    public func rendered() -> String { rendered(excerpt) }

    /// The same for a problem that doesn't know its line's words.
    ///
    /// - Parameter source: The text that was read. A line that isn't in it is left out.
    public func rendered(source: String) -> String {
        rendered(excerpt ?? SourceLines(source).excerpt(of: self))
    }

    fileprivate func rendered(_ excerpt: SourceExcerpt?) -> String {
        var text = description
        if let excerpt {
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

extension SourceLines {
    fileprivate func excerpt(of problem: Diagnostic) -> SourceExcerpt? {
        excerpt(line: problem.line, column: problem.column, length: problem.length)
    }
}

extension Collection<Diagnostic> {
    /// All problems as a person should see them, one after another with an empty line between, each with the line of its
    /// own file.
    public func rendered() -> String { map { $0.rendered() }.joined(separator: "\n\n") }

    /// The same for problems that don't know their lines' words.
    ///
    /// - Parameter source: The text that was read. A line that isn't in it is left out.
    /// - Complexity: O(*n*) in the source and the problems together.
    public func rendered(source: String) -> String {
        guard contains(where: { $0.excerpt == nil && $0.line > 0 }) else { return rendered() }
        let lines = SourceLines(source)
        return map { $0.rendered($0.excerpt ?? lines.excerpt(of: $0)) }.joined(separator: "\n\n")
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
