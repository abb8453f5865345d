/// CRC-32 as zlib, gzip and PNG compute it (polynomial 0xEDB88320, ISO 3309), eight bytes at a step.
///
/// It finds torn and damaged records. It is no protection against anybody: whoever can write the file can write the
/// sum. Method: "slicing by 8", Kounavis and Berry, "Novel Table Lookup-Based Algorithms for High-Performance CRC
/// Generation", IEEE Transactions on Computers 57 (11), 2008, doi:10.1109/TC.2008.85.
struct CRC32 {
    private var remainder: UInt32 = 0xFFFF_FFFF

    /// The checksum of what was given so far.
    var value: UInt32 { ~remainder }

    /// Takes more bytes in. Complexity: O(length).
    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        Self.tables.withUnsafeBufferPointer { tables in
            var crc = remainder
            var index = 0
            let blocks = bytes.count & ~7
            while index < blocks {
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                let low = UInt32(truncatingIfNeeded: word) ^ crc
                let high = UInt32(truncatingIfNeeded: word >> 32)
                crc =
                    tables[0x700 + Int(low & 0xFF)] ^ tables[0x600 + Int(low >> 8 & 0xFF)]
                    ^ tables[0x500 + Int(low >> 16 & 0xFF)] ^ tables[0x400 + Int(low >> 24)]
                crc ^=
                    tables[0x300 + Int(high & 0xFF)] ^ tables[0x200 + Int(high >> 8 & 0xFF)]
                    ^ tables[0x100 + Int(high >> 16 & 0xFF)] ^ tables[Int(high >> 24)]
                index += 8
            }
            while index < bytes.count {
                crc = tables[Int((crc ^ UInt32(bytes[index])) & 0xFF)] ^ crc >> 8
                index += 1
            }
            remainder = crc
        }
    }

    /// Eight tables of 256, one after the other.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var crc = UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? 0xEDB8_8320 ^ crc >> 1 : crc >> 1 }
            tables[byte] = crc
        }
        for index in 256..<(8 * 256) {
            let previous = tables[index - 256]
            tables[index] = previous >> 8 ^ tables[Int(previous & 0xFF)]
        }
        return tables
    }()
}
