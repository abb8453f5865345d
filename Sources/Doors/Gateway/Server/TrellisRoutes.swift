import Charters
import Consents
import Counsel
import Deliberation
import Flourishing
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Memory
import Models
import NIOCore
import NIOFoundationCompat

/// Every route but the models' own: health, metrics, the model list, receipts and the charter in force.
struct TrellisRoutes {
    let core: GatewayCore
    let readiness: Readiness
    let kept: KeptThings
    let conversations: ConversationStore
    let identities: IdentityTokens?

    func router() -> Router<BasicRequestContext> {
        let door = PersonDoor(core: core)
        let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: RefusalsInWords(core: core))
        router.get("/healthz") { _, _ in json(Health(status: "ok")) }
        router.get("/readyz") { _, _ in
            let report = await readiness.report()
            return json(report, status: report.ready ? .ok : .serviceUnavailable)
        }
        router.get("/metrics") { _, _ in
            let counts = core.ledger.counts
            let page = core.metrics.page(
                receipts: Metrics.ReceiptCounts(
                    recorded: counts.recorded, ingested: counts.ingested, waiting: counts.waiting,
                    failed: counts.failed),
                memory: core.recollecting?.queue.counts.forMetrics)
            return Response(
                status: .ok, headers: [.contentType: Metrics.contentType],
                body: ResponseBody(byteBuffer: ByteBuffer(string: page)))
        }
        router.get("/v1/models") { request, _ in
            _ = try caller(request)
            return await ModelList(core: core).response(anthropic: request.headers[.anthropicVersion] != nil)
        }
        router.get("/v1/models/:model") { request, context in
            _ = try caller(request)
            let name = (context.parameters.get("model") ?? "").removingPercentEncoding ?? ""
            guard core.client.routes.route(name) != nil else { throw core.unknownModel(name) }
            return json(ModelList.Model(id: name, created: 0, ownedBy: "trellis"), keys: .convertToSnakeCase)
        }
        router.get("/trellis/v1/openapi.yaml") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/yaml"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: PackageResources.openapi_yaml)))
        }
        router.get("/trellis/v1/receipts/:id") { request, context in
            json(try await receipt(request, context))
        }
        router.get("/trellis/v1/receipts/:id/why") { request, context in
            let receipt = try await receipt(request, context)
            let why = Why(receipt, remembered: await remembered(receipt))
            guard !request.prefers("text/plain") else {
                return textResponse(why.text + "\n", type: "text/plain; charset=utf-8")
            }
            return json(why)
        }
        router.get("/trellis/v1/receipts") { request, _ in
            let application = try caller(request)
            let asked = request.uri.queryParameters.get("last") ?? "20"
            guard let last = Int(asked), (1...1_000).contains(last) else {
                throw GatewayRefusal(
                    status: 400, kind: .invalidRequest, message: "`last` is a number from 1 to 1000.", param: "last")
            }
            let receipts = try await core.ledger.latest(last, application: application)
            return json(ReceiptList(receipts: receipts))
        }
        router.delete("/trellis/v1/bodies") { request, _ in
            let asker = try door.asker(request)
            // Their memory, consents and wishes go too; the key is destroyed, so nothing that was kept of this person can
            // be read again, here or in a backup made later.
            let certificate = try await kept.erasure.erase(asker.pseudonym, in: asker.application, at: asker.at)
            guard request.headers[.accept]?.lowercased().contains("application/json") == true else {
                return Response(status: .noContent)
            }
            return json(certificate)
        }
        router.get("/trellis/v1/charter") { request, _ in
            json(try await charter(request))
        }
        ConsentRoutes(door: door, consents: kept.consents, wishes: kept.wishes).add(to: router)
        MemoryRoutes(door: door, memories: kept.memories, grants: kept.grants).add(to: router)
        MCPRoutes(door: door, kept: kept).add(to: router)
        ConversationRoutes(door: door, conversations: conversations, identities: identities).add(to: router)
        return router
    }

    /// What governs the caller, and, when they name a person, what governs that person: with their own wishes on top.
    private func charter(_ request: Request) async throws -> CharterInForce {
        let key = try heldKey(request)
        let application = key?.record.application ?? GatewayCore.developmentApplication
        guard let person = try core.person(header: request.headers[.trellisPerson], field: nil, in: application) else {
            return CharterInForce(try core.governing(key), wishes: nil)
        }
        let owner = PersonKey(person, in: application)
        do {
            guard let layer = try kept.wishes.layer(of: owner), let text = try await kept.wishes.text(of: owner) else {
                return CharterInForce(try core.governing(key), wishes: nil)
            }
            return CharterInForce(
                try core.governing(key, wishes: layer),
                wishes: CharterInForce.Wishes(text: text, warnings: try core.stack(key).doubts(about: layer)))
        } catch let error as WishesError {
            core.logger.error("a person's wishes can't be read", metadata: ["reason": "\(error)"])
            throw GatewayRefusal(
                status: 503, kind: .unavailable,
                message: "What this person wishes can't be read now. Try again in a moment.", retryAfter: 1)
        }
    }

    /// The receipt that a path names, if it is the caller's.
    private func receipt(_ request: Request, _ context: BasicRequestContext) async throws -> Receipt {
        let application = try caller(request)
        let text = context.parameters.get("id") ?? ""
        guard let id = ReceiptID(text) else {
            throw GatewayRefusal(
                status: 400, kind: .invalidRequest,
                message: "A receipt's id is rcp_ and 26 letters and digits, as in the header Trellis-Receipt.")
        }
        // Another application's receipt is answered like one that does not exist: its very existence is theirs.
        guard let receipt = try await core.ledger.receipt(id),
            application == nil || receipt.application == application
        else {
            throw GatewayRefusal(
                status: 404, kind: .notFound, message: "There is no receipt \(id) of this application.")
        }
        return receipt
    }

    /// The words of what a receipt says the model was told, for its own person: those that were not erased since.
    private func remembered(_ receipt: Receipt) async -> [String: String] {
        guard let memories = receipt.memories, let person = receipt.person else { return [:] }
        let own = kept.memories.memory(of: PersonKey(person, in: receipt.application)).own
        var words: [String: String] = [:]
        for used in memories {
            guard let id = MemoryItem.ID(used.item), let item = try? await own.item(id) else { continue }
            words[used.item] = item.words
        }
        return words
    }

    private func heldKey(_ request: Request) throws(GatewayRefusal) -> HeldKey? { try Self.heldKey(request, core) }

    /// The key that a request shows; nil when none is needed.
    static func heldKey(_ request: Request, _ core: GatewayCore) throws(GatewayRefusal) -> HeldKey? {
        do throws(GatewayRefusal) {
            return try core.authenticate(
                authorization: request.headers[.authorization], apiKey: request.headers[.xAPIKey],
                host: request.head.authority)
        } catch {
            core.metrics.keyRefused()
            throw error
        }
    }

    /// The application that asks; `nil` in development mode without a key, where everything is one's own.
    private func caller(_ request: Request) throws(GatewayRefusal) -> String? {
        try heldKey(request)?.record.application
    }
}

