#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Journal {
    /// Numbers about a journal since it was opened.
    public struct Counts: Hashable, Sendable {
        /// Records that were appended, and those that were there at the opening.
        public var appended: Int
        /// Records that were handed on.
        public var drained: Int
        /// Times that a torn or damaged record was stepped over.
        public var damages: Int
        /// Records that wait to be handed on.
        public var waiting: Int { max(0, appended - drained) }
    }

    /// The records that wait in a folder to be drained, oldest first; for another process than the one that has it
    /// open, which this leaves undisturbed. Records that are just being drained may or may not be among them.
    public static func records(inDirectory directory: String) throws -> [[UInt8]] {
        var records: [[UInt8]] = []
        try forEachRecord(inDirectory: directory) { records.append([UInt8]($0)) }
        return records
    }

    /// Hands each record that waits in a folder to `body`, oldest first, one segment in memory at a time.
    /// The bytes are valid only inside `body`.
    public static func forEachRecord(
        inDirectory directory: String, _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let position = JournalPosition.recorded(in: directory)
        for number in try JournalSegment.numbers(in: directory) where number >= position.segment {
            let path = JournalSegment.path(of: number, in: directory)
            // Drained and gone since the folder was listed.
            guard let file = try JournalSegment.openForReading(path) else { continue }
            defer { close(file) }
            let start = number == position.segment ? position.offset : 0
            let end = max(start, try JournalSegment.length(of: file, path: path))
            let bytes = try JournalSegment.bytes(of: file, in: start..<end, path: path)
            try bytes.withUnsafeBytes { bytes in
                let contents = JournalFrame.contents(of: bytes, isEnd: true)
                for range in contents.records { try body(UnsafeRawBufferPointer(rebasing: bytes[range])) }
            }
        }
    }
}
