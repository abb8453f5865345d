import Charters
import Consents
import Counsel
import Logging
import Memory
import Models
import NIOCore
import NIOHTTP1

/// From the whole body to the model: what is asked for, under which charter, in which situation, and what the model is
/// told therefore.
extension Passage {
    /// Reads the body and finds out who asks for what, under which charter. Whatever is wrong with the request is told
    /// here, before anybody is asked anything.
    func receive() throws(GatewayRefusal) {
        let ask = try Ask(door: door, body: body, depth: core.settings.limits.jsonDepth)
        self.ask = ask
        account.streamed = ask.streams
        account.modelRequested = ask.model
        account.choices = ask.choices
        account.person = try core.person(
            header: head.headers.first(name: "trellis-person"), field: ask.person, in: account.application)
        if let parent = head.headers.first(name: "traceparent").flatMap({ TraceContext(parsing: $0.utf8) }) {
            account.trace = parent
        }
        let governing = try core.governing(key, wishes: door == .embeddings ? nil : wishes())
        account.governing = governing
        guard let route = core.client.routes.route(ask.model) else { throw core.unknownModel(ask.model) }
        self.route = route
        account.upstream = core.client.routes.upstreams[route.index].name
        guard door != .embeddings else {
            try admit(ask, brief: 0)
            try send(ask, with: nil)
            return
        }
        let known = try Circumstances(headers: head.headers, at: account.at)
        let terms = try critiqueTerms(governing)
        try admit(ask, brief: governing.charter.compiled.brief.utf8.count, times: terms.map { 1 + 2 * $0.rounds } ?? 1)
        account.critiqueTerms = terms
        try consult(ask, governing, known)
    }

    /// What the person wishes for themselves, from memory as a rule.
    private func wishes() -> PersonLayer? {
        guard let person = account.person else { return nil }
        do throws(WishesError) {
            return try core.wishes.layer(of: PersonKey(person, in: account.application))
        } catch {
            core.logger.error("a person's wishes can't be read", metadata: ["reason": "\(error)"])
            account.missing.append("The person's own wishes could not be read, so the reply was given without them")
            return nil
        }
    }

    /// Lets the message in, if the key's limits do.
    private func admit(_ ask: Ask, brief: Int, times: Int = 1) throws(GatewayRefusal) {
        // The brief goes to the model too, and the model counts it.
        let bytes = body.readableBytes + brief
        account.estimatedInput = bytes / 4
        if let governing = account.governing, core.keepsBodies(governing) {
            account.keepsBodies = true
            account.requestBody = body
        }
        guard let key else { return }
        do throws(LimitRefusal) {
            admission = try key.admit(estimatedTokens: ask.estimatedTokens(bodyBytes: bytes) * times, at: .now())
        } catch {
            core.metrics.limitRefused()
            throw GatewayRefusal(
                status: 429, kind: .rateLimited, message: error.message, retryAfter: error.retryAfter)
        }
    }

    // MARK: Counsel

    /// Reads the situation and takes counsel. At once, unless a consent must be written down first or a reader asks a
    /// model: then the message waits away from the event loop and comes back to it.
    private func consult(
        _ ask: Ask, _ governing: GatewayCore.Governing, _ known: Circumstances
    ) throws(GatewayRefusal) {
        let charter = governing.charter.compiled
        let said = ask.conversation(in: body)
        let conversation = Conversation(turns: said.turns)
        account.conversation = conversation
        account.conversationIsCut = said.isCut
        let person = account.person.map { PersonKey($0, in: account.application) }
        let settlement = settlement(of: governing.questions, for: person, in: conversation, language: known.language)
        let reader = core.reader
        let turn = try turnForMemory(of: person, in: conversation, under: charter)
        let recollection = turn.map { core.recollecting?.atOnce($0) } ?? .nothing
        account.recollection = recollection ?? .nothing
        if settlement == nil, reader == nil, recollection != nil {
            let situation = core.cues.reading(of: conversation, known: known, charter: charter)
            try proceed(ask, governing, situation, person)
            return
        }
        let asking = core.adviser.asking
        let cues = core.cues
        // Beside the reading of the situation: both may ask a model.
        let recollected = recollection == nil ? turn.flatMap { recollecting($0) } : nil
        let (at, id, logger) = (account.at, account.id, core.logger)
        let here = NIOLoopBound(self, eventLoop: eventLoop)
        let loop = eventLoop
        Task {
            var trouble: String?
            if let settlement, let person {
                do throws(ConsentError) {
                    try await asking.settle(settlement, of: person, at: at, receipt: id)
                } catch {
                    logger.error("a consent could not be kept", metadata: ["reason": "\(error)"])
                    trouble = "What the person said to the charter's question could not be kept"
                }
            }
            let situation =
                if let reader {
                    await reader.read(conversation, known: known, charter: charter)
                } else {
                    cues.reading(of: conversation, known: known, charter: charter)
                }
            let late = await recollected?.value
            loop.execute { [trouble] in
                let passage = here.value
                guard !passage.isDone else { return }
                if let late { passage.account.recollection = late }
                if let trouble { passage.account.missing.append(trouble) }
                do throws(GatewayRefusal) {
                    try passage.proceed(ask, governing, situation, person)
                } catch {
                    passage.answer(error)
                }
            }
        }
    }

