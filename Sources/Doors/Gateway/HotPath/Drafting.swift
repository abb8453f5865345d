import Counsel
import Models
import NIOCore
import NIOHTTP1
import Synchronization

/// A briefed request as it asks for a draft: whole, not streamed; and as it asks for a revision: with the draft and what
/// is wrong with it as two more turns. Everything else is as the client sent it.
struct DraftRequest: Sendable {
    /// The request for the draft.
    let first: ByteBuffer
    /// Whether an OpenAI client asked for usage at the end of its stream.
    let includesUsage: Bool
    private let value: JSONObject

    init?(_ briefed: ByteBuffer, dialect: Upstream.Dialect) {
        guard case .object(var value)? = try? JSONValue(parsing: briefed), value["messages"]?.array != nil else {
            return nil
        }
        includesUsage = value["stream_options"]?["include_usage"]?.flag ?? false
        // OpenAI's API refuses options of a stream where there is none.
        value["stream"] = nil
        value["stream_options"] = nil
        self.value = value
        first = ByteBuffer(bytes: JSONValue.object(value).bytes)
    }

    func revising(_ draft: String, instruction: String) -> ByteBuffer {
        var value = value
        let messages = value["messages"]?.array ?? []
        value["messages"] = .array(
            messages + [
                ["role": "assistant", "content": .string(draft)], ["role": "user", "content": .string(instruction)],
            ])
        return ByteBuffer(bytes: JSONValue.object(value).bytes)
    }
}

/// A whole reply in the client's dialect.
struct DraftReply: Sendable {
    let head: HTTPResponseHead
    let body: ByteBuffer
    let dialect: Upstream.Dialect

    /// Its text, also where it was cut off at its limit of tokens: what is there can be criticised.
    var plain: PlainReply? { PlainReply(body, dialect, cutOff: true) }
    var scan: ReplyScan? { ReplyScan(body) }

    /// The same reply with other words, and with what it cost in all.
    ///
    /// - Parameter comesToItsEnd: whether the other words were not cut off.
    func saying(_ words: String, comesToItsEnd: Bool, input: Int, output: Int) -> DraftReply {
        guard let plain else { return self }
        let said = plain.text == words ? body : plain.saying(words, comesToItsEnd: comesToItsEnd)
        let isCounted = scan?.outputTokens != nil || scan?.inputTokens != nil
        return DraftReply(
            head: head,
            body: isCounted ? WholeReply.costing(input: input, output: output, said, dialect: dialect) : said,
            dialect: dialect)
    }
}

/// Tokens that a reply says it took.
struct TokenCount: Sendable {
    var input = 0
    var output = 0
    var total: Int { input + output }

    init() {}

    init(_ scan: ReplyScan?) {
        // Counts from outside: absurd ones are cut, so that sums can't trap.
        input = min(max(scan?.inputTokens ?? 0, 0), 1 << 40)
        output = min(max(scan?.outputTokens ?? 0, 0), 1 << 40)
    }
}

/// Why there is no draft.
enum DraftFailure: Error {
    /// The upstream failed.
    case upstream(UpstreamFailure)
    /// The upstream answered with an error.
    case answered(HTTPResponseHead, ByteBuffer)
    /// What the upstream sent can't be passed on.
    case refused(GatewayRefusal)

    init(_ error: any Error) {
        switch error {
        case let failure as DraftFailure: self = failure
        case let failure as UpstreamFailure: self = .upstream(failure)
        case let refusal as GatewayRefusal: self = .refused(refusal)
        default: self = .upstream(UpstreamFailure(.cancelled, upstream: ""))
        }
    }
}

/// The model of a message as the writer of its drafts, and the critic beside it.
final class DraftWriter: Critique.Writer {
    private let drafting: DraftRequest
    private let door: Door
    private let upstream: Upstream
    private let route: (index: Int, model: String)
    private let headers: HTTPHeaders
    private let trace: TraceContext
    private let created: Int
    private let client: UpstreamClient
    private let critic: String
    private struct Work {
        var spent = TokenCount()
        /// Whether the draft was cut off at its limit of tokens, and the text that was written last.
        var draftIsCutOff = false
        var lastIsCutOff = false
    }

    private let work = Mutex(Work())

