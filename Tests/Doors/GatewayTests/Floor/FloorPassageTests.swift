import Charters
import Counsel
import Foundation
import MockUpstream
import Models
import NIOHTTP1
import Testing

@testable import Gateway

@Suite("The floor on a message's way")
struct FloorPassageTests {
    /// Every way through: which API the client speaks, which one the upstream speaks, and whether it streams.
    struct Way: Sendable, CustomTestStringConvertible {
        let door: Door
        let upstream: Upstream.Dialect
        let streams: Bool

        /// Whether the client and the upstream speak the same.
        var speaksOne: Bool { (door == .messages) == (upstream == .anthropic) }

        var testDescription: String { "\(door.rawValue) to \(upstream), \(streams ? "streamed" : "whole")" }

        static let all: [Way] = [Door.chatCompletions, .messages].flatMap { door in
            [Upstream.Dialect.openAI, .anthropic].flatMap { upstream in
                [false, true].map { Way(door: door, upstream: upstream, streams: $0) }
            }
        }
    }

    static let charter = """
        charter: riverside/tutor
        version: 1.0.0
        community: Riverside School
        purpose: Help pupils become people who can learn without us.
        goods: { understanding: { says: A pupil can explain an idea. } }
        resources: { counsellor: { says: "Ms. Okoye, room 12, any day until four." } }
        floor:
          noted: { says: Never say alpha., severity: note, detect: { phrases: [alpha moon] } }
          revised: { says: Never say beta., severity: revise, detect: { phrases: [beta moon] }, instead: Not that word. }
          replaced: { says: Never say gamma., severity: replace, detect: { phrases: [gamma moon] }, instead: Let's stop here. }
          handed: { says: Never say delta., severity: hand-over, detect: { phrases: [delta moon] }, instead: Somebody can help., to: counsellor }
          blocked: { says: Never say epsilon., severity: block, detect: { phrases: [epsilon moon] } }
          danger: { says: Help first., severity: hand-over, detect: { detectors: [danger-to-life], in: [input] }, instead: You matter. Please call now., to: counsellor }
        """

    /// What a client makes of a reply: the text, why it ended, and the receipt.
    struct Heard: Sendable {
        let text: String
        let finish: String?
        let receipt: Receipt
        let body: String

        var findings: [FloorFinding] { receipt.floor ?? [] }
        func finding(_ clause: String) -> FloorFinding? { findings.first { $0.clause == clause } }
    }

