import Consents
import Counsel
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The Model Context Protocol over HTTP: `POST /mcp`, one message each, answered as JSON.
///
/// Nothing is kept between two requests, so there are no sessions, and no stream that the server would open by itself
/// (the specification's revisions 2025-03-26 to 2026-07-28, "Streamable HTTP").
struct MCPRoutes {
    let door: PersonDoor
    let kept: KeptThings

    static let path: RouterPath = "/mcp"

    func add(to router: Router<BasicRequestContext>) {
        router.post(Self.path) { request, _ in try await answer(request) }
        router.get(Self.path) { request, _ in try refuseMethod(request) }
        router.delete(Self.path) { request, _ in try refuseMethod(request) }
    }

    private func refuseMethod(_ request: Request) throws -> Response {
        try checkOrigin(request)
        var response = Response(
            status: .methodNotAllowed,
            headers: [.allow: "POST", .contentType: "application/problem+json"],
            body: ResponseBody(
                byteBuffer: ByteBuffer(
                    bytes: ErrorShape.problem(
                        GatewayRefusal(
                            status: 405, kind: .invalidRequest,
                            message:
                                "Send messages with POST. There is no session here to end, and no stream to listen to.")
                    ))))
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func answer(_ request: Request) async throws -> Response {
        try checkOrigin(request)
        let asker = try door.asker(request)
        let admission = try admit(asker.key)
        defer { admission?.settle(used: 0) }
        try checkTypes(request)
        let core = door.core
        let key = asker.key
        let reach = AssistantReach(
            to: asker.person, in: kept.memories, charter: { try core.governing(key).charter.compiled },
            consent: WayToAllow(
                person: request.headers[.trellisPerson], application: asker.application, hasRoutes: true),
            logger: core.logger)
        let bytes = try await PersonDoor.body(request, limit: MCPMessage.maximumBytes)
        return await answer(Array(bytes.readableBytesView), request.headers, at: MCPDoor(reach: reach))
    }

    // MARK: Who may

    /// Refuses what a web page from elsewhere sends through somebody's browser: its `Origin` is another than this host
    /// (DNS rebinding gives such a page our address, and its own name in both). In development mode, where no key is
    /// asked for, the `Host` must be this machine too; that is checked with the key.
    private func checkOrigin(_ request: Request) throws(GatewayRefusal) {
        guard let origin = request.headers[.origin] else { return }
        guard Self.isOwn(origin: origin, host: request.head.authority) else {
            throw GatewayRefusal(
                status: 403, kind: .permission,
                message: "This page may not speak to Trellis: its origin is another than this host.")
        }
    }

    /// Whether a page of that origin is from this very host, or both are on this machine.
    static func isOwn(origin: String, host: String?) -> Bool {
        guard let host, !host.isEmpty, let colon = origin.range(of: "://") else { return false }
        let scheme = origin[..<colon.lowerBound].lowercased()
        let authority = origin[colon.upperBound...].lowercased()
        guard scheme == "http" || scheme == "https", !authority.isEmpty, !authority.contains("/"),
            !authority.contains("@")
        else { return false }
        return GatewayCore.namesLoopback(host)
            ? GatewayCore.namesLoopback(authority) : authority == host.lowercased()
    }

    private func admit(_ key: HeldKey?) throws(GatewayRefusal) -> Admission? {
        guard let key else { return nil }
        do throws(LimitRefusal) { return try key.admit(estimatedTokens: 0, at: .now()) } catch {
            door.core.metrics.limitRefused()
            throw GatewayRefusal(
                status: 429, kind: .rateLimited, message: error.message, retryAfter: error.retryAfter)
        }
    }

    // MARK: What is sent

    private func checkTypes(_ request: Request) throws(GatewayRefusal) {
        let type = request.headers[.contentType].map { $0.prefix { $0 != ";" }.lowercased() } ?? ""
        guard type.filter({ !$0.isWhitespace }) == "application/json" else {
            throw GatewayRefusal(
                status: 415, kind: .invalidRequest, message: "Send one message as application/json.",
                param: "Content-Type")
        }
        guard let accepted = request.headers[.accept]?.lowercased() else { return }
        let types = accepted.split(separator: ",").map { $0.prefix { $0 != ";" }.filter { !$0.isWhitespace } }
        guard types.contains(where: { ["application/json", "application/*", "*/*"].contains($0) }) else {
            throw GatewayRefusal(
                status: 406, kind: .invalidRequest,
                message: "Answers are application/json: let `Accept` name it, beside text/event-stream.",
                param: "Accept")
        }
    }

    // MARK: The answer

    private func answer(_ bytes: [UInt8], _ headers: HTTPFields, at door: MCPDoor) async -> Response {
        let named = headers[.mcpProtocolVersion]
        let spoken = named.map { MCPRevision(rawValue: $0) } ?? .assumed
        switch MCPMessage.read(bytes) {
        case .one(.failure(let unreadable)): return Self.response(MCPReply(unreadable))
        case .one(.success(let message)):
            guard case .request(let id, let method, let parameters) = message else {
                guard spoken != nil else { return Self.refusal(.unknownRevision(named ?? ""), id: .null) }
                return Response(status: .accepted)
            }
            // A handshake agrees on the revision whatever the header says.
            guard let spoken = spoken ?? (method == "initialize" ? .assumed : nil) else {
                return Self.refusal(.unknownRevision(named ?? ""), id: id)
            }
            do throws(MCPFault) {
                try MCPHeaders(headers).check(against: method, parameters)
            } catch {
                return Self.refusal(error, id: id)
            }
            guard let reply = await door.reply(to: message, in: spoken) else { return Response(status: .accepted) }
            return Self.response(reply)
        case .several(let messages):
            guard let spoken, spoken.takesBatches else { return Self.refusal(MCPBatch.notTaken, id: .null) }
            guard let answer = await MCPBatch.answer(messages, at: door, in: spoken) else {
                return Response(status: .accepted)
            }
            return Self.response(.ok, answer)
        }
    }

    private static func refusal(_ fault: MCPFault, id: JSONValue) -> Response {
        response(MCPReply(id: id, outcome: .failure(fault), revision: nil))
    }

    private static func response(_ reply: MCPReply) -> Response { response(status(of: reply), reply.json.bytes) }

    private static func response(_ status: HTTPResponse.Status, _ bytes: [UInt8]) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// What can't be read is refused by status too. The rest is an answer, which only the latest revision tells apart.
    private static func status(of reply: MCPReply) -> HTTPResponse.Status {
        guard case .failure(let fault) = reply.outcome else { return .ok }
        switch fault.kind {
        case .parse, .invalidRequest, .headerMismatch, .unknownRevision: return .badRequest
        case .unknownMethod: return reply.revision?.opensWithHandshake == false ? .notFound : .ok
        case .invalidParameters, .inside, .unknownResource, .notAllowed: return .ok
        }
    }
}

/// What a request without a handshake says in its headers as well, for whoever is on its way. It must say the same.
struct MCPHeaders {
    private let headers: HTTPFields

