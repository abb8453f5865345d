/// Vectors of one dimension, one behind the other in memory, and how near a question is to each of them.
///
/// Exact: every row is looked at. The rows are of length 1, so that their dot product is their cosine. A row is padded
/// with zeros to a multiple of eight numbers, and eight are multiplied at once.
struct VectorRows: Sendable {
    /// Numbers in a vector.
    let dimension: Int
    private let width: Int
    private var storage: [SIMD8<Float>] = []
    /// Which slot of the index a row belongs to.
    private(set) var slots: [Int32] = []

    init(dimension: Int) {
        self.dimension = dimension
        width = Self.width(dimension)
    }

    /// Rows that were read in one go, of length 1 and padded. Those whose slot is negative are left out.
    init(dimension: Int, rows: [SIMD8<Float>], slots: [Int32]) {
        self.init(dimension: dimension)
        storage = rows
        self.slots = slots
        for row in slots.indices.reversed() where slots[row] < 0 { _ = remove(row) }
    }

    /// Eights that a vector of a dimension takes.
    static func width(_ dimension: Int) -> Int { (dimension + 7) / 8 }

    /// How many vectors.
    var count: Int { slots.count }

    /// Bytes of its storage.
    var byteCount: Int {
        storage.capacity * MemoryLayout<SIMD8<Float>>.stride + slots.capacity * MemoryLayout<Int32>.stride
    }

    /// Makes room for so many rows, so that they are written once and nothing is left over.
    mutating func reserve(_ rows: Int) {
        storage.reserveCapacity(rows * width)
        slots.reserveCapacity(rows)
    }

    /// Adds a vector. Returns its row, or nil when it has another dimension, no length, or numbers that aren't finite.
    mutating func append(_ vector: [Float], slot: Int32) -> Int? {
        guard vector.count == dimension, let scale = Self.scale(vector) else { return nil }
        withUnsafeTemporaryAllocation(of: SIMD8<Float>.self, capacity: width) { row in
            vector.withUnsafeBytes { bytes in
                for part in 0..<dimension / 8 {
                    row[part] = bytes.loadUnaligned(fromByteOffset: part * 32, as: SIMD8<Float>.self) * scale
                }
            }
            if dimension % 8 > 0 {
                var last = SIMD8<Float>.zero
                for index in dimension / 8 * 8..<dimension { last[index % 8] = vector[index] * scale }
                row[width - 1] = last
            }
            storage.append(contentsOf: UnsafeBufferPointer(row))
        }
        slots.append(slot)
        return slots.count - 1
    }

    /// Removes a row: the last one takes its place, and what was there is overwritten. Returns the slot of the row that
    /// moved, if one did.
    mutating func remove(_ row: Int) -> Int32? {
        let last = slots.count - 1
        if row != last {
            for part in 0..<width { storage[row * width + part] = storage[last * width + part] }
            slots[row] = slots[last]
        }
        for part in 0..<width { storage[last * width + part] = .zero }
        storage.removeLast(width)
        slots.removeLast()
        return row == last ? nil : slots[row]
    }

    /// The slots get other numbers.
    mutating func renumber(_ number: (Int32) -> Int32) {
        for row in slots.indices { slots[row] = number(slots[row]) }
    }

    /// The vector of a row, at length 1.
    func vector(_ row: Int) -> [Float] {
        var vector: [Float] = []
        vector.reserveCapacity(width * 8)
        for part in 0..<width {
            let eight = storage[row * width + part]
            for lane in 0..<8 { vector.append(eight[lane]) }
        }
        vector.removeLast(width * 8 - dimension)
        return vector
    }

    /// Writes the cosine of the question and each row into `cosines`, at the slot of the row. False, and nothing is
    /// written, when the question has another dimension or no direction.
    ///
    /// - Complexity: O(rows × dimension). Nothing is allocated but the padded question.
    func cosines(to question: [Float], into cosines: UnsafeMutableBufferPointer<Float>) -> Bool {
        guard question.count == dimension, let question = Self.packed(question, width) else { return false }
        question.withUnsafeBufferPointer { question in
            storage.withUnsafeBufferPointer { storage in
                slots.withUnsafeBufferPointer { slots in
                    var start = 0
                    for row in 0..<slots.count {
                        cosines[Int(slots[row])] = Self.dot(question, storage, start, width)
                        start += width
                    }
                }
            }
        }
        return true
    }

    /// The cosine of two rows.
    func cosine(_ row: Int, _ other: Int) -> Float {
        storage.withUnsafeBufferPointer { storage in
            var sum = SIMD8<Float>.zero
            for part in 0..<width { sum += storage[row * width + part] * storage[other * width + part] }
            return sum.sum()
        }
    }

    /// Four sums side by side, so that no addition waits for the one before it.
    @inline(__always)
    private static func dot(
        _ question: UnsafeBufferPointer<SIMD8<Float>>, _ storage: UnsafeBufferPointer<SIMD8<Float>>, _ start: Int,
        _ width: Int
    ) -> Float {
        var first = SIMD8<Float>.zero
        var second = SIMD8<Float>.zero
        var part = 0
        while part + 1 < width {
            first += question[part] * storage[start &+ part]
            second += question[part &+ 1] * storage[start &+ part &+ 1]
            part &+= 2
        }
        if part < width { first += question[part] * storage[start &+ part] }
        return (first + second).sum()
    }

    /// What brings a vector to length 1; nil when it has no direction.
    private static func scale(_ vector: [Float]) -> Float? {
        var quick = SIMD8<Float>.zero
        vector.withUnsafeBytes { bytes in
            for part in 0..<vector.count / 8 {
                let eight = bytes.loadUnaligned(fromByteOffset: part * 32, as: SIMD8<Float>.self)
                quick += eight * eight
            }
        }
        var rest: Float = 0
        for index in vector.count / 8 * 8..<vector.count { rest += vector[index] * vector[index] }
        let square = quick.sum() + rest
        if square > 1e-6, square < 1e30 { return 1 / square.squareRoot() }
        // Very long or very short ones: with more care.
        var sum: Double = 0
        for number in vector { sum += Double(number) * Double(number) }
        let length = sum.squareRoot()
        guard length.isFinite, length > 1e-12 else { return nil }
        return Float(1 / length)
    }

    /// The vector at length 1, in eights.
    private static func packed(_ vector: [Float], _ width: Int) -> [SIMD8<Float>]? {
        guard let scale = scale(vector) else { return nil }
        var packed = [SIMD8<Float>](repeating: .zero, count: width)
        for (index, number) in vector.enumerated() { packed[index / 8][index % 8] = number * scale }
        return packed
    }
}
