/// The second vote: who said yes, no or neither to which clause.
///
/// `ratification.csv` has a column of pseudonyms, named `participant@` and the fingerprint of what was voted on
/// (``BallotSubject``), and a column for each clause; a cell is `yes`, `no`, `abstain`, or empty for who didn't vote on the
/// clause.
public struct BallotBox: Sendable, Hashable {
    /// What somebody said to a clause.
    public enum Answer: String, Sendable, Hashable, CaseIterable {
        case yes
        case no
        case abstain
    }

    /// One person's answers.
    public struct Ballot: Sendable, Hashable {
        /// The person's pseudonym.
        public let participant: String
        /// The answers, in the order of ``BallotBox/questions``; nil where they didn't vote.
        public let answers: [Answer?]
    }

    /// What was voted on.
    public let subject: BallotSubject
    /// What was asked, by name.
    public var questions: [String] { subject.questions }
    /// The ballots with an answer on them, in the order of the file.
    public let ballots: [Ballot]
    /// The longest pseudonym, in bytes.
    public static let nameLimit = 200

    /// Reads a file of ballots.
    ///
    /// - Parameters:
    ///   - subject: What was voted on: the file must say so, each question needs a column, and no other may be there.
    ///   - withheld: Pseudonyms of people who didn't agree to publication; their ballots are left out.
    /// - Throws: ``ImportProblem`` with the place of the first thing that can't be read, a second ballot of one person
    ///   for instance, or with what to do about ballots that were cast on other words.
    public init(
        _ bytes: [UInt8], file: String = "ratification.csv", on subject: BallotSubject,
        withholding withheld: Set<String> = []
    ) throws(ImportProblem) {
        var table = try PolisTable(file: file, bytes)
        let person = try subject.personColumn(of: table)
        let questions = subject.questions
        var seen: Set<String> = []
        for (place, column) in table.columns.enumerated() where place != person {
            guard seen.insert(column.name).inserted else {
                throw table.fields.problem(
                    at: column.field.start, "There are two columns \(importExcerpt(column.name)).",
                    help: "Keep one of them.")
            }
            guard questions.contains(column.name) else {
                throw table.fields.problem(
                    at: column.field.start, "\(importExcerpt(column.name)) isn't up for a vote.",
                    help: "Beside that of people, the columns are: \(questions.joined(separator: ", ")).")
            }
        }
        let places = try questions.map { question throws(ImportProblem) in try table.column(question) }
        var ballots: [Ballot] = []
        var people: Set<String> = []
        var row: [CommaSeparatedFields.Field] = []
        while try table.next(into: &row) {
            let name = try table.fields.text(row[person], limit: Self.nameLimit, what: "A pseudonym")
            guard !name.isEmpty else {
                throw table.fields.problem(
                    at: row[person].start, "This ballot has no pseudonym.",
                    help: "Give each person one, so that nobody can vote twice.")
            }
            guard people.insert(name).inserted else {
                throw table.fields.problem(
                    at: row[person].start, "\(importExcerpt(name)) has two ballots.", help: "Keep the one that counts.")
            }
            let answers = try places.map { place throws(ImportProblem) -> Answer? in
                let text = try table.fields.text(row[place], limit: 100, what: "An answer")
                if text.isEmpty { return nil }
                guard let answer = Answer(rawValue: text) else {
                    throw table.fields.problem(
                        at: row[place].start, "\(importExcerpt(text)) is no answer.",
                        help: "An answer is yes, no or abstain; where the person didn't vote, leave it empty.")
                }
                return answer
            }
            if !withheld.contains(name), answers.contains(where: { $0 != nil }) {
                ballots.append(Ballot(participant: name, answers: answers))
            }
        }
        self.subject = subject
        self.ballots = ballots
    }

    /// The ballots as a file.
    ///
    /// - Parameters:
    ///   - order: The places of ballots in the order in which they are written.
    ///   - names: What each is called, by its place.
    func bytes(order: [Int], names: [String]) -> [UInt8] {
        var text = CommaSeparatedText()
        text.row([subject.personColumn] + questions)
        for place in order { text.row([names[place]] + ballots[place].answers.map { $0?.rawValue ?? "" }) }
        return text.bytes
    }

    /// The ballots as they are.
    public var bytes: [UInt8] { bytes(order: Array(ballots.indices), names: ballots.map(\.participant)) }

    /// How a question was answered.
    func count(_ question: Int) -> BallotCount {
        var count = BallotCount()
        for ballot in ballots {
            switch ballot.answers[question] {
            case .yes: count.yes += 1
            case .no: count.no += 1
            case .abstain: count.abstain += 1
            case nil: break
            }
        }
        return count
    }
}

/// How one question was answered.
public struct BallotCount: Sendable, Hashable {
    /// So many said yes.
    public var yes = 0
    /// So many said no.
    public var no = 0
    /// So many took part and said neither.
    public var abstain = 0
    /// So many took part.
    public var all: Int { yes + no + abstain }
}
