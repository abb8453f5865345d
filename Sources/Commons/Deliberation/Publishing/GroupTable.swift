/// How each group voted on each statement, with the numbers held back that would say too much of a few people.
///
/// For each statement and answer the numbers of all groups add up to a total that anybody knows, and where everybody
/// voted, the three answers of a group add up to its size. So where one number is held back, its whole row is, and with it
/// a second one, and as many more until of each answer those held back are together none or as many as the threshold
/// (complementary cell suppression: Hundepool and others 2012, Statistical Disclosure Control, doi
/// 10.1002/9781118348239, chapter 4).
///
/// Then, whoever knows every total and every size from the threshold on is left with more than as many possible values
/// as the threshold for each number of these groups: between row total *r*, column total *c* and the sum *n* of what is
/// held back, a number may be anything from max(0, *r* + *c* - *n*) to min(*r*, *c*) (Fréchet's bounds), and *r*, *c*,
/// *n* - *r* and *n* - *c* are each the threshold or more.
///
/// A zero is published unless its row is needed to hide another. That it is one may say something of a whole group.
public struct GroupTable: Sendable, Hashable {
    /// One row.
    public struct Row: Sendable, Hashable {
        /// The number of the statement.
        public let statement: Int
        /// The group, from 0; -1 for those who are in none.
        public let group: Int
        /// So many agreed; nil where it is held back.
        public let agreed: Int?
        /// So many disagreed.
        public let disagreed: Int?
        /// So many passed.
        public let passed: Int?
    }

    /// The rows, by statement and then by group.
    public let rows: [Row]
    /// How many numbers are held back.
    public let heldBack: Int

    /// Reckons the table.
    ///
    /// - Parameters:
    ///   - groups: The group of each row of the conversation, or -1.
    ///   - threshold: Numbers from 1 to below it are held back.
    public init(_ conversation: PublishableConversation, groups: [Int], groupCount: Int, threshold: Int) {
        let hasOutsiders = groups.contains { $0 < 0 }
        let places = groups.map { $0 < 0 ? groupCount : $0 }
        let count = groupCount + (hasOutsiders ? 1 : 0)
        let tallies = conversation.votes.tallies(in: places, groupCount: count)
        var rows: [Row] = []
        var heldBack = 0
        for (column, statement) in conversation.statements.enumerated() {
            let hidden = Self.hiddenRows(tallies.map { $0[column] }, below: threshold)
            heldBack += hidden.count * Stance.allCases.count
            for group in 0..<count {
                let cell = { (stance: Stance) in hidden.contains(group) ? nil : tallies[group][column][stance] }
                rows.append(
                    Row(
                        statement: statement.id, group: group == groupCount ? -1 : group, agreed: cell(.agree),
                        disagreed: cell(.disagree), passed: cell(.pass)))
            }
        }
        self.rows = rows
        self.heldBack = heldBack
    }

    /// The rows of one statement that must be held back whole, by their places: those with a small number, and the
    /// smallest others that are needed so that nothing follows from the totals of the answers, nor from group sizes.
    static func hiddenRows(_ rows: [VoteTally], below threshold: Int) -> Set<Int> {
        let isSmall = { (count: Int) in count > 0 && count < threshold }
        var hidden = Set(rows.indices.filter { row in Stance.allCases.contains { isSmall(rows[row][$0]) } })
        guard !hidden.isEmpty else { return [] }
        // Of equals the first. A row without votes hides nothing, so it comes last.
        let key = { (place: Int) in (rows[place].seen == 0 ? Int.max : rows[place].seen, place) }
        var others = rows.indices.filter { !hidden.contains($0) }.sorted { key($0) < key($1) }[...]
        var sum = hidden.reduce(VoteTally.zero) { $0 + rows[$1] }
        while hidden.count < 2 || Stance.allCases.contains(where: { isSmall(sum[$0]) }), let next = others.popFirst() {
            hidden.insert(next)
            sum += rows[next]
        }
        return hidden
    }

    /// Numbers without those that must be held back, where their sum is known to everybody.
    static func holdingBack(_ cells: [Int], below threshold: Int) -> [Int?] {
        var hidden = Set(cells.indices.filter { cells[$0] > 0 && cells[$0] < threshold })
        guard !hidden.isEmpty else { return cells }
        // The smallest of those that are left, so that as little as possible is lost; of equals the first. A zero hides
        // little, so it comes last.
        let key = { (place: Int) in (cells[place] == 0 ? Int.max : cells[place], place) }
        var others = cells.indices.filter { !hidden.contains($0) }.sorted { key($0) < key($1) }[...]
        while hidden.count < 2 || hidden.reduce(0, { $0 + cells[$1] }) < threshold, let next = others.popFirst() {
            hidden.insert(next)
        }
        return cells.indices.map { hidden.contains($0) ? nil : cells[$0] }
    }

    /// What stands in the place of a number that is held back.
    public static let mark = "held back"

    /// Reads `tables.csv` as it is written here. Nil for anything else.
    init?(canonical bytes: [UInt8]) {
        var rows: [Row] = []
        var heldBack = 0
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 5, let statement = Int(fields[0]), let group = fields[1].isEmpty ? -1 : Int(fields[1])
            else { return nil }
            let cells = fields[2...].map { $0 == Self.mark ? nil : Int($0) }
            heldBack += cells.count { $0 == nil }
            rows.append(
                Row(statement: statement, group: group, agreed: cells[0], disagreed: cells[1], passed: cells[2]))
        }
        self.rows = rows
        self.heldBack = heldBack
        guard self.bytes == bytes else { return nil }
    }

    /// The table as `tables.csv`.
    var bytes: [UInt8] {
        var text = CommaSeparatedText()
        text.row(["comment-id", "group-id", "agree", "disagree", "pass"])
        let cell = { (count: Int?) in count.map(String.init) ?? Self.mark }
        for row in rows {
            text.row(
                [String(row.statement), row.group < 0 ? "" : String(row.group)]
                    + [row.agreed, row.disagreed, row.passed].map(cell))
        }
        return text.bytes
    }
}
