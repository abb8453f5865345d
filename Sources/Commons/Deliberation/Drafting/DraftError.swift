/// Why there is no draft, and what to do.
public enum DraftError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The slate can't be chosen.
    case noSlate(SlateError)
    /// A clause stands on a statement that wasn't chosen.
    case unsupported(clause: String, statement: Int)
    /// A statement that is to be a clause has no words.
    case withoutWords(Int)
    /// Two clauses have one name.
    case twice(String)
    /// A tension names a good that isn't there.
    case noSuchGood(clause: String, good: String)
    /// A clause stands on several statements, and how few people hold all of them, or not all, would point at them.
    case tooFewTogether(String)
    /// The charter's terms can't be in a charter: what is wrong, in words.
    case unsound(String)
    /// The terms are for a change to another charter, or for none.
    case otherCharter
    /// The charter that is to be changed doesn't say how.
    case withoutRule
    /// Every chosen statement is in the charter already.
    case nothingNew
    /// A group large enough for a seat could be smaller than what is held back.
    case tooFewPeople(people: Int, seats: Int, threshold: Int)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .noSlate(let error): error.description
        case .unsupported(let clause, let statement):
            """
            The clause \(clause) stands on statement #\(statement), which wasn't chosen. Nothing enters a charter without \
            support: take the clause out, or ask for more seats.
            """
        case .withoutWords(let statement):
            "Statement #\(statement) has no words, so it can't be a clause. Give comments.csv, or write its words into the plan."
        case .twice(let name): "Two clauses are called \(name). Give one of them another name in the plan."
        case .otherCharter: "These terms are for a change to another charter, or for none. Draft again for this one."
        case .withoutRule: RatificationError.withoutRule.description
        case .nothingNew:
            "Everything that was chosen is in the charter already, so there is nothing to vote on. Ask for more seats, or talk on."
        case .noSuchGood(let clause, let good):
            "The tension \(clause) is between goods of this charter, and \(good) is none. Name two goods of the plan."
        case .tooFewTogether(let clause):
            """
            The clause \(clause) stands on several statements, and too few people agree with all of them, or all but a few \
            do: saying how many would point at people. Make a clause of each.
            """
        case .unsound(let problems): "The charter would not be sound. \(problems)"
        case .tooFewPeople(let people, let seats, let threshold):
            """
            With \(people) people and \(seats) seats, a group of \(people / max(seats, 1)) has a claim to a seat, and answers \
            of fewer than \(threshold) are held back: it could lose its claim unseen. Ask for at most \
            \(people / max(threshold, 1)) seats, or hold back less with a lower threshold.
            """
        }
    }
}
