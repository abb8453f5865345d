import Charters
import Counsel
import NIOCore
import NIOHTTP1

/// Clauses that name categories of a guard model: the message, or the reply, waits for its judgement.
///
/// The guard is asked off the event loop; its answer comes back to it. Without an answer nothing passes.
extension Passage {
    /// Asks about the person's words, once. The message goes on its way when the answer is there.
    ///
    /// - Returns: whether the message waits.
    func asksGuardAboutInput(
        _ ask: Ask, _ goOn: @escaping (Passage) throws(GatewayRefusal) -> Void
    ) -> Bool {
        guard !guardHasSeenInput, let floor, let guardian = floor.guardian, guardian.watches(.input) else {
            return false
        }
        let words = personsWords(ask)
        guard !words.isEmpty else { return false }
        guardHasSeenInput = true
        let model = ask.model
        judge({ await guardian.findings(in: words, on: .input) }) { passage, found in
            passage.account.floor += found.filter { $0.strictness == .note }
            let breaches = found.filter { $0.strictness > .note }
            guard breaches.isEmpty else {
                return passage.say(passage.floor?.answered(breaches) ?? breaches, model: model)
            }
            do throws(GatewayRefusal) {
                try goOn(passage)
            } catch {
                passage.answer(error)
            }
        }
        return true
    }

    /// Asks about a whole reply. It goes out when the answer is there.
    ///
    /// - Returns: whether the reply waits.
    func asksGuard(about reply: ByteBuffer, _ head: HTTPResponseHead) -> Bool {
        guard let guardian = floor?.guardian, guardian.watches(.output) else {
            return false
        }
        let said = FloorReplyReading(reply, door.dialect).choices.filter { !choicesOfFloor.contains($0.index) }
        guard !said.isEmpty else { return false }
        mode = .waiting
        let question = question
        judge({
            // All texts at once: the person waits for one judgement, not for one after the other.
            await withTaskGroup(of: (place: Int, findings: [FloorFinding]).self) { group in
                for (place, choice) in said.enumerated() {
                    for text in choice.texts {
                        group.addTask {
                            let found = await guardian.findings(
                                in: text.words, on: .output, inReplyTo: question, within: text.field.name)
                            return (place, found)
                        }
                    }
                }
                var found = said.map { (choice: $0, findings: [FloorFinding]()) }
                for await (place, findings) in group { found[place].findings += findings }
                return found
            }
        }) { passage, found in
            if let checked = passage.held(found, in: reply) { passage.deliver(head, checked) }
        }
        return true
    }

    /// What the person asked, for a guard that judges a reply in its light.
    private var question: String? {
        account.conversation?.message
    }

    /// Asks about the windows of a stream that are due, and sees to it that no text waits for ever.
    func askGuard(about floorStream: FloorStream, _ stream: ReplyStream, timeIsUp: Bool = false) {
        guard let guardian = floor?.guardian else { return }
        while let window = floorStream.nextWindow(timeIsUp: timeIsUp) {
            ask(guardian, about: window, floorStream, stream)
        }
        guard floorStream.hasUnasked else {
            guardTimer?.cancel()
            guardTimer = nil
            return
        }
        guard guardTimer == nil else { return }
        let bound = NIOLoopBound((self, floorStream, stream), eventLoop: eventLoop)
        guardTimer = eventLoop.scheduleTask(in: TimeAmount(guardian.terms.windowTime)) {
            let (passage, floorStream, stream) = bound.value
            passage.guardTimer = nil
            if !passage.isDone { passage.askGuard(about: floorStream, stream, timeIsUp: true) }
        }
    }

    private func ask(
        _ guardian: FloorGuard, about window: FloorStream.Window, _ floorStream: FloorStream, _ stream: ReplyStream
    ) {
        let bound = NIOLoopBound((floorStream, stream), eventLoop: eventLoop)
        let question = question
        judge({
            await guardian.findings(in: window.text, on: .output, inReplyTo: question, at: window.from)
        }) { passage, found in
            let (floorStream, stream) = bound.value
            guard let (out, course) = floorStream.take(found, about: window) else { return }
            passage.goOn(stream, passage.follow(course, out, stream))
        }
    }

    /// Passes on what the guard has cleared, and ends the reply if that was all of it.
    private func goOn(_ stream: ReplyStream, _ ready: ByteBuffer?) {
        guard let ready, !isDone else { return }
        if ready.readableBytes > 0 {
            deliver(stream, ready)
            connection.flush()
        }
        guard isDrained, exchangeIsOver, !isDone else { return }
        if !holdsEnd(stream) { endReply(stream) }
    }

    /// Does some waiting off the event loop and comes back with the result, unless the client has left meanwhile.
    private func judge<Result: Sendable>(
        _ ask: @escaping @Sendable () async -> Result, _ then: @escaping (Passage, Result) -> Void
    ) {
        let bound = NIOLoopBound((self, then), eventLoop: eventLoop)
        let eventLoop = eventLoop
        Task {
            let result = await ask()
            eventLoop.execute {
                let (passage, then) = bound.value
                if !passage.isDone { then(passage, result) }
            }
        }
    }
}

extension TimeAmount {
    /// A duration, to the nanosecond.
    fileprivate init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
