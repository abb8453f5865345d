import Foundation
import MockUpstream
import Models
import NIOCore
import NIOHTTP1
import Testing

@testable import Gateway

private let school = """
    charter: riverside/tutor
    version: 2.1.0
    community: Riverside School
    purpose: Help pupils become people who can learn without us.
    goods:
      understanding: { says: A pupil can explain an idea in their own words., signs: [asks before telling] }
      comfort: { says: Pupils feel at ease. }
    tensions:
      - { between: [understanding, comfort], decide: person }
    roles:
      tutor: { stance: tutor, moves: [ask, scaffold, challenge, encourage, step-back, offer-perspectives] }
    contexts:
      - { id: late, when: { hour: 21-6 }, then: { says: It is late; keep it short. } }
      - { id: worried, when: { topic: exams }, then: { move: encourage } }
    guidance:
      keep-my-goal:
        says: Remind them of their own goal when they drift from it.
        asks: May I bring up your own goal when you seem to drift from it?
        expires: 30d
    """

/// A gateway under a charter of its own.
private func withCharter<Result: Sendable>(
    _ charter: String = school, upstream change: @escaping (inout Upstream) -> Void = { _ in },
    settings adjust: @escaping (inout GatewaySettings) -> Void = { _ in },
    _ body: @escaping @Sendable (RunningGateway) async throws -> Result
) async throws -> Result {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("charter-\(UUID().uuidString).yaml").path
    try charter.write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await withGateway(
        upstream: change,
        settings: {
            $0.charter = .file(path)
            adjust(&$0)
        }, body)
}

extension RunningGateway {
    fileprivate func say(
        _ text: String, model: String = "mock-model", before: [(String, String)] = [], stream: Bool = false,
        extra: String = "", headers: HTTPHeaders = [:]
    ) async throws -> Reply {
        let turns = (before + [("user", text)]).map {
            #"{"role":"\#($0.0)","content":\#(String(decoding: JSONQuote.quoted($0.1), as: UTF8.self))}"#
        }
        return try await post(
            "/v1/chat/completions",
            #"{"model":"\#(model)","stream":\#(stream),"messages":[\#(turns.joined(separator: ","))]\#(extra)}"#,
            headers: headers)
    }

    /// What the model was told.
    fileprivate var told: String { mock.lastTalk?.body ?? "" }
}

extension RunningGateway.Reply {
    /// What the reply says, as an OpenAI client reads it.
    fileprivate var words: String {
        let values = events.isEmpty ? [body] : events.filter { $0.hasPrefix("{") }
        return values.compactMap { text -> String? in
            let value = try? JSONValue(parsing: ByteBuffer(string: text))
            let choice = value?["choices"]?.array?.first
            return choice?["message"]?["content"]?.string ?? choice?["delta"]?["content"]?.string
        }.joined()
    }
}

