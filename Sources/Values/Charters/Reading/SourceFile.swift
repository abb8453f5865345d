/// A file in the same plain part of YAML as charters, for what other rooms have people write: read whole, with every
/// problem noted at its place.
package struct SourceFile {
    /// What the file holds. Nil when there is nothing in it or nothing could be read.
    package let root: SourceNode?
    /// Whether its bytes are text that can be parsed.
    let isReadable: Bool
    /// What is wrong with it so far.
    package var log: DiagnosticLog

    /// Reads a file's bytes.
    ///
    /// - Parameters:
    ///   - bytes: The file, in UTF-8.
    ///   - file: The name to put in front of problems. It is not opened.
    ///   - maximumBytes: The most it may have.
    ///   - kind: What such a file is called in a message, with its article.
    package init(_ bytes: some Sequence<UInt8>, file: String, maximumBytes: Int, kind: String) {
        // One byte too many is enough to know: an endless sequence must not fill the memory.
        let limited =
            bytes.withContiguousStorageIfAvailable { Array($0.prefix(maximumBytes + 1)) }
            ?? Array(bytes.prefix(maximumBytes + 1))
        guard limited.count <= maximumBytes else {
            log = DiagnosticLog(file: file, source: SourceText([]))
            log.note(.tooLarge(file: file, maximumBytes: maximumBytes, kind: kind))
            root = nil
            isReadable = false
            return
        }
        let source = SourceText(limited)
        var log = DiagnosticLog(file: file, source: source)
        guard source.isReadable(log: &log) else {
            self.log = log
            root = nil
            isReadable = false
            return
        }
        var parser = YAMLParser(source, log: log)
        root = parser.document()
        self.log = parser.log
        isReadable = true
    }
}

extension Diagnostic {
    static func tooLarge(file: String, maximumBytes: Int, kind: String) -> Diagnostic {
        Diagnostic(
            severity: .error, file: file, line: 0, column: 0, code: "too-large",
            message: "The file is larger than \(maximumBytes / 1024) KiB, the most \(kind) may have.",
            help: "Check that this is the right file.")
    }
}
