import Counsel
import Foundation
import Models
import NIOHTTP1
import Testing

@testable import Gateway

@Suite("Guard models on a message's way")
struct FloorGuardPassageTests {
    private static func charter(_ sides: String, _ severity: String) -> String {
        """
        charter: riverside/tutor
        version: 1.0.0
        community: Riverside School
        purpose: Help pupils.
        goods: { understanding: { says: A pupil can explain an idea. } }
        floor:
          harm: { says: Never harm., severity: \(severity), detect: { guard: [self-harm], in: [\(sides)] }, instead: Let's talk. }
        """
    }

    private func heard(
        _ words: String, question: String = "Hello", guardedBy settings: GuardSettings?, streams: Bool,
        watching sides: String = "input, output", severity: String = "replace", choices: Int = 1,
        headers: HTTPHeaders = [:]
    ) async throws -> (body: String, receipt: Receipt) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("guard-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("charter.yaml")
        try Data(Self.charter(sides, severity).utf8).write(to: file)
        let reference = CharterReference(file.path)
        return try await withGateway(settings: {
            $0.charter = reference
            $0.guardModel = settings
            $0.counsel.criticModel = "say:[]"
        }) { gateway in
            let body: [String: Any] = [
                "model": "say:\(words)", "stream": streams, "n": choices,
                "messages": [["role": "user", "content": question]],
            ]
            let json = String(decoding: try JSONSerialization.data(withJSONObject: body), as: UTF8.self)
            let reply = try await gateway.post("/v1/chat/completions", json, headers: headers)
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
    private static let long = (1...50).map { "w\($0)" }.joined(separator: " ")

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
            #expect(text.contains(settings == nil ? "can't be answered here" : "can't be answered now"))
            #expect(text.contains(settings == nil ? "Trying again won't help" : "Please try again"))
            #expect(text.contains("harm"))
            #expect(!text.contains(":\"Some plain words\"}") && (!streams || !text.contains("plain words")))
            #expect(receipt.floor?.first?.detector == (settings == nil ? "guard-missing" : "guard-unavailable"))
            #expect(receipt.finishReason == "content_filter")
            #expect(receipt.moveRule == "floor/harm" && receipt.upstream == nil && receipt.brief == nil)
        }
    }

    @Test("a guard that gave no judgement revises nothing, and a clause that only notes lets the reply go on")
    func unjudged() async throws {
        for streams in [false, true] {
            let down = GuardSettings(kind: .moderation, name: "status-500")
            let (text, receipt) = try await heard(
                "Plain words||Other words", guardedBy: down, streams: streams, watching: "output", severity: "revise")
            #expect(text.contains("can't be answered now") && receipt.floor?.map(\.action) == [.replaced])
            let (words, noted) = try await heard(
                Self.long, guardedBy: down, streams: streams, severity: "note")
            #expect(words.contains(Self.long))
            #expect(noted.floor?.map(\.side) == ["input", "output"])
            #expect(noted.floor?.allSatisfy { $0.action == .noted && $0.detector == "guard-unavailable" } == true)
            let why = Why(noted).text
            #expect(why.contains("it went on all the same") && !why.contains("let past"))
        }
    }

    // MARK: Severities

    @Test("revise: the model writes it once more, and the receipt says so", arguments: kinds, [false, true])
    func revise(settings: GuardSettings, streams: Bool) async throws {
        let words = "This is guard-self-harm here||This is kinder"
        for headers: HTTPHeaders in [[:], ["Trellis-Critique": "1"]] {
            let (text, receipt) = try await heard(
                words, guardedBy: settings, streams: streams, watching: "output", severity: "revise", headers: headers)
            #expect(text.contains("This is kinder") && !text.contains("Let's talk."), "\(headers)")
            #expect(receipt.floor?.map(\.action) == [.revised])
            #expect(receipt.floor?.first?.detector == "guard:self-harm")
            #expect((receipt.critique != nil) == !headers.isEmpty)
            #expect(receipt.moveRule?.hasPrefix("floor/") == false)
        }
    }

    @Test("revise: a second try that breaks the clause too gives way to the charter's words", arguments: [false, true])
    func reviseTwice(streams: Bool) async throws {
        for headers: HTTPHeaders in [[:], ["Trellis-Critique": "1"]] {
            let (text, receipt) = try await heard(
                "guard-self-harm||Again guard-self-harm", guardedBy: Self.kinds[0], streams: streams,
                watching: "output", severity: "revise", headers: headers)
            #expect(text.contains("Let's talk.") && !text.contains("Again"), "\(headers)")
            #expect(receipt.floor?.map(\.action) == [.revised, .replaced])
            #expect(receipt.moveRule == "floor/harm")
        }
    }

    @Test("note: the reply goes on, and the clause is noted once, however long it is", arguments: kinds, [false, true])
    func note(settings: GuardSettings, streams: Bool) async throws {
        let words = "This is guard-self-harm here. \(Self.long)"
        let (text, receipt) = try await heard(
            words, guardedBy: settings, streams: streams, watching: "output", severity: "note")
        #expect(text.contains(words))
        #expect(receipt.floor?.map(\.action) == [.noted])
    }

    // MARK: Whoever runs it

    @Test("a guard that is down or missing shows in the metrics and in readiness")
    func visible() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("guard-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("charter.yaml")
        try Data(Self.charter("output", "replace").utf8).write(to: file)
        let reference = CharterReference(file.path)
        for guarding in [GuardSettings(kind: .moderation, name: "status-500"), Self.kinds[0], nil] {
            try await withGateway(settings: {
                $0.charter = reference
                $0.guardModel = guarding
            }) { gateway in
                _ = try await gateway.chat("say:Hello")
                let page = try await gateway.send(.GET, "/metrics").body
                let isDown = guarding?.name != "moderator"
                #expect(page.contains("trellis_guard_checks_total{result=\"unavailable\"} \(isDown ? 1 : 0)"))
                #expect(page.contains("trellis_guard_checks_total{result=\"judged\"} \(isDown ? 0 : 1)"))
                let ready = try await gateway.send(.GET, "/readyz")
                #expect(ready.status == (guarding == nil ? 503 : 200))
                let part = try #require(
                    (try ready.json()["parts"] as? [[String: Any]])?.first { $0["name"] as? String == "guard" })
                let note = try #require(part["note"] as? String)
                #expect(note.contains(guarding == nil ? "none is set up" : isDown ? "status 500" : "no trouble"))
            }
        }
        try await withGateway { gateway in
            let ready = try await gateway.send(.GET, "/readyz").body
            #expect(!ready.contains("guard"), "nobody asks for one")
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
