import Charters
import Consents
import HTTPTypes
import Hummingbird
import Memory
import NIOCore

/// A memory as a whole: its decisions, how long and where it is kept, taking it along, and erasing all of it.
extension MemoryRoutes {
    func addDecisions(to router: Router<BasicRequestContext>) {
        router.get("/trellis/v1/memory/decisions") { request, _ in
            let (memory, _) = try await settled(request)
            let limit = try Self.limit(request.uri.queryParameters["limit"], upTo: 1_000) ?? 100
            return json(Decisions(decisions: try await kept { try await memory.decisions(limit: limit) }))
        }
        router.post("/trellis/v1/memory/decisions/:id/undo") { request, context in
            let (memory, at) = try own(request)
            let id = try Self.id(context)
            try await kept { try await memory.undo(id, at: at) }
            return Response(status: .noContent)
        }
    }

    func addSettings(to router: Router<BasicRequestContext>) {
        router.get("/trellis/v1/memory/retention") { request, _ in
            let (memory, _) = try own(request)
            return json(Retention(try await kept { try await memory.retention() }))
        }
        router.put("/trellis/v1/memory/retention") { request, _ in
            let (memory, at) = try own(request)
            let sent = try await PersonDoor.value(
                Retention.self, from: request, example: #"{"retention": {"episode": 90}}"#)
            let wanted = try sent.days
            try await kept { try await memory.setRetention(wanted, at: at) }
            return json(Retention(wanted))
        }
        router.get("/trellis/v1/memory/paused") { request, _ in
            let (memory, _) = try own(request)
            return json(Paused(paused: try await kept { try await memory.pausedConversations() }))
        }
        router.put("/trellis/v1/memory/paused/:conversation") { request, context in
            let (memory, at) = try own(request)
            let conversation = PersonDoor.parameter("conversation", context)
            try await kept { try await memory.pause(conversation, at: at) }
            return Response(status: .noContent)
        }
        router.delete("/trellis/v1/memory/paused/:conversation") { request, context in
            let (memory, at) = try own(request)
            let conversation = PersonDoor.parameter("conversation", context)
            try await kept { try await memory.resume(conversation, at: at) }
            return Response(status: .noContent)
        }
    }

    func addWhole(to router: Router<BasicRequestContext>) {
        router.get("/trellis/v1/memory/export") { request, _ in
            let (memory, at) = try await settled(request)
            let export = try await kept { try await memory.export(at: at) }
            // A page or a file about a person is for them alone, and for no cache on the way.
            let noStore: HTTPFields = [.cacheControl: "no-store"]
            guard request.prefers("text/html") else {
                return textResponse(
                    export.json, type: "application/json",
                    noStore + [.contentDisposition: #"attachment; filename="memory.json""#])
            }
            return textResponse(
                export.html, type: "text/html; charset=utf-8",
                noStore + [.contentSecurityPolicy: HTMLPage.securityPolicy])
        }
        router.post("/trellis/v1/memory/import") { request, _ in
            let (memory, at) = try own(request)
            let bytes = Array(
                try await PersonDoor.body(request, limit: MemoryImport.maximumBytes).readableBytesView)
            let outcome = try await kept { try await memory.bring(bytes, at: at) }
            wantVectors(of: memory)
            return json(outcome)
        }
        router.delete("/trellis/v1/memory") { request, _ in
            let (memory, at) = try await settled(request)
            try Self.mustMeanAll(request, "/trellis/v1/memory")
            return json(try await kept { try await memory.eraseEverything(at: at) })
        }
        router.get("/trellis/v1/memory/certificate-key") { request, _ in
            _ = try TrellisRoutes.heldKey(request, door.core)
            return json(CertificateKey(algorithm: ErasureCertificate.ed25519, key: memories.signer.key))
        }
    }
}

// MARK: What is sent and answered

private struct Decisions: Encodable {
    let decisions: [Decision]
}

private struct Paused: Encodable {
    let paused: [String]
}

private struct CertificateKey: Encodable {
    let algorithm: String
    let key: String
}

/// For how many days items of each kind are kept, by the kinds' names. A kind that is missing is kept until it is erased.
struct Retention: Codable {
    let retention: [String: Int]

    init(_ days: [MemoryKind: Int]) {
        retention = Dictionary(uniqueKeysWithValues: days.map { ($0.rawValue, $1) })
    }

    init(from decoder: any Decoder) throws {
        retention = try SentObject(decoder, members: ["retention"]).value("retention")
    }

    /// The same by kinds.
    var days: [MemoryKind: Int] {
        get throws(GatewayRefusal) {
            var days: [MemoryKind: Int] = [:]
            for (name, count) in retention { days[try SentObject.choice(name, "retention")] = count }
            return days
        }
    }
}