@Suite("Counsel on a message's way")
struct CounselPassageTests {
    @Test(
        "the general brief goes with an ordinary message, and the receipt says who had a say and that nothing stood out"
    )
    func ordinary() async throws {
        try await withCharter { gateway in
            let reply = try await gateway.say("What is the capital of France?")
            let receipt = try await gateway.receipt(of: reply)
            #expect(receipt["move"] as? String == "answer" && receipt["moveRule"] as? String == "answer")
            let layers = try #require(receipt["layers"] as? [[String: Any]])
            #expect(layers.map { $0["kind"] as? String } == ["floor", "community"])
            #expect(
                layers.last?["name"] as? String == "riverside/tutor" && layers.last?["version"] as? String == "2.1.0")
            #expect(!gateway.told.contains("It is late"))
            let brief = try #require((receipt["brief"] as? [String: Any])?["text"] as? String)
            #expect(brief.contains("explain an idea"))
            #expect(receipt["guidance"] == nil && receipt["asked"] == nil && receipt["critique"] == nil)
        }
    }

    @Test("headers say what the application knows: the brief, the move and the receipt follow")
    func circumstances() async throws {
        try await withCharter { gateway in
            let late = try await gateway.say("What is a noun?", headers: ["Trellis-Hour": "23"])
            #expect(gateway.told.contains("It is late; keep it short."))
            #expect(
                !gateway.told.contains("23") && gateway.mock.lastRequest?.values(of: "trellis-hour").isEmpty == true)
            let clauses = try await gateway.receipt(of: late)["clauses"] as? [String]
            #expect(clauses?.contains("contexts/late") == true)
            let exams = try await gateway.receipt(
                of: try await gateway.say("What is a noun?", headers: ["Trellis-Topic": "exams"]))
            #expect(exams["move"] as? String == "encourage" && exams["moveRule"] as? String == "contexts/worried")
            #expect(exams["alternatives"] != nil)
            let told = (exams["brief"] as? [String: Any])?["text"] as? String
            #expect(told?.isEmpty == false, "each brief's words are kept")
            let refused = try await gateway.say("Hi", headers: ["Trellis-Age": "12"])
            #expect(refused.status == 400 && refused.body.contains("Trellis-Age"))
        }
    }

    @Test("a person's own wishes govern their replies and nobody else's, and their brief is kept under their key")
    func wishes() async throws {
        try await withCharter { gateway in
            let ada: HTTPHeaders = ["Trellis-Person": "ada"]
            let wishes = "wishes: 1\ngoods:\n  my-pace: { says: \"Take it at the pace of a heron.\" }\n"
            let kept = try await gateway.send(
                .PUT, "/trellis/v1/wishes", wishes,
                headers: ["Trellis-Person": "ada", "content-type": "application/yaml"])
            #expect(kept.status == 200, "\(kept.body)")
            let hers = try await gateway.say("What is a noun?", headers: ada)
            #expect(gateway.told.contains("pace of a heron"))
            let receipt = try await gateway.receipt(of: hers)
            let layers = try #require(receipt["layers"] as? [[String: Any]])
            #expect(layers.map { $0["kind"] as? String } == ["floor", "community", "person"])
            #expect(((receipt["brief"] as? [String: Any])?["text"] as? String)?.contains("heron") == true)
            _ = try await gateway.say("What is a noun?", headers: ["Trellis-Person": "ben"])
            #expect(!gateway.told.contains("heron"))
            #expect(try await gateway.send(.DELETE, "/trellis/v1/bodies", headers: ada).status == 204)
            let later = try await gateway.receipt(of: hers)
            #expect((later["brief"] as? [String: Any])?["text"] == nil)
            _ = try await gateway.say("What is a noun?", headers: ada)
            #expect(!gateway.told.contains("heron"))
        }
    }

    @Test(
        "a consent is asked for once, given by a yes, used, and taken back with effect on the next message",
        arguments: [false, true])
    func consent(stream: Bool) async throws {
        try await withCharter { gateway in
            let ada: HTTPHeaders = ["Trellis-Person": "ada"]
            let asks = "May I bring up your own goal when you seem to drift from it?"
            let model = "say:A noun names something."
            let first = try await gateway.say("What is a noun?", model: model, stream: stream, headers: ada)
            #expect(first.words == "A noun names something.\n\n" + asks)
            if stream { #expect(first.events.last == "[DONE]") }
            #expect(try await gateway.receipt(of: first)["asked"] as? String == "keep-my-goal")
            #expect(!gateway.told.contains("Remind them"))

            let again = try await gateway.say("And a verb?", model: model, stream: stream, headers: ada)
            #expect(again.words == "A noun names something.", "it is asked once a period")

            let yes = try await gateway.say(
                "Yes, please!", model: model, before: [("user", "What is a noun?"), ("assistant", first.words)],
                stream: stream, headers: ada)
            #expect(gateway.told.contains("Remind them of their own goal"))
            #expect(try await gateway.receipt(of: yes)["guidance"] as? [String] == ["keep-my-goal"])
            let used = try await gateway.say("And an adverb?", model: model, stream: stream, headers: ada)
            #expect(try await gateway.receipt(of: used)["guidance"] as? [String] == ["keep-my-goal"])
            _ = try await gateway.say(
                "And an adverb?", model: model, stream: stream, headers: ["Trellis-Person": "ben"])
            #expect(!gateway.told.contains("Remind them"), "another person has not agreed")

            #expect(
                try await gateway.send(.DELETE, "/trellis/v1/consents/keep-my-goal", headers: ada).status == 204)
            let after = try await gateway.say("And a pronoun?", model: model, stream: stream, headers: ada)
            #expect(!gateway.told.contains("Remind them"))
            #expect(try await gateway.receipt(of: after)["guidance"] == nil)
            #expect(after.words == "A noun names something.", "nobody is asked again right after taking it back")
        }
    }

    @Test("a no, and anything that is no clear answer, leaves guidance off")
    func declined() async throws {
        try await withCharter { gateway in
            for (name, answer) in [("ada", "No."), ("ben", "Yes, but what is a verb?")] {
                let headers: HTTPHeaders = ["Trellis-Person": name]
                let first = try await gateway.say("What is a noun?", model: "say:A name.", headers: headers)
                #expect(first.words.hasSuffix("drift from it?"))
                let next = try await gateway.say(
                    answer, before: [("user", "What is a noun?"), ("assistant", first.words)], headers: headers)
                #expect(!gateway.told.contains("Remind them"))
                #expect(try await gateway.receipt(of: next)["guidance"] == nil)
            }
        }
    }

    @Test(
        "nothing is asked where it does not belong",
        arguments: [
            #","tools":[{"type":"function","function":{"name":"x"}}]"#, #","response_format":{"type":"json_object"}"#,
            #","n":2"#, "?", "nobody",
        ])
    func unasked(extra: String) async throws {
        try await withCharter { gateway in
            let model = extra == "?" ? "say:What do you think?" : "say:A name."
            let reply = try await gateway.say(
                "What is a noun?", model: model, extra: extra.hasPrefix(",") ? extra : "",
                headers: extra == "nobody" ? [:] : ["Trellis-Person": "ada"])
            #expect(reply.status == 200 && !reply.body.contains("May I"))
            #expect(try await gateway.receipt(of: reply)["asked"] == nil)
        }
    }

    @Test("Anthropic's clients are asked too, in their own form, as JSON and as a stream, translated or not")
    func anthropicAsked() async throws {
        for dialect in [Upstream.Dialect.anthropic, .openAI] {
            try await withCharter(upstream: {
                $0.dialect = dialect
                if dialect == .anthropic { $0.address = .init(host: "127.0.0.1", port: $0.address.port) }
            }) { gateway in
                for (person, stream) in [("ada", false), ("ben", true)] {
                    let reply = try await gateway.post(
                        "/v1/messages",
                        #"{"model":"say:A name.","max_tokens":50,"stream":\#(stream),"messages":[{"role":"user","content":"What is a noun?"}]}"#,
                        headers: ["Trellis-Person": person])
                    #expect(reply.status == 200)
                    #expect(reply.body.contains(#"\n\nMay I bring up your own goal"#), "\(dialect) \(stream)")
                    if stream {
                        #expect(reply.events.last == #"{"type":"message_stop"}"#)
                        let stops = reply.events.enumerated().filter { $0.element.contains("content_block_stop") }
                        let asked = reply.events.firstIndex { $0.contains("May I") }
                        #expect(stops.count == 1 && (asked ?? .max) < stops[0].offset)
                    }
                    #expect(try await gateway.receipt(of: reply)["asked"] as? String == "keep-my-goal")
                }
            }
        }
    }

    @Test("why is told in words, as JSON and as text, and only to whom it concerns")
    func why() async throws {
        try await withCharter { gateway in
            let reply = try await gateway.say("What is a noun?", headers: ["Trellis-Hour": "23"])
            let path = "/trellis/v1/receipts/\(try #require(reply.receipt))/why"
            let json = try await gateway.send(.GET, path).json()
            #expect(json["receipt"] as? String == reply.receipt)
            let text = try await gateway.send(.GET, path, headers: ["Accept": "text/plain, */*;q=0.1"])
            #expect(text.headers.first(name: "content-type")?.hasPrefix("text/plain") == true)
            #expect(text.body == (json["text"] as? String ?? "") + "\n")
            #expect(text.body.contains("the community's charter riverside/tutor 2.1.0"))
            #expect(
                text.body.contains(
                    "The community's charter riverside/tutor 2.1.0 asked it to care about comfort (“Pupils feel at ease.”) and "
                        + "understanding (“A pupil can explain an idea in their own words.”)."))
            #expect(
                text.body.contains("the community's charter riverside/tutor 2.1.0 asked: “It is late; keep it short.”"))
            #expect(try await gateway.send(.GET, "/trellis/v1/receipts/rcp_x/why").status == 400)
            #expect(
                try await gateway.send(.GET, "/trellis/v1/receipts/rcp_0000000000000000000000000A/why").status == 404)
        }
    }
}