extension HTTPField.Name {
    static let xAPIKey = HTTPField.Name("x-api-key")!  // a valid token, as RFC 9110 defines one
    static let trellisPerson = HTTPField.Name("trellis-person")!  // likewise
    static let anthropicVersion = HTTPField.Name("anthropic-version")!  // likewise
}

// MARK: What is answered

private struct Health: Encodable {
    let status: String
}

private struct ReceiptList: Encodable {
    let receipts: [Receipt]
}

/// What governs a caller, or one person of theirs, with the very words that the model is told.
private struct CharterInForce: Encodable {
    /// What the person wishes for themselves.
    struct Wishes: Encodable {
        /// Word for word as they wrote it.
        let text: String
        /// What is doubtful in it under this charter.
        let warnings: [Diagnostic]
    }

    let id: String
    let version: String
    let fingerprint: String
    let stack: String
    let layers: [Receipt.Layer]
    let role: String?
    let moves: [String]
    let clauses: [String]
    let brief: String
    let wishes: Wishes?

    init(_ governing: GatewayCore.Governing, wishes: Wishes?) {
        let compiled = governing.charter.compiled
        id = compiled.id
        version = compiled.version
        fingerprint = compiled.charterFingerprint.description
        stack = compiled.fingerprint.description
        layers = governing.layers
        role = compiled.role
        moves = compiled.allowedMoves.map(\.rawValue)
        clauses = compiled.clauses
        brief = compiled.brief
        self.wishes = wishes
    }
}

