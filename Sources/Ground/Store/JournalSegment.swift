import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The files of a journal: segments named by number, and the place up to which they were drained.
enum JournalSegment {
    static func path(of number: UInt64, in directory: String) -> String {
        let digits = String(number)
        return "\(directory)/\(String(repeating: "0", count: 20 - digits.count))\(digits).journal"
    }

    /// The numbers of the segments that are there, in order. Anything else in the folder is left alone.
    static func numbers(in directory: String) throws(JournalError) -> [UInt64] {
        guard let folder = opendir(directory) else {
            throw .cannotOpen(path: directory, reason: lastReason())
        }
        defer { closedir(folder) }
        var numbers: [UInt64] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name.hasSuffix(".journal"), name.utf8.count == 28, let number = UInt64(name.dropLast(8)) else {
                continue
            }
            numbers.append(number)
        }
        return numbers.sorted()
    }

    /// Opens a segment for reading; nil when it is not there.
    static func openForReading(_ path: String) throws(JournalError) -> Int32? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        if file >= 0 { return file }
        if errno == ENOENT { return nil }
        throw .cannotOpen(path: path, reason: lastReason())
    }

    static func length(of file: Int32, path: String) throws(JournalError) -> Int {
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .cannotRead(path: path, reason: lastReason()) }
        return Int(status.st_size)
    }

    /// The bytes of a file in a range, or fewer when it ends earlier.
    static func bytes(of file: Int32, in range: Range<Int>, path: String) throws(JournalError) -> [UInt8] {
        var failure: JournalError?
        let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            count = 0
            while count < range.count {
                let read = pread(
                    file, buffer.baseAddress.map { $0 + count }, range.count - count, off_t(range.lowerBound + count))
                if read > 0 {
                    count += read
                } else if read == 0 {
                    return
                } else if errno != EINTR {
                    failure = .cannotRead(path: path, reason: lastReason())
                    return
                }
            }
        }
        if let failure { throw failure }
        return bytes
    }

    static func lastReason() -> String { String(cString: strerror(errno)) }
}

/// Up to where a journal was drained: everything before it was handed on.
///
/// Kept in a file of 24 bytes: segment, offset, CRC-32, padding. When that can't be read, draining starts over at
/// the oldest segment, which hands records on twice and loses none.
struct JournalPosition: Hashable, Comparable {
    var segment: UInt64
    var offset: Int

    static let start = JournalPosition(segment: 0, offset: 0)
    static let length = 24

    static func path(in directory: String) -> String { "\(directory)/position" }

    static func < (left: JournalPosition, right: JournalPosition) -> Bool {
        (left.segment, left.offset) < (right.segment, right.offset)
    }

    init(segment: UInt64, offset: Int) {
        self.segment = segment
        self.offset = offset
    }

    init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.length else { return nil }
        let (segment, offset, sum) = bytes.withUnsafeBytes { bytes in
            (
                UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
                UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
            )
        }
        guard Self.sum(bytes) == sum, let offset = Int(exactly: offset) else { return nil }
        self.init(segment: segment, offset: offset)
    }

    var bytes: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Self.length)
        bytes.withUnsafeMutableBytes { bytes in
            bytes.storeBytes(of: segment.littleEndian, toByteOffset: 0, as: UInt64.self)
            bytes.storeBytes(of: UInt64(offset).littleEndian, toByteOffset: 8, as: UInt64.self)
        }
        let sum = Self.sum(bytes)
        bytes.withUnsafeMutableBytes { $0.storeBytes(of: sum.littleEndian, toByteOffset: 16, as: UInt32.self) }
        return bytes
    }

    private static func sum(_ bytes: [UInt8]) -> UInt32 {
        var crc = CRC32()
        bytes.withUnsafeBytes { crc.update(UnsafeRawBufferPointer(rebasing: $0[0..<16])) }
        return crc.value
    }

    /// The position that the folder records; the start when it records none that can be read.
    static func recorded(in directory: String) -> JournalPosition {
        let path = path(in: directory)
        guard let file = try? JournalSegment.openForReading(path) else { return .start }
        defer { close(file) }
        let bytes = try? JournalSegment.bytes(of: file, in: 0..<length, path: path)
        return bytes.flatMap { JournalPosition($0) } ?? .start
    }
}
