/// How each group voted on each statement, with the numbers held back that would say too much of a few people.
///
/// For each statement and answer the numbers of all groups add up to a total that anybody knows. So where one number is
/// held back, a second one is too, and as many more until those held back are together as many as the threshold: then
/// none of them can be reckoned from the rest (complementary cell suppression: Hundepool and others 2012, Statistical
/// Disclosure Control, doi 10.1002/9781118348239, chapter 4).
///
/// A zero is published unless it is needed to hide another number. That it is one may say something of a whole group.
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
            let shown = Stance.allCases.reduce(into: [Stance: [Int?]]()) { shown, stance in
                shown[stance] = Self.holdingBack(tallies.map { $0[column][stance] }, below: threshold)
            }
            for group in 0..<count {
                let cell = { (stance: Stance) in shown[stance]?[group] }
                heldBack += Stance.allCases.count { cell($0) == nil }
                rows.append(
                    Row(
                        statement: statement.id, group: group == groupCount ? -1 : group, agreed: cell(.agree),
                        disagreed: cell(.disagree), passed: cell(.pass)))
            }
        }
        self.rows = rows
        self.heldBack = heldBack
    }

    /// The numbers without those that must be held back. Their sum is known to everybody.
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
