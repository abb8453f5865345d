import Charters

/// What a community makes of some of its statements: which kind of clause, under which name, in which words.
public struct PlannedClause: Sendable, Hashable, Codable {
    /// The kinds of clause that a statement can become.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case good
        case tension
        case floor
        case guidance
    }

    /// Words that aren't those of a statement, and who found them.
    public struct Wording: Sendable, Hashable, Codable {
        /// The words.
        public let says: String
        /// The model that drafted them, or "people".
        public let by: String

        /// Words and who found them.
        public init(says: String, by: String) {
            self.says = says
            self.by = by
        }
    }

    /// Which kind.
    public let kind: Kind
    /// The clause's name in the charter; for a tension, which has none there, what it is called in the plan.
    public let name: String
    /// The numbers of the statements that it stands on, in rising order; at least one.
    public let statements: [Int]
    /// Other words than the statements' own.
    public var wording: Wording?
    /// For a tension the names of the two goods.
    public let between: [String]?
    /// For a clause of the floor what happens to a reply that breaks it.
    public let severity: String?
    /// For guidance the question that people are asked.
    public let asks: String?

    enum CodingKeys: String, CodingKey {
        case kind, name, statements, wording, between, severity, asks
    }

    /// Plans a clause.
    public init(
        kind: Kind, name: String, statements: [Int], wording: Wording? = nil, between: [String]? = nil,
        severity: String? = nil, asks: String? = nil
    ) {
        self.kind = kind
        self.name = name
        self.statements = statements.sorted()
        self.wording = wording
        self.between = between
        self.severity = severity
        self.asks = asks
    }

    /// A good in the statement's own words, under a name made from them.
    init(good statement: PolisConversation.Statement) {
        self.init(kind: .good, name: Self.name(of: statement), statements: [statement.id])
    }

    /// The first words of a statement and its number: `the-minimum-wage-should-be-12`. Where it has no Latin letters,
    /// `statement-12`.
    static func name(of statement: PolisConversation.Statement) -> String {
        var name = ""
        let words = statement.text.replacing("’", with: "'").split {
            !$0.isASCII || !($0.isLetter || $0.isNumber || $0 == "'")
        }
        for word in words.prefix(12).compactMap({ $0.prefix(24).asIdentifier }) {
            if name.utf8.count + word.utf8.count > 32 { break }
            name += (name.isEmpty ? "" : "-") + word
        }
        return "\(name.isEmpty ? "statement" : name)-\(statement.id)"
    }

    /// Where the clause stands in the charter.
    public var path: String {
        switch kind {
        case .good: "goods/\(name)"
        case .tension: "tensions/" + (between ?? []).sorted().joined(separator: "~")
        case .floor: "floor/\(name)"
        case .guidance: "guidance/\(name)"
        }
    }
}

/// Reads what a community makes of its statements: `clauses.csv`, one row a clause.
///
/// The columns are `statements` (numbers with spaces between), `kind` (`good`, `tension`, `floor`, `guidance`), and, where
/// the file has them, `name`, `says`, `between` (two names of goods), `severity` and `asks`.
public struct ClausePlan: Sendable, Hashable {
    /// The clauses, in the order of the file.
    public let clauses: [PlannedClause]

    /// Reads the file.
    ///
    /// - Throws: ``ImportProblem`` with the place of the first thing that can't be meant.
    public init(_ bytes: [UInt8], file: String = "clauses.csv", words: (Int) -> PolisConversation.Statement?)
        throws(ImportProblem)
    {
        var table = try PolisTable(file: file, bytes)
        let statements = try table.column("statements")
        let kind = try table.column("kind")
        let optional = { (name: String) in table.columns.firstIndex { $0.name == name } }
        let (name, says, between, severity, asks) = (
            optional("name"), optional("says"), optional("between"), optional("severity"), optional("asks")
        )
        let known = ["statements", "kind", "name", "says", "between", "severity", "asks"]
        if let odd = table.columns.first(where: { !known.contains($0.name) }) {
            throw table.fields.problem(
                at: odd.field.start, "There is no column \(importExcerpt(odd.name)) in this file.",
                help: "The columns are \(known.joined(separator: ", ")).")
        }
        var clauses: [PlannedClause] = []
        var row: [CommaSeparatedFields.Field] = []
        while try table.next(into: &row) {
            let text = { (place: Int?) throws(ImportProblem) -> String? in
                guard let place else { return nil }
                let text = try table.fields.text(
                    row[place], limit: PolisConversation.statementLimit, what: "This field")
                return text.isEmpty ? nil : text
            }
            let problem = { (place: Int, message: String, help: String) in
                table.fields.problem(at: row[place].start, message, help: help)
            }
            let numbers = (try text(statements) ?? "").split(separator: " ").map { Int($0) }
            guard !numbers.isEmpty, !numbers.contains(where: { $0 == nil }) else {
                throw problem(
                    statements, "\(table.fields.excerpt(row[statements])) names no statements.",
                    "Write their numbers with spaces between, as in: 4 17.")
            }
            let ids = Set(numbers.compactMap { $0 }).sorted()
            guard let own = PlannedClause.Kind(rawValue: try text(kind) ?? "") else {
                throw problem(
                    kind, "\(table.fields.excerpt(row[kind])) is no kind of clause.",
                    "Write good, tension, floor or guidance.")
            }
            let called =
                try text(name)
                ?? PlannedClause.name(
                    of: words(ids[0]) ?? PolisConversation.Statement(id: ids[0], text: "", decision: .undecided))
            guard called.isIdentifier else {
                throw problem(
                    name ?? statements, "\(importExcerpt(called)) can't be a name.",
                    "Names are lower-case letters a to z, digits and single hyphens, and start with a letter.")
            }
            let pair = try text(between).map { $0.split(separator: " ").map(String.init).sorted() }
            let strictness = try text(severity)
            let question = try text(asks)
            switch own {
            case .tension where Set(pair ?? []).count != 2:
                throw problem(
                    between ?? kind, "A tension is between two goods.",
                    "Write their two names into the column between, with a space between.")
            case .floor where strictness.flatMap(FloorClause.Severity.init) == nil:
                throw problem(
                    severity ?? kind, "A clause of the floor says what happens to a reply that breaks it.",
                    "Write into the column severity one of: "
                        + FloorClause.Severity.allCases.map(\.rawValue).joined(separator: ", ") + ".")
            case .guidance where question == nil:
                throw problem(
                    asks ?? kind, "Guidance needs the question that people are asked.",
                    "Write it into the column asks: May I …?")
            default: break
            }
            clauses.append(
                PlannedClause(
                    kind: own, name: called, statements: ids,
                    wording: try text(says).map { PlannedClause.Wording(says: $0, by: "people") },
                    between: own == .tension ? pair : nil, severity: own == .floor ? strictness : nil,
                    asks: own == .guidance ? question : nil))
        }
        self.clauses = clauses
    }
}
