import Consents
import HTTPTypes
import Hummingbird
import Memory

/// Items one by one: listing, saying, correcting, judging and erasing them.
extension MemoryRoutes {
    func addItems(to router: Router<BasicRequestContext>) {
        router.get("/trellis/v1/memory") { request, _ in
            let (memory, _) = try await settled(request)
            let filter = try Self.filter(request)
            return json(try await kept { try await memory.items(matching: filter) })
        }
        router.post("/trellis/v1/memory") { request, _ in
            let (memory, at) = try own(request)
            let said = try await PersonDoor.value(
                SentItems.self, from: request, limit: 16 << 20, example: SentItem.example)
            let resolutions = said.items.map(\.resolution)
            let remembered = try await kept { try await memory.state(resolutions, at: at) }
            wantVectors(of: memory)
            return json(Kept(items: remembered.map(\.item), added: remembered.count(where: \.isNew)))
        }
        router.get("/trellis/v1/memory/:id") { request, context in
            let (memory, _) = try own(request)
            return json(try await item(try Self.id(context), of: memory))
        }
        router.patch("/trellis/v1/memory/:id") { request, context in
            let (memory, at) = try own(request)
            let id = try Self.id(context)
            let sent = try await PersonDoor.value(
                SentCorrection.self, from: request, example: #"{"words": "lives in Marseille"}"#)
            let corrected = try await kept { try await memory.correct(id, sent.correction, at: at) }
            wantVectors(of: memory)
            return json(corrected)
        }
        router.delete("/trellis/v1/memory/:id") { request, context in
            let (memory, at) = try await settled(request)
            let id = try Self.id(context)
            return json(try await kept { try await memory.erase([id], at: at) })
        }
    }

    /// The person's word about an item: so it is, so it isn't, keep it.
    func addWord(to router: Router<BasicRequestContext>) {
        router.post("/trellis/v1/memory/:id/confirm") { request, context in
            try await judged(request, context) { memory, id, at in try await memory.confirm(id, at: at) }
        }
        router.post("/trellis/v1/memory/:id/reject") { request, context in
            try await judged(request, context) { memory, id, at in try await memory.reject(id, at: at) }
        }
        router.post("/trellis/v1/memory/:id/pin") { request, context in
            try await judged(request, context) { memory, id, at in try await memory.pin(id, at: at) }
        }
        router.post("/trellis/v1/memory/:id/unpin") { request, context in
            try await judged(request, context) { memory, id, at in try await memory.pin(id, false, at: at) }
        }
    }

    /// Does something with an item, and answers with the item as it is afterwards.
    private func judged(
        _ request: Request, _ context: BasicRequestContext,
        _ judge: (OwnMemory, MemoryItem.ID, Int64) async throws -> Void
    ) async throws -> Response {
        let (memory, at) = try own(request)
        let id = try Self.id(context)
        try await kept { try await judge(memory, id, at) }
        return json(try await item(id, of: memory))
    }

    private func item(_ id: MemoryItem.ID, of memory: OwnMemory) async throws(GatewayRefusal) -> MemoryItem {
        try await kept {
            guard let item = try await memory.item(id) else { throw MemoryError.noSuchItem(id) }
            return item
        }
    }

    // MARK: What is asked for

    /// Which items are wanted, by the query of a request.
    static func filter(_ request: Request) throws(GatewayRefusal) -> ItemFilter {
        let query = request.uri.queryParameters
        var filter = ItemFilter()
        if let kinds = query["kind"] { filter.kinds = try Self.kinds(of: kinds) }
        if let statuses = query["status"] {
            var wanted: Set<MemoryItem.Status> = []
            for word in statuses.split(separator: ",") {
                wanted.insert(try SentObject.choice(String(word), "status"))
            }
            filter.statuses = wanted
        }
        if let held = query["held"] {
            guard let isHeld = Bool(String(held)) else {
                throw GatewayRefusal(
                    status: 400, kind: .invalidRequest, message: "`held` is true or false.", param: "held")
            }
            filter.isHeld = isHeld
        }
        if let words = query["q"], !words.isEmpty { filter.words = String(words) }
        filter.limit = try limit(query["limit"], upTo: ItemFilter.longestPage) ?? filter.limit
        if let before = query["before"] { filter.before = try id(String(before), "before") }
        return filter
    }

    /// A list of kinds with commas between them.
    static func kinds(of text: Substring) throws(GatewayRefusal) -> Set<MemoryKind> {
        var kinds: Set<MemoryKind> = []
        for word in text.split(separator: ",") { kinds.insert(try SentObject.choice(String(word), "kind")) }
        return kinds
    }

    static func limit(_ text: Substring?, upTo most: Int) throws(GatewayRefusal) -> Int? {
        guard let text else { return nil }
        guard let limit = Int(text), (1...most).contains(limit) else {
            throw GatewayRefusal(
                status: 400, kind: .invalidRequest, message: "`limit` is a number from 1 to \(most).", param: "limit")
        }
        return limit
    }
}

/// What came of what the person said.
private struct Kept: Encodable {
    /// The items as they are held now, in the order in which they were sent.
    let items: [MemoryItem]
    /// How many of them are new; the rest was held already.
    let added: Int
}

/// One thing that a person says, or several in `items`.
struct SentItems: Decodable {
    let items: [SentItem]

