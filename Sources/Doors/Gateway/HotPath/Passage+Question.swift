import Consents
import Counsel
import Models
import NIOCore
import NIOHTTP1

/// The charter's own question on its way to a person, at the end of one reply.
struct QuestionInReply {
    let question: ConsentQuestion
    let person: PersonKey
    /// The end of a stream, held until it is known whether the question may be put.
    var stream: ReplyQuestion?
    /// Whether the ledger is being asked.
    var isClaiming = false
    /// Whether the upstream has ended meanwhile, so that the reply ends as soon as the ledger has answered.
    var upstreamEnded = false

    init(_ question: ConsentQuestion, to person: PersonKey) {
        self.question = question
        self.person = person
    }
}

/// Puts the charter's question at the end of a reply that has come to a good end, if the ledger says so.
extension Passage {
    /// Asks the ledger whether this reply is the one that puts the question, and calls back on the event loop.
    private func claim(_ put: QuestionInReply, _ then: @escaping (Passage, Bool) -> Void) {
        asking?.isClaiming = true
        let asking = core.adviser.asking
        let (at, id) = (account.at, account.id)
        let here = NIOLoopBound((passage: self, then: then), eventLoop: eventLoop)
        let (loop, question, person) = (eventLoop, put.question, put.person)
        Task {
            let isOurs = await asking.claim(question, of: person, at: at, receipt: id)
            loop.execute {
                let (passage, then) = here.value
                guard !passage.isDone else { return }
                passage.asking?.isClaiming = false
                if isOurs { passage.account.asked = question.guidance }
                then(passage, isOurs)
            }
        }
    }

    /// Sends a whole reply to the client, with the question behind it if one may be put.
    func deliver(_ head: HTTPResponseHead, _ reply: ByteBuffer) {
        guard let put = asking, let plain = PlainReply(reply, door.dialect), ConsentAsking.fits(after: plain.text)
        else { return writeWhole(head, reply) }
        mode = .waiting
        claim(put) { passage, isOurs in
            let words = ConsentAsking.addition(put.question)
            passage.writeWhole(head, isOurs ? plain.saying(plain.text + words) : reply)
        }
    }

    /// Sends events on to the client. The last ones wait while a question may still be put before them.
    func deliver(_ stream: ReplyStream, _ events: ByteBuffer) {
        guard let put = asking else { return writeEvents(stream, events) }
        var tail = put.stream ?? ReplyQuestion(door.dialect)
        let ready = tail.take(events)
        asking?.stream = tail
        if ready.readableBytes > 0 { writeEvents(stream, ready) }
        if isTold(stream) { endStream(stream) }
    }

    /// Whether the end of the stream is being held back; then the reply doesn't end with the upstream's.
    func holdsEnd(_ stream: ReplyStream) -> Bool {
        guard asking != nil else { return false }
        asking?.upstreamEnded = true
        endStream(stream)
        return asking != nil
    }

    private func endStream(_ stream: ReplyStream) {
        guard let put = asking, !put.isClaiming else { return }
        guard let tail = put.stream, tail.mayFollow, ConsentAsking.fits(after: tail.text) else {
            writeEnding(stream, asking: nil)
            return
        }
        claim(put) { passage, isOurs in
            let upstreamEnded = passage.asking?.upstreamEnded ?? false
            passage.writeEnding(stream, asking: isOurs ? ConsentAsking.addition(put.question) : nil)
            if upstreamEnded { passage.endReply(stream) }
        }
    }

    /// Writes what was held. The question is over with that, put or not.
    private func writeEnding(_ stream: ReplyStream, asking words: String?) {
        var tail = asking?.stream
        asking = nil
        let ending = tail?.ending(asking: words) ?? ByteBuffer()
        if ending.readableBytes > 0 { writeEvents(stream, ending) }
        connection.flush()
    }
}
