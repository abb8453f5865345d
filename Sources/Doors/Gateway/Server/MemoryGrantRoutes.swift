import Charters
import Consents
import Counsel
import HTTPTypes
import Hummingbird
import Memory

/// What a person lets be done with what is remembered of them, and what a reply would be told under it.
extension MemoryRoutes {
    func addGrants(to router: Router<BasicRequestContext>) {
        router.get("/trellis/v1/memory/grants") { request, _ in
            let asker = try door.asker(request)
            return json(GrantList(grants: try await overview(of: asker)))
        }
        router.put("/trellis/v1/memory/grants/:purpose") { request, context in
            let asker = try door.asker(request)
            let purpose = try Self.purpose(context)
            let sent = try await SentGrant(request)
            guard !sent.acceptsInferred || purpose == .remember else {
                throw GatewayRefusal(
                    status: 400, kind: .invalidRequest,
                    message: "`acceptsInferred` belongs to `remember` alone. Leave it out here.",
                    param: "acceptsInferred")
            }
            try await kept {
                try await grants.grant(
                    purpose, sent.kinds ?? Set(MemoryKind.allCases), acceptsInferred: sent.acceptsInferred,
                    by: asker.person, at: asker.at, until: sent.until, through: .api)
            }
            return json(try await overview(of: asker).first { $0.purpose == purpose })
        }
        router.delete("/trellis/v1/memory/grants/:purpose") { request, context in
            let asker = try door.asker(request)
            let purpose = try Self.purpose(context)
            let kinds = try request.uri.queryParameters["kinds"].map { try Self.kinds(of: $0) }
            _ = try await kept {
                try await grants.revoke(purpose, kinds, by: asker.person, at: asker.at, through: .api)
            }
            return Response(status: .noContent)
        }
        router.delete("/trellis/v1/memory/grants") { request, _ in
            let asker = try door.asker(request)
            try Self.mustMeanAll(request, "/trellis/v1/memory/grants")
            _ = try await kept { try await grants.revokeAll(by: asker.person, at: asker.at, through: .api) }
            return Response(status: .noContent)
        }
        addRecall(to: router)
    }

    private func addRecall(to router: Router<BasicRequestContext>) {
        router.post("/trellis/v1/memory/recall") { request, _ in
            let asker = try door.asker(request)
            let sent = try await PersonDoor.value(
                SentQuestion.self, from: request, example: #"{"words": "What shall I do tonight?"}"#)
            guard let permit = grants.permit(.useInReplies, for: asker.person, at: asker.at) else {
                if let trouble = grants.trouble { throw door.unavailable(GrantTrouble(words: trouble)) }
                throw GatewayRefusal(
                    status: 403, kind: .permission,
                    message:
                        "This person doesn't let replies use their memory, so a reply is told nothing of it. If they "
                        + "want it, PUT /trellis/v1/memory/grants/use-in-replies.")
            }
            guard let recollecting = door.core.recollecting else {
                throw GatewayRefusal(
                    status: 409, kind: .invalidRequest,
                    message:
                        "Conversations here use nobody's memory (memory.use is false), so a reply is told nothing of "
                        + "it. GET /trellis/v1/memory?q=… finds items by their words.")
            }
            let turn = TurnForMemory(
                by: asker.person, sent.words, at: asker.at,
                purposes: try door.core.governing(asker.key).charter.compiled.memory?.purposes ?? [])
            return json(
                try await kept {
                    RecallAccount(
                        try await recollecting.preview(turn, items: sent.limit, tokens: sent.tokens, under: permit),
                        under: permit, at: asker.at)
                })
        }
    }

    /// How the person stands to every use of their memory.
    private func overview(of asker: PersonDoor.Asker) async throws(GatewayRefusal) -> [GrantOverview] {
        try await kept { GrantOverview.all(try await grants.leaves(of: asker.person), at: asker.at) }
    }

    private static func purpose(_ context: BasicRequestContext) throws(GatewayRefusal) -> MemoryPurpose {
        let name = PersonDoor.parameter("purpose", context)
        if let purpose = MemoryPurpose(rawValue: name) { return purpose }
        throw GatewayRefusal(
            status: 404, kind: .notFound,
            message: "There is no such use of a memory. There are: "
                + MemoryPurpose.allCases.map(\.rawValue).joined(separator: ", ") + ".", param: "purpose")
    }
}

private struct GrantList: Encodable {
    let grants: [GrantOverview]
}

/// What kept the grants from being read, for the log.
private struct GrantTrouble: Error, CustomStringConvertible {
    let words: String
    var description: String { words }
}

/// The body of a grant; all of it may be missing.
private struct SentGrant: Decodable {
    var kinds: Set<MemoryKind>?
    var until: Int64?
    var acceptsInferred = false

    static let example = #"{"kinds": ["goal", "commitment"], "until": 1830000000000}"#

    init(_ request: Request) async throws {
        let bytes = try await PersonDoor.body(request, limit: 4_096)
        guard bytes.readableBytes > 0 else { return }
        self = try PersonDoor.value(Self.self, from: bytes, example: Self.example)
    }

    init(from decoder: any Decoder) throws {
        let sent = try SentObject(decoder, members: ["kinds", "until", "acceptsInferred"])
        if let names: [String] = try sent.optional("kinds") {
            var kinds: Set<MemoryKind> = []
            for name in names { kinds.insert(try SentObject.choice(name, "kinds")) }
            self.kinds = kinds
        }
        until = try sent.optional("until")
        acceptsInferred = try sent.optional("acceptsInferred") ?? false
    }
}

/// What a reply would have to answer.
private struct SentQuestion: Decodable {
    let words: String
    let limit: Int?
    let tokens: Int?

    init(from decoder: any Decoder) throws {
        let sent = try SentObject(decoder, members: ["words", "limit", "tokens"])
        words = try sent.value("words")
        limit = try Self.number(try sent.optional("limit"), "limit", 1...100)
        tokens = try Self.number(try sent.optional("tokens"), "tokens", 1...20_000)
    }

    private static func number(_ number: Int?, _ name: String, _ range: ClosedRange<Int>) throws(GatewayRefusal) -> Int?
    {
        guard let number else { return nil }
        guard range.contains(number) else {
            throw GatewayRefusal(
                status: 400, kind: .invalidRequest,
                message: "`\(name)` is a number from \(range.lowerBound) to \(range.upperBound).", param: name)
        }
        return number
    }
}
