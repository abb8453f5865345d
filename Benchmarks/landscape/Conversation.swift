import Deliberation
import Foundation

/// Votes to measure with: of a real conversation, or made up.
struct Conversation {
    var name: String
    var cast: [CastVote]
    var rejected: Set<Int> = []

    /// Polis's export of a conversation: a folder with `participants-votes.csv` and `comments.csv`.
    init?(export folder: URL) {
        name = folder.lastPathComponent
        cast = []
        guard
            let votes = try? String(
                contentsOf: folder.appendingPathComponent("participants-votes.csv"), encoding: .utf8)
        else { return nil }
        var lines = votes.split(whereSeparator: \.isNewline)
        guard !lines.isEmpty else { return nil }
        let header = lines.removeFirst().split(separator: ",", omittingEmptySubsequences: false)
        let columns = header.enumerated().compactMap { index, name in Int(name).map { (index, $0) } }
        for (person, line) in lines.enumerated() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            for (index, statement) in columns where index < fields.count {
                guard let stance = Int8(fields[index]).flatMap(Stance.init(rawValue:)) else { continue }
                cast.append(CastVote(participant: person, statement: statement, stance: stance))
            }
        }
        let comments = try? String(contentsOf: folder.appendingPathComponent("comments.csv"), encoding: .utf8)
        for line in (comments ?? "").split(whereSeparator: \.isNewline).dropFirst() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            guard fields.count >= 7, let statement = Int(fields[2]), fields[6] == "-1" else { continue }
            rejected.insert(statement)
        }
    }

    /// The votes of a fixture: a folder with `votes.json`.
    init?(fixture folder: URL) {
        name = folder.lastPathComponent
        guard let data = try? Data(contentsOf: folder.appendingPathComponent("votes.json")),
            let votes = try? JSONSerialization.jsonObject(with: data) as? [[String: Any]]
        else { return nil }
        cast = votes.compactMap { vote in
            guard let person = (vote["participant_id"] ?? vote["pid"]) as? Int,
                let statement = (vote["statement_id"] ?? vote["tid"]) as? Int,
                let value = vote["vote"] as? Int, let stance = Stance(rawValue: Int8(value))
            else { return nil }
            return CastVote(participant: person, statement: statement, stance: stance)
        }
    }

    /// A conversation with three groups, in which everybody votes on `perPerson` statements on average.
    init(people: Int, statements: Int, perPerson: Int) {
        name = "made up: \(people) people × \(statements) statements"
        var state: UInt64 = 7
        let next = { () -> Double in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) * 0x1p-53
        }
        let agreement = (0..<3).map { _ in (0..<statements).map { _ in 0.15 + 0.7 * next() } }
        cast = []
        cast.reserveCapacity(people * perPerson)
        for person in 0..<people {
            let group = next() < 0.5 ? 0 : next() < 0.6 ? 1 : 2
            // From half to one and a half times as many as on average, on statements spread over all of them.
            let count = max(1, Int(Double(perPerson) * (0.5 + next())))
            var statement = Int(next() * Double(statements))
            let step = max(1, statements / count)
            for _ in 0..<min(count, statements) {
                let said: Stance =
                    next() < 0.15 ? .pass : next() < agreement[group][statement] ? .agree : .disagree
                cast.append(CastVote(participant: person, statement: statement, stance: said))
                statement = (statement + max(1, Int(next() * 2 * Double(step)))) % statements
            }
        }
    }

    /// The votes as lines of `participant,statement,vote`, for other programs, after a line with the rejected statements.
    func table() throws -> String {
        var text = "rejected \(rejected.sorted().map(String.init).joined(separator: " "))\nparticipant,statement,vote\n"
        for vote in try VoteMatrix(cast).votes {
            text += "\(vote.participant),\(vote.statement),\(vote.stance.rawValue)\n"
        }
        return text
    }
}
