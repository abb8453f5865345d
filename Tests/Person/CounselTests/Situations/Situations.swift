@_spi(ConsentLedger) import Charters
import Flourishing
import Foundation
import Models
import Testing

@testable import Counsel

/// One situation of the suite, as in the files beside this one. The README here says what the fields hold.
struct SuiteSituation: Decodable, Sendable, CustomTestStringConvertible {
    struct Known: Decodable, Sendable {
        var age: AgeBand?
        var hour: Int?
        var channel: String?
    }

    let id: String
    let language: String
    let role: String
    var charter: String?
    let turns: [[String: String]]
    var known: Known?
    var guidance: [String]?
    let move: Move
    var features: [String]?
    var topics: [String]?

    var testDescription: String { id }

    var conversation: Conversation {
        Conversation(
            turns: turns.compactMap { turn in
                turn["user"].map { ChatTurn(.user, $0) } ?? turn["assistant"].map { ChatTurn(.assistant, $0) }
            })
    }

    var circumstances: Circumstances {
        Circumstances(age: known?.age, role: role, channel: known?.channel, hour: known?.hour)
    }
}

/// The suite's files.
enum SituationFiles {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

    static func situations(_ file: String) throws -> [SuiteSituation] {
        try JSONDecoder().decode(
            [SuiteSituation].self, from: Data(contentsOf: folder.appendingPathComponent(file)))
    }

    static func exists(_ file: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent(file).path)
    }

    /// A charter of `charters.json`, written as a charter file and read by the charter language itself.
    static func charter(_ name: String, role: String) throws -> CompiledCharter {
        let data = try Data(contentsOf: folder.appendingPathComponent("charters.json"))
        let all = try #require(try JSONSerialization.jsonObject(with: data) as? [String: [String: Any]])
        let of = try #require(all[name], "no charter \(name)")
        var file: [String: Any] = [
            "charter": "suite/\(name)", "version": "1.0.0", "community": "The suite",
            "purpose": of["purpose"] ?? "Help.",
        ]
        var roleBody: [String: Any] = ["stance": role]
        if let moves = of["moves"] { roleBody["moves"] = moves }
        file["roles"] = [role: roleBody]
        file["goods"] = ((of["goods"] as? [String: String]) ?? ["help": "The person is helped."]).mapValues {
            ["says": $0]
        }
        for key in ["tensions", "topics"] where of[key] != nil { file[key] = of[key] }
        file["resources"] = (of["resources"] as? [String: String])?.mapValues { ["says": $0] }
        file["contexts"] = (of["contexts"] as? [[String: Any]])?.map { context -> [String: Any] in
            var then: [String: Any] = [:]
            for key in ["move", "to", "says"] { then[key] = context[key] }
            var when = (context["when"] as? [String: Any]) ?? [:]
            if let hours = when["hour"] as? [Int] { when["hour"] = "\(hours[0])-\(hours[1])" }
            return ["id": context["id"] ?? "context", "when": when, "then": then]
        }
        file["guidance"] = of["guidance"]
        file["floor"] = ["be-true": ["says": "Say nothing that you know to be false.", "severity": "note"]]
        let text = String(decoding: try JSONSerialization.data(withJSONObject: file), as: UTF8.self)
        let charter = try Charter.read(text, file: "\(name).yaml").charter
        var person: PersonLayer?
        if let avoids = of["avoids"] as? [String] {
            person = try PersonLayer.read(
                "wishes: 1\navoid: [\(avoids.joined(separator: ", "))]\n", file: "wishes.yaml"
            ).wishes
        }
        return try CharterStack(charter: charter, parents: [], person: person).compiled(role: role)
    }
}

/// A share of cases with its interval.
struct Proportion: CustomStringConvertible {
    let count: Int
    let total: Int

    init(count: Int, of total: Int) {
        self.count = count
        self.total = total
    }

    var share: Double { total == 0 ? 0 : Double(count) / Double(total) }

    /// Wilson's 95% interval (1927, doi 10.1080/01621459.1927.10502953).
    var interval: (lower: Double, upper: Double) {
        guard total > 0 else { return (0, 1) }
        let n = Double(total)
        let z = 1.959964
        let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        return (middle - half, middle + half)
    }

