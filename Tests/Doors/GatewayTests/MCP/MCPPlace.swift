import Consents
import Counsel
import Foundation
import Logging
import Memory
import Store
import Testing

@testable import Gateway

/// A store with people's memories, and assistants that reach them.
final class MCPPlace: Sendable {
    static let now: Int64 = 1_790_000_000_000
    static let ada = PersonKey(application: "homework", person: "ada0")
    static let ben = PersonKey(application: "homework", person: "ben0")

    let folder: String
    let memories: MemoryStore
    private let desk = CharterDesk(logger: silent)

    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init() throws {
        folder = NSTemporaryDirectory() + "trellis-mcp-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let store = try DataStore(path: folder + "/t.sqlite", migrations: KeptThings.migrations)
        let seal = try Seal(store: store, keyEncryptionKey: KeyEncryptionKey(keptAt: folder + "/keys/kek"))
        memories = MemoryStore(
            store: store, seal: seal, grants: GrantLedger(store: store, logger: Self.silent), logger: Self.silent)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func reach(_ person: PersonKey = ada, at moment: Int64 = now) -> AssistantReach {
        AssistantReach(
            to: person, in: memories,
            charter: { [desk] in try desk.charter("commons/tutor", role: nil).compiled },
            consent: WayToAllow(person: "ada", application: "homework"), logger: Self.silent, clock: { moment })
    }

    func own(_ person: PersonKey = ada) -> OwnMemory { memories.memory(of: person).own }

    /// Keeps things that the person says themself.
    @discardableResult
    func state(_ drafts: [ItemDraft], by person: PersonKey = ada, at moment: Int64 = now) async throws -> [MemoryItem] {
        try await own(person).state(drafts.map { .add($0) }, at: moment - 1).map(\.item)
    }

    func allow(
        _ purpose: MemoryPurpose, _ kinds: Set<MemoryKind> = Set(MemoryKind.allCases), acceptsInferred: Bool = false,
        by person: PersonKey = ada
    ) async throws {
        try await memories.grants.grant(
            purpose, kinds, acceptsInferred: acceptsInferred, by: person, at: Self.now - 1, through: .api)
    }
}

/// One assistant's conversation, in JSON as a test can look at it.
struct MCPTalk {
    var conversation: MCPConversation
    private var id = 0

    init(_ reach: AssistantReach, _ revision: String? = "2025-11-25") async throws {
        conversation = MCPConversation(reach)
        guard let revision else { return }
        let welcome = try await ask(
            "initialize",
            #"{"protocolVersion":"\#(revision)","capabilities":{},"clientInfo":{"name":"test","version":"1"}}"#)
        #expect(welcome.result?["protocolVersion"] as? String == revision)
        #expect(try await say(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#) == nil)
    }

    /// What came back to a request.
    struct Answer {
        let text: String
        let result: [String: Any]?
        let code: Int?
        let message: String?

        /// The first text of a tool's answer.
        var words: String { ((result?["content"] as? [[String: Any]])?.first?["text"] as? String) ?? "" }
        var isError: Bool { result?["isError"] as? Bool == true }
        var structure: [String: Any] { result?["structuredContent"] as? [String: Any] ?? [:] }
        var items: [[String: Any]] { structure["items"] as? [[String: Any]] ?? [] }
    }

    mutating func say(_ text: String) async throws -> [String: Any]? {
        guard let answer = await conversation.answer(to: Array(text.utf8)) else { return nil }
        return try #require(try JSONSerialization.jsonObject(with: Data(answer)) as? [String: Any])
    }

    mutating func ask(_ method: String, _ parameters: String? = nil) async throws -> Answer {
        id += 1
        let parameters = parameters.map { #","params":\#($0)"# } ?? ""
        let bytes = try #require(
            await conversation.answer(
                to: Array(#"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)"\#(parameters)}"#.utf8)))
        let message = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        #expect(message["jsonrpc"] as? String == "2.0")
        #expect(message["id"] as? Int == id)
        let error = message["error"] as? [String: Any]
        return Answer(
            text: String(decoding: bytes, as: UTF8.self), result: message["result"] as? [String: Any],
            code: error?["code"] as? Int, message: error?["message"] as? String)
    }

    mutating func use(_ tool: String, _ arguments: String = "{}") async throws -> Answer {
        try await ask("tools/call", #"{"name":"\#(tool)","arguments":\#(arguments)}"#)
    }
}
