/// Who voted what: people × statements, of which few cells are filled.
///
/// A vote takes four bytes. The votes of a person lie side by side, sorted by statement, with a little room to grow (a
/// compressed sparse row format with gaps), so that one vote is added, changed or taken back in the time it takes to
/// look at that person's votes. 100,000 people × 2,000 statements with 2% of votes cast take 20 MB.
///
/// A person has at most one vote on a statement: the last one counts. People and statements are numbered from 0; who they
/// are is kept elsewhere.
public struct VoteMatrix: Sendable {
    /// The most statements: 4,194,304.
    public static let statementLimit = 1 << 22
    /// The most people: 2,147,483,647.
    public static let participantLimit = Int(Int32.max)

    /// Votes: eight bits of importance, 22 of statement, two of stance.
    private(set) var cells: [UInt32] = []
    private(set) var starts: [Int] = []
    private(set) var counts: [Int32] = []
    private var rooms: [Int32] = []
    /// Cells given up by rows that moved.
    private var abandoned = 0

    /// How often each statement was agreed with, disagreed with, passed.
    public private(set) var tallies: [VoteTally] = []
    /// Votes in all.
    public private(set) var voteCount = 0

    /// So many people, also those without a vote.
    public var participantCount: Int { counts.count }
    /// So many statements, also those without a vote.
    public var statementCount: Int { tallies.count }

    /// A matrix without votes.
    ///
    /// - Throws: ``VoteMatrixError`` if it would be larger than a matrix can be.
    public init(participantCount: Int = 0, statementCount: Int = 0) throws(VoteMatrixError) {
        try Self.check(participant: participantCount - 1, statement: statementCount - 1, lowest: -1)
        grow(participants: participantCount, statements: statementCount)
    }

    /// A matrix of these votes. Where a person voted twice on a statement, the later vote in the list counts.
    ///
    /// O(votes), and for each person the sorting of their votes.
    ///
    /// - Throws: ``VoteMatrixError`` for a vote with a number below 0 or beyond the limits.
    public init(
        _ votes: [CastVote], participantCount: Int = 0, statementCount: Int = 0
    ) throws(VoteMatrixError) {
        var people = participantCount
        var columns = statementCount
        for vote in votes {
            try Self.check(participant: vote.participant, statement: vote.statement)
            people = max(people, vote.participant + 1)
            columns = max(columns, vote.statement + 1)
        }
        try Self.check(participant: people - 1, statement: columns - 1, lowest: -1)
        grow(participants: people, statements: columns)
        for vote in votes { rooms[vote.participant] += 1 }
        var next = 0
        for row in 0..<people {
            starts[row] = next
            next += Int(rooms[row])
        }
        cells = [UInt32](repeating: 0, count: next)
        for vote in votes {
            let row = vote.participant
            cells[starts[row] + Int(counts[row])] = Self.cell(vote)
            counts[row] += 1
        }
        for row in 0..<people { settle(row) }
    }

    /// Sorts a row that was just filled and keeps the last vote on each statement.
    private mutating func settle(_ row: Int) {
        let start = starts[row]
        let count = Int(counts[row])
        var sorted = true
        for index in start..<(start + count) where index > start {
            if Self.column(cells[index - 1]) >= Self.column(cells[index]) {
                sorted = false
                break
            }
        }
        if !sorted {
            // The order in which votes came breaks ties, so that the last one on a statement is the last of its kind.
            var keyed = (0..<count).map { UInt64(Self.column(cells[start + $0])) << 32 | UInt64($0) }
            keyed.sort()
            let unsorted = Array(cells[start..<(start + count)])
            var kept = start
            for (position, key) in keyed.enumerated() {
                if position + 1 < keyed.count, keyed[position + 1] >> 32 == key >> 32 { continue }
                cells[kept] = unsorted[Int(key & 0xFFFF_FFFF)]
                kept += 1
            }
            counts[row] = Int32(kept - start)
        }
        for index in start..<(start + Int(counts[row])) {
            tallies[Self.column(cells[index])][Stance(code: cells[index])] += 1
        }
        voteCount += Int(counts[row])
    }

    // MARK: Changing

    /// Makes room for so many people and statements; never takes any away.
    private mutating func grow(participants: Int, statements: Int) {
        let people = participants - counts.count
        if people > 0 {
            starts.append(contentsOf: repeatElement(cells.count, count: people))
            counts.append(contentsOf: repeatElement(0, count: people))
            rooms.append(contentsOf: repeatElement(0, count: people))
        }
        let columns = statements - tallies.count
        if columns > 0 { tallies.append(contentsOf: repeatElement(.zero, count: columns)) }
    }

