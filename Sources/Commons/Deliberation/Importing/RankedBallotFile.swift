public import SocialChoice

/// Ranked ballots from a file: a table with one row a ballot, or PrefLib's format.
///
/// ```text
/// Trees,Benches,A stage,ballots       # ALTERNATIVE NAME 1: Trees
/// 1,2,,40                             # ALTERNATIVE NAME 2: Benches
/// 2,2,1,25                            # ALTERNATIVE NAME 3: A stage
///                                     40: 1,2
///                                     25: 3,{1,2}
/// ```
///
/// In a table each cell is the rank that the ballot gives, 1 the best; equal ranks are a tie, and an empty cell isn't
/// ranked. The column `ballots`, if there is one, says how many people cast that ballot, and a column `voter` is passed
/// over. PrefLib's files (Mattei and Walsh 2013, "PrefLib: a library for preferences") of ordinal data, soc, soi, toc and
/// toi, are told by their first line, which begins with `#`.
public struct RankedBallotFile: Sendable, Hashable {
    /// What each candidate is called.
    public let candidates: [String]
    /// The ballots.
    public let profile: RankedProfile

    /// A name has at most so many bytes.
    public static let nameLimit = 2_000

    /// Reads ballots.
    ///
    /// - Parameter name: what the file is called in messages.
    /// - Throws: ``ImportProblem`` with the place of the first thing that can't be read.
    /// - Complexity: linear in the bytes, and the sorting of each ballot.
    public init(_ bytes: [UInt8], name: String) throws(ImportProblem) {
        let first = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3).first : bytes.first
        let read: (names: [String], ballots: [RankedBallot], lines: [Int])
        if first == UInt8(ascii: "#") {
            read = try PrefLibBallots(bytes, file: name).read()
        } else {
            read = try Self.table(bytes, name)
        }
        guard !read.ballots.isEmpty else {
            throw ImportProblem(
                file: name, line: 1, column: 1, message: "There are no ballots.",
                help: "Below the row of names comes one row for each ballot, with a rank in each cell.")
        }
        do throws(RankingError) {
            profile = try RankedProfile(candidateCount: read.names.count, ballots: read.ballots)
        } catch {
            throw ImportProblem(
                file: name, line: Self.line(of: error, read.lines), column: 1, message: "\(error)",
                help: "Mend the ballot, or leave it out.")
        }
        candidates = read.names
    }

    private static func line(of error: RankingError, _ lines: [Int]) -> Int {
        switch error {
        case .unknownCandidate(_, let ballot), .repeatedCandidate(_, let ballot), .emptyTier(let ballot),
            .weight(_, let ballot):
            lines.indices.contains(ballot) ? lines[ballot] : 1
        default: 1
        }
    }

    private static func table(
        _ bytes: [UInt8], _ name: String
    ) throws(ImportProblem) -> ([String], [RankedBallot], [Int]) {
        var table = try PolisTable(file: name, bytes)
        let weight = table.columns.firstIndex { $0.name == "ballots" }
        let columns = table.columns.indices.filter { $0 != weight && table.columns[$0].name != "voter" }
        let names = columns.map { table.columns[$0].name }
        for (place, column) in columns.enumerated() where names[..<place].contains(names[place]) {
            throw table.fields.problem(
                at: table.columns[column].field.start, "\(importExcerpt(names[place])) stands twice in the first row.",
                help: "Give each candidate one column.")
        }
        guard (1...RankedProfile.mostCandidates).contains(columns.count) else {
            throw table.fields.problem(
                at: 0, "The first row names \(columns.count) candidates.",
                help: "It takes from 1 to \(RankedProfile.mostCandidates).")
        }
        var ballots: [RankedBallot] = []
        var row: [CommaSeparatedFields.Field] = []
        while try table.next(into: &row) {
            var ranks: [(rank: Int, candidate: Int)] = []
            for (candidate, column) in columns.enumerated() where !row[column].content.isEmpty {
                guard let rank = table.fields.number(row[column]), rank >= 1 else {
                    throw table.fields.problem(
                        at: row[column].start, "\(table.fields.excerpt(row[column])) is no rank.",
                        help: "A rank is a whole number from 1, the best; leave the cell empty for no rank.")
                }
                ranks.append((rank, candidate))
            }
            var count = 1
            if let weight {
                guard let number = table.fields.number(row[weight]), number >= 1 else {
                    throw table.fields.problem(
                        at: row[weight].start, "\(table.fields.excerpt(row[weight])) is no number of ballots.",
                        help: "It has to be a whole number from 1.")
                }
                count = number
            }
            ranks.sort { ($0.rank, $0.candidate) < ($1.rank, $1.candidate) }
            var tiers: [[Int]] = []
            for (place, entry) in ranks.enumerated() {
                if place > 0, ranks[place - 1].rank == entry.rank {
                    tiers[tiers.count - 1].append(entry.candidate)
                } else {
                    tiers.append([entry.candidate])
                }
            }
            ballots.append(RankedBallot(tiers: tiers, weight: count))
        }
        return (names, ballots, [])
    }
}
