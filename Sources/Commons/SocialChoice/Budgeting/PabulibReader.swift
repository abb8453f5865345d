/// Sorts the rows of a file into its sections, and refuses what has no place.
struct PabulibReader {
    struct Table {
        var columns: [String] = []
        var header = PabulibPlace.none
        var rows: [[String]] = []
        var places: [[PabulibPlace]] = []
    }

    private enum Section: String {
        case meta, projects, votes
    }

    private(set) var meta: [PabulibFile.Entry] = []
    private(set) var metaPlaces: [PabulibPlace] = []
    private(set) var projects = Table()
    private(set) var votes = Table()
    private var section: Section?
    private var isHeaderNext = false
    private var seen: Set<String> = []
    private var keys: Set<String> = []
    private var last = PabulibPlace(line: 1, column: 1)

    /// Takes one row.
    mutating func take(_ row: [PabulibRows.Cell]) throws(PabulibProblem) {
        guard let first = row.first else { return }
        last = first.place
        if !first.isQuoted, let next = Section(rawValue: first.trimmed.lowercased()),
            row.dropFirst().allSatisfy({ !$0.isQuoted && $0.trimmed.isEmpty })
        {
            try begin(next, at: first.place)
            return
        }
        guard let section else {
            throw PabulibProblem(
                first.place, "The file begins with \(pabulibExcerpt(first.trimmed)).",
                help: "Begin it with a line META, then a line key;value.")
        }
        if isHeaderNext {
            isHeaderNext = false
            try header(row, of: section)
            return
        }
        switch section {
        case .meta: try entry(row)
        case .projects: try Self.add(row, to: &projects)
        case .votes: try Self.add(row, to: &votes)
        }
    }

    /// Says what is missing.
    func finish() throws(PabulibProblem) {
        for section in [Section.meta, .projects, .votes] where !seen.contains(section.rawValue) {
            throw PabulibProblem(
                last, "The file has no section \(section.rawValue.uppercased()).",
                help: "Add a line \(section.rawValue.uppercased()), and its rows below.")
        }
        if let section, isHeaderNext { throw Self.missingHeader(section, last) }
    }

    private mutating func begin(_ next: Section, at place: PabulibPlace) throws(PabulibProblem) {
        if let section, isHeaderNext { throw Self.missingHeader(section, place) }
        guard seen.insert(next.rawValue).inserted else {
            throw PabulibProblem(
                place, "There is a second section \(next.rawValue.uppercased()).",
                help: "Put all of its rows into the first. If a project or voter has this id, put it in quotes.")
        }
        section = next
        isHeaderNext = true
    }

    private static func missingHeader(_ section: Section, _ place: PabulibPlace) -> PabulibProblem {
        let example =
            switch section {
            case .meta: "key;value"
            case .projects: "project_id;cost;name"
            case .votes: "voter_id;vote"
            }
        return PabulibProblem(
            place, "The section \(section.rawValue.uppercased()) has no column names.",
            help: "Put them on the line below its name, as in \(example).")
    }

    private mutating func header(_ row: [PabulibRows.Cell], of section: Section) throws(PabulibProblem) {
        // Empty cells at the end are what spreadsheets leave, not columns.
        let used = row.lastIndex { $0.isQuoted || !$0.trimmed.isEmpty } ?? 0
        let columns = row[...used]
        var names: Set<String> = []
        for cell in columns where !names.insert(cell.trimmed.lowercased()).inserted {
            throw PabulibProblem(
                cell.place, "There are two columns \(pabulibExcerpt(cell.trimmed)).", help: "Rename or remove one.")
        }
        switch section {
        case .meta:
            guard columns.map({ $0.trimmed.lowercased() }) == ["key", "value"] else {
                throw Self.missingHeader(section, row[0].place)
            }
        case .projects: (projects.columns, projects.header) = (columns.map(\.text), row[0].place)
        case .votes: (votes.columns, votes.header) = (columns.map(\.text), row[0].place)
        }
    }

    private mutating func entry(_ row: [PabulibRows.Cell]) throws(PabulibProblem) {
        let key = row[0].text
        guard !row[0].trimmed.isEmpty else {
            throw PabulibProblem(
                row[0].place, "This line of META has no key.", help: "Write key;value, as in budget;100000.")
        }
        guard keys.insert(String(row[0].trimmed)).inserted else {
            throw PabulibProblem(
                row[0].place, "META tells \(pabulibExcerpt(row[0].trimmed)) twice.", help: "Keep one of the two.")
        }
        // A semicolon that nobody quoted is part of what is told; empty cells at the end are a spreadsheet's.
        let used = row.lastIndex { $0.isQuoted || !$0.trimmed.isEmpty } ?? 0
        let value = used > 1 ? row[1...used].map(\.text).joined(separator: ";") : row.count > 1 ? row[1].text : ""
        meta.append(PabulibFile.Entry(key: key, value: value))
        metaPlaces.append(row.count > 1 ? row[1].place : row[0].place)
    }

    private static func add(_ row: [PabulibRows.Cell], to table: inout Table) throws(PabulibProblem) {
        let count = table.columns.count
        if let extra = row.dropFirst(count).first(where: { $0.isQuoted || !$0.trimmed.isEmpty }) {
            throw PabulibProblem(
                extra.place, "This row has a cell \(pabulibExcerpt(extra.trimmed)) beyond its \(count) columns.",
                help: "If a text in this row holds a semicolon, put that text in quotes; else remove the cell.")
        }
        let cells = row.prefix(count)
        table.rows.append(cells.map(\.text) + Array(repeating: "", count: count - cells.count))
        table.places.append(cells.map(\.place))
    }
}
