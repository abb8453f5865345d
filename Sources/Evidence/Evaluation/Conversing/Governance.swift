public import Charters
public import Counsel
import Flourishing
public import Models

/// Under what a model talks in an evaluation: no charter, or a charter with everything that follows from it.
public struct Governance: Sendable {
    /// The name under which results are kept: `none`, or the charter's.
    public let label: String
    /// The charter. Nil: the model talks as it is.
    public let charter: CompiledCharter?

    /// A model as it is.
    public static let none = Governance(label: "none", charter: nil)

    /// A model under a charter.
    ///
    /// - Parameter label: A short name, unique in a run; the charter's own if nil.
    public init(_ charter: CompiledCharter, label: String? = nil) {
        self.init(label: label ?? charter.id, charter: charter)
    }

    private init(label: String, charter: CompiledCharter?) {
        self.label = label
        self.charter = charter
    }
}

/// A model that talks under a governance, as it would behind a gateway: each message is read, a move is chosen, and the
/// brief stands in front of the conversation.
///
/// Three things of the gateway's are missing here: nobody gave a consent, so no guidance is live; nothing is remembered;
/// and what the floor finds is noted and not held back. To measure those too, evaluate a running gateway as the model.
public struct GovernedModel: Sendable {
    private let model: any ChatModel
    private let name: String
    private let governance: Governance
    private let reader: CueReader
    private let floor: FloorWatch?

    /// A model under a governance.
    public init(_ model: any ChatModel, named name: String, under governance: Governance, reader: CueReader) {
        self.model = model
        self.name = name
        self.governance = governance
        self.reader = reader
        floor = governance.charter.map { FloorWatch($0.floor) }
    }

    /// The model's next turn.
    ///
    /// - Parameters:
    ///   - turns: The conversation so far; the last turn is the person's.
    ///   - language: The person's language.
    ///   - sampling: How the model draws its words.
    /// - Throws: What the model throws.
    public func reply(
        to turns: [ChatTurn], language: String, sampling: Sampling
    ) async throws -> GovernedReply {
        var told = turns
        var move: String?
        var clauses: [String] = []
        var findings: [String] = []
        if let charter = governance.charter {
            let situation = reader.reading(
                of: Conversation(turns: turns), known: Circumstances(language: language), charter: charter)
            let choice = MoveRules.choose(situation: situation, charter: charter)
            let brief = charter.brief(
                for: BriefRequest(
                    circumstances: situation.circumstances, move: choice.move, moveSentence: choice.sentence,
                    tension: choice.tension, resources: choice.resources))
            told.insert(ChatTurn(.system, brief.text), at: 0)
            move = choice.move.rawValue
            clauses = brief.clauses
            findings = (turns.last.flatMap { floor?.input($0.content) } ?? []).map { "input: \($0.clause)" }
        }
        let reply = try await model.reply(
            to: ChatRequest(
                model: name, turns: told, temperature: sampling.temperature, maximumTokens: sampling.maximumTokens,
                seed: sampling.seed))
        findings += (floor?.output(reply.content) ?? []).map { "output: \($0.clause)" }
        return GovernedReply(
            words: reply.content, move: move, clauses: clauses, floor: findings,
            isCut: ["length", "max_tokens"].contains(reply.finishReason), inputTokens: reply.inputTokens ?? 0,
            outputTokens: reply.outputTokens ?? 0)
    }
}

/// How a model draws its words.
public struct Sampling: Hashable, Sendable, Codable {
    /// 0 is always the likeliest word; up to 2.
    public var temperature: Double
    /// Tokens that a reply may have.
    public var maximumTokens: Int
    /// What chance follows from, where the upstream can do that.
    public var seed: UInt64

    /// How words are drawn.
    public init(temperature: Double = 0.7, maximumTokens: Int = 300, seed: UInt64 = 1) {
        self.temperature = temperature
        self.maximumTokens = maximumTokens
        self.seed = seed
    }
}

/// One reply, and what it came from.
public struct GovernedReply: Hashable, Sendable {
    /// What was said.
    public let words: String
    /// The move that was chosen. Nil without a charter.
    public let move: String?
    /// The clauses that the model was told.
    public let clauses: [String]
    /// The floor's clauses that found something, each with its side.
    public let floor: [String]
    /// Whether it was cut off, because it had all the tokens that a reply may have.
    public let isCut: Bool
    /// Tokens read.
    public let inputTokens: Int
    /// Tokens written.
    public let outputTokens: Int
}
