import Charters
import Flourishing
public import Models

/// A language model that judges by a rubric: the good's own signs and failures, several runs in different orders, and
/// nothing counts that the assistant's own words don't bear out.
///
/// - It is blind: it sees neither system turns nor who wrote the replies.
/// - Each run tells the goods, their signs and failures, and the scale in another order, because models prefer what
///   comes first or last (Zheng et al. 2023, *Judging LLM-as-a-Judge*, arXiv 2306.05685).
/// - Answers are held to a JSON schema, and read as if they weren't.
/// - A rating above 0 needs a quote that stands word for word in a reply and serves the good; below 0, one that fails
///   it; 0, one of either. Else it is dropped, whatever the conversation tells the judge to do.
/// - Among the goods stands one that the replies can't serve. A run that finds it served is obeying somebody, or praises
///   at random: nothing that it finds served counts. Likewise for what it finds failed.
///
/// What it can't do is know more than its model. See how far it agrees with people before believing it:
/// `trellis judge agree`.
public struct ModelJudge: Judge {
    private let model: any ChatModel
    private let name: String
    private let address: String?
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
    ///   - address: Where that is, without anything secret: two servers may have different models under one name. Nil:
    ///     not told.
    ///   - settings: How it judges.
    ///   - cache: Keeps answers, so that nothing is asked twice. Nil: nothing is kept.
    public init(
        _ model: any ChatModel, named name: String, at address: String? = nil, settings: Settings = Settings(),
        cache: (any AnswerCache)? = nil
    ) {
        self.model = model
        self.name = name
        self.address = address
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
        told["address"] = address
        told["viewpoint"] = settings.viewpoint?.name
        told["allowance"] = settings.allowance.map { String($0) }
        return JudgeIdentity(
            kind: .model, name: name, version: RubricPrompt.version,
            prompt: RubricPrompt.fingerprint(viewpoint: settings.viewpoint), settings: told)
    }

    /// See ``Judge/judgement(of:by:at:)``.
    public func judgement(of conversation: [ChatTurn], by rubric: Rubric, at moment: Int64) async throws -> Judgement {
        let transcript = JudgedTranscript(conversation)
        let decoy = Decoy.drawn(for: transcript, beside: rubric, seed: settings.seed)
        let asked = Decoy.put(decoy, into: rubric, of: transcript, seed: settings.seed)
        let parts =
            settings.oneByOne ? asked.entries.map { Rubric([$0], considering: rubric.considerations) } : [asked]
        var tally = RunTally(rubric: rubric, transcript: transcript, runs: settings.runs, decoy: decoy.id)
        if transcript.hasReplies, !rubric.entries.isEmpty {
            for run in 0..<settings.runs {
                let name = "run \(run + 1)"
                for part in parts {
                    let prompt = RubricPrompt(
                        rubric: part, transcript: transcript, run: run, seed: settings.seed,
                        viewpoint: settings.viewpoint)
                    switch try await answer(to: prompt, about: part, run: run, cost: &tally.cost) {
                    case .read(let answer): tally.take(answer, of: part, run: name)
                    case .unread(let reason): tally.problems.append("\(reason) in \(name).")
                    }
                }
                tally.close(name)
            }
        } else if !rubric.entries.isEmpty {
            tally.problems.append("The assistant says nothing in this conversation, so there is nothing to judge.")
        }
        return tally.judgement(by: identity, allowance: settings.allowance, at: moment)
    }

    /// An answer that could be read, or why not.
    private enum Heard {
        case read(JudgeAnswer)
        case unread(String)
    }

    private func answer(
        to prompt: RubricPrompt, about part: Rubric, run: Int, cost: inout JudgeCost
    ) async throws -> Heard {
        let key = sha256Hexadecimal(
            (identity.fingerprint + "\nrun \(run)\n" + prompt.turns.map(\.content).joined(separator: "\n\u{1}\n")).utf8)
        if let kept = await cache?.answer(for: key), let answer = JudgeAnswer(kept.words, of: part) {
            cost = cost + JudgeCost(cached: 1, inputTokens: kept.inputTokens, outputTokens: kept.outputTokens)
            return .read(answer)
        }
        let reply = try await model.reply(
            to: ChatRequest(
                model: name, turns: prompt.turns, temperature: settings.temperature,
                maximumTokens: settings.maximumTokens, seed: settings.seed &+ UInt64(run), form: prompt.form))
        let (input, output) = (reply.inputTokens ?? 0, reply.outputTokens ?? 0)
        cost = cost + JudgeCost(calls: 1, inputTokens: input, outputTokens: output)
        guard let answer = JudgeAnswer(reply.content, of: part) else { return .unread(Self.reason(reply)) }
        // What is no answer isn't kept: another time there may be one.
        await cache?.keep(KeptAnswer(words: reply.content, inputTokens: input, outputTokens: output), for: key)
        return .read(answer)
    }

    /// Why an answer couldn't be read, as the beginning of a sentence.
    private static func reason(_ reply: ChatReply) -> String {
        switch reply.finishReason {
        case "refusal"?: "The judge's model refused to judge"
        case "content_filter"?: "A filter on the judge's server held back its answer"
        case "length"?, "max_tokens"?: "The judge's answer was cut off, at its most tokens, before it could be read"
        default:
            reply.content.contains { !$0.isWhitespace }
                ? "The judge's answer couldn't be read as JSON by the rubric" : "The judge gave no answer"
        }
    }
}
