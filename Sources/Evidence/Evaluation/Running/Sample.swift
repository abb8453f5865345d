public import Judges
public import Models

/// Which conversation it is: everything that it follows from besides the suite's words and the charter's.
public struct SampleKey: Hashable, Sendable, Codable {
    /// The suite's name.
    public let suite: String
    /// The scenario's name in it.
    public let scenario: String
    /// The model's label in the run.
    public let model: String
    /// The governance's label: `none`, or a charter's.
    public let governance: String
    /// What chance follows from.
    public let seed: UInt64

    /// A key.
    public init(suite: String, scenario: String, model: String, governance: String, seed: UInt64) {
        self.suite = suite
        self.scenario = scenario
        self.model = model
        self.governance = governance
        self.seed = seed
    }
}

/// One finished conversation with what was judged of it.
public struct Sample: Hashable, Sendable, Codable {
    /// Which it is.
    public let key: SampleKey
    /// What was said, and what each reply came from.
    public let turns: [SampleTurn]
    /// What each judge made of the whole conversation.
    public let judgements: [Judgement]
    /// Tokens that the model took.
    public let modelTokens: TokenCount
    /// Tokens that a model took to play the person.
    public let personTokens: TokenCount
    /// When it was begun, in milliseconds since 1970.
    public let startedAt: Int64
    /// How long it took, in milliseconds.
    public let took: Int64
    /// Why it isn't whole. Nil when it is.
    public let failure: String?

    /// A sample.
    public init(
        key: SampleKey, turns: [SampleTurn], judgements: [Judgement], modelTokens: TokenCount = TokenCount(),
        personTokens: TokenCount = TokenCount(), startedAt: Int64, took: Int64, failure: String? = nil
    ) {
        self.key = key
        self.turns = turns
        self.judgements = judgements
        self.modelTokens = modelTokens
        self.personTokens = personTokens
        self.startedAt = startedAt
        self.took = took
        self.failure = failure
    }
}

/// One turn of a sample.
public struct SampleTurn: Hashable, Sendable, Codable {
    /// Who spoke: `user` or `assistant`.
    public let role: ChatTurn.Role
    /// The words.
    public let words: String
    /// The move that was chosen for a reply. Nil without a charter, and for the person.
    public let move: String?
    /// What the floor found.
    public let floor: [String]
    /// Whether a reply was cut off, because it had all the tokens that it may have. Nil: it wasn't.
    private let cut: Bool?

    /// A turn.
    public init(role: ChatTurn.Role, words: String, move: String? = nil, floor: [String] = [], isCut: Bool = false) {
        self.role = role
        self.words = words
        self.move = move
        self.floor = floor
        cut = isCut ? true : nil
    }

    /// Whether a reply was cut off, because it had all the tokens that it may have.
    public var isCut: Bool { cut == true }

    /// Whether a reply says nothing.
    public var isEmptyReply: Bool { role == .assistant && !words.contains { !$0.isWhitespace } }

    /// The turn as judges see it.
    public var chatTurn: ChatTurn { ChatTurn(role, words) }
}
