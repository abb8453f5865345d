import Charters
import Counsel
import Models
import NIOCore
import NIOHTTP1

/// Drafting, criticising and revising, while it goes on.
struct CritiqueInProgress {
    var task: Task<Void, Never>
    /// Who wrote the draft, and writes it once more when the floor asks for it.
    let writer: DraftWriter
    /// Tells a client that streams that a draft is being written, once that takes a while.
    let notice: Scheduled<Void>?
    /// The first draft, and whether a client that streams asked for usage, once the reply is made.
    var draft: DraftReply?
    var includesUsage = false

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
                made = writer.reply(drafted, saying: outcome.reply)
            }
            let (last, told) = (made, outcome)
            onLoop { $0.refined(last, from: drafted, told, includesUsage: includesUsage) }
        }
        let notice =
            ask.streams
            ? eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(500)) { self.tellProgress(.drafting) } : nil
        self.critique = CritiqueInProgress(task: task, writer: writer, notice: notice)
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
    private func refined(
        _ reply: DraftReply, from draft: DraftReply, _ outcome: Critique.Outcome, includesUsage: Bool
    ) {
        account.critique = outcome
        critique?.draft = draft
        critique?.includesUsage = includesUsage
        send(reply)
    }

    private func send(_ reply: DraftReply) {
        guard account.streamed else { return finish(reply.head, reply.body) }
        beginStream()
        let stream = ReplyStream(bridge: nil)
        mode = .streaming(stream)
        let attempt = revising
        let includesUsage = critique?.includesUsage ?? false
        for event in WholeReply.events(of: reply.body, dialect: door.dialect, includesUsage: includesUsage) {
            // The floor may have ended the reply, or have it written once more.
            guard !isDone, revising == attempt else { return }
            take(stream, event)
        }
        guard !isDone, revising == attempt else { return }
        connection.flush()
        streamIsOver(stream, upstream: account.upstream)
    }

    /// Has a reply that breaks a clause written once more, by whoever wrote its draft.
    ///
    /// - Returns: whether that can be done: only words can be put in other words.
    func asksDrafterAgain(_ finding: FloorFinding, _ floor: FloorEnforcement, draft words: String) -> Bool {
        guard let writer = critique?.writer, let draft = critique?.draft, draft.plain != nil else { return false }
        beginAgain(finding)
        tellProgress(.revising)
        let criticism = floor.criticism(finding)
        let here = NIOLoopBound(self, eventLoop: eventLoop)
        let loop = eventLoop
        critique?.task = Task {
            let revision: Result<Critique.Text, any Error>
            do {
                revision = .success(try await writer.revision(of: words, instruction: criticism))
            } catch {
                revision = .failure(error)
            }
            loop.execute {
                let passage = here.value
                guard !passage.isDone else { return }
                switch revision {
                case .success(let text): passage.send(writer.reply(draft, saying: text.words))
                case .failure(let error):
                    if !passage.answersForFailedRevision() { passage.draftFailed(DraftFailure(error)) }
                }
            }
        }
        return true
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
