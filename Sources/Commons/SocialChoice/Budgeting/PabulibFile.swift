/// A file in Pabulib's format, word for word: every section, column and cell, known or not.
///
/// The format is described in Faliszewski and others, "Participatory budgeting: data, tools, and analysis", IJCAI 2023,
/// arXiv 2305.11035, and used at pabulib.org. Three sections follow one another, each begun by its name alone on a
/// line: `META` has keys and values, `PROJECTS` and `VOTES` have a row of column names and then one row each.
///
/// What it means is asked of ``reading()``. Reading takes time and space linear in the length; no bytes make it crash.
public struct PabulibFile: Sendable {
    /// One line of the section `META`.
    public struct Entry: Hashable, Sendable {
        /// What it tells about, as in `budget`.
        public let key: String
        /// What it tells.
        public let value: String

        /// An entry.
        public init(key: String, value: String) {
            self.key = key
            self.value = value
        }
    }

    /// The entries of `META` in their order.
    public let meta: [Entry]
    /// The columns of `PROJECTS`.
    public let projectColumns: [String]
    /// The rows of `PROJECTS`, each at least as long as the columns.
    public let projects: [[String]]
    /// The columns of `VOTES`.
    public let voteColumns: [String]
    /// The rows of `VOTES`, each at least as long as the columns.
    public let votes: [[String]]
    /// Where everything stood, for messages.
    let places: PabulibPlaces

    /// Makes a file. Rows that are shorter than the columns get empty cells.
    public init(
        meta: [Entry], projectColumns: [String], projects: [[String]], voteColumns: [String], votes: [[String]]
    ) {
        func padded(_ row: [String], _ columns: [String]) -> [String] {
            row + Array(repeating: "", count: max(0, columns.count - row.count))
        }
        self.meta = meta
        self.projectColumns = projectColumns
        self.projects = projects.map { padded($0, projectColumns) }
        self.voteColumns = voteColumns
        self.votes = votes.map { padded($0, voteColumns) }
        places = PabulibPlaces()
    }

    /// Reads a file.
    ///
    /// Takes what real files have: a byte order mark, any ends of lines, blank lines, rows that are too short, empty
    /// cells too many, names of sections in small letters, an unquoted `;` in a value of `META`, and cells that begin
    /// with a quote but don't end with one.
    ///
    /// - Throws: ``PabulibProblem`` with the place of the first thing that can't be read, and what to do about it.
    public init(parsing bytes: some Sequence<UInt8>) throws(PabulibProblem) {
        var reader = PabulibReader()
        var rows = PabulibRows(Array(bytes))
        while let row = try rows.row() { try reader.take(row) }
        try reader.finish()
        meta = reader.meta
        projectColumns = reader.projects.columns
        projects = reader.projects.rows
        voteColumns = reader.votes.columns
        votes = reader.votes.rows
        places = PabulibPlaces(
            meta: reader.metaPlaces, projectsHeader: reader.projects.header, votesHeader: reader.votes.header,
            projects: reader.projects.places, votes: reader.votes.places)
    }

    /// Reads a file that is already text.
    ///
    /// - Throws: as ``init(parsing:)-(Sequence<UInt8>)``.
    public init(parsing text: String) throws(PabulibProblem) {
        try self.init(parsing: text.utf8)
    }

    /// The value of an entry without the white space around it. Nil if there is none.
    public func value(of key: String) -> String? {
        meta.first { pabulibTrimmed($0.key) == key }.map { String(pabulibTrimmed($0.value)) }
    }
}

extension PabulibFile: Hashable {
    /// Whether two files say the same; where it stands in each plays no part.
    public static func == (first: PabulibFile, second: PabulibFile) -> Bool {
        first.meta == second.meta && first.projectColumns == second.projectColumns && first.projects == second.projects
            && first.voteColumns == second.voteColumns && first.votes == second.votes
    }

    /// Feeds what the file says into a hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(meta)
        hasher.combine(projectColumns)
        hasher.combine(projects)
        hasher.combine(voteColumns)
        hasher.combine(votes)
    }
}

/// Where everything stood in a file that was read.
struct PabulibPlaces: Sendable {
    /// The place of each entry's value.
    var meta: [PabulibPlace] = []
    /// Where the names of columns begin.
    var projectsHeader = PabulibPlace.none
    var votesHeader = PabulibPlace.none
    /// The place of each cell, row by row, cut to the number of columns.
    var projects: [[PabulibPlace]] = []
    var votes: [[PabulibPlace]] = []

    func meta(_ entry: Int) -> PabulibPlace { meta.indices.contains(entry) ? meta[entry] : .none }

    func project(_ row: Int, _ column: Int?) -> PabulibPlace { Self.cell(projects, row, column) }

    func vote(_ row: Int, _ column: Int?) -> PabulibPlace { Self.cell(votes, row, column) }

    /// Short rows have cells that aren't in the file; these stand where the row begins.
    private static func cell(_ places: [[PabulibPlace]], _ row: Int, _ column: Int?) -> PabulibPlace {
        guard places.indices.contains(row), let first = places[row].first else { return .none }
        guard let column, places[row].indices.contains(column) else { return first }
        return places[row][column]
    }
}
