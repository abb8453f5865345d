/// A vector as it lies in a sealed segment: its direction in 16-bit steps, and the length of a step.
///
/// Half as long as single precision, and read four numbers at a time without a conversion unit for half precision,
/// which many processors lack. Each number is off by less than 1/65,000 of the largest, so a cosine is off by less than
/// 0.0001 (measured: `VectorRecordTests`).
enum VectorRecord {
    /// How many bytes a vector takes.
    static func length(dimension: Int) -> Int { 16 + 4 + 2 * dimension }

    static func write(_ vector: [Float], of id: MemoryItem.ID, to writer: inout RecordWriter) {
        writer.write(id)
        let largest = vector.reduce(0) { max($0, abs($1)) }
        // A hair less than exact, so that the largest number that there is does not become more. What is too small for a
        // step has no direction to speak of.
        let exact = (largest / 32_767).nextDown
        let step = exact >= .leastNormalMagnitude ? exact : 1
        writer.write(step.bitPattern)
        for number in vector { writer.write(Int16((number / step).rounded())) }
    }

    /// Reads all vectors of an opened segment straight into rows of length 1, each padded to whole eights, without anything
    /// between. A step is the same for all numbers of a vector, so the direction needs none.
    ///
    /// - Parameter rows: has room for as many rows as the segment holds.
    /// - Returns: whose each row is; nil for one without a direction.
    static func readRows(
        _ plain: UnsafeRawBufferPointer, dimension: Int, into rows: UnsafeMutableBufferPointer<SIMD8<Float>>
    ) throws(UnreadableRecord) -> [MemoryItem.ID?] {
        let width = VectorRows.width(dimension)
        let count = plain.count / length(dimension: dimension)
        guard plain.count == count * length(dimension: dimension), rows.count >= count * width else {
            throw UnreadableRecord()
        }
        var reader = RecordReader(plain)
        var owners: [MemoryItem.ID?] = []
        owners.reserveCapacity(count)
        for row in 0..<count {
            let id = try reader.id()
            _ = try reader.raw(4)
            let numbers = try reader.raw(2 * dimension)
            let start = row * width
            var square = SIMD8<Float>.zero
            for part in 0..<width {
                let eight = eight(numbers, part, of: dimension)
                rows[start + part] = eight
                square += eight * eight
            }
            let sum = square.sum()
            let scale = sum > 0 ? 1 / sum.squareRoot() : 0
            for part in start..<start + width { rows[part] *= scale }
            owners.append(sum > 0 ? id : nil)
        }
        return owners
    }

    /// Eight numbers of a vector; beyond its end, zeros.
    @inline(__always)
    private static func eight(_ numbers: UnsafeRawBufferPointer, _ part: Int, of dimension: Int) -> SIMD8<Float> {
        #if _endian(little)
            if part * 8 + 8 <= dimension {
                return SIMD8<Float>(numbers.loadUnaligned(fromByteOffset: part * 16, as: SIMD8<Int16>.self))
            }
        #endif
        var eight = SIMD8<Float>.zero
        for place in part * 8..<min(part * 8 + 8, dimension) {
            let number = numbers.loadUnaligned(fromByteOffset: 2 * place, as: Int16.self)
            eight[place % 8] = Float(Int16(littleEndian: number))
        }
        return eight
    }

    /// Only whose vector it is.
    static func skip(_ reader: inout RecordReader, dimension: Int) throws(UnreadableRecord) -> MemoryItem.ID {
        let id = try reader.id()
        _ = try reader.raw(4 + 2 * dimension)
        return id
    }
}
