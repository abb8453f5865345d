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
        var log = DiagnosticLog(file: file)
        let text = String(decoding: Array(bytes), as: UTF8.self)
        guard let root = readYAML(text, log: &log) else { throw CharterError(diagnostics: log.inFileOrder) }
        var reader = CharterReader(log: log)
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
