import Charters
import Counsel
import Models
import NIOCore
import NIOHTTP1

/// The floor on a message's way: the person's words are looked at before a model is asked, the model's before the
/// person sees them. Charters whose floor names no way of noticing a breach pass all of this by.
extension Passage {
    /// The floor that this message stands on; nil when nothing is watched.
    var floor: FloorEnforcement? { door == .embeddings ? nil : account.governing?.floor }

    /// Whether replies must be seen whole or event by event before they go on.
    var watchesOutput: Bool { floor?.looks(at: .output) == true }

    // MARK: What the person says

    /// Looks at the person's words. When they break a clause, or call for what it says, the answer is the charter's own
    /// and no model is asked.
    ///
    /// - Returns: whether the message has been answered.
    func answersFromFloor(_ ask: Ask) -> Bool {
        guard let floor, floor.watch.watchesInput, !guardHasSeenInput else { return false }
        let findings = floor.watch.input(personsWords(ask))
        guard !findings.isEmpty else { return false }
        account.floor += findings.filter { $0.strictness == .note }
        let breaches = findings.filter { $0.strictness > .note }
        guard !breaches.isEmpty else { return false }
        say(floor.answered(breaches), model: ask.model)
        return true
    }

    /// Answers somebody who says outright that a life is in danger, or goes on from it, where the floor's phrases heard
    /// nothing: a model must not improvise then.
    ///
    /// - Returns: whether the message has been answered.
    func answersForDanger(_ ask: Ask, _ advice: Advice?) -> Bool {
        guard let floor, advice?.situation.saysDanger == true else { return false }
        let findings = floor.dangers.sorted { $0.strictness > $1.strictness }
        guard !findings.isEmpty else { return false }
        say(floor.answered(findings), model: ask.model)
        return true
    }

    /// What the person speaks: as the request says, otherwise as it was read.
    private var spokenLanguage: String? { account.advice?.situation.circumstances.language }

    /// What the person has said since the model last spoke.
    func personsWords(_ ask: Ask) -> String {
        // Counsel has read the newest turns already; only of a long message is there more.
        if let conversation = account.conversation, !account.conversationIsCut {
            return Ask.personsWords(conversation.turns)
        }
        return ask.personsWords(in: body)
    }

    /// Answers a message with a floor's own words.
    func say(_ findings: [FloorFinding], model: String) {
        guard let floor else { return }
        let settled = findings.map(floor.settled)
        // Where help is named, the reply ends as a reply: clients hide what was held back.
        guard let first = settled.first(where: { $0.action == .handedOver }) ?? settled.first else { return }
        account.floor += settled
        var words: [String] = []
        for finding in settled {
            let more = floor.words(finding, in: spokenLanguage)
            if !words.contains(more) { words.append(more) }
        }
        asking = nil
        say(words.joined(separator: "\n\n"), for: first, model: model)
    }

    /// Answers with a floor's own words, as a whole reply or a stream, in the client's dialect.
    private func say(_ words: String, for finding: FloorFinding, model: String) {
        let finish = FloorWording.finishReason(finding, door.dialect)
        account.floorFinish = finish
        let id = account.id.description
        let created = Int(account.at / 1_000)
        let reply: ByteBuffer
        if account.streamed {
            reply = FloorWording.stream(
                words, finish: finish, model: model, id: id, created: created, door.dialect)
        } else {
            let value = FloorWording.reply(
                words, finish: finish, model: model, id: id, created: created, door.dialect)
            reply = ByteBuffer(bytes: value.bytes)
        }
        if account.keepsBodies { account.replyBody = reply }
        record(outcome: .complete, stream: nil)
        writeHead(
            HTTPResponseHead(version: .http1_1, status: .ok),
            contentType: account.streamed ? "text/event-stream; charset=utf-8" : "application/json",
            length: account.streamed ? nil : String(reply.readableBytes))
        write(reply)
        end()
    }

    // MARK: What the model says, whole

