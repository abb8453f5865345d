/// Writes the records that are sealed: numbers little-endian, texts in UTF-8 with their length in front.
struct RecordWriter {
    var bytes: [UInt8] = []

    mutating func write(_ number: UInt8) { bytes.append(number) }

    mutating func write(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func write(_ id: MemoryItem.ID) {
        write(id.high)
        write(id.low)
    }

    mutating func write(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            writeLength(utf8.count)
            bytes.append(contentsOf: utf8)
        }
    }

    /// Seven bits a byte, the lowest first.
    mutating func writeLength(_ length: Int) {
        var rest = UInt(length)
        while rest > 127 {
            bytes.append(UInt8(rest & 127) | 128)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}

/// The bytes are not a record: damaged, or of a newer Trellis.
struct UnreadableRecord: Error {}

/// Reads what ``RecordWriter`` wrote, and never beyond its end.
struct RecordReader {
    private let bytes: UnsafeRawBufferPointer
    private(set) var position = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) throws(UnreadableRecord) -> Number {
        let length = MemoryLayout<Number>.size
        guard bytes.count - position >= length else { throw UnreadableRecord() }
        defer { position += length }
        return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: Number.self))
    }

    mutating func id() throws(UnreadableRecord) -> MemoryItem.ID {
        MemoryItem.ID(high: try number(UInt64.self), low: try number(UInt64.self))
    }

    mutating func length() throws(UnreadableRecord) -> Int {
        var length: UInt = 0
        var shift: UInt = 0
        while true {
            let byte = try number(UInt8.self)
            guard shift < 32 else { throw UnreadableRecord() }
            length |= UInt(byte & 127) << shift
            if byte < 128 { return Int(length) }
            shift += 7
        }
    }

    mutating func text() throws(UnreadableRecord) -> String {
        let raw = try raw(try length())
        return String(decoding: raw, as: UTF8.self)
    }

    mutating func raw(_ length: Int) throws(UnreadableRecord) -> UnsafeRawBufferPointer {
        guard length >= 0, bytes.count - position >= length else { throw UnreadableRecord() }
        defer { position += length }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<(position + length)])
    }
}
