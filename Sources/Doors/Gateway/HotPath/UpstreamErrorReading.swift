import Foundation
import Models
import NIOCore
import NIOFoundationCompat

/// Reads an upstream's error reply, so that the client gets its words in the client's own dialect.
enum UpstreamErrorReading {
    private struct Shape: Decodable {
        struct Inner: Decodable {
            let message: String?
            let type: String?
            let param: String?
        }
        let error: Inner?
        let type: String?
    }

    /// The refusal that an upstream's reply amounts to.
    static func refusal(status: Int, body: ByteBuffer, upstream: String) -> GatewayRefusal {
        let shape = try? JSONDecoder().decode(Shape.self, from: Data(buffer: body))
        let told = shape?.error?.message.map { String($0.prefix(2_000)) }
        return GatewayRefusal(
            status: status, kind: .init(status: status),
            message: told ?? "The upstream “\(upstream)” answered with status \(status) and no message.",
            param: shape?.error?.param)
    }

    /// The body itself, if it already has the form that this door's clients expect. Then it goes on as it is.
    static func fitting(_ body: ByteBuffer, door: Door) -> ByteBuffer? {
        guard let shape = try? JSONDecoder().decode(Shape.self, from: Data(buffer: body)),
            shape.error?.message != nil, shape.error?.type != nil
        else { return nil }
        let isAnthropic = shape.type == "error"
        return isAnthropic == (door.dialect == .anthropic) ? body : nil
    }
}

extension GatewayRefusal {
    /// What the client is told when an upstream failed.
    init(_ failure: UpstreamFailure) {
        let (status, kind): (Int, Kind)
        switch failure.kind {
        case .connectTimeout, .firstByteTimeout, .idleTimeout: (status, kind) = (504, .upstreamTimeout)
        case .busy: (status, kind) = (503, .overloaded)
        default: (status, kind) = (502, .upstreamFault)
        }
        self.init(status: status, kind: kind, message: failure.description)
    }

    /// The upstream refused our credential: not the client's fault, and nothing that the client can mend.
    func asBadGateway(_ upstream: String) -> GatewayRefusal {
        GatewayRefusal(
            status: 502, kind: .upstreamFault,
            message:
                "The upstream “\(upstream)” refused Trellis's own key (status \(status)). The operator must check the "
                + "key that its key-env or key-file names.")
    }
}

extension GatewayRefusal.Kind {
    /// What an upstream's status means to the client.
    init(status: Int) {
        switch status {
        case 401: self = .authentication
        case 403: self = .permission
        case 404: self = .notFound
        case 413: self = .tooLarge
        case 429: self = .rateLimited
        case 400..<500: self = .invalidRequest
        case 503, 529: self = .overloaded
        case 504: self = .upstreamTimeout
        default: self = .upstreamFault
        }
    }
}
