import Consents
import Counsel
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Memory
import NIOCore
import NIOFoundationCompat
import Store

/// What all routes have in common that speak of one person: who is meant, what was sent, and what goes wrong.
struct PersonDoor: Sendable {
    let core: GatewayCore

    /// The person on whose behalf an application asks.
    struct Asker: Sendable {
        /// The key that was shown; nil when none is needed.
        let key: HeldKey?
        let application: String
        let pseudonym: PersonPseudonym
        /// When they asked.
        let at: Int64

        var person: PersonKey { PersonKey(pseudonym, in: application) }
    }

    /// Who asks, by the key and the header Trellis-Person.
    func asker(_ request: Request) throws(GatewayRefusal) -> Asker {
        let key = try TrellisRoutes.heldKey(request, core)
        let application = key?.record.application ?? GatewayCore.developmentApplication
        guard let person = try core.person(header: request.headers[.trellisPerson], field: nil, in: application) else {
            throw GatewayRefusal(
                status: 400, kind: .invalidRequest, message: "Say whose this is in the header Trellis-Person.",
                param: "Trellis-Person")
        }
        return Asker(key: key, application: application, pseudonym: person, at: Moment.now().wall)
    }

    // MARK: What is sent

    /// A part of the path, as it was meant.
    static func parameter(_ name: String, _ context: BasicRequestContext) -> String {
        let text = context.parameters.get(name) ?? ""
        return text.removingPercentEncoding ?? text
    }

    /// The whole body.
    static func body(_ request: Request, limit: Int) async throws -> ByteBuffer {
        var whole = ByteBuffer()
        var count = 0
        for try await part in request.body {
            count += part.readableBytes
            if count <= limit {
                whole.writeImmutableBuffer(part)
            } else {
                // A client that is still sending hears no answer, so the rest is read and dropped, unless it is endless.
                whole = ByteBuffer()
                if count > limit + mostDropped { break }
            }
        }
        guard count <= limit else {
            throw GatewayRefusal(
                status: 413, kind: .tooLarge, message: "The body is longer than \(limit) bytes. Send less.")
        }
        return whole
    }

    private static let mostDropped = 64 << 20

    /// A value that the body holds as JSON.
    ///
    /// - Parameter example: what such a body looks like, for the one who sent another.
    static func value<Value: Decodable>(
        _ type: Value.Type, from request: Request, limit: Int = 64 << 10, example: String
    ) async throws -> Value {
        try value(type, from: try await body(request, limit: limit), example: example)
    }

    /// A value that some bytes hold as JSON.
    static func value<Value: Decodable>(
        _ type: Value.Type, from bytes: ByteBuffer, example: String
    ) throws(GatewayRefusal) -> Value {
        try refuseKeyTwice(in: bytes)
        do { return try JSONDecoder().decode(Value.self, from: bytes) } catch let refusal as GatewayRefusal {
            throw refusal
        } catch {
            throw SentObject.refusal(error, example: example)
        }
    }

    /// Of a key that comes twice one value would be taken and the other dropped, and nobody told which.
    private static func refuseKeyTwice(in bytes: ByteBuffer) throws(GatewayRefusal) {
        let fault = bytes.withUnsafeReadableBytes { bytes -> JSONFault? in
            do throws(JSONFault) {
                try JSONScanner.check(bytes)
                return nil
            } catch {
                return error
            }
        }
        // Whatever else is wrong the decoder says in the words of what was to be sent.
        guard let fault, fault.kind == .duplicateKey else { return }
        throw GatewayRefusal(status: 400, kind: .invalidRequest, message: fault.message, param: fault.field)
    }

    /// The refusal for a store that fails. The store's own words name paths of this machine, so they are for the log.
    func unavailable(_ error: any Error) -> GatewayRefusal {
        if Self.isFull(error) { return full(error) }
        core.logger.error("what is kept of a person can't be reached", metadata: ["reason": "\(error)"])
        return GatewayRefusal(
            status: 503, kind: .unavailable,
            message:
                "What is kept of this person can't be reached now, and nothing was changed. Try again in a moment.",
            retryAfter: 1)
    }

    /// The refusal for a disk without room: trying again is of no use until somebody has made some.
    private func full(_ error: any Error) -> GatewayRefusal {
        core.logger.error("there is no room left for what is kept of a person", metadata: ["reason": "\(error)"])
        return GatewayRefusal(
            status: 507, kind: .storageFull,
            message:
                "There is no room left where Trellis keeps things, so nothing was kept or changed. Whoever runs it must free "
                + "some; then send this again. An erasure that had begun is completed by itself.",
            retryAfter: 60)
    }

    private static func isFull(_ error: any Error) -> Bool {
        switch error {
        case StoreError.full, SealError.store(.full): true
        case MemoryError.store(.full), MemoryError.seal(.store(.full)): true
        case GrantError.store(.full): true
        case ConsentError.store(.full): true
        case WishesError.store(.full), WishesError.seal(.store(.full)): true
        default: false
        }
    }

    /// The refusal for what is kept and can't be opened any more, in the error's own words.
    func lost(_ error: any Error) -> GatewayRefusal {
        core.logger.error("what is kept of a person can't be opened", metadata: ["reason": "\(error)"])
        return GatewayRefusal(status: 500, kind: .internalFault, message: "\(error)")
    }
}

extension Request {
    /// Whether the caller names a media type, and before another that would be sent otherwise.
    func prefers(_ type: String, over other: String = "application/json") -> Bool {
        let accepted = headers[.accept]?.lowercased() ?? ""
        guard let wanted = accepted.range(of: type) else { return false }
        return accepted.range(of: other).map { wanted.lowerBound < $0.lowerBound } ?? true
    }
}

/// A text as the whole answer.
func textResponse(_ text: String, type: String, _ more: HTTPFields = [:]) -> Response {
    var headers: HTTPFields = [.contentType: type]
    headers.append(contentsOf: more)
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
}