    /// What the message says to the question at the end of the reply before. Nil when there was none, or no clear answer.
    private func settlement(
        of questions: [ConsentQuestion], for person: PersonKey?, in conversation: Conversation, language: String?
    ) -> ConsentAsking.Settlement? {
        guard !questions.isEmpty, let person, let message = conversation.turns.last, message.role == .user,
            let before = conversation.turns.dropLast().last, before.role == .assistant
        else { return nil }
        let found = core.adviser.asking.settlement(
            of: questions, for: person, after: before.content, message: message.content, language: language)
        return found?.answer == .unclear ? nil : found
    }

    private func proceed(
        _ ask: Ask, _ governing: GatewayCore.Governing, _ situation: Situation, _ person: PersonKey?
    ) throws(GatewayRefusal) {
        let advice = core.adviser.advice(
            on: situation, under: governing.charter.compiled, questions: governing.questions, to: person,
            mayAsk: ask.isPlain, at: account.at)
        account.advice = advice
        if let question = advice.question, let person { asking = QuestionInReply(question, to: person) }
        try send(ask, with: advice)
    }

    // MARK: On its way to the model

    /// Sends the message on, with what the model is told in front of it. Without advice it is told nothing.
    private func send(_ ask: Ask, with advice: Advice?) throws(GatewayRefusal) {
        guard let route, let governing = account.governing else { return }
        if answersFromFloor(ask) || answersForDanger(ask, advice) { return }
        if asksGuardAboutInput(ask, { passage throws(GatewayRefusal) in try passage.send(ask, with: advice) }) {
            return
        }
        let brief = remembering(
            advice.map { governing.prepared($0.brief, in: core.briefs) } ?? governing.brief, advice)
        if let advice, !governing.isPersonal, !advice.isForOne {
            core.ledger.remember(advice.brief, of: governing.charter.compiled)
        }
        if let terms = account.critiqueTerms, let advice, try beginCritique(ask, terms, advice, brief) { return }
        let outbound = try Outbound(
            body, ask: ask, brief: brief, door: door, route: route, core: core, headers: head.headers,
            trace: account.trace, created: Int(account.at / 1_000))
        account.missing += outbound.lost
        bridge = outbound.bridge
        body.clear()
        account.preparedAt = .now()
        let exchange = core.client.connections(on: eventLoop).exchange(
            outbound.request, to: route.index, delegate: self)
        self.exchange = exchange
        account.wasSent = true
        if ask.streams { countAsStream() }
        exchange.start()
    }

    func countAsStream() {
        isOpenStream = true
        core.metrics.openStreams.add(1)
    }
}

/// A request on its way to an upstream: briefed, named, and in the upstream's dialect.
struct Outbound {
    let request: UpstreamRequest
    /// What brings the reply back into the client's dialect, if the upstream speaks another.
    let bridge: DialectBridge?
    /// What the upstream's dialect has no words for, as the receipt says it.
    let lost: [String]

    init(
        _ body: ByteBuffer, ask: Ask, brief: PreparedBrief, door: Door, route: (index: Int, model: String),
        core: GatewayCore, headers given: HTTPHeaders, trace: TraceContext, created: Int
    ) throws(GatewayRefusal) {
        let upstream = core.client.routes.upstreams[route.index]
        let translates = door.path(at: upstream) == nil
        try self.init(
            briefed: ask.briefed(body, by: brief, model: translates ? ask.model : route.model), door: door,
            model: route.model, upstream: upstream, headers: given, trace: trace, created: created)
    }

    /// - Parameter briefed: the body with the brief in it; with the upstream's name for the model when it is not
    ///   translated.
    init(
        briefed: ByteBuffer, door: Door, model: String, upstream: Upstream, headers given: HTTPHeaders,
        trace: TraceContext, created: Int
    ) throws(GatewayRefusal) {
        var headers = ForwardedHeaders.request(given)
        headers.add(name: "traceparent", value: trace.child().header)
        if let path = door.path(at: upstream) {
            request = UpstreamRequest(path: path, headers: headers, body: briefed)
            bridge = nil
            lost = []
            return
        }
        guard let path = door.translatedPath(at: upstream) else {
            throw GatewayRefusal(
                status: 400, kind: .invalidRequest,
                message: "The upstream “\(upstream.name)” makes no embeddings. Choose a model of another upstream.",
                param: "model")
        }
        var bridge = DialectBridge(client: door.dialect, created: created)
        // OpenAI's own newer models take `max_completion_tokens`; most other servers read `max_tokens`.
        let translated = try bridge.request(
            briefed, model: model, limitsCompletion: upstream.address.host == "api.openai.com")
        self.bridge = bridge
        lost = translated.lost.map { "\($0): the upstream's dialect has no such field" }
        headers = ForwardedHeaders.translated(headers)
        if upstream.dialect == .anthropic {
            headers.replaceOrAdd(name: "anthropic-version", value: "2023-06-01")
        }
        request = UpstreamRequest(path: path, headers: headers, body: translated.body)
    }
}
