import Charters
import Foundation
import Logging
import Store

@testable import Consents

/// A folder of its own for one test, gone when the test lets go of it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "trellis-consents-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    func store() throws -> DataStore {
        try DataStore(path: path + "/trellis.sqlite", migrations: ConsentsMigrations.all)
    }

    func ledger() throws -> ConsentLedger { ConsentLedger(store: try store(), logger: .silent) }

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
let ada = PersonKey(application: "homework", person: "ada")
let ben = PersonKey(application: "homework", person: "ben")

func clause(
    _ id: String = "drift", says: String = "Remind me of my goal.", asks: String = "May I bring up your goal?",
    days: Int? = 30, when: Condition? = nil
) -> GuidanceClause {
    GuidanceClause(id: id, says: says, asks: asks, expiresDays: days, when: when)
}

func question(
    _ id: String = "drift", charter: String = "riverside/tutor", asks: String = "May I bring up your goal?",
    days: Int? = 30
) -> ConsentQuestion {
    ConsentQuestion(clause(id, asks: asks, days: days), charter: charter)
}

extension ConsentLedger {
    /// The ids of what is live.
    func ids(_ questions: [ConsentQuestion], _ person: PersonKey, _ moment: Int64) -> Set<String> {
        Set(live(questions, for: person, at: moment).map(\.guidance))
    }
}
