import Charters
public import Flourishing
public import Models

/// A language model that judges by a rubric: the good's own signs and failures, several runs in different orders, and
/// nothing counts that the assistant's own words don't bear out.
///
/// - It is blind: it sees neither system turns nor who wrote the replies.
/// - Each run tells the goods, their signs and failures, and the scale in another order, because models prefer what
///   comes first or last (Zheng et al. 2023, *Judging LLM-as-a-Judge*, arXiv 2306.05685).
/// - Answers are held to a JSON schema, and read as if they weren't.
/// - A rating above 0 needs a quote that stands word for word in a reply and serves the good; below 0, one that fails
///   it. Else it is dropped, whatever the conversation tells the judge to do.
///
/// What it can't do is know more than its model. See how far it agrees with people before believing it:
/// `trellis judge agree`.
public struct ModelJudge: Judge {
    private let model: any ChatModel
    private let name: String
    private let settings: Settings
    private let cache: (any AnswerCache)?

    /// How it judges.
    public struct Settings: Hashable, Sendable {
        /// How often the model is asked, each time in another order; 1 to 20.
        public var runs: Int
        /// What orders follow from.
        public var seed: UInt64
        /// 0 is the likeliest word always.
        public var temperature: Double
        /// Tokens that an answer may have.
        public var maximumTokens: Int
        /// From where it looks, as one voice of a panel. Nil: from nowhere in particular.
        public var viewpoint: Viewpoint?
        /// How far the judge may be off in either direction, from 0 to 2, as learned from people's ratings (a conformal
        /// allowance of `trellis judge agree`). Nil: not known.
        public var allowance: Double?
        /// Whether each good is asked about by itself: dearer, and better with small models.
        public var oneByOne: Bool

        /// The settings.
        public init(
            runs: Int = 3, seed: UInt64 = 1, temperature: Double = 0, maximumTokens: Int = 1_500,
            viewpoint: Viewpoint? = nil, allowance: Double? = nil, oneByOne: Bool = false
        ) {
            self.runs = min(max(1, runs), 20)
            self.seed = seed
            self.temperature = temperature
            self.maximumTokens = maximumTokens
            self.viewpoint = viewpoint
            self.allowance = allowance
            self.oneByOne = oneByOne
        }
    }

    /// A judge over a model.
    ///
    /// - Parameters:
    ///   - model: Where the model is asked.
    ///   - name: The model's name there.
    ///   - settings: How it judges.
    ///   - cache: Keeps answers, so that nothing is asked twice. Nil: nothing is kept.
    public init(
        _ model: any ChatModel, named name: String, settings: Settings = Settings(), cache: (any AnswerCache)? = nil
    ) {
        self.model = model
        self.name = name
        self.settings = settings
        self.cache = cache
    }

    /// See ``Judge/identity``.
    public var identity: JudgeIdentity {
        var told = [
            "runs": String(settings.runs), "seed": String(settings.seed),
            "temperature": String(settings.temperature), "maximum-tokens": String(settings.maximumTokens),
            "one-by-one": String(settings.oneByOne),
        ]
        told["viewpoint"] = settings.viewpoint?.name
        told["allowance"] = settings.allowance.map { String($0) }
        return JudgeIdentity(
            kind: .model, name: name, version: RubricPrompt.version,
            prompt: RubricPrompt.fingerprint(viewpoint: settings.viewpoint), settings: told)
    }

    /// See ``Judge/judgement(of:by:at:)``.
    public func judgement(of conversation: [ChatTurn], by rubric: Rubric, at moment: Int64) async throws -> Judgement {
        let transcript = JudgedTranscript(conversation)
        var tally = RunTally(rubric: rubric, transcript: transcript, runs: settings.runs)
        if transcript.hasReplies, !rubric.entries.isEmpty {
            for run in 0..<settings.runs {
                let parts =
                    settings.oneByOne
                    ? rubric.entries.map { Rubric([$0], considering: rubric.considerations) } : [rubric]
                for part in parts {
                    let prompt = RubricPrompt(
                        rubric: part, transcript: transcript, run: run, seed: settings.seed,
                        viewpoint: settings.viewpoint)
                    let answer = try await answer(to: prompt, run: run, cost: &tally.cost)
                    tally.take(answer, of: part, run: "run \(run + 1)")
                }
            }
        } else if !rubric.entries.isEmpty {
            tally.problems.append("The assistant says nothing in this conversation, so there is nothing to judge.")
        }
        return tally.judgement(by: identity, allowance: settings.allowance, at: moment)
    }

    private func answer(to prompt: RubricPrompt, run: Int, cost: inout JudgeCost) async throws -> String {
        let key = sha256Hexadecimal(
            (identity.fingerprint + "\nrun \(run)\n" + prompt.turns.map(\.content).joined(separator: "\n\u{1}\n")).utf8)
        if let kept = await cache?.answer(for: key) {
            cost.cached += 1
            return kept
        }
        let reply = try await model.reply(
            to: ChatRequest(
                model: name, turns: prompt.turns, temperature: settings.temperature,
                maximumTokens: settings.maximumTokens, seed: settings.seed &+ UInt64(run), form: prompt.form))
        cost =
            cost
            + JudgeCost(
                calls: 1, inputTokens: reply.inputTokens ?? 0, outputTokens: reply.outputTokens ?? 0)
        await cache?.keep(reply.content, for: key)
        return reply.content
    }
}

/// From where a judge looks: one voice in a panel of several lenses or traditions.
public struct Viewpoint: Hashable, Sendable {
    /// Its name, as in `hedonic` or `Ubuntu`.
    public let name: String
    /// What the judge is told of it: a sentence that goes on from "You look at the conversation as somebody …".
    public let words: String

    /// A viewpoint.
    public init(name: String, words: String) {
        self.name = name
        self.words = words
    }

    /// One of the four families of theories of well-being.
    public static func lens(_ lens: Lens) -> Viewpoint {
        let words =
            switch lens {
            case .hedonic: "for whom a life goes well as far as it feels well from the inside, over the whole of it."
            case .conative: "for whom a life goes well as far as people reach what they themselves want on reflection."
            case .objectiveList:
                "for whom some things are good for people whatever they feel or want: knowledge, friends, health, fairness."
            case .perfectionist:
                "for whom a life goes well as far as people become more able, wise and fully themselves."
            }
        return Viewpoint(name: lens.rawValue, words: words)
    }

    /// A lens by its name, else a tradition of that name.
    public static func named(_ name: String) -> Viewpoint {
        Lens(rawValue: name).map(Viewpoint.lens) ?? .tradition(name)
    }

    /// A living tradition, by its name.
    public static func tradition(_ name: String) -> Viewpoint {
        Viewpoint(name: name, words: "formed by this tradition, with what it has learned about living well: \(name).")
    }
}

/// Keeps a judge's answers, so that what was asked once isn't asked again.
public protocol AnswerCache: Sendable {
    /// What was kept under a key of 64 hexadecimal digits.
    func answer(for key: String) async -> String?
    /// Keeps an answer. One that can't be kept is asked for again some day.
    func keep(_ answer: String, for key: String) async
}

/// Keeps answers as long as the program runs.
public actor AnswerMemory: AnswerCache {
    private var answers: [String: String] = [:]

    /// An empty one.
    public init() {}

    /// See ``AnswerCache/answer(for:)``.
    public func answer(for key: String) -> String? { answers[key] }

    /// See ``AnswerCache/keep(_:for:)``.
    public func keep(_ answer: String, for key: String) { answers[key] = answer }
}
