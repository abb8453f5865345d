/// A table of comma-separated values whose first row names its columns.
struct PolisTable {
    private(set) var fields: CommaSeparatedFields
    /// The names of the columns, each with the field that names it.
    let columns: [(name: String, field: CommaSeparatedFields.Field)]
    /// Every header is shorter than this.
    private static let nameLimit = 200

    init(file: String, _ bytes: [UInt8]) throws(ImportProblem) {
        var fields = CommaSeparatedFields(file: file, bytes)
        var columns: [(String, CommaSeparatedFields.Field)] = []
        while let field = try fields.next() {
            columns.append((try fields.text(field, limit: Self.nameLimit, what: "The name of a column"), field))
            guard columns.count <= VoteMatrix.statementLimit else {
                throw fields.problem(
                    at: field.start, "There are more columns than statements can be.",
                    help: "Check that this is an export of Polis.")
            }
            if field.isLast { break }
        }
        guard !columns.isEmpty else {
            throw fields.problem(
                at: 0, "The file is empty.", help: "Export the conversation again: the first row names the columns.")
        }
        self.fields = fields
        self.columns = columns
    }

    /// The place of a column that has to be there.
    func column(_ name: String) throws(ImportProblem) -> Int {
        if let place = columns.firstIndex(where: { $0.name == name }) { return place }
        throw fields.problem(
            at: 0, "There is no column \(name).",
            help: "The first row of this file of a Polis export names it; it says \(names) here.")
    }

    private var names: String {
        columns.prefix(8).map { importExcerpt($0.name) }.joined(separator: ", ") + (columns.count > 8 ? ", …" : "")
    }

    /// Reads the next row into `row`, which is given back as false at the end. Every row is as long as the first.
    mutating func next(into row: inout [CommaSeparatedFields.Field]) throws(ImportProblem) -> Bool {
        row.removeAll(keepingCapacity: true)
        while let field = try fields.next() {
            row.append(field)
            if row.count > columns.count {
                throw fields.problem(
                    at: field.start,
                    "This row has more fields than the \(columns.count) columns that the first row names.",
                    help: "A comma inside a field needs quotes around the field.")
            }
            if field.isLast {
                guard row.count == columns.count else {
                    throw fields.problem(
                        at: row[0].start,
                        "This row has \(row.count) fields, and the first row names \(columns.count) columns.",
                        help: "Check whether the file was cut off here, and export it again if so.")
                }
                return true
            }
        }
        return false
    }

    /// The number of a field that has to be one, from 0.
    func id(_ field: CommaSeparatedFields.Field, _ what: String) throws(ImportProblem) -> Int {
        if let number = fields.number(field), number >= 0 { return number }
        throw fields.problem(
            at: field.start, "\(fields.excerpt(field)) is no \(what).", help: "It has to be a whole number from 0.")
    }
}
