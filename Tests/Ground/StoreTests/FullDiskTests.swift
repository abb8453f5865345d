import Foundation
import Synchronization
import TestDisks
import Testing

@testable import Store

@Suite("When the disk is full")
struct FullDiskTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    private func record(_ number: Int) -> [UInt8] {
        Array("record \(number) \(String(repeating: "x", count: 100))".utf8)
    }

    @Test("a journal says so, keeps what it had, and goes on when there is room", arguments: [0, 1, 11, 12, 13, 40])
    func journalOnFullDisk(bytesStillTaken: Int) throws {
        let isFull = Atomic(false)
        // Takes some of the bytes, as a disk does that fills up in the middle of a write.
        let system = Journal.SystemCalls { file, parts, count in
            guard isFull.load(ordering: .relaxed) else { return writev(file, parts, count) }
            guard bytesStillTaken > 0 else {
                errno = ENOSPC
                return -1
            }
            var all: [UInt8] = []
            for part in 0..<Int(count) {
                all += UnsafeRawBufferPointer(start: parts[part].iov_base, count: parts[part].iov_len)
            }
            return all.withUnsafeBytes { write(file, $0.baseAddress, bytesStillTaken) }
        }
        let journal = try Journal(directory: folder("j"), segmentBytes: 1000, system: system)
        try journal.append(record(0))
        isFull.store(true, ordering: .relaxed)
        for number in 1..<4 {
            #expect(throws: JournalError.full(directory: folder("j"))) { try journal.append(record(number)) }
        }
        isFull.store(false, ordering: .relaxed)
        try journal.append(record(4))
        var records: [[UInt8]] = []
        try journal.drain { records += $0 }
        #expect(records == [0, 4].map(record))
        #expect(journal.counts.damages == 0)
    }

    @Test(
        "a journal on a real one gets an error, crashes never, and goes on when there is room",
        .enabled(if: TinyDisk.isPossible, "mounting a small disk takes root"))
    func journalOnTinyDisk() throws {
        let disk = try TinyDisk()
        let journal = try Journal(directory: disk.path + "/j", segmentBytes: 64 << 10)
        var kept: [[UInt8]] = []
        var refusals = 0
        for number in 0..<8000 {
            do throws(JournalError) {
                try journal.append(record(number))
                kept.append(record(number))
            } catch {
                #expect(error == .full(directory: disk.path + "/j"))
                refusals += 1
            }
        }
        #expect(refusals > 1000 && kept.count > 1000)
        var drained: [[UInt8]] = []
        try journal.drain { drained += $0 }
        #expect(drained == kept)
        try journal.append(record(-1))
        drained = []
        try journal.drain { drained += $0 }
        #expect(drained == [record(-1)])
    }

    @Test(
        "a data store says so, undoes the write, and takes it when there is room",
        .enabled(if: TinyDisk.isPossible, "mounting a small disk takes root"))
    func storeOnTinyDisk() throws {
        let disk = try TinyDisk()
        let path = disk.path + "/t.sqlite"
        let store = try DataStore(
            path: path,
            migrations: [
                Migration(
                    room: "Notes", version: 1, name: "notes",
                    statements: ["CREATE TABLE notes (id BIGINT PRIMARY KEY, words BYTEA)"])
            ])
        let ballast = disk.path + "/ballast"
        try Data(count: 296 << 10).write(to: URL(fileURLWithPath: ballast))
        let insert: (borrowing Session) throws -> Void = { session in
            try session.runBatch(
                "INSERT INTO notes (id, words) VALUES (?, ?)",
                (0..<30).map { [SQLValue($0), .blob([UInt8](repeating: 7, count: 5000))] })
        }
        #expect {
            for _ in 0..<5 {
                try store.write(insert)
                try store.write { try $0.run("DELETE FROM notes") }
            }
        } throws: { error in
            (error as? StoreError)?.isTransient == true
        }
        try FileManager.default.removeItem(atPath: ballast)
        try store.write { try $0.run("DELETE FROM notes") }
        try store.write(insert)
        #expect(try store.read { try $0.rows("SELECT id FROM notes").count } == 30)
        try store.checkIntegrity()
    }
}