    init(
        drafting: DraftRequest, door: Door, upstream: Upstream, route: (index: Int, model: String),
        headers: HTTPHeaders, trace: TraceContext, created: Int, client: UpstreamClient, critic: String
    ) {
        self.drafting = drafting
        self.door = door
        self.upstream = upstream
        self.route = route
        self.headers = headers
        self.trace = trace
        self.created = created
        self.client = client
        self.critic = critic
    }

    /// What criticising and revising has taken so far.
    var spent: TokenCount { work.withLock { $0.spent } }

    /// Whether the text that was written last was cut off at its limit of tokens.
    var lastIsCutOff: Bool { work.withLock { $0.lastIsCutOff } }

    /// The request that goes upstream for a briefed body.
    func outbound(_ briefed: ByteBuffer) throws(GatewayRefusal) -> Outbound {
        try Outbound(
            briefed: briefed, door: door, model: route.model, upstream: upstream, headers: headers, trace: trace,
            created: created)
    }

    /// The first draft.
    ///
    /// - Throws: ``DraftFailure``, or whatever kept the upstream from being asked.
    func draft() async throws -> DraftReply {
        let draft = try await reply(to: drafting.first)
        let isCutOff = draft.plain?.isCutOff ?? false
        work.withLock { ($0.draftIsCutOff, $0.lastIsCutOff) = (isCutOff, isCutOff) }
        return draft
    }

    func criticism(of question: [ChatTurn], maximumTokens: Int) async throws -> Critique.Text {
        let reply = try await UpstreamChatModel(client).reply(
            to: ChatRequest(model: critic, turns: question, temperature: 0, maximumTokens: maximumTokens))
        // A server that doesn't count is counted for, about four bytes a token.
        let input = reply.inputTokens ?? question.reduce(0) { $0 + $1.content.utf8.count } / 4
        let output = reply.outputTokens ?? reply.content.utf8.count / 4
        return spend(reply.content, input: input, output: output)
    }

    func revision(of draft: String, instruction: String) async throws -> Critique.Text {
        let body = drafting.revising(draft, instruction: instruction)
        let reply = try await reply(to: body)
        guard let plain = reply.plain else {
            throw UpstreamFailure(.malformedReply, upstream: upstream.name, detail: "the revision is no plain text")
        }
        // Half a revision is worse than a whole draft, and no worse than half of one.
        guard !plain.isCutOff || work.withLock({ $0.draftIsCutOff }) else {
            throw UpstreamFailure(.malformedReply, upstream: upstream.name, detail: "the revision was cut off")
        }
        work.withLock { $0.lastIsCutOff = plain.isCutOff }
        let counted = TokenCount(reply.scan)
        return spend(
            plain.text, input: counted.input > 0 ? counted.input : body.readableBytes / 4,
            output: counted.output > 0 ? counted.output : plain.text.utf8.count / 4, isCutOff: plain.isCutOff)
    }

    /// A draft in other words, with what all of it cost.
    func reply(_ draft: DraftReply, saying words: String) -> DraftReply {
        let counted = TokenCount(draft.scan)
        let work = work.withLock { $0 }
        return draft.saying(
            words, comesToItsEnd: !work.lastIsCutOff, input: counted.input + work.spent.input,
            output: counted.output + work.spent.output)
    }

    private func spend(_ words: String, input: Int, output: Int, isCutOff: Bool = false) -> Critique.Text {
        let (input, output) = (min(max(input, 0), 1 << 40), min(max(output, 0), 1 << 40))
        work.withLock { work in
            work.spent.input += input
            work.spent.output += output
        }
        return Critique.Text(words, tokens: input + output, isCutOff: isCutOff)
    }

    private func reply(to briefed: ByteBuffer) async throws -> DraftReply {
        let outbound = try outbound(briefed)
        let reply = try await client.send(outbound.request, to: route.index)
        let type = reply.head.headers.first(name: "content-type")?.lowercased() ?? "application/json"
        var body = try await reply.collected(upTo: 4 << 20)
        guard reply.head.status.code < 400 else { throw DraftFailure.answered(reply.head, body) }
        guard type.hasPrefix("application/json") else {
            throw UpstreamFailure(.malformedReply, upstream: upstream.name, detail: "it sent no JSON")
        }
        if let bridge = outbound.bridge { body = try bridge.reply(body) }
        guard ReplyScan(body) != nil else {
            throw UpstreamFailure(.malformedReply, upstream: upstream.name, detail: "its JSON is broken")
        }
        return DraftReply(head: reply.head, body: body, dialect: door.dialect)
    }
}