    /// Looks at a whole reply. Gives what goes out in its place, the reply itself if nothing is wrong with it, or nil
    /// when the model is being asked once more.
    func held(toFloor reply: ByteBuffer) -> ByteBuffer? {
        guard let floor, floor.looks(at: .output) else { return reply }
        let said = FloorReplyReading(reply, door.dialect)
        guard said.isReadable else {
            failUnreadable()
            return nil
        }
        guard floor.watch.watchesOutput else { return reply }
        let found = said.choices.map { choice in
            (
                choice,
                choice.texts.flatMap { text in floor.watch.output(text.words).map { $0.within(text.field.name) } }
            )
        }
        return held(found, in: reply)
    }

    /// Does what the floor says about a whole reply, whoever noticed a breach in it. Gives what goes out in its place, the
    /// reply itself if nothing is wrong with it, or nil when the model is being asked once more.
    func held(
        _ found: [(choice: FloorReplyReading.Choice, findings: [FloorFinding])], in reply: ByteBuffer
    ) -> ByteBuffer? {
        guard let floor else { return reply }
        var changes: [(choice: Int, finding: FloorFinding)] = []
        for (choice, findings) in found {
            account.floor += findings.filter { $0.strictness == .note }
            // The first of the strictest: findings stand in the order of the texts.
            let strictest = findings.map(\.strictness).max() ?? .note
            guard strictest > .note, let first = findings.first(where: { $0.strictness == strictest }) else { continue }
            if first.callsForRevision, ask?.choices == 1, revising == nil,
                asksAgain(first, floor, draft: choice.content)
            {
                draftReply = reply
                return nil
            }
            changes.append((choice.index, floor.settled(first)))
        }
        return replaced(changes, in: reply)
    }

    /// A whole reply in which some choices say a floor's words instead; the reply itself when there are none.
    private func replaced(_ changes: [(choice: Int, finding: FloorFinding)], in reply: ByteBuffer) -> ByteBuffer? {
        guard let floor, !changes.isEmpty else { return reply }
        guard var value = try? JSONValue(parsing: reply, depthLimit: JSONCursor.deepestLimit) else {
            // Whatever can't be changed must not go out as it is.
            failUnreadable()
            return nil
        }
        for (choice, finding) in changes {
            account.floor.append(finding)
            choicesOfFloor.insert(choice)
            let finish = FloorWording.finishReason(finding, door.dialect)
            account.floorFinish = finish
            value = FloorWording.replacing(
                choice, of: value, by: floor.words(finding, in: spokenLanguage), finish: finish,
                door.dialect)
        }
        asking = nil
        return ByteBuffer(bytes: value.bytes)
    }

    /// A reply that names a field twice says one thing to one reader and another to the next: no floor holds in it.
    private func failUnreadable() {
        fail(
            UpstreamFailure(
                .malformedReply, upstream: account.upstream,
                detail: "its JSON names a field twice, so it can't be checked"))
    }

    // MARK: What the model says, as it says it

    /// Whether everything that the upstream has sent has gone on.
    var isDrained: Bool { floorStream?.isDrained != false }

    /// Whether the client has been told the end of the stream.
    func isTold(_ stream: ReplyStream) -> Bool { stream.isWhole && isDrained }

    /// Passes events by the floor. Gives what goes on; nil when the reply ended here or is being written again.
    func held(toFloor events: ByteBuffer, of stream: ReplyStream, isEnd: Bool = false) -> ByteBuffer? {
        if floorStream == nil, let floor, floor.looks(at: .output) {
            floorStream = FloorStream(
                floor, dialect: door.dialect, choices: ask?.choices ?? 1, mayRevise: true, language: spokenLanguage)
        }
        guard let floorStream else { return events }
        var (out, course) = floorStream.take(events)
        if case .on = course, isEnd {
            let rest = floorStream.finish()
            out.writeImmutableBuffer(rest.out)
            course = rest.course
        }
        return follow(course, out, stream)
    }

