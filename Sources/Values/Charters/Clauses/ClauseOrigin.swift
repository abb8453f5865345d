/// What a clause came from: statements that people voted on, and how. A record for people: nothing in a reply depends
/// on it.
///
/// A clause that says the same in other words than a statement did keeps it too, so that anybody can look up what people
/// agreed with.
public struct ClauseOrigin: Hashable, Sendable {
    /// The conversation in which they were said.
    public let conversation: String
    /// What the conversation calls the statements, in rising order: at least one.
    public let statements: [Int]
    /// So many people agreed, with every one of the statements.
    public let agree: Int
    /// So many disagreed with one of them. Nil when it isn't said.
    public let disagree: Int?
    /// So many voted on every one of them.
    public let of: Int

    /// Describes an origin.
    public init(conversation: String, statements: [Int], agree: Int, disagree: Int? = nil, of: Int) {
        self.conversation = conversation
        self.statements = statements.sorted()
        self.agree = agree
        self.disagree = disagree
        self.of = of
    }

    /// In a sentence: how many agreed with what.
    public var sentence: String {
        let numbers = statements.map { "#\($0)" }.joined(separator: ", ")
        let against = disagree.map { ", and \($0) disagreed" } ?? ""
        return
            "From \(statements.count == 1 ? "statement" : "statements") \(numbers) of “\(conversation)”: \(agree) of the \(of) who voted on \(statements.count == 1 ? "it" : "all of them") agreed\(against)."
    }

    /// The largest number that a statement, or a count of people, can have.
    static let allowed = 0...1_000_000_000
}
