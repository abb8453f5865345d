import Consents
import Foundation
import Store
import TestDisks
import Testing

@testable import Memory

#if os(Linux)
    /// The folder that a child of ``KilledErasureTests`` works in; nil in the parent, and in any other run.
    private let childFolder = ProcessInfo.processInfo.environment["TRELLIS_TEST_KILLED_ERASURE"]

    /// These start this test program once more, to have a process that can be killed.
    @Suite("A person's memory, when its process is killed with SIGKILL")
    struct KilledErasureTests {
        @Test(
            "is what this test plays when another starts it: it writes, erases items, and erases everything, over and over",
            .enabled(if: childFolder != nil, "only as a child of another test"))
        func child() async throws {
            let folder = try #require(childFolder)
            let store = try DataStore(path: folder + "/t.sqlite", migrations: Place.migrations)
            let seal = try Seal(store: store, keyEncryptionKey: KeyEncryptionKey(keptAt: folder + "/keys/kek"))
            let memories = MemoryStore(
                store: store, seal: seal, grants: GrantLedger(store: store, logger: .silent), logger: .silent)
            let notes = open(folder + "/notes", O_WRONLY | O_CREAT | O_APPEND, 0o600)
            for round in 0..<1_000_000 {
                let own = memories.memory(of: ada).own
                let items = try await own.state(
                    (0..<20).map { .add(ItemDraft(.fact, "round \(round) thing \($0)")) }, at: now)
                // What is noted after this was told to be erased.
                _ = try await own.erase(items.prefix(5).map(\.item.id), at: now)
                for item in items.prefix(5) { note(item.item.id.description, in: notes) }
                if round % 4 == 3 {
                    let all = try await own.items()
                    _ = try await own.eraseEverything(at: now)
                    for item in all { note(item.id.description, in: notes) }
                }
            }
        }

        private func note(_ line: String, in file: Int32) {
            let line = line + "\n"
            _ = line.utf8.withContiguousStorageIfAvailable { write(file, $0.baseAddress, $0.count) }
        }

        @Test(
            "holds nothing that was told to be erased, and completes what was not, wherever the kill falls",
            .enabled(if: childFolder == nil), arguments: [5, 31, 64, 97, 142])
        func killed(atLeast count: Int) async throws {
            let folder = try TemporaryFolder()
            _ = try Place(folder)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            process.arguments = ["--testing-library", "swift-testing", "--filter", "KilledErasureTests/child"]
            process.environment = ProcessInfo.processInfo.environment
                .merging(["TRELLIS_TEST_KILLED_ERASURE": folder.path]) { $1 }
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            let noted = { (try? String(contentsOfFile: folder("notes"), encoding: .utf8)) ?? "" }
            while noted().utf8.count < count * 27, process.isRunning { usleep(300) }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            #expect(process.terminationReason == .uncaughtSignal)
            let place = try Place(folder)
            try await place.memories.finishErasures()
            try place.store.checkIntegrity()
            let erased = Set(noted().split(separator: "\n").compactMap { MemoryItem.ID($0) })
            #expect(erased.count >= count)
            let items = try await place.own().items()
            #expect(erased.isDisjoint(with: items.map(\.id)))
            let left = try await place.store.read { session in
                try session.rows("SELECT id FROM memory_erasures").count
            }
            #expect(left == 0)
            // And it goes on.
            try await place.say(["after the kill"])
            #expect(try await place.again().own().items().last?.words == "after the kill")
        }
    }
#endif

@Suite("When the disk is full")
struct FullDiskTests {
    @Test(
        "a memory says so, has nothing half written, and goes on when there is room",
        .enabled(if: TinyDisk.isPossible, "this user may not mount"))
    func fullDisk() async throws {
        let disk = try TinyDisk(size: "3m")
        let store = try DataStore(path: disk.path + "/t.sqlite", migrations: Place.migrations)
        let seal = try Seal(store: store, keyEncryptionKey: KeyEncryptionKey(keptAt: disk.path + "/kek"))
        let grants = GrantLedger(store: store, logger: .silent)
        let memories = MemoryStore(store: store, seal: seal, grants: grants, logger: .silent)
        let own = memories.memory(of: ada).own
        var kept = 0
        var failure: MemoryError?
        let ballast = disk.path + "/ballast"
        try Data(count: 1 << 20).write(to: URL(fileURLWithPath: ballast))
        for round in 0..<400 where failure == nil {
            do {
                try await own.state(
                    (0..<50).map {
                        .add(ItemDraft(.fact, "round \(round) thing \($0) " + String(repeating: "x", count: 200)))
                    }, at: now)
                kept += 50
            } catch {
                failure = error
            }
        }
        guard case .store(.full) = failure else {
            Issue.record("expected a full disk, found \(failure.map { "\($0)" } ?? "none")")
            return
        }
        #expect(failure?.description.contains("no room left") == true)
        #expect(kept > 50)
        #expect(try await own.items().count == kept)
        try FileManager.default.removeItem(atPath: ballast)
        try await own.state([.add(ItemDraft(.fact, "room again"))], at: now)
        let again = MemoryStore(store: store, seal: seal, grants: grants, logger: .silent)
        #expect(try await again.memory(of: ada).own.items().count == kept + 1)
        try store.checkIntegrity()
    }
}

@Suite("Many people in one file")
struct ManyPeopleTests {
    /// The same as the benchmark does with 100,000 people and 50,000 items, as large as a test may be.
    @Test("have their own items each, and one with thousands of them does too")
    func manyPeople() async throws {
        let place = try Place(byteLimit: 2 << 20)
        let people = (0..<150).map { PersonKey(application: "homework", person: "person\($0)") }
        for (number, person) in people.enumerated() {
            try await place.say((0..<20).map { "\(number) has \($0)" }, by: person)
        }
        for _ in 0..<8 {
            let start = try await place.own().items().count
            try await place.say((start..<(start + 500)).map { "thing \($0)" })
        }
        #expect(place.memories.opened.bytes < 4 << 20)
        let again = try Place(place.folder, byteLimit: 2 << 20)
        for (number, person) in people.enumerated() where number % 7 == 0 {
            #expect(try await again.own(person).items().map(\.words) == (0..<20).map { "\(number) has \($0)" })
        }
        #expect(try await again.own().items().map(\.words) == (0..<4_000).map { "thing \($0)" })
    }
}
