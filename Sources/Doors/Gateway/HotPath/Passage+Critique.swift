import Charters
import Counsel
import Models
import NIOCore
import NIOHTTP1

/// Drafting, criticising and revising, while it goes on.
struct CritiqueInProgress {
    let task: Task<Void, Never>
    /// Tells a client that streams that a draft is being written, once that takes a while.
    let notice: Scheduled<Void>?

    func cancel() {
        task.cancel()
        notice?.cancel()
    }
}

/// Draft, criticise, revise, when the charter or the caller asks for it. The client sees the revision, and progress
/// until then.
extension Passage {
    /// How drafts of this message are criticised: as the charter says, and at least as often as the caller asks.
    func critiqueTerms(_ governing: GatewayCore.Governing) throws(GatewayRefusal) -> CritiqueTerms? {
        var terms = governing.charter.compiled.critique
        if let text = head.headers.first(name: "trellis-critique") {
            guard let rounds = Int(text), (1...3).contains(rounds) else {
                throw GatewayRefusal(
                    status: 400, kind: .invalidRequest,
                    message: "The header Trellis-Critique takes how often the draft is criticised, 1 to 3.",
                    param: "Trellis-Critique")
            }
            var asked = terms ?? CritiqueTerms()
            asked.rounds = max(asked.rounds, rounds)
            terms = asked
        }
        guard core.settings.counsel.allowsCritique else {
            if terms != nil { account.missing.append("A critique was asked for, and the operator has turned it off") }
            return nil
        }
        return terms
    }

    /// Begins with the draft. False, and the receipt says why, when this message can't be drafted: then it is sent as
    /// usual.
    func beginCritique(
        _ ask: Ask, _ terms: CritiqueTerms, _ advice: Advice, _ brief: PreparedBrief
    ) throws(GatewayRefusal) -> Bool {
        guard let route, let governing = account.governing else { return false }
        func skip(_ reason: String) -> Bool {
            account.critique = .skipped(reason)
            return false
        }
        guard ask.isPlain else { return skip("the reply was to have a form of its own, which a revision could break") }
        guard account.conversation?.turns.last?.role == .user else {
            return skip("the reply was to go on with words of the model's own")
        }
        let upstream = core.client.routes.upstreams[route.index]
        let translates = door.path(at: upstream) == nil
        let briefed = ask.briefed(body, by: brief, model: translates ? ask.model : route.model)
        guard let drafting = DraftRequest(briefed, dialect: door.dialect) else {
            return skip("the request is nested too deep to be written again")
        }
        let writer = DraftWriter(
            drafting: drafting, door: door, upstream: upstream, route: route, headers: head.headers,
            trace: account.trace, created: Int(account.at / 1_000), client: core.client,
            critic: core.settings.counsel.criticModel ?? ask.model)
        // A request that can't be translated is refused before anything is sent.
        account.missing += try writer.outbound(drafting.first).lost
        let critique = Critique(
            terms: terms,
            criteria: governing.charter.compiled.criteria(of: advice.brief.clauses, move: advice.choice.sentence))
        let turns = account.conversation?.turns ?? []
        body.clear()
        account.preparedAt = .now()
        account.wasSent = true
        account.attempts = 1
        if ask.streams { countAsStream() }
        let here = NIOLoopBound(self, eventLoop: eventLoop)
        let loop = eventLoop
        @Sendable func onLoop(_ work: @escaping @Sendable (Passage) -> Void) {
            loop.execute {
                let passage = here.value
                if !passage.isDone { work(passage) }
            }
        }
        let includesUsage = drafting.includesUsage
        let task = Task {
            let start = ContinuousClock.now
            let drafted: DraftReply
            do {
                drafted = try await writer.draft()
            } catch {
                let failure = DraftFailure(error)
                onLoop { $0.draftFailed(failure) }
                return
            }
            onLoop { $0.drafted() }
            var made = drafted
            var outcome = Critique.Outcome.skipped("the draft was no plain text")
            if let plain = drafted.plain {
                let counted = TokenCount(drafted.scan)
                outcome = await critique.refine(
                    Critique.Text(plain.text, tokens: counted.total, isCutOff: plain.isCutOff), of: turns, by: writer,
                    since: start
                ) { step in onLoop { $0.tellProgress(step) } }
                let spent = writer.spent
                made = drafted.saying(
                    outcome.reply, comesToItsEnd: !writer.lastIsCutOff, input: counted.input + spent.input,
                    output: counted.output + spent.output)
            }
            let (last, told) = (made, outcome)
            onLoop { $0.refined(last, told, includesUsage: includesUsage) }
        }
        let notice =
            ask.streams
            ? eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(500)) { self.tellProgress(.drafting) } : nil
        self.critique = CritiqueInProgress(task: task, notice: notice)
        return true
    }

    // MARK: On its way

    private func drafted() {
        critique?.notice?.cancel()
        if account.firstByteAt == nil { account.firstByteAt = .now() }
    }

    /// Tells a client that streams what is going on.
    private func tellProgress(_ step: Critique.Step) {
        guard account.streamed, !isDone else { return }
        beginStream()
        let event = WholeReply.progress(
            step.rawValue, model: account.modelRequested ?? "", id: account.id.description,
            created: Int(account.at / 1_000), dialect: door.dialect)
        connection.write(event)
        connection.flush()
    }

    private func beginStream() {
        guard !wroteHead else { return }
        mode = .streaming(ReplyStream(bridge: nil))
        writeHead(
            HTTPResponseHead(version: .http1_1, status: .ok), contentType: "text/event-stream; charset=utf-8",
            length: nil)
    }

    /// The reply is made; it goes out like any other, so that whatever holds for replies holds for it.
    private func refined(_ reply: DraftReply, _ outcome: Critique.Outcome, includesUsage: Bool) {
        account.critique = outcome
        guard account.streamed else { return finish(reply.head, reply.body) }
        beginStream()
        guard case .streaming(let stream) = mode else { return }
        for event in WholeReply.events(of: reply.body, dialect: door.dialect, includesUsage: includesUsage) {
            guard !isDone else { return }
            take(stream, event)
        }
        connection.flush()
        streamIsOver(stream, upstream: account.upstream)
    }

    private func draftFailed(_ failure: DraftFailure) {
        critique?.notice?.cancel()
        switch (failure, mode) {
        case (.upstream(let failure), _): fail(failure)
        case (.answered(let head, let body), .streaming(let stream)):
            let refused = UpstreamErrorReading.refusal(
                status: Int(head.status.code), body: body, upstream: account.upstream)
            breakStream(stream, refused, by: "it answered with status \(head.status.code)")
        case (.answered(let head, let body), _): answerUpstreamError(head, body)
        case (.refused(let refusal), .streaming(let stream)):
            breakStream(stream, refusal, by: "its reply was malformed")
        case (.refused(let refusal), _): answer(refusal)
        }
    }
}
