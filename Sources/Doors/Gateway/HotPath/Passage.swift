import Counsel
import Models
import NIOCore
import NIOHTTP1

/// One message on its way: checked, admitted, briefed, sent, and its reply brought back with a receipt.
///
/// A passage lives on the event loop of its client's connection, as does the upstream connection that it uses, so
/// nothing in it is locked. The order is the design's path of a message: who asks and under which charter, then
/// the brief, then the model, then the receipt. The receipt is in the journal before the last byte of the reply
/// leaves.
final class Passage {
    /// What is done with the bytes of the reply.
    enum Mode {
        /// Its head has not come.
        case waiting
        /// Kept until it is whole, because it can still be refused as a whole.
        case collecting(HTTPResponseHead, ByteBuffer)
        /// Server-sent events, passed on event by event.
        case streaming(ReplyStream)
        /// Too large to keep: passed on as it comes.
        case passing
        /// Answered.
        case done
    }

    /// A JSON reply up to this size is checked as a whole before the client sees any of it.
    static let collectedAtMost = 4 << 20

    let core: GatewayCore
    let door: Door
    let head: HTTPRequestHead
    unowned let connection: HotPathHandler
    let eventLoop: any EventLoop
    var body = ByteBuffer()
    var mode = Mode.waiting
    var refusal: GatewayRefusal?
    var exchange: Exchange?
    var wroteHead = false
    var account: PassageAccount
    var key: HeldKey?
    var admission: Admission?
    var bridge: DialectBridge?
    /// What the message asks for, once its body was read.
    var ask: Ask?
    /// Where it goes.
    var route: (index: Int, model: String)?
    /// The question that may be put at the end of the reply, while the reply is on its way.
    var asking: QuestionInReply?
    /// Drafting, criticising and revising, while it goes on.
    var critique: CritiqueInProgress?
    /// Whether it counts among the open streams.
    var isOpenStream = false
    /// The floor's watch over a stream.
    var floorStream: FloorStream?
    /// The breach for which the model is writing its reply once more, and the reply that it was found in.
    var revising: FloorFinding?
    var draftReply: ByteBuffer?
    /// The choices of a whole reply that say a floor's words, so that nobody need judge them.
    var choicesOfFloor: Set<Int> = []
    /// Whether a guard model has judged the person's words, and when it is asked about what waits of a stream.
    var guardHasSeenInput = false
    var guardTimer: Scheduled<Void>?
    /// Whether the upstream has said all that it will.
    var exchangeIsOver = false

    init(
        core: GatewayCore, door: Door, head: HTTPRequestHead, connection: HotPathHandler, eventLoop: any EventLoop
    ) {
        self.core = core
        self.door = door
        self.head = head
        self.connection = connection
        self.eventLoop = eventLoop
        account = PassageAccount(door: door, head: head)
        core.metrics.inFlight.add(1)
    }

    // MARK: The request comes in

    /// Looks at the head: who asks, and whether the body may come.
    func begin() {
        if let refused = gate() {
            refusal = refused
        } else if let length = head.headers.first(name: "content-length").flatMap({ Int($0) }) {
            if length > core.settings.limits.bodyBytes {
                refuseBodyTooLarge()
            } else {
                body.reserveCapacity(length)
            }
        }
    }

    func append(_ bytes: ByteBuffer) {
        guard refusal == nil else { return }
        if body.readableBytes + bytes.readableBytes > core.settings.limits.bodyBytes {
            refuseBodyTooLarge()
            return
        }
        if body.readableBytes == 0 {
            body = bytes
        } else {
            var bytes = bytes
            body.writeBuffer(&bytes)
        }
    }

    func bodyIsWhole() {
        if let refusal {
            answer(refusal)
            return
        }
        do throws(GatewayRefusal) {
            try receive()
        } catch {
            answer(error)
        }
    }

    func refuseBodyTooLarge() {
        let limit = core.settings.limits.bodyBytes
        let refused = GatewayRefusal(
            status: 413, kind: .tooLarge,
            message: "The request body is larger than \(limit) bytes. Send less, or raise limits.body-bytes.")
        refusal = refused
        connection.answersEarly()
        answer(refused)
    }

    /// Who asks, with what kind of body.
    func gate() -> GatewayRefusal? {
        guard head.method == .POST else {
            return GatewayRefusal(
                status: 405, kind: .invalidRequest, message: "\(head.uri) takes POST only. Send your message with POST."
            )
        }
        do throws(GatewayRefusal) {
            key = try core.authenticate(head.headers)
        } catch {
            core.metrics.keyRefused()
            return error
        }
        account.application = key?.record.application ?? GatewayCore.developmentApplication
        account.keyID = key?.record.id
        account.isKnownCaller = true
        if let type = head.headers.first(name: "content-type"), !type.lowercased().hasPrefix("application/json") {
            return GatewayRefusal(
                status: 415, kind: .invalidRequest,
                message: "The body must be JSON. Send the header Content-Type: application/json.")
        }
        if head.headers.contains(name: "content-encoding") {
            return GatewayRefusal(
                status: 415, kind: .invalidRequest, message: "Compressed request bodies are not read. Send plain JSON.")
        }
        return nil
    }
}
