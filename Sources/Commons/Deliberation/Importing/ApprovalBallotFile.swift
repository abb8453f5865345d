public import SocialChoice

/// Approvals from a file: a table with a column for each candidate and a row for each ballot.
///
/// ```text
/// Trees,Benches,A stage,ballots,weight
/// 1,1,,40,
/// ,,1,25,0.5
/// ```
///
/// 1 approves; 0 and an empty cell don't. The column `ballots`, if there is one, says how many people cast that ballot, the
/// column `weight` how much each of them counts (1 where it is empty), and a column `voter` is passed over.
public struct ApprovalBallotFile: Sendable, Hashable {
    /// What each candidate is called.
    public let candidates: [String]
    /// The ballots. Weights are whole numbers here: those of the file times ``unit``.
    public let profile: ApprovalProfile
    /// How many people there are, whatever they weigh.
    public let voters: Int
    /// How much a weight of one counts in ``profile``.
    public let unit: Int

    /// Weights have at most so many digits behind the point.
    public static let weightDigits = 4

    /// Reads ballots.
    ///
    /// - Parameter name: What the file is called in messages.
    /// - Throws: ``ImportProblem`` with the place of the first thing that can't be read.
    /// - Complexity: linear in the bytes.
    public init(_ bytes: [UInt8], name: String) throws(ImportProblem) {
        var table = try PolisTable(file: name, bytes)
        let count = table.columns.firstIndex { $0.name == "ballots" }
        let weight = table.columns.firstIndex { $0.name == "weight" }
        let columns = table.columns.indices.filter {
            $0 != count && $0 != weight && table.columns[$0].name != "voter"
        }
        var names: [String] = []
        var seen: Set<String> = []
        for column in columns {
            let (name, field) = table.columns[column]
            guard !name.isEmpty, seen.insert(name).inserted else {
                throw table.fields.problem(
                    at: field.start,
                    name.isEmpty
                        ? "This candidate has no name." : "\(importExcerpt(name)) stands twice in the first row.",
                    help: "Give each candidate one column, with a name of its own.")
            }
            names.append(name)
        }
        guard !names.isEmpty else {
            throw table.fields.problem(
                at: 0, "The first row names no candidates.", help: "Give each candidate a column with its name.")
        }
        var ballots: [[Int]] = []
        var weights: [Int] = []
        var people = 0
        var row: [CommaSeparatedFields.Field] = []
        while try table.next(into: &row) {
            var ballot: [Int] = []
            for (candidate, column) in columns.enumerated() where !row[column].content.isEmpty {
                guard let cell = table.fields.number(row[column]), cell == 0 || cell == 1 else {
                    throw table.fields.problem(
                        at: row[column].start, "\(table.fields.excerpt(row[column])) is no approval.",
                        help: "Write 1 where the voter approves, and nothing or 0 where they don't.")
                }
                if cell == 1 { ballot.append(candidate) }
            }
            var cast = 1
            if let count {
                guard let number = table.fields.number(row[count]), (1...Self.most).contains(number) else {
                    throw table.fields.problem(
                        at: row[count].start, "\(table.fields.excerpt(row[count])) is no number of ballots.",
                        help: "It has to be a whole number from 1 to \(Self.most).")
                }
                cast = number
            }
            var each = Self.whole
            if let weight { each = try Self.weight(row[weight], table) }
            ballots.append(ballot)
            let (product, isTooMuch) = cast.multipliedReportingOverflow(by: each)
            guard !isTooMuch else {
                throw table.fields.problem(
                    at: row[0].start, "\(ApprovalError.tooLarge)", help: "Give fewer ballots, or smaller weights.")
            }
            weights.append(product)
            people += cast
        }
        guard !ballots.isEmpty else {
            throw ImportProblem(
                file: name, line: 1, column: 1, message: "There are no ballots.",
                help: "Below the row of names comes one row for each ballot, with 1 where the voter approves.")
        }
        // As small as they can be: exact rules reckon with these numbers.
        let shared = weights.reduce(Self.whole, Self.greatestCommonDivisor)
        do throws(ApprovalError) {
            profile = try ApprovalProfile(
                candidateCount: names.count, ballots: ballots, weights: weights.map { $0 / shared })
        } catch {
            throw ImportProblem(
                file: name, line: 1, column: 1, message: "\(error)", help: "Give fewer ballots, or smaller weights.")
        }
        candidates = names
        voters = people
        unit = Self.whole / shared
    }

    private static let most = 1_000_000_000
    /// A weight of one, in the last digit.
    private static let whole = 10_000

    /// A weight in units of the last digit.
    private static func weight(
        _ field: CommaSeparatedFields.Field, _ table: PolisTable
    ) throws(ImportProblem) -> Int {
        let text = try table.fields.text(field, limit: 100, what: "A weight")
        if text.isEmpty { return whole }
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let isDigits = parts.allSatisfy { part in !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        let behind = parts.count == 2 ? parts[1] : "0"
        let places = behind + String(repeating: "0", count: max(0, weightDigits - behind.count))
        guard isDigits, parts[0].count <= 9, behind.count <= weightDigits, let front = Int(parts[0]),
            let rest = Int(places), front * whole + rest > 0
        else {
            throw table.fields.problem(
                at: field.start, "\(importExcerpt(text)) is no weight.",
                help: "A weight is a number above 0 with at most \(weightDigits) digits behind the point, as in 0.5.")
        }
        return front * whole + rest
    }

    private static func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
        var (large, small) = (first, second)
        while small != 0 { (large, small) = (small, large % small) }
        return large
    }
}
