import Foundation
import Testing

@testable import Store

/// How long a fuzz test goes on: `TRELLIS_FUZZ_SECONDS`, or a fixed number of rounds without it.
func fuzzRounds(_ rounds: Int) -> AnySequence<Int> {
    guard let text = ProcessInfo.processInfo.environment["TRELLIS_FUZZ_SECONDS"], let seconds = Double(text) else {
        return AnySequence(0..<rounds)
    }
    let end = ContinuousClock.now + .seconds(seconds)
    return AnySequence(sequence(first: 0) { ContinuousClock.now < end ? $0 + 1 : nil })
}

@Suite("A journal, given any bytes")
struct JournalFuzzTests {
    private func segment(_ records: [[UInt8]]) -> [UInt8] {
        records.flatMap { record in
            var header = [UInt8](repeating: 0, count: JournalFrame.headerLength)
            record.withUnsafeBytes { record in
                header.withUnsafeMutableBytes { JournalFrame.writeHeader(for: record, into: $0) }
            }
            return header + record
        }
    }

    private func reading(_ bytes: [UInt8], isEnd: Bool = true) -> (records: [[UInt8]], contents: JournalFrame.Contents)
    {
        bytes.withUnsafeBytes { bytes in
            let contents = JournalFrame.contents(of: bytes, isEnd: isEnd)
            return (contents.records.map { [UInt8](bytes[$0]) }, contents)
        }
    }

    /// Records of which some hold what looks like a frame.
    private func records(_ generator: inout SeededGenerator) -> [[UInt8]] {
        (0..<Int.random(in: 0...8, using: &generator)).map { _ in
            var record = generator.bytes(Int.random(in: 0...60, using: &generator))
            if Bool.random(using: &generator) {
                record += JournalFrame.mark + generator.bytes(Int.random(in: 0...12, using: &generator))
            }
            return record
        }
    }

    @Test("reads back whole segments, and any cut of one gives exactly the records that are whole before the cut")
    func cutsFuzz() {
        for round in fuzzRounds(400) {
            var generator = SeededGenerator(seed: UInt64(round))
            let records = records(&generator)
            let bytes = segment(records)
            #expect(reading(bytes).records == records, "round \(round)")
            let cut = Int.random(in: 0...bytes.count, using: &generator)
            let (found, contents) = reading(Array(bytes[..<cut]))
            var length = 0
            let whole = records.prefix { record in
                length += JournalFrame.headerLength + record.count
                return length <= cut
            }
            // A record that itself holds a whole frame is not made here: sums don't come out right by chance.
            #expect(found == Array(whole), "round \(round)")
            #expect(contents.length == cut)
        }
    }

    @Test("never crashes, ends, and gives only records that were written, whatever was done to the bytes")
    func damageFuzz() {
        for round in fuzzRounds(1500) {
            var generator = SeededGenerator(seed: UInt64(round) ^ 0xABCD)
            let records = records(&generator)
            var bytes = segment(records)
            for _ in 0..<Int.random(in: 1...6, using: &generator) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(contentsOf: generator.bytes(3), at: place)
                default: bytes.replaceSubrange(place..<min(bytes.count, place + 7), with: repeatElement(0, count: 7))
                }
            }
            let (found, contents) = reading(bytes)
            #expect(contents.length == bytes.count, "round \(round)")
            for record in found { #expect(records.contains(record), "round \(round)") }
            #expect(reading(bytes, isEnd: false).contents.length <= bytes.count)
        }
    }

    @Test("reads bytes that were never a journal as damage, from the files too")
    func filesFuzz() throws {
        let folder = try TemporaryFolder()
        for round in fuzzRounds(60) {
            var generator = SeededGenerator(seed: UInt64(round) ^ 0x5EED)
            let directory = folder("\(round)")
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            for number in 1...3 {
                let bytes = generator.bytes(Int.random(in: 0...300, using: &generator))
                try Data(bytes).write(to: URL(fileURLWithPath: JournalSegment.path(of: UInt64(number), in: directory)))
            }
            try Data(generator.bytes(Int.random(in: 0...30, using: &generator)))
                .write(to: URL(fileURLWithPath: directory + "/position"))
            let journal = try Journal(directory: directory)
            try journal.append([1, 2, 3])
            var records: [[UInt8]] = []
            try journal.drain { records += $0 }
            #expect(records == [[1, 2, 3]], "round \(round)")
            #expect(try Journal.records(inDirectory: directory).isEmpty)
            try FileManager.default.removeItem(atPath: directory)
        }
    }

    @Test("reading in windows of any size finds what reading at once finds")
    func windowsFuzz() {
        for round in fuzzRounds(300) {
            var generator = SeededGenerator(seed: UInt64(round) ^ 0xF00D)
            var bytes = segment(records(&generator))
            if Bool.random(using: &generator), !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^= 0x40
            }
            var found: [[UInt8]] = []
            var start = 0
            var window = 1
            while start < bytes.count {
                let end = min(bytes.count, start + window)
                let (records, contents) = reading(Array(bytes[start..<end]), isEnd: end == bytes.count)
                found += records
                start += contents.length
                window = contents.length == 0 ? window * 2 : Int.random(in: 1...50, using: &generator)
            }
            #expect(found == reading(bytes).records, "round \(round)")
        }
    }
}
