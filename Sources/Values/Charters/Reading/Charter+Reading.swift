extension Charter {
    /// The largest charter file that is read, in bytes: 1 MiB.
    public static let maximumBytes = 1 << 20

    /// Reads a charter from the bytes of its file.
    ///
    /// Every problem is found in one pass, as far as the file's YAML is sound. No bytes make it crash.
    ///
    /// - Parameters:
    ///   - bytes: The file, in UTF-8, at most ``maximumBytes``.
    ///   - file: The name to put in front of problems. It is not opened.
    /// - Returns: The charter, and what is doubtful in it.
    /// - Throws: ``CharterError`` with every problem, when there is an error among them.
    /// - Complexity: O(*n*) in the length of the file, but for sorting names.
    public static func read(
        _ bytes: some Sequence<UInt8>, file: String
    ) throws(CharterError) -> (charter: Charter, warnings: [Diagnostic]) {
        // One byte too many is enough to know: an endless sequence must not fill the memory.
        let limited =
            bytes.withContiguousStorageIfAvailable { Array($0.prefix(maximumBytes + 1)) }
            ?? Array(bytes.prefix(maximumBytes + 1))
        guard limited.count <= maximumBytes else { throw CharterError(diagnostics: [.tooLarge(file: file)]) }
        let source = SourceText(limited)
        var log = DiagnosticLog(file: file, source: source)
        guard source.isReadable(log: &log) else { throw CharterError(diagnostics: log.inFileOrder) }
        var parser = YAMLParser(source, log: log)
        let root = parser.document()
        var reader = CharterReader(log: parser.log)
        let charter = reader.charter(from: root)
        let diagnostics = reader.log.inFileOrder
        guard let charter, !reader.log.hasErrors else { throw CharterError(diagnostics: diagnostics) }
        return (charter, diagnostics)
    }

    /// Reads a charter from its text.
    ///
    /// - Parameters:
    ///   - text: The text of the file.
    ///   - file: The name to put in front of problems. It is not opened.
    /// - Returns: The charter, and what is doubtful in it.
    /// - Throws: ``CharterError`` with every problem, when there is an error among them.
    public static func read(
        _ text: String, file: String
    ) throws(CharterError) -> (charter: Charter, warnings: [Diagnostic]) {
        try read(text.utf8, file: file)
    }
}

extension Diagnostic {
    static func tooLarge(file: String) -> Diagnostic {
        Diagnostic(
            severity: .error, file: file, line: 0, column: 0, code: "too-large",
            message: "The file is larger than \(Charter.maximumBytes / 1024) KiB, the most a charter may have.",
            help: "A charter of a thousand clauses needs half of that. Check that this is the right file.")
    }
}