@Suite("Readers that ask a model")
struct ReaderPassageTests {
    /// The signals in a receipt, each with its evidence.
    private func readings(_ receipt: [String: Any]) -> [String: String] {
        let readings = (receipt["situation"] as? [String: Any])?["readings"] as? [[String: Any]] ?? []
        return readings.reduce(into: [:]) { $0[$1["about"] as? String ?? "?"] = $1["evidence"] as? String }
    }

    @Test("a language model reads what no cue says, and the move and the receipt follow", arguments: [false, true])
    func model(stream: Bool) async throws {
        try await withCharter(settings: {
            $0.counsel.reader = .model
            $0.counsel.readerModel = #"say:Here: {"signals":{"discouraged":0.9},"topics":["exams"]}"#
            $0.counsel.readerTime = .seconds(60)
        }) { gateway in
            let reply = try await gateway.say("What is a noun?", stream: stream)
            #expect(reply.status == 200 && gateway.mock.counts.requests == 2)
            #expect(!gateway.told.contains("You read what moves"), "the reader's instructions are the reader's")
            let receipt = try await gateway.receipt(of: reply)
            #expect(readings(receipt) == ["discouraged": "model"])
            #expect(receipt["move"] as? String == "encourage" && receipt["moveRule"] as? String == "contexts/worried")
            #expect((receipt["missing"] as? [String])?.isEmpty == true)
        }
    }