    init(from decoder: any Decoder) throws {
        let members = (try? decoder.container(keyedBy: SentObject.Member.self))?.allKeys.map(\.stringValue)
        guard members?.contains("items") == true else {
            items = [try SentItem(from: decoder)]
            return
        }
        items = try SentObject(decoder, members: ["items"]).value("items")
        guard items.count <= MemoryStore.mostAtOnce else {
            throw GatewayRefusal(
                status: 413, kind: .tooLarge,
                message: "At most \(MemoryStore.mostAtOnce) items are taken at a time. Send them in parts.",
                param: "items")
        }
    }
}

/// Something that a person says themself, in the form of an item. What only Trellis can know is not part of it.
struct SentItem: Decodable {
    let resolution: Resolution

    static let example = #"{"kind": "goal", "words": "pass the chemistry exam"}"#
    static let members = [
        "kind", "words", "origin", "speaker", "validFrom", "validUntil", "due", "confidence", "links",
    ]

    init(from decoder: any Decoder) throws {
        let sent = try SentObject(decoder, members: Self.members)
        var draft = ItemDraft(
            try sent.choice("kind"), try sent.value("words"), origin: try sent.optional("origin"),
            speaker: try sent.optional("speaker"), validFrom: try sent.optional("validFrom"),
            validUntil: try sent.optional("validUntil"), due: try sent.optional("due"),
            confidence: try sent.optional("confidence") ?? 1)
        let links: [MemoryItem.Link] = try sent.optional("links") ?? []
        draft.supports = links.filter { $0.relation == .supports }.map(\.item)
        let others = links.filter { $0.relation != .supports }
        guard others.count <= 1 else {
            throw GatewayRefusal(
                status: 400, kind: .invalidRequest,
                message:
                    "A new item replaces one item or conflicts with one, not with several. Send the rest by itself.",
                param: "links")
        }
        resolution =
            switch others.first?.relation {
            case .replaces?: .replace(others[0].item, with: draft)
            case .conflictsWith?: .keepBoth(others[0].item, draft)
            default: .add(draft)
            }
    }
}

/// What a person puts right in an item: the members that are there, and no other. A time that is null is taken away.
struct SentCorrection: Decodable {
    let correction: ItemCorrection

    init(from decoder: any Decoder) throws {
        let sent = try SentObject(
            decoder, members: ["kind", "words", "speaker", "confidence", "validFrom", "validUntil", "due"])
        var correction = ItemCorrection()
        if sent.has("kind") { correction.kind = try sent.choice("kind") }
        if sent.has("words") { correction.words = try sent.value("words") }
        if sent.has("speaker") { correction.speaker = try sent.value("speaker") }
        if sent.has("confidence") { correction.confidence = try sent.value("confidence") }
        correction.validFrom = try Self.time("validFrom", sent)
        correction.validUntil = try Self.time("validUntil", sent)
        correction.due = try Self.time("due", sent)
        guard !correction.isEmpty else {
            throw GatewayRefusal(
                status: 400, kind: .invalidRequest,
                message: #"Say what is to be put right, as in {"words": "lives in Marseille"}."#)
        }
        self.correction = correction
    }

    private static func time(_ name: String, _ sent: SentObject) throws -> ItemCorrection.Time? {
        guard sent.has(name) else { return nil }
        return try sent.optional(name, Int64.self).map { .set($0) } ?? .removed
    }
}