    init(_ headers: HTTPFields) { self.headers = headers }

    func check(against method: String, _ parameters: JSONObject) throws(MCPFault) {
        let named = headers[.mcpProtocolVersion]
        let written = parameters["_meta"]?[MCPDoor.MetaKey.revision]?.string
        guard let written else {
            if named.flatMap({ MCPRevision(rawValue: $0) })?.opensWithHandshake == false {
                throw mismatch("MCP-Protocol-Version", "the revision in `_meta`")
            }
            return
        }
        guard named == written else { throw mismatch("MCP-Protocol-Version", "the revision in `_meta`") }
        guard headers[.mcpMethod] == method else { throw mismatch("Mcp-Method", "`method`") }
        let member: String? =
            switch method {
            case "tools/call", "prompts/get": "name"
            case "resources/read": "uri"
            default: nil
            }
        if let member, let value = parameters[member]?.string {
            guard headers[.mcpName].flatMap(Self.decoded) == value else { throw mismatch("Mcp-Name", "`\(member)`") }
        }
    }

    private func mismatch(_ header: String, _ what: String) -> MCPFault {
        MCPFault(.headerMismatch, "The header \(header) is missing or says another thing than \(what).")
    }

    /// A header's value, which is in Base64 where it could not be written plainly.
    static func decoded(_ value: String) -> String? {
        let (prefix, suffix) = ("=?base64?", "?=")
        guard value.hasPrefix(prefix), value.hasSuffix(suffix), value.count >= prefix.count + suffix.count else {
            return value
        }
        return Data(base64Encoded: String(value.dropFirst(prefix.count).dropLast(suffix.count)))
            .flatMap { String(validating: $0, as: UTF8.self) }
    }
}

extension HTTPField.Name {
    static let mcpProtocolVersion = HTTPField.Name("mcp-protocol-version")!  // a valid token, as RFC 9110 defines one
    static let mcpMethod = HTTPField.Name("mcp-method")!  // likewise
    static let mcpName = HTTPField.Name("mcp-name")!  // likewise
}
