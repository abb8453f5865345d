import Models
import NIOCore
import NIOHTTP1

/// Carries one message between two dialects, when the client speaks one and the upstream the other.
final class DialectTranslation {
    static func request(
        door: Door, ask: Ask, body: ByteBuffer, brief: GatewayCore.Governing, model: String, to upstream: Upstream,
        headers: HTTPHeaders
    ) throws(GatewayRefusal) -> (request: UpstreamRequest, translation: DialectTranslation, lost: [String]) {
        throw GatewayRefusal(
            status: 400, kind: .invalidRequest, message: "The upstream “\(upstream.name)” does not speak this API.")
    }

    func reply(_ whole: ByteBuffer) throws(GatewayRefusal) -> ByteBuffer { whole }
    func events(_ events: ByteBuffer) throws(GatewayRefusal) -> ByteBuffer { events }
    func end() throws(GatewayRefusal) -> ByteBuffer { ByteBuffer() }
}
