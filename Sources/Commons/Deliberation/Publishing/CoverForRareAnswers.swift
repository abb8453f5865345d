import Crypto
import Foundation

/// Which votes are held back so that the few whose answers are held back aren't the only ones with an empty cell.
///
/// Who they are is drawn by a digest of all votes with the source's own numbers of people. Neither is published, so
/// nobody can draw again from what is; and whoever has the source draws the same.
struct CoverForRareAnswers {
    /// For each statement the people, by their rows in the source, whose vote on it is held back.
    private(set) var hidden: [Int: Set<Int>] = [:]

    private let source: PolisConversation
    private let tallies: [VoteTally]
    private let threshold: Int
    /// Those who have a row.
    private let people: [Int]
    private lazy var secret = Self.digest(of: source)

    init(
        _ source: PolisConversation, kept: [Int], tallies: [VoteTally], rejected: Set<Int>, _ threshold: Int
    ) {
        self.source = source
        self.tallies = tallies
        self.threshold = threshold
        people = kept.filter { person in
            source.votes.votes(of: person).contains {
                !rejected.contains($0.statement) && tallies[$0.statement][$0.stance] >= threshold
            }
        }
    }

    /// Chooses whose votes on a statement are held back. False where too few would be left of it.
    mutating func cover(_ statement: Int) -> Bool {
        let tally = tallies[statement]
        let rare = Stance.allCases.map { tally[$0] }.filter { $0 < threshold }.reduce(0, +)
        guard rare > 0 else { return true }
        let stances = people.map { person in source.votes[person, statement] }
        let lacking = max(threshold, rare) - stances.count { $0 == nil }
        guard lacking > 0 else { return true }
        // Of equals the first: agree, disagree, pass.
        let order: [Stance] = [.agree, .disagree, .pass]
        let most = order.dropFirst().reduce(Stance.agree) { tally[$1] > tally[$0] ? $1 : $0 }
        guard tally[most] - lacking >= threshold else { return false }
        let drawn = zip(people, stances).filter { $1 == most }.map { person, _ in
            (key: key(statement, person), person: person)
        }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        hidden[statement] = Set(drawn.prefix(lacking).map(\.person))
        return true
    }

    private mutating func key(_ statement: Int, _ person: Int) -> [UInt8] {
        let text = "\(source.statements[statement].id) \(source.participants[person])"
        return Array(SHA256.hash(data: secret + Array(text.utf8)))
    }

    /// Of all votes, whatever the order of people.
    private static func digest(of source: PolisConversation) -> [UInt8] {
        var hash = SHA256()
        for person in source.participants.indices.sorted(by: { source.participants[$0] < source.participants[$1] }) {
            let votes = source.votes.votes(of: person).map {
                "\(source.statements[$0.statement].id)=\($0.stance.rawValue)"
            }
            hash.update(data: Data("\(source.participants[person]):\(votes.joined(separator: ","))\n".utf8))
        }
        return Array(hash.finalize())
    }
}