    /// Does what the floor says about a stream.
    func follow(_ course: FloorStream.Course, _ out: ByteBuffer, _ stream: ReplyStream) -> ByteBuffer? {
        guard let floorStream else { return out }
        switch course {
        case .on:
            askGuard(about: floorStream, stream)
            return out
        case .cut:
            cut(stream, out)
            return nil
        case .revise(let finding, let draft):
            if out.readableBytes > 0 { write(out) }
            if let floor, asksAgain(finding, floor, draft: draft) { return nil }
            cut(stream, floorStream.instead(of: finding))
            return nil
        case .unreadable:
            if out.readableBytes > 0 { write(out) }
            breakStream(
                stream,
                GatewayRefusal(
                    status: 502, kind: .upstreamFault,
                    message: "The model's reply can be read in two ways, so the charter's floor can't be checked in it."
                ),
                by: "an event of its stream names a field twice")
            return nil
        }
    }

    /// Ends a stream with the floor's words, and stops the model.
    private func cut(_ stream: ReplyStream?, _ out: ByteBuffer) {
        account.floorFinish = floorStream?.finishReason
        asking = nil
        record(outcome: .complete, stream: stream)
        if account.keepsBodies { account.replyBody.writeImmutableBuffer(out) }
        write(out)
        exchange?.cancel()
        end()
    }

    // MARK: Once more

    /// Asks the model to write its reply again, with what was wrong with it. Once only.
    private func asksAgain(_ finding: FloorFinding, _ floor: FloorEnforcement, draft: String) -> Bool {
        guard revising == nil else { return false }
        if critique != nil { return asksDrafterAgain(finding, floor, draft: draft) }
        guard let exchange, let body = exchange.request.body,
            let index = route?.index,
            var object = (try? JSONValue(parsing: body, depthLimit: Translation.depthLimit))?.object,
            var messages = object["messages"]?.array
        else { return false }
        if !draft.isEmpty { messages.append(["role": "assistant", "content": .string(draft)]) }
        messages.append(["role": "user", "content": .string(floor.criticism(finding))])
        object["messages"] = .array(messages)
        beginAgain(finding)
        let request = UpstreamRequest(
            path: exchange.request.path, headers: exchange.request.headers,
            body: ByteBuffer(bytes: JSONValue.object(object).bytes))
        exchange.cancel()
        let second = core.client.connections(on: eventLoop).exchange(request, to: index, delegate: self)
        self.exchange = second
        second.start()
        return true
    }

    /// Whatever was held of the first try is gone, and nothing that was begun about it counts any more.
    func beginAgain(_ finding: FloorFinding) {
        revising = finding
        exchangeIsOver = false
        guardTimer?.cancel()
        guardTimer = nil
        if let floorStream { floorStream.restart(for: finding) } else { account.floor.append(finding) }
        mode = .waiting
    }

    /// The second try failed. The client gets the charter's words, not an error: a reply is owed that keeps the floor.
    ///
    /// - Returns: whether there was a second try.
    func answersForFailedRevision() -> Bool {
        guard let finding = revising, let floor else { return false }
        if let floorStream {
            guard wroteHead else { return false }
            cut(nil, floorStream.instead(of: finding))
            return true
        }
        guard let draft = draftReply, let value = try? JSONValue(parsing: draft) else { return false }
        account.floor.removeAll { $0 == finding }
        let settled = floor.settled(finding)
        account.floor.append(settled)
        let finish = FloorWording.finishReason(settled, door.dialect)
        account.floorFinish = finish
        let reply = ByteBuffer(
            bytes: FloorWording.replacing(0, of: value, by: floor.words(settled), finish: finish, door.dialect).bytes)
        account.status = 200
        asking = nil
        if account.keepsBodies { account.replyBody = reply }
        record(outcome: .complete, stream: nil)
        writeHead(
            HTTPResponseHead(version: .http1_1, status: .ok), contentType: "application/json",
            length: String(reply.readableBytes))
        write(reply)
        exchange?.cancel()
        end()
        return true
    }
}