    @Test(
        "a model that gives no answer of use, fails, or takes too long leaves it to the cues, and the receipt says so",
        arguments: [
            "say:I would rather chat.", "status-500", "slow-head:60000", "truncated-json", "say:{\"signals\": 3}",
        ])
    func modelOfNoUse(model: String) async throws {
        try await withCharter(settings: {
            $0.counsel.reader = .model
            $0.counsel.readerModel = model
            $0.counsel.readerTime = model.hasPrefix("slow") ? .milliseconds(100) : .seconds(60)
        }) { gateway in
            let reply = try await gateway.say("Can you write my essay about plants? It is due tomorrow.")
            #expect(reply.status == 200)
            let receipt = try await gateway.receipt(of: reply)
            #expect(readings(receipt)["finished-work"] != nil, "cues stand alone")
            #expect((receipt["missing"] as? [String])?.contains { $0.contains("no usable answer in time") } == true)
        }
    }

    @Test("a model can't talk danger away that the cues saw")
    func danger() async throws {
        try await withCharter(settings: {
            $0.counsel.reader = .model
            $0.counsel.readerModel = #"say:{"signals":{"success":1,"danger":0}}"#
            $0.counsel.readerTime = .seconds(60)
        }) { gateway in
            let reply = try await gateway.say("I want to kill myself tonight.")
            #expect(try await gateway.receipt(of: reply)["move"] as? String == "hand-over")
        }
    }

    @Test("an embedding model is asked through its upstream, and the receipt says when it didn't answer")
    func embedding() async throws {
        try await withCharter(settings: {
            $0.counsel.reader = .embedding
            $0.counsel.readerModel = "embedder"
            $0.counsel.readerTime = .seconds(60)
        }) { gateway in
            // The described situations are embedded when the server starts; until then cues do.
            for _ in 0..<200 {
                let receipt = try await gateway.receipt(of: try await gateway.say("What is a noun?"))
                if (receipt["missing"] as? [String])?.isEmpty == true { return }
                try await Task.sleep(for: .milliseconds(100))
            }
            Issue.record("the embedder was never asked")
        }
        try await withCharter(settings: {
            $0.counsel.reader = .embedding
            $0.counsel.readerModel = "status-500"
        }) { gateway in
            let reply = try await gateway.say("What is a noun?")
            #expect(reply.status == 200)
            let missing = try await gateway.receipt(of: reply)["missing"] as? [String]
            #expect(missing?.contains { $0.contains("not embedded yet") } == true)
        }
    }
}

