import Consents
import Foundation
import Logging
import Memory
import Store

/// One store with memories, and what is measured of it. Time is on the clock: a write waits for the disk.
struct MemoryBench {
    let folder: String
    let store: DataStore
    let seal: Seal
    let grants: GrantLedger
    let memories: MemoryStore

    static let silent = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
    static let now: Int64 = 1_790_000_000_000
    static let dimension = 384

    init(folder: String) throws {
        self.folder = folder
        store = try DataStore(
            path: folder + "/trellis.sqlite",
            migrations: Seal.migrations + ConsentsMigrations.all + MemoryMigrations.all)
        seal = try Seal(store: store, keyEncryptionKey: KeyEncryptionKey(keptAt: folder + "/kek"))
        grants = GrantLedger(store: store, logger: Self.silent)
        memories = MemoryStore(store: store, seal: seal, grants: grants, logger: Self.silent)
    }

    func person(_ name: String) -> PersonKey {
        // As long as a pseudonym is.
        PersonKey(application: "bench", person: String(repeating: "0", count: max(0, 32 - name.count)) + name)
    }

    func row(_ what: String, _ result: String) { print("| \(what) | \(result) |") }

    // MARK: Writing

    /// Items a second, durable when each call returns, under a grant that is looked up each time.
    func writes() async throws {
        for size in [1, 10, 100, 1_000] {
            let person = person("writes\(size)")
            try await grants.grant(
                .remember, Set(MemoryItem.Kind.allCases), by: person, at: Self.now, through: .commandLine)
            let memory = memories.memory(of: person)
            var words = GeneratedWords(seed: UInt64(size))
            let rounds = max(4, min(2_000, 20_000 / size))
            var made: [[Resolution]] = []
            for _ in 0..<rounds { made.append((0..<size).map { _ in .add(words.draft()) }) }
            let start = ContinuousClock.now
            for resolutions in made {
                let permit = grants.permit(.remember, for: person, at: Self.now + 1)
                guard let permit else { throw BenchFailure(words: "the grant is gone") }
                try await memory.remember(resolutions, under: permit, at: Self.now + 1)
            }
            let seconds = (ContinuousClock.now - start).seconds
            row(
                "items/s written, durable, \(size) a call, one person (\(rounds * size) items)",
                "\(Int(Double(rounds * size) / seconds))")
        }
        let people = (0..<200).map { self.person("many\($0)") }
        var words = GeneratedWords(seed: 9)
        let start = ContinuousClock.now
        for _ in 0..<5 {
            for person in people {
                try await memories.memory(of: person).own.state([.add(words.draft())], at: Self.now)
            }
        }
        let seconds = (ContinuousClock.now - start).seconds
        row("items/s written, durable, 1 a call, 200 people in turn", "\(Int(1_000 / seconds))")
    }

    // MARK: Opening and asking

    func opening(items count: Int) async throws {
        let person = person("open\(count)")
        var words = GeneratedWords(seed: UInt64(count))
        let memory = memories.memory(of: person)
        try await grants.grant(
            .useInReplies, Set(MemoryItem.Kind.allCases), by: person, at: Self.now, through: .commandLine)
        guard let permit = grants.permit(.useInReplies, for: person, at: Self.now + 1),
            let embedder = Embedder(name: "bench", dimension: Self.dimension)
        else { throw BenchFailure(words: "the grant is gone") }
        var rest = count
        while rest > 0 {
            let size = min(1_000, rest)
            let kept = try await memory.own.state((0..<size).map { _ in .add(words.draft()) }, at: Self.now)
            let vectors = kept.map { ($0.item.id, words.vector(Self.dimension)) }
            try await memory.keep(vectors: vectors, of: embedder, under: permit, at: Self.now + 1)
            rest -= size
        }
        memories.close(person)
        let before = memories.opened.bytes
        var open: [Double] = []
        var prepared: [Double] = []
        for _ in 0..<15 {
            memories.close(person)
            var start = ContinuousClock.now
            _ = try await memory.own.items()
            open.append((ContinuousClock.now - start).milliseconds)
            memories.close(person)
            start = ContinuousClock.now
            try await memory.prepare(under: permit, at: Self.now + 1)
            prepared.append((ContinuousClock.now - start).milliseconds)
        }
        row("\(count) items opened cold: read, decrypt, build (median, worst of 15)", Self.spread(open))
        let target = count == 10_000 ? "; target 15 ms: \(Self.judged(prepared, under: 15))" : ""
        row(
            "\(count) items with \(Self.dimension)-number vectors and index, cold (median, worst of 15)",
            Self.spread(prepared) + target)
        row("\(count) items in memory, index and vectors included", "\((memories.opened.bytes - before) >> 10) KiB")
        var asked: [Double] = []
        for _ in 0..<400 {
            let query = RecallQuery(
                words: words.draft().words, vector: words.vector(Self.dimension), at: Self.now + 1)
            let start = ContinuousClock.now
            _ = try await memory.recall(query, under: permit)
            asked.append((ContinuousClock.now - start).milliseconds)
        }
        asked.sort()
        row(
            "\(count) items asked, warm (median, p95)",
            "\(Self.text(asked[200])) ms, \(Self.text(asked[380])) ms")
        let all = try await memory.own.items()
        var erased: [Double] = []
        for item in [all[3], all[count / 2], all[count - 5]] {
            let start = ContinuousClock.now
            _ = try await memory.own.erase([item.id], at: Self.now + 2)
            erased.append((ContinuousClock.now - start).milliseconds)
        }
        row("one of \(count) items erased, certificate in hand (worst of 3)", "\(Self.text(erased.max() ?? 0)) ms")
        var start = ContinuousClock.now
        let export = try await memory.own.export(at: Self.now + 3).json
        row("\(count) items exported, \(export.utf8.count >> 20) MiB of JSON", Self.since(start))
        start = ContinuousClock.now
        _ = try await memory.own.eraseEverything(at: Self.now + 4)
        row("all of \(count) items erased, certificate in hand", Self.since(start))
    }

