import Deliberation
import Judges

/// Ratings as a file of comma-separated values: a row for each thing that was rated, its name first; a column for each
/// rater; nothing where somebody didn't rate.
enum RatingsFile {
    /// The longest name that is read, in bytes.
    private static let nameLimit = 1_000

    /// Reads the file.
    ///
    /// - Throws: ``CommandFailure`` with the place of what can't be read, and what to do.
    static func table(_ path: String) throws -> RatingTable {
        let bytes = try PolisFolder.bytes(at: path)
        do {
            return try table(bytes, file: path)
        } catch let problem as ImportProblem {
            throw CommandFailure(.negative, WrappedText.plain(problem.description))
        } catch let problem as RatingProblem {
            throw CommandFailure(.negative, WrappedText.plain("\(path): \(problem)"))
        }
    }

    /// Reads the bytes of the file.
    static func table(_ bytes: [UInt8], file: String) throws -> RatingTable {
        var fields = CommaSeparatedFields(file: file, bytes)
        var (raters, units, ratings): ([String], [String], [[Double?]]) = ([], [], [])
        var row: [Double?] = []
        var column = 0
        while let field = try fields.next() {
            if column == 0 {
                units.append(try fields.text(field, limit: nameLimit, what: "The name of what was rated"))
            } else if units.count == 1 {
                raters.append(try fields.text(field, limit: nameLimit, what: "A rater's name"))
            } else if field.content.isEmpty {
                row.append(nil)
            } else {
                let text = try fields.text(field, limit: 100, what: "A rating")
                guard isDecimal(text), let rating = Double(text), rating.isFinite else {
                    throw fields.problem(
                        at: field.start, "\(fields.excerpt(field)) is no rating.",
                        help:
                            "A rating is a number, such as 0.5 or -1; leave the cell empty where somebody didn't rate.")
                }
                row.append(rating)
            }
            column += 1
            guard field.isLast else { continue }
            if units.count > 1 { ratings.append(row) }
            row = []
            column = 0
        }
        return try RatingTable(units: Array(units.dropFirst()), raters: raters, ratings: ratings)
    }

    /// Whether a number is written as people write one: `0x10` is none.
    private static func isDecimal(_ text: String) -> Bool {
        text.utf8.allSatisfy { (48...57).contains($0) || "+-.eE".utf8.contains($0) }
    }
}