/// A value as JSON, with keys in a fixed order.
func json(
    _ value: some Encodable, status: HTTPResponse.Status = .ok, keys: JSONEncoder.KeyEncodingStrategy = .useDefaultKeys
) -> Response {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = keys
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Our own values always encode; should one not, an empty object is the honest rest of it.
    let bytes = (try? encoder.encode(value)) ?? Data("{}".utf8)
    return Response(
        status: status, headers: [.contentType: "application/json"],
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
}

/// Turns what goes wrong on these routes into the form that the caller expects: problem details (RFC 9457) for
/// Trellis's own routes, OpenAI's or Anthropic's error form below `/v1`.
struct RefusalsInWords: RouterMiddleware {
    let core: GatewayCore

    func handle(
        _ request: Request, context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response: Response
        do {
            response = try await next(request, context)
        } catch let refusal as GatewayRefusal {
            response = answer(refusal, to: request)
        } catch let error as HTTPError {
            response = answer(Self.refusal(error, request), to: request)
        } catch {
            core.logger.error("request failed", metadata: ["path": "\(request.uri.path)", "error": "\(error)"])
            response = answer(
                GatewayRefusal(
                    status: 500, kind: .internalFault,
                    message: "Something went wrong inside Trellis. Its log says what; `trellis doctor` may say why."),
                to: request)
        }
        let spent = ContinuousClock.now - start
        let nanoseconds = spent.components.seconds * 1_000_000_000 + spent.components.attoseconds / 1_000_000_000
        core.metrics.answered(
            Metrics.Door(path: request.uri.path), status: response.status.code,
            nanoseconds: UInt64(max(0, nanoseconds)))
        return response
    }

    private static func refusal(_ error: HTTPError, _ request: Request) -> GatewayRefusal {
        switch error.status {
        case .notFound:
            GatewayRefusal(
                status: 404, kind: .notFound,
                message:
                    "Trellis has no route \(request.method) \(request.uri.path). Models are under /v1, Trellis's own "
                    + "API under /trellis/v1 (see /trellis/v1/openapi.yaml).")
        case .methodNotAllowed:
            GatewayRefusal(
                status: 405, kind: .invalidRequest,
                message: "\(request.uri.path) does not take \(request.method).")
        default:
            GatewayRefusal(
                status: error.status.code, kind: .invalidRequest, message: error.body ?? error.status.reasonPhrase)
        }
    }

    private func answer(_ refusal: GatewayRefusal, to request: Request) -> Response {
        let isModelRoute = request.uri.path.hasPrefix("/v1/")
        let bytes: [UInt8]
        if isModelRoute {
            let anthropic = request.headers[.anthropicVersion] != nil
            bytes = ErrorShape.body(refusal, dialect: anthropic ? .anthropic : .openAI)
        } else {
            bytes = ErrorShape.problem(refusal)
        }
        var headers: HTTPFields = [
            .contentType: isModelRoute ? "application/json" : "application/problem+json"
        ]
        if refusal.status == 401 { headers[.wwwAuthenticate] = "Bearer" }
        if let seconds = refusal.retryAfter { headers[.retryAfter] = String(seconds) }
        return Response(
            status: .init(code: refusal.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

extension Metrics.Door {
    init(path: String) {
        switch path {
        case "/healthz", "/readyz", "/metrics": self = .health
        case _ where path.hasPrefix("/v1/models"): self = .models
        case _ where path.hasPrefix("/trellis/") || path == "/mcp": self = .trellis
        default: self = .other
        }
    }
}

extension HeardQueue.Counts {
    fileprivate var forMetrics: Metrics.MemoryCounts {
        Metrics.MemoryCounts(
            noted: noted, read: read, forbidden: forbidden, lost: lost, unreadable: unreadable, remembered: remembered,
            waiting: waiting)
    }
}
