/// The problems found so far in one file.
package struct DiagnosticLog {
    package let file: String
    let source: SourceText
    package private(set) var diagnostics: [Diagnostic] = []
    private var uncounted = 0

    /// More problems than this are counted, not listed: a file that is wrong from end to end should not fill a screen.
    static let limit = 100

    init(file: String, source: SourceText) {
        self.file = file
        self.source = source
    }

    /// How many errors were noted, those past the limit included.
    private(set) var errors = 0

    package var hasErrors: Bool { errors > 0 }

    /// Whether further problems would only be counted, so that no effort need go into their wording.
    var isFull: Bool { diagnostics.count >= Self.limit }

    package mutating func error(_ code: String, at span: Range<Int>, _ message: String, help: String) {
        add(.error, code, span, message, help)
    }

    package mutating func warning(_ code: String, at span: Range<Int>, _ message: String, help: String) {
        add(.warning, code, span, message, help)
    }

    /// Notes a problem with the file as a whole.
    mutating func note(_ diagnostic: Diagnostic) {
        if diagnostic.severity == .error { errors += 1 }
        diagnostics.append(diagnostic)
    }

    private mutating func add(
        _ severity: Diagnostic.Severity, _ code: String, _ span: Range<Int>, _ message: String, _ help: String
    ) {
        if severity == .error { errors += 1 }
        guard !isFull else {
            uncounted += 1
            return
        }
        diagnostics.append(Diagnostic(severity, code, at: span, of: source, file: file, message, help: help))
    }

    /// All problems in the order of the file.
    package var inFileOrder: [Diagnostic] {
        var sorted = diagnostics.enumerated().sorted {
            ($0.element.line, $0.element.column, $0.offset) < ($1.element.line, $1.element.column, $1.offset)
        }.map(\.element)
        if uncounted > 0 {
            sorted.append(
                Diagnostic(
                    severity: hasErrors ? .error : .warning, file: file, line: 0, column: 0, code: "more-problems",
                    message: "There are \(uncounted) more problems, not listed.",
                    help: "Put the first ones right and check again: the others often go with them."))
        }
        return sorted
    }
}
