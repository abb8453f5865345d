/// One vote by the ids of the export.
struct PolisVote {
    let participant: Int
    let statement: Int
    let stance: Stance
    /// Only where ours wrote the file: Polis doesn't ask for it.
    var importance: Importance?
}

extension PolisTable {
    /// The stance of a cell that holds one.
    func stance(_ field: CommaSeparatedFields.Field) throws(ImportProblem) -> Stance {
        if let number = fields.number(field), let small = Int8(exactly: number), let stance = Stance(rawValue: small) {
            return stance
        }
        throw fields.problem(
            at: field.start, "\(fields.excerpt(field)) is no vote.",
            help:
                "A vote is 1 (agree), -1 (disagree) or 0 (pass); a statement that the person never voted on is left empty."
        )
    }
}

extension PolisTable {
    /// The importance of a vote, or nil for an empty cell.
    func importance(_ field: CommaSeparatedFields.Field) throws(ImportProblem) -> Importance? {
        if field.content.isEmpty { return nil }
        if let number = fields.number(field), let steps = UInt8(exactly: number),
            let importance = Importance(steps: steps)
        {
            return importance
        }
        throw fields.problem(
            at: field.start, "\(fields.excerpt(field)) is no importance of a vote.",
            help: "It is a whole number from 1 to 255, or nothing where the person didn't say.")
    }
}

/// `participants-votes.csv`.
struct PolisVoteMatrixFile {
    private(set) var participants: [Int] = []
    private(set) var groups: [Int] = []
    private(set) var statements: [Int] = []
    private(set) var cast: [PolisVote] = []

    init(_ bytes: [UInt8]) throws(ImportProblem) {
        var table = try PolisTable(file: "participants-votes.csv", bytes)
        let person = try table.column("participant")
        let group = table.columns.firstIndex { $0.name == "group-id" }
        // Statements are the columns that are named by a number.
        var columns: [(place: Int, statement: Int)] = []
        var named: Set<Int> = []
        for (place, column) in table.columns.enumerated() {
            guard let statement = table.fields.number(column.field), statement >= 0 else { continue }
            guard named.insert(statement).inserted else {
                throw table.fields.problem(
                    at: column.field.start, "Statement \(statement) has two columns.", help: "Keep one of them.")
            }
            columns.append((place, statement))
        }
        statements = columns.map(\.statement)
        var seen: Set<Int> = []
        var row: [CommaSeparatedFields.Field] = []
        while try table.next(into: &row) {
            let participant = try table.id(row[person], "participant")
            guard seen.insert(participant).inserted else {
                throw table.fields.problem(
                    at: row[person].start, "Participant \(participant) has two rows.", help: "Keep one of them.")
            }
            participants.append(participant)
            groups.append(group.flatMap { table.fields.number(row[$0]) }.map { max(-1, $0) } ?? -1)
            for column in columns where !row[column.place].content.isEmpty {
                cast.append(
                    PolisVote(
                        participant: participant, statement: column.statement,
                        stance: try table.stance(row[column.place])))
            }
        }
    }
}

/// `votes.csv`, in the order in which votes were cast.
struct PolisVotesFile {
    private(set) var cast: [PolisVote] = []
    /// When each of ``cast`` was cast, as the file says.
    private(set) var times: [Int] = []

    init(_ bytes: [UInt8]) throws(ImportProblem) {
        var table = try PolisTable(file: "votes.csv", bytes)
        let time = try table.column("timestamp")
        let statement = try table.column("comment-id")
        let participant = try table.column("voter-id")
        let vote = try table.column("vote")
        let importance = table.columns.firstIndex { $0.name == "importance" }
        var found: [(time: Int, vote: PolisVote)] = []
        var row: [CommaSeparatedFields.Field] = []
        while try table.next(into: &row) {
            let vote = PolisVote(
                participant: try table.id(row[participant], "participant"),
                statement: try table.id(row[statement], "statement"), stance: try table.stance(row[vote]),
                importance: try importance.flatMap { place throws(ImportProblem) in try table.importance(row[place]) })
            found.append((try table.id(row[time], "timestamp"), vote))
        }
        // Exports list votes by statement. Swift's sort keeps the order of equals; the place makes it certain.
        let inOrder = found.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
        cast = inOrder.map(\.element.vote)
        times = inOrder.map(\.element.time)
    }
}

/// `comments.csv`.
struct PolisCommentsFile {
    private(set) var statements: [Int: (text: String, decision: PolisConversation.Decision)] = [:]

    init(_ bytes: [UInt8]) throws(ImportProblem) {
        var table = try PolisTable(file: "comments.csv", bytes)
        let id = try table.column("comment-id")
        let moderated = try table.column("moderated")
        let body = try table.column("comment-body")
        var row: [CommaSeparatedFields.Field] = []
        while try table.next(into: &row) {
            let statement = try table.id(row[id], "statement")
            guard let decision = table.fields.number(row[moderated]).flatMap(PolisConversation.Decision.init) else {
                throw table.fields.problem(
                    at: row[moderated].start,
                    "\(table.fields.excerpt(row[moderated])) is no decision of a moderator.",
                    help: "It has to be 1 (accepted), -1 (rejected) or 0 (undecided).")
            }
            let text = try table.fields.text(
                row[body], limit: PolisConversation.statementLimit, what: "Statement \(statement)")
            guard statements.updateValue((text, decision), forKey: statement) == nil else {
                throw table.fields.problem(
                    at: row[id].start, "Statement \(statement) has two rows.", help: "Keep one of them.")
            }
        }
    }
}

/// `summary.csv`: a name and a value a row.
struct PolisSummaryFile {
    private(set) var values: [String: String] = [:]

    init(_ bytes: [UInt8]) throws(ImportProblem) {
        var fields = CommaSeparatedFields(file: "summary.csv", bytes)
        while let name = try fields.next() {
            let key = try fields.text(name, limit: 200, what: "A name in the summary")
            guard !name.isLast, let value = try fields.next(), value.isLast else {
                throw fields.problem(
                    at: name.start, "This row isn't a name and a value.",
                    help: "A comma inside a value needs quotes around the value.")
            }
            values[key] = try fields.text(
                value, limit: PolisConversation.summaryLimit, what: "The value of \(importExcerpt(key))")
        }
    }
}
