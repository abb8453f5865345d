import Consents
import Foundation
import Logging
import Store
import Synchronization

@testable import Memory

/// A folder of its own for one test, gone when the test lets go of it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "trellis-memory-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    func callAsFunction(_ name: String) -> String { path + "/" + name }

    /// Everything that lies in the folder, whatever it is called.
    func allBytes() throws -> Data {
        var all = Data()
        let files = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        for name in files.sorted() where !name.hasSuffix("-shm") && !name.contains("keys") {
            if let data = try? Data(contentsOf: URL(fileURLWithPath: self(name))) { all += data }
        }
        return all
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

extension Logger {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

let day: Int64 = 86_400_000
let now: Int64 = 1_790_000_000_000
let ada = PersonKey(application: "homework", person: "ada0")
let ben = PersonKey(application: "homework", person: "ben0")

/// A store with everything that memory needs, in a folder.
struct Place {
    let folder: TemporaryFolder
    let store: DataStore
    let seal: Seal
    let grants: GrantLedger
    let memories: MemoryStore

    static let migrations = Seal.migrations + ConsentsMigrations.all + MemoryMigrations.all

    init(_ folder: TemporaryFolder? = nil, byteLimit: Int = 64 << 20) throws {
        let folder = try folder ?? TemporaryFolder()
        self.folder = folder
        store = try DataStore(path: folder("t.sqlite"), migrations: Self.migrations)
        seal = try Seal(store: store, keyEncryptionKey: KeyEncryptionKey(keptAt: folder("keys/kek")))
        grants = GrantLedger(store: store, logger: .silent)
        memories = MemoryStore(store: store, seal: seal, grants: grants, logger: .silent, byteLimit: byteLimit)
    }

    /// Another process on the same store, or the same one after a new start.
    func again() throws -> Place { try Place(folder) }

    func own(_ person: PersonKey = ada) -> OwnMemory { memories.memory(of: person).own }

    /// What tells models of memory here, with a clock that goes on: what is read is recorded later than the turn that asks
    /// for it.
    func recollecting() throws -> Recollecting {
        let time = Mutex(now + 150)
        let queue = HeardQueue(
            memories: memories, journal: try Journal(directory: folder("heard")), logger: .silent,
            clock: {
                time.withLock { time in
                    time += 20
                    return time
                }
            })
        return Recollecting(memories: memories, queue: queue)
    }

    /// Keeps things that the person says themself.
    @discardableResult
    func say(
        _ words: [String], kind: MemoryItem.Kind = .fact, by person: PersonKey = ada, at moment: Int64 = now
    ) async throws -> [MemoryItem] {
        try await own(person).state(words.map { .add(ItemDraft(kind, $0)) }, at: moment).map(\.item)
    }
}
