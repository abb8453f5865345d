/// A charter file in the form that everybody's has: keys in one order, long texts folded, every comment kept.
///
/// The form changes nothing that the file says, so its fingerprint stays; and a file in form stays as it is. Names of
/// goods, roles and clauses keep their author's order, and so do lists.
public enum CharterForm {
    /// A charter file in form.
    ///
    /// It needs only that the file's YAML is sound: a charter with other mistakes in it can be put in form too.
    ///
    /// - Parameters:
    ///   - bytes: The file, in UTF-8, at most ``Charter/maximumBytes``.
    ///   - file: The name to put in front of problems. It is not opened.
    /// - Throws: ``CharterError`` with every problem, when the file can't be read as YAML.
    /// - Complexity: O(*n* log *n*) in the length of the file.
    public static func formatted(_ bytes: some Sequence<UInt8>, file: String) throws(CharterError) -> String {
        let (read, header) = try written(bytes, file: file)
        let node = read.inForm
        let text = WrittenFile(node, header: header).text
        // What is written must say what was read. The tests rule this out; a file that people wrote is not to be risked.
        let (again, _) = try written(text.utf8, file: file)
        guard again.inForm.saysTheSame(as: node) else {
            throw CharterError(diagnostics: [
                Diagnostic(
                    severity: .error, file: file, line: 0, column: 0, code: "not-formed",
                    message: "Putting this file in form would have changed what it says, so it was left alone.",
                    help: "This is a mistake in Trellis: please report it with the file.")
            ])
        }
        return text
    }

    /// A charter file's values with their comments, and the comments of the file as a whole.
    static func written(
        _ bytes: some Sequence<UInt8>, file: String
    ) throws(CharterError) -> (node: WrittenNode, header: [String]) {
        let limited = Array(bytes.prefix(Charter.maximumBytes + 1))
        guard limited.count <= Charter.maximumBytes else {
            throw CharterError(diagnostics: [
                .tooLarge(file: file, maximumBytes: Charter.maximumBytes, kind: "a charter")
            ])
        }
        let source = SourceText(limited)
        var log = DiagnosticLog(file: file, source: source)
        guard source.isReadable(log: &log), !log.hasErrors else { throw CharterError(diagnostics: log.inFileOrder) }
        var parser = YAMLParser(source, log: log)
        let root = parser.document()
        guard !parser.log.hasErrors else { throw CharterError(diagnostics: parser.log.inFileOrder) }
        guard let root else {
            let placement = CommentPlacement(
                of: SourceNode(form: .empty, span: 0..<0), comments: parser.comments, in: source)
            return (WrittenNode.map([]), placement.others)
        }
        var builder = WrittenNodeBuilder(
            placement: CommentPlacement(of: root, comments: parser.comments, in: source), bytes: source.bytes)
        var node = builder.node(root)
        let header = node.takeHeader() ?? builder.placement.others
        return (node, header)
    }
}

/// Puts a file's values and its comments together.
private struct WrittenNodeBuilder {
    let placement: CommentPlacement
    let bytes: [UInt8]
    private var nextElement = 0
    private var nextContainer = 0

    init(placement: CommentPlacement, bytes: [UInt8]) {
        self.placement = placement
        self.bytes = bytes
    }

    /// The value with its comments. Values are met in the order in which the placement counted them.
    mutating func node(_ source: SourceNode) -> WrittenNode {
        let first = source.span.lowerBound < bytes.count ? bytes[source.span.lowerBound] : 0
        switch source.form {
        case .empty, .broken: return WrittenNode(form: .empty)
        case .text(let text):
            return .text(text, isQuoted: first == UInt8(ascii: "\"") || first == UInt8(ascii: "'"))
        case .list(let items):
            let container = next(&nextContainer)
            let items = items.map { item in
                let element = next(&nextElement)
                return WrittenItem(value: node(item), notes: placement.notes[element])
            }
            return WrittenNode(
                form: .list(items), isFlow: first == UInt8(ascii: "["), tail: placement.tails[container])
        case .map(let entries):
            let container = next(&nextContainer)
            let entries = entries.map { entry in
                let element = next(&nextElement)
                return WrittenEntry(key: entry.key, value: node(entry.value), notes: placement.notes[element])
            }
            return WrittenNode(
                form: .map(entries), isFlow: first == UInt8(ascii: "{"), tail: placement.tails[container])
        }
    }

    private func next(_ counter: inout Int) -> Int {
        defer { counter += 1 }
        return counter
    }
}

extension WrittenNode {
    /// Takes away the comments that stand at the top of the file with an empty line below them: they belong to the file,
    /// not to its first key. Nil when this is no mapping or list with anything in it.
    fileprivate mutating func takeHeader() -> [String]? {
        func split(_ notes: inout WrittenNotes) -> [String] {
            guard let blank = notes.above.lastIndex(of: "") else { return [] }
            let header = Array(notes.above[..<blank])
            notes.above = Array(notes.above[(blank + 1)...])
            notes.hasBlankAbove = true
            return header
        }
        switch form {
        case .map(var entries) where !entries.isEmpty:
            let header = split(&entries[0].notes)
            form = .map(entries)
            return header
        case .list(var items) where !items.isEmpty:
            let header = split(&items[0].notes)
            form = .list(items)
            return header
        default: return nil
        }
    }
}
