import Charters
import Consents
import Counsel
import Flourishing
import Foundation
import Logging
import Store

// What Trellis's own keeping of a person costs a message, from a real store on disk, on the clock of one thread:
//
// - consents: `live` (which of a charter's 8 guidances may speak?) and `mayAsk` (may this question be put?) for people
//   whose standings are in memory, in random order among 5,000 of whom every second consented to something; `live` for
//   people of whom nothing is in memory yet, which reads the store; and `live` right after another process wrote;
// - receipts: recording one with a situation, a move and its reason, which are sealed on the way, and sorting receipts
//   of 1,000 people into the store, each under that person's key.
//
// Every number is the median and the 99th percentile over single calls, but for sorting in, which is the mean of each
// batch. The store's file is in the system's temporary folder.

let folder = FileManager.default.temporaryDirectory.appending(path: "trellis-person-times-\(UUID().uuidString)").path
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(atPath: folder) }
let quick = ProcessInfo.processInfo.environment["QUICK"] == "1"
let clock = ContinuousClock()

/// SplitMix64 (Steele, Lea and Flood, 2014): the same order in every run.
struct Numbers: RandomNumberGenerator {
    var state: UInt64 = 7
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

func show(_ name: String, _ times: [Duration]) {
    let micros = times.map { $0 / .microseconds(1) }.sorted()
    guard let last = micros.indices.last else { return }
    print(
        String(
            format: "%@: median %.2f µs, p99 %.2f µs (%d calls)", name, micros[micros.count / 2],
            micros[min(last, micros.count * 99 / 100)], micros.count))
}

let migrations = ConsentsMigrations.all + CounselMigrations.all + Seal.migrations
let store = try DataStore(path: folder + "/t.sqlite", migrations: migrations)
let silent = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
var numbers = Numbers()

// MARK: Consents

let questions = (0..<8).map { index in
    ConsentQuestion(
        GuidanceClause(id: "guidance-\(index)", says: "Remind them.", asks: "May I, number \(index)?"),
        charter: "riverside/tutor")
}
let now: Int64 = 1_790_000_000_000
let people = (0..<(quick ? 200 : 5_000)).map {
    PersonKey(application: "homework", person: String(format: "%032x", $0))
}
let ledger = ConsentLedger(store: store, logger: silent)
for (index, person) in people.enumerated() where index % 2 == 0 {
    try await ledger.grant(questions[index % 8], by: person, at: now, through: .api)
}
var found = 0
for person in people { found += ledger.live(questions, for: person, at: now + 1).count }
guard found == (people.count + 1) / 2 else {
    fatalError("\(found) consents are live, and \(people.count / 2) were given")
}

let calls = quick ? 2_000 : 200_000
var live: [Duration] = []
var mayAsk: [Duration] = []
var allowed = 0
for _ in 0..<calls {
    let person = people[Int.random(in: 0..<people.count, using: &numbers)]
    let question = questions[Int.random(in: 0..<8, using: &numbers)]
    live.append(clock.measure { found += ledger.live(questions, for: person, at: now + 2).count })
    mayAsk.append(clock.measure { allowed += ledger.mayAsk(question, of: person, at: now + 2) ? 1 : 0 })
}
print("Consents, a charter of 8 guidances, \(people.count) people:")
show("live, from memory", live)
show("mayAsk, from memory", mayAsk)
let cold = ConsentLedger(store: store, logger: silent)
show(
    "live, the first time for a person",
    people.map { person in
        clock.measure { found += cold.live(questions, for: person, at: now + 2).count }
    })
var afterWrites: [Duration] = []
for index in 0..<(quick ? 20 : 300) {
    let person = people[index % people.count]
    try await ledger.revoke(
        questions[index % 8].guidance, of: "riverside/tutor", by: person, at: now + 3, through: .api)
    try await ledger.grant(questions[index % 8], by: person, at: now + 4, through: .api)
    afterWrites.append(clock.measure { found += ledger.live(questions, for: person, at: now + 5).count })
}
show("live, right after the person changed something", afterWrites)

// MARK: Receipts

let seal = try Seal(store: store, keyEncryptionKey: KeyEncryptionKey(keptAt: folder + "/keys/kek"))
let receipts = ReceiptLedger(
    store: store, journal: try Journal(directory: folder + "/journal"), seal: seal, logger: silent)

let pseudonyms = (0..<1_000).map {
    Pseudonyms(secret: seal.secret(named: "bench")).pseudonym(of: "\($0)", in: "homework")
}

func receipt(of number: Int) -> Receipt {
    var receipt = Receipt(
        id: ReceiptID(at: now), at: now, door: .chatCompletions, application: "homework",
        person: pseudonyms[number], keyID: "key_1",
        clauses: ["purpose", "role/tutor", "goods/understanding", "floor/no-finished-graded-work"], move: "scaffold",
        moveReason: "They ask for finished work, and the charter would rather have them learn.",
        brief: Receipt.Brief(fingerprint: String(repeating: "b", count: 64)), upstream: "local",
        modelRequested: "smollm2", modelServed: "SmolLM2-135M-Instruct", status: 200, outcome: .complete,
        finishReason: "stop", usage: .init(input: 120, output: 80, source: .reported),
        timings: .init(prepare: 90, firstByte: 41_000, total: 2_340_000), attempts: 1,
        trace: String(repeating: "0a", count: 16))
    receipt.moveRule = "finished-work"
    receipt.layers = [
        .init(kind: "floor", name: "trellis/floor", version: "1.0.0", fingerprint: String(repeating: "0", count: 64)),
        .init(
            kind: "community", name: "riverside/tutor", version: "2.1.0", fingerprint: String(repeating: "1", count: 64)
        ),
    ]
    receipt.situation = .init(
        topics: ["schoolwork"], stakes: "low", language: "en",
        readings: [.init(about: "finished-work", certainty: 92, evidence: "the cue “write my essay”")])
    receipt.alternatives = [.init(move: "answer", whyNot: "finished work would take the learning away")]
    return receipt
}

print("\nReceipts with a situation, a move and its reason, of 1,000 people:")
var recording: [Duration] = []
var sorting: [Duration] = []
let batch = 512
for round in 0..<(quick ? 2 : 40) {
    for index in 0..<batch {
        let made = receipt(of: (round * batch + index) % 1_000)
        recording.append(clock.measure { receipts.record(made) })
    }
    let start = clock.now
    guard await receipts.ingest() else { fatalError("the receipts could not be sorted in") }
    sorting.append((clock.now - start) / batch)
}
show("recording, its reasons sealed", recording)
show("sorting in, each, batches of \(batch)", sorting)
guard receipts.counts.ingested == recording.count, allowed > 0 else { fatalError("not everything was counted") }
try store.close()