@Suite("Draft, critique, revise on a message's way")
struct CritiquePassageTests {
    private static let failing = "say:- goods/understanding: It tells all."
    private static let drafting = "say:Plants need light.||What do you think plants need"

    @Test("a draft that fails a clause is revised before anybody sees it, in both forms", arguments: [false, true])
    func revised(stream: Bool) async throws {
        try await withCharter(settings: { $0.counsel.criticModel = Self.failing }) { gateway in
            let reply = try await gateway.say(
                "What do plants need?", model: Self.drafting, stream: stream,
                extra: stream ? #","stream_options":{"include_usage":true}"# : "",
                headers: ["Trellis-Critique": "1", "Trellis-Person": "ada"])
            #expect(reply.status == 200)
            #expect(reply.words.hasPrefix("What do you think plants need"))
            // The body names the model, and the model is named after its words.
            #expect(!reply.words.contains("Plants need light"))
            if stream {
                #expect(reply.events.last == "[DONE]")
                #expect(reply.events.contains { $0.contains(#""trellis":{"progress":"criticising"}"#) })
                #expect(reply.events.contains { $0.contains(#""trellis":{"progress":"revising"}"#) })
                #expect(reply.events.contains { $0.contains(#""usage":{"#) })
            }
            #expect(gateway.mock.counts.requests == 3)
            #expect(gateway.told.contains("Plants need light.") && gateway.told.contains("It tells all."))
            let receipt = try await gateway.receipt(of: reply)
            let critique = try #require(receipt["critique"] as? [String: Any])
            #expect(critique["rounds"] as? Int == 1 && critique["revised"] as? Bool == true)
            #expect(critique["failed"] as? [String] == ["goods/understanding"] && critique["ended"] == nil)
            // Three replies of 57 tokens in and 170 out.
            #expect(critique["tokens"] as? Int == 681)
            let usage = try #require(receipt["usage"] as? [String: Any])
            #expect(usage["input"] as? Int == 171 && usage["output"] as? Int == 510)
            let workings = try #require(receipt["workings"] as? [String: Any])
            #expect(workings["drafts"] as? [String] == ["Plants need light."])
            #expect((workings["criticisms"] as? [String])?.first?.contains("It tells all.") == true)
            #expect(receipt["bodies"] == nil && receipt["streamed"] as? Bool == stream)
            let why = try await gateway.send(.GET, "/trellis/v1/receipts/\(reply.receipt ?? "")/why").json()["text"]
            #expect(
                (why as? String)?.contains("It fell short of: understanding. What you got is the revision.") == true)
        }
    }

    @Test("Anthropic's door drafts and revises too, at either kind of upstream", arguments: [false, true])
    func anthropic(stream: Bool) async throws {
        for dialect in [Upstream.Dialect.anthropic, .openAI] {
            try await withCharter(
                school + "\ncritique: { rounds: 1, seconds: 20, tokens: 9000 }\n",
                upstream: {
                    $0.dialect = dialect
                    if dialect == .anthropic { $0.address = .init(host: "127.0.0.1", port: $0.address.port) }
                }, settings: { $0.counsel.criticModel = Self.failing }
            ) { gateway in
                let reply = try await gateway.post(
                    "/v1/messages",
                    #"{"model":"\#(Self.drafting)","max_tokens":50,"stream":\#(stream),"messages":[{"role":"user","content":"What do plants need?"}]}"#
                )
                #expect(reply.status == 200, "\(reply.body)")
                #expect(
                    reply.body.contains("What do you think plants need") && !reply.body.contains("Plants need light"))
                if stream {
                    #expect(reply.body.contains("event: ping\ndata: {\"type\":\"ping\",\"trellis\":{\"progress\""))
                    #expect(reply.events.last == #"{"type":"message_stop"}"#)
                }
                let critique = try await gateway.receipt(of: reply)["critique"] as? [String: Any]
                #expect(critique?["revised"] as? Bool == true)
            }
        }
    }

    @Test("a draft that was cut off is criticised as far as it goes", arguments: [false, true])
    func cutOff(stream: Bool) async throws {
        // A revision that comes to its end; one that is cut off like the draft; and one that is, after a whole draft.
        for (texts, words, finish) in [
            ("Plants need light and✂||What do you think?", "What do you think?", "stop"),
            ("Plants need light and✂||What do you think plants✂", "What do you think plants", "length"),
            ("Plants need light.||What do you think plants✂", "Plants need light.", "stop"),
        ] {
            try await withCharter(settings: { $0.counsel.criticModel = Self.failing }) { gateway in
                let reply = try await gateway.say(
                    "What do plants need?", model: "say:\(texts)", stream: stream,
                    headers: ["Trellis-Critique": "1"])
                #expect(reply.status == 200 && reply.words == words)
                #expect(reply.body.contains("\"finish_reason\":\"\(finish)\""))
                let receipt = try await gateway.receipt(of: reply)
                #expect(receipt["finishReason"] as? String == finish)
                let critique = try #require(receipt["critique"] as? [String: Any])
                #expect(critique["rounds"] as? Int == 1 && critique["failed"] as? [String] == ["goods/understanding"])
                #expect(critique["revised"] as? Bool == (words != "Plants need light."))
                #expect((critique["ended"] != nil) == (words == "Plants need light."))
                let told = gateway.told
                #expect(told.contains("be brief enough to come to an end") == texts.hasPrefix("Plants need light and✂"))
            }
        }
    }

    @Test("what the critic can't say well, or may not cost, leaves the draft; the receipt says why")
    func fallsBack() async throws {
        try await withCharter(settings: { $0.counsel.criticModel = "status-500" }) { gateway in
            let reply = try await gateway.say(
                "What do plants need?", model: Self.drafting, headers: ["Trellis-Critique": "2"])
            #expect(reply.words == "Plants need light.")
            let critique = try await gateway.receipt(of: reply)["critique"] as? [String: Any]
            #expect((critique?["ended"] as? String)?.contains("status 500") == true)
        }
        try await withCharter(
            school + "\ncritique: { rounds: 1, seconds: 20, tokens: 300 }\n"
        ) { gateway in
            let reply = try await gateway.say("What do plants need?", model: Self.drafting)
            #expect(reply.words == "Plants need light." && gateway.mock.counts.requests == 1)
            let tooled = try await gateway.say(
                "Hi", model: Self.drafting, extra: #","tools":[{"type":"function","function":{"name":"x"}}]"#)
            let critique = try await gateway.receipt(of: tooled)["critique"] as? [String: Any]
            #expect(tooled.status == 200 && critique?["rounds"] as? Int == 0 && critique?["ended"] != nil)
        }
        try await withCharter(settings: { $0.counsel.allowsCritique = false }) { gateway in
            let reply = try await gateway.say(
                "What do plants need?", model: Self.drafting, headers: ["Trellis-Critique": "1"])
            #expect(reply.words == "Plants need light." && gateway.mock.counts.requests == 1)
            #expect((try await gateway.receipt(of: reply)["missing"] as? [String])?.isEmpty == false)
            #expect(try await gateway.say("Hi", headers: ["Trellis-Critique": "9"]).status == 400)
        }
    }

    @Test(
        "a draft that never comes is told in the client's form",
        arguments: [
            ("status-429", 429), ("status-400", 400), ("html", 502), ("truncated-json", 502),
            ("reset-before-head", 502),
        ])
    func noDraft(model: String, status: Int) async throws {
        try await withCharter { gateway in
            for stream in [false, true] {
                let reply = try await gateway.say(
                    "Hi", model: model, stream: stream, headers: ["Trellis-Critique": "1"])
                if stream, reply.status == 200 {
                    // On a busy machine the client is told of progress first; then the error ends its stream.
                    #expect(reply.events.last?.contains(#""error""#) == true)
                    continue
                }
                #expect(reply.status == status)
                #expect(try reply.json()["error"] != nil)
                #expect(try await gateway.receipt(of: reply)["status"] as? Int == status)
                #expect(try await gateway.chat().status == 200, "the next message is not affected")
            }
        }
    }

    @Test("a client that leaves stops the work")
    func clientLeaves() async throws {
        try await withCharter { gateway in
            let body = RunningGateway.chatBody("hang-mid-json")
            _ = try await gateway.raw(
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nTrellis-Critique: 1\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)",
                seconds: 1)
            #expect(await gateway.mock.waits(upTo: 60) { $0.abandonedReplies == 1 })
            #expect(try await gateway.chat().status == 200)
        }
    }
}
