/// How one record stands in a journal's segment: 12 bytes in front of it.
///
/// ```
/// F5 54 4A 01 | length, 4 bytes | CRC-32 of length and record, 4 bytes | the record
/// ```
/// Numbers are little-endian. The mark is not valid UTF-8, so no text in a record looks like it: after a damaged
/// frame the reader finds the next whole one.
enum JournalFrame {
    static let headerLength = 12
    static let mark: [UInt8] = [0xF5, 0x54, 0x4A, 0x01]
    /// Longer records are refused: a length beyond it is damage, not a record.
    static let longestRecord = 1 << 30

    /// Writes the header for a record.
    static func writeHeader(for record: UnsafeRawBufferPointer, into header: UnsafeMutableRawBufferPointer) {
        header.copyBytes(from: mark)
        let length = UInt32(record.count).littleEndian
        header.storeBytes(of: length, toByteOffset: 4, as: UInt32.self)
        header.storeBytes(of: sum(length: length, record).littleEndian, toByteOffset: 8, as: UInt32.self)
    }

    private static func sum(length: UInt32, _ record: UnsafeRawBufferPointer) -> UInt32 {
        var crc = CRC32()
        withUnsafeBytes(of: length) { crc.update($0) }
        crc.update(record)
        return crc.value
    }

    /// What a run of bytes holds.
    struct Contents {
        /// The whole records in it, in order, as ranges of the bytes.
        var records: [Range<Int>] = []
        /// How many bytes were read: up to a frame that is not all there yet, or to the end.
        var length = 0
        /// How many times damage was stepped over.
        var damages = 0
    }

    /// Finds the whole records in some bytes.
    ///
    /// - Parameter isEnd: whether nothing will follow these bytes, so that an unfinished frame is a torn one.
    /// - Complexity: O(length); with damage, O(length) for each mark that begins no whole frame.
    static func contents(of bytes: UnsafeRawBufferPointer, isEnd: Bool) -> Contents {
        var found = Contents()
        var isInDamage = false
        while found.length < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[found.length...])
            switch frame(at: rest) {
            case .whole(let length):
                let start = found.length + headerLength
                found.records.append(start..<(start + length))
                found.length = start + length
                isInDamage = false
            case .unfinished where !isEnd:
                return found
            case .unfinished, .damaged:
                if !isInDamage { found.damages += 1 }
                isInDamage = true
                if let next = nextMark(in: rest) {
                    found.length += next
                } else {
                    // The first bytes of a mark may stand at the very end; what follows will tell.
                    let tail = isEnd ? 0 : mark.count - 1
                    found.length = max(found.length + 1, bytes.count - tail)
                }
            }
        }
        return found
    }

    private enum Reading {
        case whole(length: Int)
        case unfinished
        case damaged
    }

    private static func frame(at bytes: UnsafeRawBufferPointer) -> Reading {
        guard bytes.prefix(mark.count).elementsEqual(mark.prefix(bytes.count)) else { return .damaged }
        guard bytes.count >= headerLength else { return .unfinished }
        let storedLength = bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)
        let length = Int(UInt32(littleEndian: storedLength))
        guard length <= longestRecord else { return .damaged }
        guard bytes.count - headerLength >= length else { return .unfinished }
        let record = UnsafeRawBufferPointer(rebasing: bytes[headerLength..<(headerLength + length)])
        let stored = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
        return sum(length: storedLength, record) == stored ? .whole(length: length) : .damaged
    }

    /// Where the next mark begins after the first byte.
    private static func nextMark(in bytes: UnsafeRawBufferPointer) -> Int? {
        var index = 1
        while index + mark.count <= bytes.count {
            if bytes[index] == mark[0], bytes[index + 1] == mark[1], bytes[index + 2] == mark[2],
                bytes[index + 3] == mark[3]
            {
                return index
            }
            index += 1
        }
        return nil
    }
}
