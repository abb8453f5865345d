extension VoteMatrix {
    /// A vote's statement and stance as one small number: four times the statement, plus the code of the stance.
    ///
    /// Tables with four places for a statement are looked up with it in one step, which is why products with the matrix
    /// are quick.
    static let slotMask: UInt32 = (1 << 24) - 1

    static func column(_ cell: UInt32) -> Int { Int((cell & slotMask) >> 2) }

    static func cell(_ vote: CastVote) -> UInt32 {
        UInt32(vote.importance?.steps ?? 0) << 24 | UInt32(vote.statement) << 2 | vote.stance.code
    }

    /// How much a vote counts in placing a person: 1, and up to 2 with importance.
    static func weight(_ cell: UInt32) -> Double { 1 + Double(cell >> 24) / 255 }

    static func check(participant: Int, statement: Int, lowest: Int = 0) throws(VoteMatrixError) {
        guard (lowest..<participantLimit).contains(participant) else {
            throw .noSuchParticipant(participant)
        }
        guard (lowest..<statementLimit).contains(statement) else { throw .noSuchStatement(statement) }
    }

    /// How many statements a person voted on.
    public func voteCount(of participant: Int) -> Int { Int(counts[participant]) }

    /// What a person said to a statement, or nil if they haven't voted on it. O(log votes of the person).
    public subscript(participant: Int, statement: Int) -> Stance? {
        guard counts.indices.contains(participant) else { return nil }
        var low = starts[participant]
        let end = low + Int(counts[participant])
        var high = end
        while low < high {
            let middle = (low + high) / 2
            if Self.column(cells[middle]) < statement { low = middle + 1 } else { high = middle }
        }
        guard low < end, Self.column(cells[low]) == statement else { return nil }
        return Stance(code: cells[low])
    }

    /// The votes of a person, by statement.
    public func votes(of participant: Int) -> [CastVote] {
        let start = starts[participant]
        return cells[start..<(start + Int(counts[participant]))].map { cell in
            CastVote(
                participant: participant, statement: Self.column(cell), stance: Stance(code: cell),
                importance: Importance(steps: UInt8(cell >> 24)))
        }
    }

    /// The packed votes of a person.
    func row(_ participant: Int) -> ArraySlice<UInt32> {
        cells[starts[participant]..<(starts[participant] + Int(counts[participant]))]
    }

    /// Every vote, person by person.
    public var votes: [CastVote] {
        (0..<participantCount).flatMap { votes(of: $0) }
    }

    /// Calls `body` with the packed votes of each row in turn; nothing is allocated.
    @inline(__always)
    func forEachRow(_ body: (_ row: Int, _ cells: UnsafeBufferPointer<UInt32>) -> Void) {
        cells.withUnsafeBufferPointer { cells in
            for row in 0..<counts.count {
                let start = starts[row]
                body(row, UnsafeBufferPointer(rebasing: cells[start..<(start + Int(counts[row]))]))
            }
        }
    }

    /// How each statement was voted on within each group; `groups` holds a group for each person, or -1 for none.
    ///
    /// The result is `[group][statement]`. O(votes + groups × statements).
    public func tallies(in groups: [Int], groupCount: Int) -> [[VoteTally]] {
        let slots = statementCount * 4
        var counts = [Int32](repeating: 0, count: slots * groupCount)
        counts.withUnsafeMutableBufferPointer { counts in
            forEachRow { row, cells in
                let group = row < groups.count ? groups[row] : -1
                guard group >= 0, group < groupCount else { return }
                let base = group * slots
                for cell in cells { counts[base + Int(cell & Self.slotMask)] += 1 }
            }
        }
        return (0..<groupCount).map { group in
            (0..<statementCount).map { statement in
                let slot = group * slots + statement * 4
                return VoteTally(
                    agreed: Int(counts[slot + 1]), disagreed: Int(counts[slot + 2]), passed: Int(counts[slot]))
            }
        }
    }

    /// The matrix with only these people, in this order; a person may come more than once, as in a bootstrap sample.
    public func selecting(_ participants: [Int]) -> VoteMatrix {
        var chosen = self
        chosen.keep(participants)
        return chosen
    }
}

/// Why a vote can't be in a ``VoteMatrix``.
public enum VoteMatrixError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The person's number is below 0 or beyond ``VoteMatrix/participantLimit``.
    case noSuchParticipant(Int)
    /// The statement's number is below 0 or beyond ``VoteMatrix/statementLimit``.
    case noSuchStatement(Int)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .noSuchParticipant(let number):
            "There can be no participant number \(number). Number people from 0, one after the other."
        case .noSuchStatement(let number):
            "There can be no statement number \(number). Number statements from 0 to \(VoteMatrix.statementLimit - 1)."
        }
    }
}
