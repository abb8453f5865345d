extension Charter {
    /// The largest charter file that is read, in bytes: 1 MiB.
    public static let maximumBytes = 1 << 20

    /// Reads a charter from the bytes of its file, and tells everything that is wrong or doubtful in it.
    ///
    /// Every problem is found in one pass, as far as the file's YAML is sound. No bytes make it crash. What only shows
    /// beside other layers (a parent's names, the floor below) is left to ``CharterStack``.
    ///
    /// - Parameters:
    ///   - bytes: The file, in UTF-8, at most ``maximumBytes``.
    ///   - file: The name to put in front of problems. It is not opened.
    /// - Returns: The charter, when there is no error, and all problems in the order of the file.
    /// - Complexity: O(*n*) in the length of the file, but for sorting names.
    public static func check(
        _ bytes: some Sequence<UInt8>, file: String
    ) -> (charter: Charter?, diagnostics: [Diagnostic]) {
        let (charter, diagnostics) = CharterReader.reading(bytes, file: file) { $0.charter(from: $1) }
        return (charter, diagnostics)
    }

    /// What could be read of a charter that has errors, for finding what else is wrong with it: what it builds on, and
    /// what its sound clauses do to the layers below. It must never govern.
    ///
    /// - Returns: Nil when not even its name and version could be read, or when it has no error: then ``check(_:file:)``
    ///   gives the whole charter.
    public static func soundPart(of bytes: some Sequence<UInt8>, file: String) -> Charter? {
        let (charter, diagnostics) = CharterReader.reading(bytes, file: file, evenInPart: true) {
            $0.charter(from: $1)
        }
        return diagnostics.contains { $0.severity == .error } ? charter : nil
    }

    /// Reads a charter from its text, and tells everything that is wrong or doubtful in it.
    public static func check(_ text: String, file: String) -> (charter: Charter?, diagnostics: [Diagnostic]) {
        check(text.utf8, file: file)
    }

    /// Reads a charter from the bytes of its file.
    ///
    /// - Returns: The charter, and what is doubtful in it.
    /// - Throws: ``CharterError`` with every problem, when there is an error among them.
    public static func read(
        _ bytes: some Sequence<UInt8>, file: String
    ) throws(CharterError) -> (charter: Charter, warnings: [Diagnostic]) {
        let (charter, diagnostics) = check(bytes, file: file)
        guard let charter else { throw CharterError(diagnostics: diagnostics) }
        return (charter, diagnostics)
    }

    /// Reads a charter from its text.
    ///
    /// - Returns: The charter, and what is doubtful in it.
    /// - Throws: ``CharterError`` with every problem, when there is an error among them.
    public static func read(
        _ text: String, file: String
    ) throws(CharterError) -> (charter: Charter, warnings: [Diagnostic]) {
        try read(text.utf8, file: file)
    }
}

extension PersonLayer {
    /// Reads a person's wishes from the bytes of their file, and tells everything that is wrong or doubtful in them.
    ///
    /// The same holds as for ``Charter/check(_:file:)-(Sequence<UInt8>,_)``.
    public static func check(
        _ bytes: some Sequence<UInt8>, file: String
    ) -> (wishes: PersonLayer?, diagnostics: [Diagnostic]) {
        let (wishes, diagnostics) = CharterReader.reading(bytes, file: file) { $0.wishes(from: $1) }
        return (wishes, diagnostics)
    }

    /// Reads a person's wishes from their text, and tells everything that is wrong or doubtful in them.
    public static func check(_ text: String, file: String) -> (wishes: PersonLayer?, diagnostics: [Diagnostic]) {
        check(text.utf8, file: file)
    }

    /// Reads a person's wishes from the bytes of their file.
    ///
    /// - Returns: The wishes, and what is doubtful in them.
    /// - Throws: ``CharterError`` with every problem, when there is an error among them.
    public static func read(
        _ bytes: some Sequence<UInt8>, file: String
    ) throws(CharterError) -> (wishes: PersonLayer, warnings: [Diagnostic]) {
        let (wishes, diagnostics) = check(bytes, file: file)
        guard let wishes else { throw CharterError(diagnostics: diagnostics) }
        return (wishes, diagnostics)
    }

    /// Reads a person's wishes from their text.
    ///
    /// - Returns: The wishes, and what is doubtful in them.
    /// - Throws: ``CharterError`` with every problem, when there is an error among them.
    public static func read(
        _ text: String, file: String
    ) throws(CharterError) -> (wishes: PersonLayer, warnings: [Diagnostic]) {
        try read(text.utf8, file: file)
    }
}

/// What a file of the charter language holds: a community's charter, or a person's own wishes.
public enum CharterFile: Hashable, Sendable {
    case charter(Charter)
    case wishes(PersonLayer)

    /// Reads a file of either kind, and tells everything that is wrong or doubtful in it. A file with a key `wishes`
    /// and none named `charter` is taken for wishes.
    ///
    /// - Parameters:
    ///   - bytes: The file, in UTF-8, at most ``Charter/maximumBytes``.
    ///   - file: The name to put in front of problems. It is not opened.
    /// - Returns: What it holds, when there is no error, and all problems in the order of the file.
    public static func check(
        _ bytes: some Sequence<UInt8>, file: String
    ) -> (file: CharterFile?, diagnostics: [Diagnostic]) {
        let (file, diagnostics) = CharterReader.reading(bytes, file: file) { reader, root in
            if let root, root.has("wishes"), !root.has("charter") {
                reader.wishes(from: root).map(CharterFile.wishes)
            } else {
                reader.charter(from: root).map(CharterFile.charter)
            }
        }
        return (file, diagnostics)
    }
}

extension CharterReader {
    /// Reads a file's bytes into something. Nil when there is an error, unless a part will do.
    fileprivate static func reading<Value>(
        _ bytes: some Sequence<UInt8>, file: String, evenInPart: Bool = false,
        _ read: (inout CharterReader, SourceNode?) -> Value?
    ) -> (Value?, [Diagnostic]) {
        let source = SourceFile(bytes, file: file, maximumBytes: Charter.maximumBytes, kind: "a charter")
        guard source.isReadable else { return (nil, source.log.inFileOrder) }
        var reader = CharterReader(log: source.log)
        let value = read(&reader, source.root)
        return (reader.log.hasErrors && !evenInPart ? nil : value, reader.log.inFileOrder)
    }
}