    /// What asking the grants costs.
    func permits() async throws {
        let person = person("permit")
        try await grants.grant(
            .useInReplies, Set(MemoryItem.Kind.allCases), by: person, at: Self.now, through: .commandLine)
        var count = 0
        let start = ContinuousClock.now
        for _ in 0..<100_000 where grants.permit(.useInReplies, for: person, at: Self.now + 1) != nil { count += 1 }
        let microseconds = (ContinuousClock.now - start).milliseconds * 1_000 / 100_000
        row("a permit, warm (mean of \(count))", "\(Self.text(microseconds)) µs")
    }

    // MARK: Many people

    func manyPeople(_ count: Int, items: Int) async throws {
        var words = GeneratedWords(seed: 77)
        var start = ContinuousClock.now
        for number in 0..<count {
            try await memories.memory(of: person("p\(number)")).own.state(
                (0..<items).map { _ in .add(words.draft()) }, at: Self.now)
        }
        let seconds = (ContinuousClock.now - start).seconds
        row(
            "\(count) people × \(items) items written",
            "\(Int(Double(count * items) / seconds)) items/s, \(Int(seconds)) s")
        try store.compactLog()
        let size = try FileManager.default.attributesOfItem(atPath: folder + "/trellis.sqlite")[.size] as? Int ?? 0
        row("… in one file", "\(size >> 20) MiB, \(size / (count * items)) bytes an item")
        var opened: [Double] = []
        for _ in 0..<2_000 {
            let person = person("p\(Int.random(in: 0..<count, using: &words.random))")
            memories.close(person)
            let start = ContinuousClock.now
            let found = try await memories.memory(of: person).own.items().count
            opened.append((ContinuousClock.now - start).milliseconds)
            guard found == items else { throw BenchFailure(words: "a person has \(found) items") }
        }
        opened.sort()
        row(
            "… one of them opened cold (median, p99 of 2,000)",
            "\(Self.text(opened[1_000])) ms, \(Self.text(opened[1_980])) ms")
        start = ContinuousClock.now
        let own = memories.memory(of: person("p\(count / 2)")).own
        _ = try await own.eraseEverything(at: Self.now + 9)
        row("… one of them erased", Self.since(start))
        row("… opened memories kept meanwhile", "\(memories.opened.people) people, \(memories.opened.bytes >> 20) MiB")
    }

    // MARK: Words

    private static func spread(_ times: [Double]) -> String {
        let sorted = times.sorted()
        return "\(text(sorted[sorted.count / 2])) ms, \(text(sorted[sorted.count - 1])) ms"
    }

    /// Whether the median keeps to a target.
    private static func judged(_ times: [Double], under target: Double) -> String {
        let median = times.sorted()[times.count / 2]
        return median < target ? "met" : "missed by \(text(median - target)) ms"
    }

    static func since(_ start: ContinuousClock.Instant) -> String {
        "\(text((ContinuousClock.now - start).milliseconds)) ms"
    }

    static func text(_ number: Double) -> String {
        let scale = number < 10 ? 100.0 : number < 100 ? 10.0 : 1.0
        return "\((number * scale).rounded() / scale)"
    }
}

struct BenchFailure: Error {
    var words: String
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
    var milliseconds: Double { seconds * 1_000 }
}
