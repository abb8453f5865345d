/// What may be kept about a person, what for, and how long.
public struct MemoryTerms: Hashable, Sendable {
    /// What a receipt keeps of the messages themselves.
    public enum Receipts: String, Hashable, Sendable, CaseIterable {
        /// Facts about the reply, such as times, clauses and token counts, and no message text.
        case facts
        /// The messages too, sealed.
        case bodies
    }

    /// What memories may be used for, as short names. Nil when the layer doesn't say.
    public var purposes: [String]?
    /// How many days a memory is kept. Nil when the layer doesn't say. Composing takes the shortest.
    public var retentionDays: Int?
    /// What a receipt keeps of the messages. Nil when the layer doesn't say: then facts.
    public var receipts: Receipts?

    /// Describes terms.
    public init(purposes: [String]? = nil, retentionDays: Int? = nil, receipts: Receipts? = nil) {
        self.purposes = purposes
        self.retentionDays = retentionDays
        self.receipts = receipts
    }
}

extension MemoryTerms {
    /// The terms in a charter without parents, where a default written down says no more than one left out.
    var aboveNothing: MemoryTerms? {
        let purposes = purposes?.isEmpty == true ? nil : purposes
        if purposes == nil, retentionDays == nil, receipts != .bodies { return nil }
        return MemoryTerms(purposes: purposes, retentionDays: retentionDays, receipts: receipts ?? .facts)
    }
}

/// Whether replies are drafted, criticised against the clauses, and revised before they go out.
public struct CritiqueTerms: Hashable, Sendable {
    /// How many times a draft is criticised and revised: 1 to 3.
    public var rounds: Int
    /// How long all of it may take, in seconds; then the best draft so far goes out.
    public var seconds: Int
    /// How many tokens all of it may cost, input and output together.
    public var tokens: Int

    static let roundsAllowed = 1...3
    static let secondsAllowed = 1...600
    static let tokensAllowed = 100...1_000_000

    /// Describes terms.
    public init(rounds: Int = 1, seconds: Int = 30, tokens: Int = 8_000) {
        self.rounds = rounds
        self.seconds = seconds
        self.tokens = tokens
    }
}
