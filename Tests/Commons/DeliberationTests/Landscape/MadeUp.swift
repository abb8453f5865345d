import Deliberation

/// Numbers that look random and are the same every time (xorshift64*).
struct Draws: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }
    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_F491_4F6C_DD1D
    }
    mutating func share() -> Double { Double.random(in: 0..<1, using: &self) }
    /// About normally distributed: twelve shares less six.
    mutating func normal() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + share() } }
}

/// A conversation whose groups are known.
struct MadeUp {
    var votes: VoteMatrix
    var groups: [Int]

    /// People of several groups, each of which agrees with each statement with its own chance.
    ///
    /// - Parameters:
    ///   - sizes: People in each group.
    ///   - apart: How far groups differ: 0 not at all, 1 as far as can be.
    ///   - seen: The share of statements that a person votes on; one person in three sees a third of that.
    init(_ sizes: [Int], statements: Int, apart: Double, seen: Double, seed: UInt64) throws {
        var draws = Draws(seed)
        let common = (0..<statements).map { _ in draws.share() }
        let own = sizes.map { _ in (0..<statements).map { _ in draws.share() < 0.5 ? 0.1 : 0.9 } }
        var cast: [CastVote] = []
        groups = []
        for (group, size) in sizes.enumerated() {
            for _ in 0..<size {
                let person = groups.count
                groups.append(group)
                let share = draws.share() < 0.33 ? seen / 3 : seen
                for statement in 0..<statements where draws.share() < share {
                    let agreement = (1 - apart) * common[statement] + apart * own[group][statement]
                    let stance: Stance =
                        draws.share() < 0.12 ? .pass : draws.share() < agreement ? .agree : .disagree
                    cast.append(CastVote(participant: person, statement: statement, stance: stance))
                }
            }
        }
        votes = try VoteMatrix(cast, participantCount: groups.count, statementCount: statements)
    }

    /// One crowd in which opinions shade from one end to the other along two lines.
    static func crowd(people: Int, statements: Int, spread: Double, seed: UInt64) throws -> VoteMatrix {
        var draws = Draws(seed)
        let lines = (0..<statements).map { _ in (draws.normal(), draws.normal(), draws.normal()) }
        var cast: [CastVote] = []
        for person in 0..<people {
            let first = spread * draws.normal()
            let second = 0.6 * spread * draws.normal()
            for (statement, line) in lines.enumerated() where draws.share() < 0.35 {
                // |x| ⁄ (1 + |x|) bends like the logistic curve.
                let odds = line.0 * first + line.1 * second + 0.5 * line.2
                let agreement = 0.5 + 0.5 * odds / (1 + abs(odds))
                cast.append(
                    CastVote(
                        participant: person, statement: statement,
                        stance: draws.share() < agreement ? .agree : .disagree
                    ))
            }
        }
        return try VoteMatrix(cast, participantCount: people, statementCount: statements)
    }

    /// A matrix from rows of text: `+` agrees, `-` disagrees, `0` passes, `.` has not voted.
    static func rows(_ rows: [String]) throws -> VoteMatrix {
        var cast: [CastVote] = []
        for (person, row) in rows.enumerated() {
            for (statement, letter) in row.enumerated() {
                let stance: Stance? = letter == "+" ? .agree : letter == "-" ? .disagree : letter == "0" ? .pass : nil
                if let stance { cast.append(CastVote(participant: person, statement: statement, stance: stance)) }
            }
        }
        return try VoteMatrix(cast, participantCount: rows.count, statementCount: rows.first?.count ?? 0)
    }
}