    /// Adds a vote, or replaces the one that the person had on the statement. Returns the stance that was replaced.
    ///
    /// O(votes of this person). People and statements that weren't there yet are added.
    ///
    /// - Throws: ``VoteMatrixError`` for a number below 0 or beyond the limits.
    @discardableResult
    public mutating func cast(_ vote: CastVote) throws(VoteMatrixError) -> Stance? {
        try Self.check(participant: vote.participant, statement: vote.statement)
        grow(participants: vote.participant + 1, statements: vote.statement + 1)
        let row = vote.participant
        let position = place(of: vote.statement, in: row)
        let end = starts[row] + Int(counts[row])
        tallies[vote.statement][vote.stance] += 1
        if position < end, Self.column(cells[position]) == vote.statement {
            let before = Stance(code: cells[position])
            tallies[vote.statement][before] -= 1
            cells[position] = Self.cell(vote)
            return before
        }
        insert(Self.cell(vote), at: position - starts[row], in: row)
        voteCount += 1
        return nil
    }

    /// Takes a vote back. Returns the stance that it had, or nil if there was none.
    @discardableResult
    public mutating func withdraw(participant: Int, statement: Int) -> Stance? {
        guard counts.indices.contains(participant), tallies.indices.contains(statement) else { return nil }
        let position = place(of: statement, in: participant)
        let end = starts[participant] + Int(counts[participant])
        guard position < end, Self.column(cells[position]) == statement else { return nil }
        let before = Stance(code: cells[position])
        for index in position..<(end - 1) { cells[index] = cells[index + 1] }
        counts[participant] -= 1
        voteCount -= 1
        tallies[statement][before] -= 1
        return before
    }

    private mutating func insert(_ cell: UInt32, at offset: Int, in row: Int) {
        if counts[row] == rooms[row] { move(row) }
        let start = starts[row]
        var index = start + Int(counts[row])
        while index > start + offset {
            cells[index] = cells[index - 1]
            index -= 1
        }
        cells[index] = cell
        counts[row] += 1
    }

    /// Moves a row that is full to the end, with room to grow.
    private mutating func move(_ row: Int) {
        let room = max(4, Int(rooms[row]) * 3 / 2)
        let start = cells.count
        for index in 0..<Int(counts[row]) { cells.append(cells[starts[row] + index]) }
        cells.append(contentsOf: repeatElement(0, count: room - Int(counts[row])))
        abandoned += Int(rooms[row])
        starts[row] = start
        rooms[row] = Int32(room)
        if abandoned > max(4_096, cells.count / 2) { close() }
    }

    /// Writes the rows anew without the gaps that moved rows left.
    private mutating func close() {
        var compact: [UInt32] = []
        compact.reserveCapacity(cells.count - abandoned)
        for row in 0..<counts.count {
            let start = compact.count
            compact.append(contentsOf: cells[starts[row]..<(starts[row] + Int(rooms[row]))])
            starts[row] = start
        }
        cells = compact
        abandoned = 0
    }

    /// Keeps these rows, in this order, and counts anew.
    mutating func keep(_ rows: [Int]) {
        var kept: [UInt32] = []
        var newStarts: [Int] = []
        var newCounts: [Int32] = []
        newStarts.reserveCapacity(rows.count)
        newCounts.reserveCapacity(rows.count)
        tallies = [VoteTally](repeating: .zero, count: tallies.count)
        for row in rows {
            newStarts.append(kept.count)
            newCounts.append(counts[row])
            for index in starts[row]..<(starts[row] + Int(counts[row])) {
                kept.append(cells[index])
                tallies[Self.column(cells[index])][Stance(code: cells[index])] += 1
            }
        }
        cells = kept
        starts = newStarts
        counts = newCounts
        rooms = newCounts
        abandoned = 0
        voteCount = kept.count
    }

    /// The same cells filled, each with what `stance` says.
    func mapping(_ stance: (_ participant: Int, _ statement: Int) -> Stance) -> VoteMatrix {
        var made = self
        made.tallies = [VoteTally](repeating: .zero, count: tallies.count)
        for row in 0..<counts.count {
            for index in starts[row]..<(starts[row] + Int(counts[row])) {
                let statement = Self.column(cells[index])
                let said = stance(row, statement)
                made.cells[index] = Self.cell(CastVote(participant: row, statement: statement, stance: said))
                made.tallies[statement][said] += 1
            }
        }
        return made
    }

    /// Only the votes for which `isKept` holds.
    public func filter(_ isKept: (_ participant: Int, _ statement: Int, _ stance: Stance) -> Bool) -> VoteMatrix {
        var kept = self
        kept.tallies = [VoteTally](repeating: .zero, count: tallies.count)
        kept.voteCount = 0
        for row in 0..<counts.count {
            var end = starts[row]
            for index in starts[row]..<(starts[row] + Int(counts[row])) {
                let statement = Self.column(cells[index])
                let stance = Stance(code: cells[index])
                guard isKept(row, statement, stance) else { continue }
                kept.cells[end] = cells[index]
                kept.tallies[statement][stance] += 1
                end += 1
            }
            kept.counts[row] = Int32(end - starts[row])
            kept.voteCount += end - starts[row]
        }
        return kept
    }

    /// Only the votes that take a side: passes are left out.
    func takingSides() -> VoteMatrix { filter { _, _, stance in stance != .pass } }

    /// Where a statement is in a row, or would be.
    private func place(of statement: Int, in row: Int) -> Int {
        var low = starts[row]
        var high = low + Int(counts[row])
        while low < high {
            let middle = (low + high) / 2
            if Self.column(cells[middle]) < statement { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