    static func say(
        _ words: String, thinking: String? = nil, to way: Way, question: String = "Hello",
        under charter: String = charter, more: String = ""
    ) async throws -> Heard {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("floor-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("charter.yaml")
        try Data((charter + "\n" + more).utf8).write(to: file)
        let reference = CharterReference(file.path)
        return try await withGateway(
            upstream: {
                $0.dialect = way.upstream
                if way.upstream == .anthropic { $0.address = .init(host: "127.0.0.1", port: $0.address.port) }
            }, settings: { $0.charter = reference }
        ) { gateway in
            let model = thinking.map { "think:\($0)||\(words)" } ?? "say:\(words)"
            let body: [String: Any] = [
                "model": model, "stream": way.streams, "max_tokens": 50,
                "messages": [["role": "user", "content": question]],
            ]
            let json = String(decoding: try JSONSerialization.data(withJSONObject: body), as: UTF8.self)
            let path = way.door == .messages ? "/v1/messages" : "/v1/chat/completions"
            let reply = try await gateway.post(path, json)
            #expect(reply.status == 200, "\(reply.body)")
            let (text, finish) = try Self.heard(reply, way)
            let id = try #require(reply.receipt)
            let receipt = try await gateway.send(.GET, "/trellis/v1/receipts/\(id)").body
            return Heard(
                text: text, finish: finish, receipt: try JSONDecoder().decode(Receipt.self, from: Data(receipt.utf8)),
                body: reply.body)
        }
    }

    private static func heard(_ reply: RunningGateway.Reply, _ way: Way) throws -> (String, String?) {
        guard way.streams else {
            let value = try reply.json()
            if way.door == .messages {
                let blocks = try #require(value["content"] as? [[String: Any]])
                return (blocks.compactMap { $0["text"] as? String }.joined(), value["stop_reason"] as? String)
            }
            let choice = try #require((value["choices"] as? [[String: Any]])?.first)
            return (
                (choice["message"] as? [String: Any])?["content"] as? String ?? "", choice["finish_reason"] as? String
            )
        }
        var text = ""
        var finish: String?
        var types: [String] = []
        for event in reply.events where event != "[DONE]" {
            let value = try #require(JSONSerialization.jsonObject(with: Data(event.utf8)) as? [String: Any])
            if way.door == .messages {
                types.append(value["type"] as? String ?? "")
                let delta = value["delta"] as? [String: Any]
                text += delta?["text"] as? String ?? ""
                finish = delta?["stop_reason"] as? String ?? finish
            } else if let choice = (value["choices"] as? [[String: Any]])?.first {
                text += (choice["delta"] as? [String: Any])?["content"] as? String ?? ""
                finish = choice["finish_reason"] as? String ?? finish
            }
        }
        if way.door == .messages {
            #expect(types.first == "message_start" && types.last == "message_stop")
            #expect(types.count { $0 == "message_start" } == 1)
            #expect(types.count { $0 == "content_block_start" } == types.count { $0 == "content_block_stop" })
        } else {
            #expect(reply.events.last == "[DONE]")
        }
        return (text, finish)
    }

    private func ended(_ way: Way, blocked: Bool = false) -> String {
        way.door == .messages ? (blocked ? "refusal" : "end_turn") : (blocked ? "content_filter" : "stop")
    }

    // MARK: Severities

    @Test("what breaks nothing goes out whole, with no finding", arguments: Way.all)
    func harmless(way: Way) async throws {
        let words = "The blue moon of alpha and the moon of beta."
        let heard = try await Self.say(words, to: way)
        #expect(heard.text == words)
        #expect(heard.finish == ended(way))
        #expect(heard.receipt.floor == nil)
    }

    @Test("note: the reply goes out, and the receipt says what was wrong", arguments: Way.all)
    func note(way: Way) async throws {
        let words = "See the alpha moon rise tonight."
        let heard = try await Self.say(words, to: way)
        #expect(heard.text == words)
        let finding = try #require(heard.finding("noted"))
        #expect(finding.action == .noted)
        #expect(finding.at == 8)
        #expect(finding.side == "output")
        #expect(finding.detector == "phrase")
    }

    @Test("replace: the charter's words stand in place of what had not gone out", arguments: Way.all)
    func replace(way: Way) async throws {
        let heard = try await Self.say("Look up: the gamma moon is rising over us.", to: way)
        #expect(heard.text == (way.streams ? "Look up: the \n\nLet's stop here." : "Let's stop here."))
        #expect(heard.finish == ended(way))
        #expect(heard.finding("replaced")?.action == .replaced)
        #expect(heard.receipt.finishReason == ended(way))
        #expect(heard.receipt.outcome == .complete)
    }

    @Test("hand-over: the charter's words name who can help", arguments: Way.all)
    func handOver(way: Way) async throws {
        let heard = try await Self.say("delta moon", to: way)
        #expect(heard.text == "Somebody can help.\n\nMs. Okoye, room 12, any day until four.")
        #expect(heard.finish == ended(way))
        #expect(heard.finding("handed")?.action == .handedOver)
    }

    @Test("block: the person reads that the reply was held back, and by which rule", arguments: Way.all)
    func block(way: Way) async throws {
        let heard = try await Self.say("EPSILON  moon!", to: way)
        #expect(heard.text.contains("held back"))
        #expect(heard.text.contains("“blocked”") && heard.text.contains("Never say epsilon."))
        #expect(!heard.text.lowercased().contains("epsilon  moon"))
        #expect(heard.finish == ended(way, blocked: true))
        #expect(heard.finding("blocked")?.action == .blocked)
    }

    @Test("revise: the model writes it once more, and the second try goes out", arguments: Way.all)
    func revise(way: Way) async throws {
        let heard = try await Self.say("beta moon is up||The sun is up.", to: way)
        #expect(heard.text == "The sun is up.")
        #expect(heard.finish == ended(way))
        #expect(heard.finding("revised")?.action == .revised)
    }

    @Test("revise: when the second try breaks the rule too, the charter's words are said", arguments: Way.all)
    func reviseTwice(way: Way) async throws {
        let heard = try await Self.say("beta moon||Again the beta moon.", to: way)
        #expect(heard.text.hasSuffix("Not that word."))
        #expect(!heard.text.contains("moon"))
        #expect(heard.findings.last?.action == .replaced)
    }

    @Test("revise: once words have been shown, the charter's words follow them", arguments: Way.all.filter(\.streams))
    func reviseLate(way: Way) async throws {
        let heard = try await Self.say("I say the beta moon is up.||Fine.", to: way)
        #expect(heard.text == "I say the \n\nNot that word.")
        #expect(heard.findings.map(\.action) == [.replaced])
    }

    // MARK: What the person says

    @Test("a person in danger is answered by the charter's words, without asking a model", arguments: Way.all)
    func input(way: Way) async throws {
        let heard = try await Self.say("Never asked.", to: way, question: "I don't want to live anymore")
        // The charter's own words stand beside those of Trellis's floor.
        #expect(heard.text.contains("You matter. Please call now.\n\nMs. Okoye, room 12, any day until four."))
        #expect(heard.finding("crisis-help") != nil)
        #expect(heard.finish == ended(way))
        let finding = try #require(heard.finding("danger"))
        #expect(finding.side == "input")
        #expect(finding.detector == "danger-to-life")
        #expect(heard.receipt.attempts == 0 && heard.receipt.upstream == nil && heard.receipt.status == 200)
    }

    @Test(
        "where the floor answers, the receipt says which clause, and of no model that it was asked", arguments: Way.all)
    func truth(way: Way) async throws {
        let heard = try await Self.say(
            "Never asked.", to: way, question: "What is a guarded moon?",
            more: """
                  guarded: { says: No guarded moons., severity: block, detect: { phrases: [guarded moon], in: [input] } }
                """)
        let receipt = heard.receipt
        #expect(receipt.move == "floor" && receipt.moveRule == "floor/guarded")
        #expect(receipt.moveReason.contains("no model was asked"))
        #expect(receipt.brief == nil && receipt.clauses.isEmpty && receipt.upstream == nil && receipt.attempts == 0)
        #expect(receipt.alternatives == nil && receipt.tension == nil && receipt.situation != nil)
        let why = Why(receipt).text
        #expect(
            why.contains("No model was asked.") && !why.contains("was asked to care about:") && !why.contains("plainly")
        )

        let handed = try await Self.say("The delta moon is full", to: way).receipt
        #expect(handed.move == "hand-over" && handed.moveRule == "floor/handed")
        #expect(handed.brief != nil && handed.upstream == "mock" && handed.attempts == 1)
        #expect(handed.alternatives?.first?.move == "answer")
        #expect(Why(handed).text.contains("What the model wrote broke the limit “handed”"))

        let kept = try await Self.say("The sun is full", to: way).receipt
        #expect(kept.move == "answer" && kept.moveRule != "floor/handed" && kept.brief != nil)
    }

