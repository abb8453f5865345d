/// Where a file says what, as far as other layers may have something to say about it.
///
/// A file is read alone, and some problems only show when it lies on others. So that they too can point at a line, a
/// charter keeps where its clauses stand. What it means doesn't depend on that: neither equality nor the fingerprint
/// knows of it.
final class SourcePlaces: Sendable {
    /// What stands at a place.
    enum Part: Hashable, Sendable {
        /// The key that says what kind of file it is.
        case heading
        /// A charter that the file builds on, by its text.
        case parent
        /// A clause of a section.
        case clause(String)
        /// What is left out of lower layers, by its path.
        case withdrawal
        /// What a floor clause says about its severity.
        case severity
        /// Who decides in a tension.
        case decision
        /// A name that the file doesn't declare itself.
        case reference(NameKind)
    }

    struct Entry: Sendable {
        let part: Part
        let id: String
        /// Where the clause starts. Whatever belongs to it stands behind that.
        let start: Int
        /// What to point at.
        let span: Range<Int>
    }

    /// The name of the file, as the caller gave it.
    let file: String
    private let source: SourceText
    private let entries: [Entry]

    init(_ entries: [Entry], log: DiagnosticLog) {
        self.entries = entries
        file = log.file
        source = log.source
    }

    /// A problem in the file; without a place, a problem with the file as a whole.
    func problem(
        _ severity: Diagnostic.Severity, _ code: String, at span: Range<Int>?, _ message: String, help: String
    ) -> Diagnostic {
        guard let span else {
            return Diagnostic(
                severity: severity, file: file, line: 0, column: 0, code: code, message: message, help: help)
        }
        return Diagnostic(severity, code, at: span, of: source, file: file, message, help: help)
    }

    /// The places by what stands there. It is made when there is a problem, not before: most files have none.
    struct Index {
        private struct Key: Hashable {
            let part: Part
            let id: String
        }

        private var places: [Key: [Entry]] = [:]

        init(_ file: SourcePlaces) {
            // Sections are read in an order of their own; what belongs to a clause is found in the file's.
            for entry in file.entries.sorted(by: { $0.span.lowerBound < $1.span.lowerBound }) {
                places[Key(part: entry.part, id: entry.id), default: []].append(entry)
            }
        }

        /// Where something stands for the first time.
        func span(of part: Part, _ id: String) -> Range<Int>? {
            places[Key(part: part, id: id)]?.first?.span
        }

        /// Where a clause stands, by its path, as in `goods/understanding`.
        func span(ofClause path: String) -> Range<Int>? { clause(path)?.span }

        /// Where a clause names something that its file doesn't declare.
        func span(of kind: NameKind, _ name: String, inClause path: String) -> Range<Int>? {
            let start = clause(path)?.start ?? 0
            let references = places[Key(part: .reference(kind), id: name)]
            return references?.first { $0.span.lowerBound >= start }?.span ?? span(ofClause: path)
        }

        private func clause(_ path: String) -> Entry? {
            let parts = path.split(separator: "/", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { return nil }
            return places[Key(part: .clause(parts[0]), id: parts[1])]?.first
        }
    }
}

extension Charter {
    /// A problem with a charter that this one builds on, at the place where it names it.
    ///
    /// - Parameters:
    ///   - severity: Whether the charter can be used in spite of it.
    ///   - parent: The parent, as ``extends`` has it.
    ///   - code: A short stable name for the kind of problem.
    ///   - message: What is wrong, in a sentence.
    ///   - help: What to do about it.
    public func problem(
        _ severity: Diagnostic.Severity = .error, naming parent: Extension, code: String, message: String, help: String
    ) -> Diagnostic {
        guard let places else {
            return Diagnostic(
                severity: severity, file: id.description, line: 0, column: 0, code: code, message: message, help: help)
        }
        let span = SourcePlaces.Index(places).span(of: .parent, parent.text)
        return places.problem(severity, code, at: span, message, help: help)
    }
}

extension CharterReader {
    /// Remembers where something stands.
    mutating func note(_ part: SourcePlaces.Part, _ id: String, at span: Range<Int>, start: Int? = nil) {
        places.append(SourcePlaces.Entry(part: part, id: id, start: start ?? span.lowerBound, span: span))
    }
}
