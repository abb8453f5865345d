import Foundation
import Synchronization
import Testing

@testable import Store

/// What a journal handed on, from any thread.
private final class Received: Sendable {
    private let all = Mutex<[[UInt8]]>([])
    var records: [[UInt8]] { all.withLock { $0 } }
    func take(_ batch: [[UInt8]]) { all.withLock { $0 += batch } }
}

@Suite("A journal")
struct JournalTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    private func record(_ number: Int) -> [UInt8] { Array("record \(number)".utf8) }

    private func drained(_ journal: Journal, batch: Int = 512) throws -> [[UInt8]] {
        var records: [[UInt8]] = []
        try journal.drain(batch: batch) { records += $0 }
        return records
    }

    private func segments() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder("j")).filter { $0.hasSuffix(".journal") }.sorted()
    }

    @Test("computes the checksum that zlib does")
    func checksum() {
        func sum(_ bytes: [UInt8]) -> UInt32 {
            var crc = CRC32()
            bytes.withUnsafeBytes { crc.update($0) }
            return crc.value
        }
        #expect(sum(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(sum([]) == 0)
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<200 {
            let bytes = generator.bytes(Int.random(in: 0...100, using: &generator))
            let cut = Int.random(in: 0...bytes.count, using: &generator)
            var crc = CRC32()
            bytes[..<cut].withUnsafeBytes { crc.update($0) }
            bytes[cut...].withUnsafeBytes { crc.update($0) }
            var plain: UInt32 = 0xFFFF_FFFF
            for byte in bytes {
                plain ^= UInt32(byte)
                for _ in 0..<8 { plain = plain & 1 == 1 ? 0xEDB8_8320 ^ plain >> 1 : plain >> 1 }
            }
            #expect(crc.value == ~plain)
        }
    }

    @Test("hands on what was appended, in order, once")
    func order() throws {
        let journal = try Journal(directory: folder("j"))
        for number in 0..<1000 { try journal.append(record(number)) }
        #expect(journal.counts.waiting == 1000)
        #expect(try drained(journal, batch: 7) == (0..<1000).map(record))
        #expect(try drained(journal) == [])
        try journal.append([])
        try journal.append(record(1))
        #expect(try drained(journal) == [[], record(1)])
        #expect(journal.counts == Journal.Counts(appended: 1002, drained: 1002, damages: 0))
    }

    @Test("hands on, after a restart, exactly what was not drained before it")
    func restart() throws {
        do {
            let journal = try Journal(directory: folder("j"))
            for number in 0..<10 { try journal.append(record(number)) }
            #expect(try drained(journal).count == 10)
            for number in 10..<20 { try journal.append(record(number)) }
        }
        let journal = try Journal(directory: folder("j"))
        #expect(journal.counts.waiting == 10)
        try journal.append(record(20))
        #expect(try drained(journal) == (10...20).map(record))
        #expect(journal.counts.waiting == 0)
    }

    @Test("hands a batch on again when its receiver failed")
    func redelivery() throws {
        struct Refusal: Error {}
        let journal = try Journal(directory: folder("j"))
        for number in 0..<10 { try journal.append(record(number)) }
        var seen = 0
        #expect(throws: Refusal.self) {
            try journal.drain(batch: 4) { batch in
                seen += 1
                if seen == 2 { throw Refusal() }
                #expect(batch == (0..<4).map(record))
            }
        }
        #expect(try drained(journal) == (4..<10).map(record))
    }

    @Test("begins a new segment when one is long enough, and deletes those that are drained")
    func rotation() throws {
        let journal = try Journal(directory: folder("j"), segmentBytes: 100)
        for number in 0..<50 { try journal.append(record(number)) }
        #expect(try segments().count > 5)
        #expect(try drained(journal) == (0..<50).map(record))
        #expect(try segments().count == 1)
        journal.rotate()
        #expect(try drained(journal) == [])
        #expect(try segments() == [])
        try journal.append(record(50))
        #expect(try drained(journal) == [record(50)])
    }

    @Test("takes records from many threads, each whole, while another drains")
    func concurrency() async throws {
        let journal = try Journal(directory: folder("j"), segmentBytes: 2000)
        let received = Received()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for thread in 0..<4 {
                group.addTask {
                    for number in 0..<500 { try journal.append(Array("\(thread) \(number)".utf8)) }
                }
            }
            group.addTask {
                for _ in 0..<50 {
                    try journal.drain(batch: 20) { received.take($0) }
                    await Task.yield()
                }
            }
            try await group.waitForAll()
        }
        try journal.drain { received.take($0) }
        let words = received.records.map { String(decoding: $0, as: UTF8.self) }
        #expect(words.count == 2000)
        for thread in 0..<4 {
            #expect(words.filter { $0.hasPrefix("\(thread) ") } == (0..<500).map { "\(thread) \($0)" })
        }
    }

    @Test("belongs to one opening at a time, and to the next once that is gone")
    func exclusive() throws {
        var journal: Journal? = try Journal(directory: folder("j"))
        #expect(throws: JournalError.inUse(directory: folder("j"))) { _ = try Journal(directory: folder("j")) }
        #expect(journal != nil)
        journal = nil
        _ = try Journal(directory: folder("j"))
    }

    @Test("can be read along by others, who see what waits and disturb nothing")
    func readingAlong() throws {
        let journal = try Journal(directory: folder("j"), segmentBytes: 60)
        for number in 0..<10 { try journal.append(record(number)) }
        #expect(try Journal.records(inDirectory: folder("j")) == (0..<10).map(record))
        #expect(try drained(journal).count == 10)
        #expect(try Journal.records(inDirectory: folder("j")) == [])
        try journal.append(record(10))
        #expect(try Journal.records(inDirectory: folder("j")) == [record(10)])
        #expect(try drained(journal) == [record(10)])
    }

    @Test("loses a torn tail and nothing before or after it")
    func tornTail() throws {
        do {
            let journal = try Journal(directory: folder("j"))
            for number in 0..<5 { try journal.append(record(number)) }
        }
        let path = try folder("j/" + #require(segments().first))
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(truncate(path, off_t(whole.count - 3)) == 0)
        let journal = try Journal(directory: folder("j"))
        try journal.append(record(5))
        #expect(try drained(journal) == [0, 1, 2, 3, 5].map(record))
        #expect(journal.counts.damages == 1)
        #expect(journal.counts.waiting == 0)
    }

    @Test("steps over damage in the middle and finds the next whole record")
    func damage() throws {
        do {
            let journal = try Journal(directory: folder("j"))
            for number in 0..<5 { try journal.append(record(number)) }
        }
        let path = try folder("j/" + #require(segments().first))
        // The length of the third record: it now claims far more than there is.
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        try file.seek(toOffset: UInt64(2 * (JournalFrame.headerLength + record(0).count) + 4))
        try file.write(contentsOf: Data([0xFF, 0xFF, 0xFF, 0x0F]))
        try file.close()
        let journal = try Journal(directory: folder("j"))
        #expect(try drained(journal) == [0, 1, 3, 4].map(record))
        #expect(journal.counts.damages == 1)
    }

    @Test("starts over at the oldest record when its place can't be read")
    func lostPlace() throws {
        do {
            let journal = try Journal(directory: folder("j"))
            for number in 0..<5 { try journal.append(record(number)) }
            #expect(try drained(journal).count == 5)
            try journal.append(record(5))
        }
        try Data("nonsense that is twenty-four".utf8.prefix(24)).write(to: URL(fileURLWithPath: folder("j/position")))
        let journal = try Journal(directory: folder("j"))
        #expect(try drained(journal) == (0...5).map(record))
    }

    @Test("hands on a record that is longer than a read")
    func longRecord() throws {
        let journal = try Journal(directory: folder("j"))
        var generator = SeededGenerator(seed: 9)
        let long = generator.bytes(3 << 20)
        try journal.append(record(0))
        try journal.append(long)
        try journal.append(record(1))
        #expect(try drained(journal) == [record(0), long, record(1)])
    }

    @Test("takes nothing more once it is finished, and still hands on what waits")
    func finished() throws {
        let journal = try Journal(directory: folder("j"))
        try journal.append(record(0))
        journal.finish()
        #expect(throws: JournalError.closed(directory: folder("j"))) { try journal.append(record(1)) }
        #expect(try drained(journal) == [record(0)])
        #expect(try segments() == [])
    }

    @Test("keeps its files for this user alone")
    func privacy() throws {
        let journal = try Journal(directory: folder("j"))
        try journal.append(record(0))
        let mode = { try FileManager.default.attributesOfItem(atPath: $0)[.posixPermissions] as? Int }
        #expect(try mode(folder("j")) == 0o700)
        #expect(try mode(folder("j/" + #require(segments().first))) == 0o600)
        #expect(try mode(folder("j/position")) == 0o600)
    }
}