    @Test("a request that never got to a model claims no upstream and no brief")
    func neverSent() async throws {
        try await withGateway { gateway in
            let reply = try await gateway.chat(headers: ["Trellis-Critique": "9"])
            let receipt = try await gateway.receipt(of: reply)
            #expect(reply.status == 400 && receipt["upstream"] == nil && receipt["brief"] == nil)
        }
    }

    // MARK: What stands beside the reply

    @Test("reasoning is watched as a text of its own, and the finding says so", arguments: Way.all.filter(\.speaksOne))
    func reasoning(way: Way) async throws {
        let heard = try await Self.say("The sun is up.", thinking: "Think of the gamma moon here", to: way)
        #expect(heard.text == "Let's stop here.")
        #expect(heard.finding("replaced")?.within == "reasoning")
        #expect(!heard.body.contains("gamma moon"))
        #expect(Why(heard.receipt).text.contains("in its reasoning broke the limit replaced"))

        let split = try await Self.say("moon of the sun.", thinking: "It ends with gamma", to: way)
        #expect(split.text == "moon of the sun." && split.receipt.floor == nil)
        #expect(split.body.contains("gamma"))

        let noted = try await Self.say("The sun.", thinking: "an alpha moon", to: way)
        #expect(noted.text == "The sun." && noted.finding("noted")?.within == "reasoning")
    }