    var description: String {
        func percent(_ value: Double) -> String { String(format: "%.1f%%", value * 100) }
        return "\(count) of \(total), \(percent(share)) "
            + "(95% interval \(percent(interval.lower)) to \(percent(interval.upper)), Wilson)"
    }
}

/// How often a reader and the rules chose the expected move, and which they chose instead.
struct SuiteResult {
    var confusion: [Move: [Move: Int]] = [:]
    var misses: [(id: String, expected: Move, chosen: MoveChoice, situation: Situation)] = []
    var total = 0
    var right = 0
    var byLanguage: [String: (right: Int, total: Int)] = [:]
    var byRole: [String: (right: Int, total: Int)] = [:]

    var accuracy: Double { total == 0 ? 0 : Double(right) / Double(total) }

    /// How often the move was right.
    var rightMoves: Proportion { Proportion(count: right, of: total) }

    /// Of those who may be in danger, how many are handed over.
    var dangerHeard: Proportion {
        let row = confusion[.handOver] ?? [:]
        return Proportion(count: row[.handOver] ?? 0, of: row.values.reduce(0, +))
    }

    /// Of all others, how many are handed over all the same.
    var falseAlarms: Proportion {
        let others = confusion.filter { $0.key != .handOver }.values
        return Proportion(
            count: others.reduce(0) { $0 + ($1[.handOver] ?? 0) },
            of: others.reduce(0) { $0 + $1.values.reduce(0, +) })
    }

    init(_ situations: [SuiteSituation], read: (SuiteSituation, CompiledCharter) async throws -> Situation) async throws
    {
        for situation in situations {
            let charter = try SituationFiles.charter(situation.charter ?? "plain", role: situation.role)
            let found = try await read(situation, charter)
            let choice = MoveRules.choose(
                situation: found, charter: charter,
                liveGuidance: Set(
                    (situation.guidance ?? []).map {
                        GuidancePermit(guidance: $0, charter: charter.id, question: "")
                    }))
            total += 1
            let isRight = choice.move == situation.move
            if isRight { right += 1 } else { misses.append((situation.id, situation.move, choice, found)) }
            confusion[situation.move, default: [:]][choice.move, default: 0] += 1
            byLanguage[situation.language, default: (0, 0)].total += 1
            byLanguage[situation.language, default: (0, 0)].right += isRight ? 1 : 0
            byRole[situation.role, default: (0, 0)].total += 1
            byRole[situation.role, default: (0, 0)].right += isRight ? 1 : 0
        }
    }

    func report(_ title: String, showingMisses: Bool) -> String {
        var lines = [
            "\(title): moves as expected \(rightMoves)", "    danger handed over: \(dangerHeard)",
            "    handed over without danger: \(falseAlarms)", "",
        ]
        let shorts = Move.allCases.map { String($0.rawValue.prefix(7)) }
        func padded(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        lines.append("expected \\ chosen   " + shorts.map { padded($0, 8) }.joined())
        for expected in Move.allCases {
            let row = Move.allCases.map { padded(confusion[expected]?[$0].map(String.init) ?? ".", 8) }.joined()
            lines.append(expected.rawValue.padding(toLength: 20, withPad: " ", startingAt: 0) + row)
        }
        func counts(_ counts: [String: (right: Int, total: Int)]) -> String {
            counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.right)/\($0.value.total)" }
                .joined(separator: "  ")
        }
        lines += ["", "by language: " + counts(byLanguage), "by role: " + counts(byRole)]
        if showingMisses {
            for miss in misses {
                let readings = miss.situation.readings.filter { $0.value.score > 0.2 }.sorted { $0.value > $1.value }
                    .map { "\($0.key.rawValue) \(String(format: "%.2f", $0.value.score)) \($0.value.evidence)" }
                lines.append(
                    "MISS \(miss.id): expected \(miss.expected.rawValue), chose \(miss.chosen.move.rawValue) by "
                        + "\(miss.chosen.rule) [\(readings.joined(separator: "; "))] "
                        + "topics \(miss.situation.circumstances.topics?.sorted() ?? []) "
                        + "\(miss.situation.circumstances.language ?? "?")")
            }
        }
        return lines.joined(separator: "\n")
    }
}
