import Counsel
import Foundation
import Models
import NIOHTTP1
import Testing

@testable import Gateway

@Suite("Guard models on a message's way")
struct FloorGuardPassageTests {
    private static func charter(_ sides: String) -> String {
        """
        charter: riverside/tutor
        version: 1.0.0
        community: Riverside School
        purpose: Help pupils.
        goods: { understanding: { says: A pupil can explain an idea. } }
        floor:
          harm: { says: Never harm., severity: replace, detect: { guard: [self-harm], in: [\(sides)] }, instead: Let's talk. }
        """
    }

    private func heard(
        _ words: String, question: String = "Hello", guardedBy settings: GuardSettings?, streams: Bool,
        watching sides: String = "input, output"
    ) async throws -> (body: String, receipt: Receipt) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("guard-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("charter.yaml")
        try Data(Self.charter(sides).utf8).write(to: file)
        let reference = CharterReference(file.path)
        return try await withGateway(settings: {
            $0.charter = reference
            $0.guardModel = settings
        }) { gateway in
            let body: [String: Any] = [
                "model": "say:\(words)", "stream": streams, "messages": [["role": "user", "content": question]],
            ]
            let json = String(decoding: try JSONSerialization.data(withJSONObject: body), as: UTF8.self)
            let reply = try await gateway.post("/v1/chat/completions", json)
            #expect(reply.status == 200)
            let id = try #require(reply.receipt)
            let receipt = try await gateway.send(.GET, "/trellis/v1/receipts/\(id)").body
            var text = reply.body
            if streams {
                text = try reply.events.filter { $0 != "[DONE]" }.map {
                    try JSONValue(parsing: $0)["choices"]?.array?.first?["delta"]?["content"]?.string ?? ""
                }.joined()
                #expect(reply.events.last == "[DONE]")
            }
            return (text, try JSONDecoder().decode(Receipt.self, from: Data(receipt.utf8)))
        }
    }

    private static let kinds = [
        GuardSettings(kind: .moderation, name: "moderator"), GuardSettings(kind: .llamaGuard, name: "llama-guard"),
    ]
    private static let long = (1...90).map { "word\($0)" }.joined(separator: " ")

    @Test("what the guard finds harmless goes out whole", arguments: kinds, [false, true])
    func safe(settings: GuardSettings, streams: Bool) async throws {
        let (text, receipt) = try await heard("Some plain words of a reply", guardedBy: settings, streams: streams)
        #expect(text.contains("Some plain words of a reply"))
        #expect(receipt.floor == nil)
    }

    @Test("what the guard finds is replaced", arguments: kinds, [false, true])
    func found(settings: GuardSettings, streams: Bool) async throws {
        let (text, receipt) = try await heard("This is guard-self-harm here", guardedBy: settings, streams: streams)
        #expect(text.contains("Let's talk.") && !text.contains("guard-self-harm here"))
        #expect(receipt.floor?.first?.detector == "guard:self-harm")
        #expect(receipt.floor?.first?.action == .replaced)
    }

    @Test("a person's words are judged before a model is asked", arguments: kinds)
    func input(settings: GuardSettings) async throws {
        let (text, receipt) = try await heard(
            "Never asked", question: "guard-self-harm", guardedBy: settings, streams: false)
        #expect(text.contains("Let's talk."))
        #expect(receipt.floor?.first?.side == "input")
        #expect(receipt.attempts == 0)
    }

    @Test("a guard that can't be asked lets nothing pass, and the person reads why", arguments: [false, true])
    func unavailable(streams: Bool) async throws {
        for settings in [GuardSettings(kind: .moderation, name: "status-500"), nil] {
            let (text, receipt) = try await heard("Some plain words", guardedBy: settings, streams: streams)
            #expect(text.contains("can't be answered now") && text.contains("harm"))
            #expect(!text.contains(":\"Some plain words\"}") && (!streams || !text.contains("plain words")))
            #expect(receipt.floor?.first?.detector == "guard-unavailable")
            #expect(receipt.finishReason == "content_filter")
        }
    }

    @Test(
        "a chat guard judges the reply in the light of the question, an endpoint the reply alone",
        arguments: [false, true])
    func question(streams: Bool) async throws {
        for settings in Self.kinds {
            let (text, receipt) = try await heard(
                "Here is how.", question: "Tell me about guard-self-harm", guardedBy: settings, streams: streams,
                watching: "output")
            #expect(text.contains("Here is how.") == (settings.kind == .moderation))
            #expect(receipt.floor?.first?.detector == (settings.kind == .llamaGuard ? "guard:self-harm" : nil))
            #expect(receipt.floor?.first?.side == (settings.kind == .llamaGuard ? "output" : nil))
        }
    }

    @Test("a guard is waited for as long as the settings say", arguments: [false, true])
    func patience(streams: Bool) async throws {
        for (time, isHeard) in [(Duration.milliseconds(50), false), (.seconds(30), true)] {
            let settings = GuardSettings(kind: .moderation, name: "slow-head:400", time: time)
            let (text, receipt) = try await heard(
                "Some plain words", guardedBy: settings, streams: streams, watching: "output")
            #expect(text.contains("Some plain words") == isHeard)
            #expect(receipt.floor?.first?.detector == (isHeard ? nil : "guard-unavailable"))
        }
    }
}
