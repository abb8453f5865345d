import Consents
import Foundation
import Testing

@testable import Memory

@Suite("A record that is sealed")
struct VectorRecordTests {
    /// The vectors of an opened segment as they are compared.
    private func rows(_ bytes: [UInt8], _ dimension: Int) throws -> [(owner: MemoryItem.ID?, vector: [Float])] {
        let width = VectorRows.width(dimension)
        let count = bytes.count / VectorRecord.length(dimension: dimension)
        var rows = [SIMD8<Float>](repeating: .zero, count: count * width)
        let owners = try rows.withUnsafeMutableBufferPointer { rows in
            try bytes.withUnsafeBytes { try VectorRecord.readRows($0, dimension: dimension, into: rows) }
        }
        let table = VectorRows(dimension: dimension, rows: rows, slots: owners.indices.map { Int32($0) })
        return owners.enumerated().map { ($1, table.vector($0)) }
    }

    @Test("of a vector keeps its direction within a ten-thousandth of a cosine", arguments: [3, 96, 384, 1_536])
    func vectors(dimension: Int) throws {
        var random = SeededGenerator(seed: UInt64(dimension))
        func normal() -> Float {
            let (first, second) = (Float.random(in: 1e-7...1, using: &random), Float.random(in: 0...1, using: &random))
            return (-2 * log(first)).squareRoot() * cos(2 * .pi * second)
        }
        func cosine(_ left: [Float], _ right: [Float]) -> Double {
            func dot(_ one: [Float], _ other: [Float]) -> Double {
                zip(one, other).reduce(0) { $0 + Double($1.0) * Double($1.1) }
            }
            return dot(left, right) / (dot(left, left) * dot(right, right)).squareRoot()
        }
        let vectors = (0..<60).map { _ in (0..<dimension).map { _ in normal() * 0.05 } }
        var writer = RecordWriter()
        let ids = vectors.indices.map { MemoryItem.ID(high: 1, low: UInt64($0)) }
        for (id, vector) in zip(ids, vectors) { VectorRecord.write(vector, of: id, to: &writer) }
        #expect(writer.bytes.count == 60 * VectorRecord.length(dimension: dimension))
        let read = try rows(writer.bytes, dimension)
        #expect(read.map(\.owner) == ids)
        var worst = 0.0
        for (one, other) in zip(vectors.indices, vectors.indices.dropFirst()) {
            worst = max(worst, abs(cosine(vectors[one], vectors[other]) - cosine(vectors[one], read[other].vector)))
        }
        #expect(worst < 0.0001)
        // No direction, and the largest numbers there are.
        for edge in [
            [Float](repeating: 0, count: dimension), [Float](repeating: .greatestFiniteMagnitude, count: dimension),
        ] {
            var writer = RecordWriter()
            VectorRecord.write(edge, of: ids[0], to: &writer)
            #expect(
                try rows(writer.bytes, dimension)[0].vector.allSatisfy(\.isFinite))
        }
    }

    @Test("that is cut or changed is unreadable, never a crash")
    func damaged() throws {
        var random = SeededGenerator(seed: 3)
        var writer = RecordWriter()
        for number in 0..<20 {
            ItemRecord.write(
                try MemoryItem(
                    id: MemoryItem.ID(high: 1, low: UInt64(number)), kind: .goal, words: "words \(number)",
                    origin: .init(conversation: "c", turn: number), speaker: "Ada", validFrom: 3, recordedAt: 9, due: 8,
                    confidence: 0.5, links: [.init(relation: .supports, item: MemoryItem.ID(high: 9, low: 9))]),
                to: &writer)
        }
        #expect(try MemoryRows.items(in: Data(writer.bytes)).count == 20)
        var unreadable = 0
        for _ in 0..<2_000 {
            var bytes = writer.bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            bytes = Array(bytes.prefix(Int.random(in: 1...bytes.count, using: &random)))
            do { _ = try MemoryRows.items(in: Data(bytes)) } catch {
                #expect(error == .damaged)
                unreadable += 1
            }
            _ = try? MemoryRows.decisions(in: Data(bytes))
            _ = try? rows(bytes, 7)
            _ = try? bytes.withUnsafeBytes { plain in
                for (_, place) in try ReadingRecord.places(in: plain) {
                    _ = try? ReadingRecord.read(plain, at: place) { _, _ in }
                }
            }
        }
        #expect(unreadable > 1_000)
    }
}
