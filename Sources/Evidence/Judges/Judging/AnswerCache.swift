/// What a judge's model answered once.
public struct KeptAnswer: Hashable, Sendable {
    /// Its words.
    public let words: String
    /// Tokens read for it that no judgement counted yet, 0 or more.
    public let inputTokens: Int
    /// Tokens written, likewise.
    public let outputTokens: Int

    /// An answer.
    public init(words: String, inputTokens: Int = 0, outputTokens: Int = 0) {
        self.words = words
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
    }
}

/// Keeps a judge's answers, so that what was asked once isn't asked again.
public protocol AnswerCache: Sendable {
    /// What was kept under a key of 64 hexadecimal digits, with the tokens that it took as far as nobody counted them.
    func answer(for key: String) async -> KeptAnswer?
    /// Keeps an answer, whose tokens are counted by whoever keeps it. One that can't be kept is asked for again some day.
    func keep(_ answer: KeptAnswer, for key: String) async
}

/// Keeps answers as long as the program runs.
public actor AnswerMemory: AnswerCache {
    private var answers: [String: String] = [:]

    /// An empty one.
    public init() {}

    /// See ``AnswerCache/answer(for:)``.
    public func answer(for key: String) -> KeptAnswer? { answers[key].map { KeptAnswer(words: $0) } }

    /// See ``AnswerCache/keep(_:for:)``.
    public func keep(_ answer: KeptAnswer, for key: String) { answers[key] = answer.words }
}
