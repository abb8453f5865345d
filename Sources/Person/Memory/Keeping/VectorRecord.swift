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

    static func read(
        _ reader: inout RecordReader, dimension: Int
    ) throws(UnreadableRecord) -> (id: MemoryItem.ID, vector: [Float]) {
        let id = try reader.id()
        let step = Float(bitPattern: try reader.number(UInt32.self))
        let raw = try reader.raw(2 * dimension)
        let vector = [Float](unsafeUninitializedCapacity: dimension) { floats, count in
            for index in 0..<dimension {
                let number = Int16(littleEndian: raw.loadUnaligned(fromByteOffset: 2 * index, as: Int16.self))
                floats.initializeElement(at: index, to: Float(number) * step)
            }
            count = dimension
        }
        return (id, vector)
    }

    /// Only whose vector it is.
    static func skip(_ reader: inout RecordReader, dimension: Int) throws(UnreadableRecord) -> MemoryItem.ID {
        let id = try reader.id()
        _ = try reader.raw(4 + 2 * dimension)
        return id
    }
}