    @Test(
        "whatever a charter says about it, a person in danger reads the floor's words first and whom to call last",
        arguments: [
            "resources: {emergency: {says: 'Nobody. Stay here and keep talking to me, do not call anyone.'}}",
            "floor: {crisis-help: {says: Wait., severity: hand-over, instead: 'Calm down, it is nothing.', to: friend}}\n"
                + "resources: {friend: {says: 'Nobody, do not call anyone.'}}",
            "floor: {crisis-help: {says: Wait., severity: block}}",
            "floor: {quiet: {says: Say nothing., severity: block, detect: {detectors: [danger-to-life], in: [input]}}}",
            "floor: {quiet: {says: Say nothing., severity: block, detect: {phrases: [die], in: [input]}}}",
        ])
    func danger(sections: String) async throws {
        let way = Way(door: .chatCompletions, upstream: .openAI, streams: sections.count.isMultiple(of: 2))
        let base = try #require(BaseFloor.clause("crisis-help"))
        let line = try #require(BaseFloor.layer.resources.first?.says)
        let charter = "charter: a/b\nversion: 1.0.0\npurpose: Help.\ngoods: {}\n" + sections
        let heard = try await Self.say("Never asked.", to: way, question: "I want to die.", under: charter)
        #expect(heard.text.hasPrefix(base.instead[0].text + "\n\n"), "\(heard.text)")
        let parts = heard.text.components(separatedBy: "\n\n")
        let help = try #require(parts.firstIndex { $0.hasSuffix(line) }, "\(heard.text)")
        // Nothing that is said about the same clause stands behind the numbers.
        #expect(parts.dropFirst(help + 1).allSatisfy { $0.contains("“quiet”") }, "\(heard.text)")
        #expect(heard.finish == ended(way), "a reply that names help isn't marked as held back")
        #expect(heard.finding("crisis-help")?.action == .handedOver)
        #expect(heard.receipt.attempts == 0)
    }

    @Test("a model that writes again is held to the floor's own words, not to a charter's exception")
    func criticism() throws {
        let charter = """
            charter: a/b
            version: 1.0.0
            purpose: Help.
            floor:
              not-human: { says: Say that you are human when it comforts., severity: block }
              no-manipulation: { says: Guilt is fine on Fridays., severity: revise }
            """
        let floor = try #require(
            FloorEnforcement(try Charter.read(charter, file: "b").charter.compiled(role: nil)))
        func finding(_ clause: String, _ severity: FloorClause.Severity) -> FloorFinding {
            FloorFinding(clause: clause, severity: severity, side: .output, detector: "test", at: 0)
        }
        let criticism = floor.criticism(finding("no-manipulation", .revise))
        #expect(criticism.contains("Never pressure, shame or frighten anyone into a choice."))
        #expect(!criticism.contains("Fridays"))
        let words = floor.words(finding("not-human", .block))
        #expect(words.contains("Never claim to be human.") && !words.contains("comforts"))
    }

    @Test("a charter that watches nothing leaves the reply as it came")
    func unwatched() async throws {
        try await withGateway { gateway in
            let through = try await gateway.chat("say:gamma moon, epsilon moon")
            #expect(through.body.contains("gamma moon, epsilon moon"))
            #expect(try await gateway.receipt(of: through)["floor"] == nil)
        }
    }
}
