/// What is looked for in a memory, when, and how much of it may come.
public struct RecallQuery: Sendable, Hashable {
    /// What was asked or said. May be empty: then only what is due soon can come.
    public var words: String
    /// The same as a vector, from the embedder that made the items' vectors; nil when the embedder is down.
    public var vector: [Float]?
    /// The moment of asking, in milliseconds since 1970. "Yesterday" is seen from here.
    public var at: Int64
    /// Which kinds may come: what the person granted. Nil for every kind. Nothing else ever comes, not even to show a
    /// conflict, and it speaks for no neighbour; only how rare a word is takes all items into account.
    public var kinds: Set<MemoryItem.Kind>?
    /// What the moment is about, in a few words, if it is known. Its words are looked for too, at a quarter of the weight.
    public var purpose: String?
    /// How many tokens all items may have together, as ``Recalled/tokens`` counts them.
    public var tokenBudget: Int
    /// How many items may come.
    public var limit: Int
    /// The conversation that is going on, so that what was said in it comes a little sooner.
    public var conversation: String?

    /// A question to a memory.
    public init(
        words: String, vector: [Float]? = nil, at moment: Int64, kinds: Set<MemoryItem.Kind>? = nil,
        purpose: String? = nil, tokenBudget: Int = 1_000, limit: Int = 10, conversation: String? = nil
    ) {
        self.words = words
        self.vector = vector
        self.at = moment
        self.kinds = kinds
        self.purpose = purpose
        self.tokenBudget = tokenBudget
        self.limit = limit
        self.conversation = conversation
    }
}

/// An item that was found, and why it was.
public struct Recalled: Sendable, Hashable {
    /// The item.
    public var item: MemoryItem.ID
    /// How likely it is to be what was looked for, 0 to 1, as it was among the dialogues on which ``Ranking`` was fitted.
    /// Good for comparing and for leaving out what hardly fits; no probability for anybody's life.
    public var score: Double
    /// Why it came, in the order of ``Reason/allCases``. Nothing comes without a reason, and neither who spoke nor a
    /// pin nor being held on reflection is one alone.
    public var reasons: [Reason]
    /// About how many tokens it takes in a prompt: rather too many than too few.
    public var tokens: Int

    /// A reason why an item came.
    public enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
        /// It holds words of the question.
        case lexical
        /// It means something like the question.
        case meaning
        /// It happened, or speaks of, when the question asks about; or the question asks for a time and it names one.
        case time
        /// What was said right before or after it fits the question.
        case neighbour
        /// Somebody whom the question names said it.
        case speaker
        /// It is of a kind that weighs more: held on reflection, or to be done soon.
        case kind
        /// The person pinned it, so it weighs more where it fits.
        case pinned
        /// It conflicts with another item that came.
        case conflict
        /// The person asked for it outright.
        case asked
    }
}

extension MemoryItem {
    /// What is to be embedded of an item: its words, and who said them. A vector of "I did" alone doesn't know whose
    /// doing it was, and then finds the people who are spoken to in place of those who speak.
    public var embeddedText: String { speaker.map { "\($0): \(words)" } ?? words }
}
