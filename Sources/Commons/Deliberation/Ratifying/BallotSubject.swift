public import Charters

/// What ballots were cast on, to the word: a draft, or a change from one charter to another.
///
/// A file of ballots says it in its first row, in the name of the column of people: `participant@` and the fingerprint of the
/// draft, or of the charter as it is and the one that is proposed (`participant@…..…`). So words that are swapped after the
/// vote no longer fit the ballots.
public struct BallotSubject: Sendable, Hashable {
    /// What the column of people is called before the mark.
    static let person = "participant"

    /// The fingerprint of the draft in 64 hexadecimal digits; for a change two of them, with `..` between.
    public let mark: String
    /// What is asked, by the names of the columns.
    public let questions: [String]

    init(mark: String, questions: [String]) {
        self.mark = mark
        self.questions = questions
    }

    /// A draft, clause by clause.
    ///
    /// - Parameter terms: The terms of the draft, with every clause.
    public init(_ draft: Charter, terms: DraftTerms) {
        self.init(mark: draft.fingerprint.hexadecimal, questions: terms.clauses.map(\.question))
    }

    /// A change to a charter, as a whole.
    public init(_ proposal: Charter, changing old: Charter) {
        self.init(
            mark: "\(old.fingerprint.hexadecimal)..\(proposal.fingerprint.hexadecimal)",
            questions: [AmendmentRound.question])
    }

    /// What the column of people is called in a file of these ballots.
    public var personColumn: String { "\(Self.person)@\(mark)" }

    /// An empty ballot for people to fill in: the first row of the file.
    public var form: [UInt8] {
        var text = CommaSeparatedText()
        text.row([personColumn] + questions)
        return text.bytes
    }

    /// What ballots say that they were cast on. Nil where their first row doesn't say.
    static func mark(in ballots: [UInt8]) -> String? {
        guard let table = try? PolisTable(file: "ballots", ballots) else { return nil }
        return table.columns.lazy.compactMap { $0.name.ballotMark }.first
    }

    /// The column of people, which must say that the ballots were cast on just this.
    func personColumn(of table: PolisTable) throws(ImportProblem) -> Int {
        let own = table.columns.enumerated().filter {
            $0.element.name == Self.person || $0.element.name.ballotMark != nil
        }
        guard let found = own.first else {
            throw table.fields.problem(
                at: 0, "There is no column of people in these ballots.",
                help:
                    "The first row of ballots on these words is: \(([personColumn] + questions).joined(separator: ","))."
            )
        }
        guard own.count == 1 else {
            throw table.fields.problem(
                at: own[1].element.field.start, "There are two columns of people.", help: "Keep one of them.")
        }
        guard let said = found.element.name.ballotMark else {
            throw table.fields.problem(
                at: found.element.field.start, "These ballots don't say which words they were cast on.",
                help:
                    "Take the first row of the empty ballot that was made with the words. If people voted on exactly these words, write \(personColumn) in place of participant."
            )
        }
        guard said == mark else {
            throw table.fields.problem(
                at: found.element.field.start,
                "These ballots were cast on other words: they name \(importExcerpt(said)), and what is counted here is \(mark).",
                help:
                    "Words were changed since people voted, or these are the ballots of another vote. Count them with the words that people voted on, or let people vote on these."
            )
        }
        return found.offset
    }
}

extension String {
    /// What a column of people says that its ballots were cast on. Nil for the name of another column.
    fileprivate var ballotMark: String? {
        let start = BallotSubject.person + "@"
        return hasPrefix(start) ? String(dropFirst(start.count)) : nil
    }
}

extension PlannedClause {
    /// What the clause is called on a ballot: its name. A tension has none in the charter, so it is called by the two goods that
    /// it is between, `calm~rest`: a name that the charter's fingerprint doesn't cover could be given to another clause later.
    public var question: String { kind == .tension ? (between ?? []).sorted().joined(separator: "~") : name }
}
