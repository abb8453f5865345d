import Dispatch
import Foundation
import Store
import Synchronization

/// The index over a person's items, made when they are first asked about.
extension MemoryRows {
    /// An index over the items that can be found, with the vectors that are kept of them.
    ///
    /// Words come from what was read of them when they were written (``ReadingRecord``), where that is kept; vectors go
    /// straight from what was sealed into the rows that are compared. The two are done beside each other.
    static func index(_ contents: MemoryContents, in session: borrowing Session) throws -> RecallIndex {
        let dimension = contents.settings.embedder?.dimension
        let readings = try sealedReadings(of: contents.row, in: session)
        let vectors = dimension == nil ? [] : try sealed(.vectors, of: contents.row, in: session)
        let work = IndexWork(contents: contents, readings: readings, vectors: vectors, dimension: dimension ?? 0)
        return try work.index()
    }

    private static func sealedReadings(
        of row: Int64, in session: borrowing Session
    ) throws -> [(segment: Int64, sealed: [UInt8])] {
        try session.rows(
            "SELECT segment, sealed FROM memory_readings WHERE person = ? ORDER BY segment", .integer(row)
        ).map { (try $0.integer("segment"), try $0.blob("sealed")) }
    }
}

/// What was read from the store for an index, and how an index is made of it.
private struct IndexWork: Sendable {
    let contents: MemoryContents
    let readings: [(segment: Int64, sealed: [UInt8])]
    let vectors: [(number: Int64, sealed: [UInt8])]
    let dimension: Int

    func index() throws(MemoryError) -> RecallIndex {
        let width = VectorRows.width(dimension)
        let length = VectorRecord.length(dimension: dimension)
        // How many vectors each segment holds, and so where its rows begin.
        var starts = [0]
        for segment in vectors {
            starts.append(starts[starts.count - 1] + max(0, segment.sealed.count - MemoryKey.overhead) / length)
        }
        let count = starts[starts.count - 1]
        let results = Mutex(Results(owners: Array(repeating: [], count: vectors.count)))
        let rows = [SIMD8<Float>](unsafeUninitializedCapacity: count * width) { buffer, initialized in
            initialized = count * width
            // Sound: each segment is read once, into rows that are its own, all of which it fills; and all are done when
            // this returns.
            nonisolated(unsafe) let shared = buffer
            DispatchQueue.concurrentPerform(iterations: vectors.count + 1) { [starts] part in
                do throws(MemoryError) {
                    if part == 0 {
                        let index = try words()
                        results.withLock { $0.index = index }
                    } else {
                        let own = UnsafeMutableBufferPointer(
                            rebasing: shared[starts[part - 1] * width..<starts[part] * width])
                        let owners = try read(vectors[part - 1], into: own)
                        results.withLock { $0.owners[part - 1] = owners }
                    }
                } catch {
                    results.withLock { $0.trouble = error }
                }
            }
        }
        // Taken out, so that what follows changes it in its place and not a copy.
        let made = results.withLock { results in
            defer { results.index = nil }
            return results.index
        }
        let (owners, trouble) = results.withLock { ($0.owners, $0.trouble) }
        if let trouble { throw trouble }
        guard var index = consume made else { throw .damaged }
        if count > 0 { index.take(rows, dimension: dimension, owners: owners.flatMap(\.self)) }
        return index
    }

    private struct Results {
        var index: RecallIndex?
        var owners: [[MemoryItem.ID?]]
        var trouble: MemoryError?
    }

    private func read(
        _ segment: (number: Int64, sealed: [UInt8]), into rows: UnsafeMutableBufferPointer<SIMD8<Float>>
    ) throws(MemoryError) -> [MemoryItem.ID?] {
        rows.initialize(repeating: .zero)
        let plain = try contents.key.open(
            segment.sealed, at: .segment(row: contents.row, number: segment.number, kind: .vectors))
        let result: Result<[MemoryItem.ID?], UnreadableRecord> = plain.withUnsafeBytes { bytes in
            Result { () throws(UnreadableRecord) in
                try VectorRecord.readRows(bytes, dimension: dimension, into: rows)
            }
        }
        guard case .success(let owners) = result else { throw .damaged }
        return owners
    }

    /// The index without vectors.
    private func words() throws(MemoryError) -> RecallIndex {
        var index = RecallIndex(dimension: dimension > 0 ? dimension : nil)
        guard !readings.isEmpty else {
            index.insert(contents.items.lazy.filter(\.isFindable).map { (item: $0, vector: nil) })
            return index
        }
        var all: [UInt8] = []
        all.reserveCapacity(readings.reduce(0) { $0 + $1.sealed.count })
        var places = Array(repeating: -1, count: contents.items.count)
        for reading in readings {
            let plain = try contents.key.open(
                reading.sealed, at: .readings(row: contents.row, segment: reading.segment))
            let start = all.count
            all.append(contentsOf: plain)
            guard let found = plain.withUnsafeBytes({ bytes in try? ReadingRecord.places(in: bytes) }) else {
                throw .damaged
            }
            for (id, place) in found {
                // Only of the segment that holds the item now: anything else would be of an earlier time.
                if let item = contents.index(of: id), contents.homes[item] == reading.segment {
                    places[item] = start + place
                }
            }
        }
        do throws(UnreadableRecord) {
            let result: Result<RecallIndex, UnreadableRecord> = all.withUnsafeBytes { bytes in
                Result { () throws(UnreadableRecord) in
                    var index = index
                    try index.insert(contents.items, readings: bytes, places: places)
                    return index
                }
            }
            return try result.get()
        } catch {
            throw .damaged
        }
    }
}
