import Charters
import Counsel
import Foundation
import Models
import NIOCore
import Testing

@testable import Gateway

@Suite("A stream under the eyes of the floor")
struct FloorStreamTests {
    private func enforcement(_ severity: String = "replace") throws -> FloorEnforcement {
        let text = """
            charter: a/b
            version: 1.0.0
            community: C
            purpose: P.
            goods: { g: { says: G. } }
            floor: { f: { says: F., severity: \(severity), detect: { phrases: [blue moon rising] }, instead: No more. } }
            """
        let charter = try Charter.read(Data(text.utf8), file: "c").charter
        return try #require(FloorEnforcement(try charter.compiled(role: nil)))
    }

    private func chunk(_ choice: Int, _ delta: String, finish: String = "null", more: String = "") -> ByteBuffer {
        ByteBuffer(
            string:
                #"data: {"id":"c","choices":[{"index":\#(choice),"delta":\#(delta),"finish_reason":\#(finish)}]\#(more)}"#
                + "\n\n")
    }

    private func text(_ choice: Int, _ words: String) -> ByteBuffer { chunk(choice, #"{"content":"\#(words)"}"#) }

    private func bytes(_ result: (out: ByteBuffer, course: FloorStream.Course)) -> String { String(buffer: result.out) }

    @Test("events go on byte for byte as soon as their text is free, unknown fields and tool calls too")
    func untouched() throws {
        let stream = FloorStream(try enforcement(), dialect: .openAI, choices: 1, mayRevise: true)
        let events = [
            ": ping\r\n\r\n",
            "data: {\"x\":1, \"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"}}],\"new\":{\"a\":[1.50]}}\n\n",
            String(buffer: text(0, "Hello, ")), String(buffer: text(0, "a blu")), String(buffer: text(0, "e bird. ")),
            String(
                buffer: chunk(0, #"{"tool_calls":[{"index":0,"function":{"arguments":"{\"blue moon rising\":1}"}}]}"#)),
            String(buffer: chunk(0, "{}", finish: "\"tool_calls\"")), "data: [DONE]\n\n",
        ]
        var out: [String] = []
        for event in events { out.append(bytes(stream.take(ByteBuffer(string: event)))) }
        #expect(out.joined() == events.joined())
        #expect(out[3].isEmpty, "what may become a breach waits")
        #expect(out[4] == events[3] + events[4])
        #expect(stream.findings.isEmpty)
    }

    @Test("a call does not wait for text in front of it that can't go on")
    func callsAreNotHeld() throws {
        let stream = FloorStream(try enforcement(), dialect: .openAI, choices: 1, mayRevise: true)
        #expect(bytes(stream.take(text(0, "a blue moon"))).isEmpty)
        let call = chunk(0, #"{"tool_calls":[{"index":0,"function":{"arguments":"{}"}}]}"#)
        #expect(bytes(stream.take(call)) == String(buffer: text(0, "a blue moon")) + String(buffer: call))
    }

    @Test("each choice is watched by itself: one ends early, the other goes on")
    func choices() throws {
        let stream = FloorStream(try enforcement(), dialect: .openAI, choices: 2, mayRevise: true)
        var out = ""
        for event in [
            text(0, "The sun. "), text(1, "The blue "), text(0, "More sun. "), text(1, "moon rising. "),
            text(1, "Never shown"),
            text(0, "Bye."), chunk(1, "{}", finish: "\"stop\""), chunk(0, "{}", finish: "\"stop\""),
            ByteBuffer(string: "data: [DONE]\n\n"),
        ] {
            let result = stream.take(event)
            guard case .on = result.course else {
                Issue.record("the stream was cut")
                return
            }
            out += String(buffer: result.out)
        }
        let said = try heard(out)
        #expect(said[0] == "The sun. More sun. Bye.")
        #expect(said[1] == "The \n\nNo more." || said[1] == "No more.")
        #expect(!out.contains("Never shown"))
        #expect(!out.contains("moon rising"), "\(out.replacingOccurrences(of: "\n", with: "¶"))")
        #expect(out.hasSuffix("data: [DONE]\n\n"))
        #expect(stream.findings.map(\.clause) == ["f"])
    }

    @Test("an event of several choices loses only the one that breaks a clause")
    func choicesInOneEvent() throws {
        let stream = FloorStream(try enforcement(), dialect: .openAI, choices: 2, mayRevise: true)
        func both(_ first: String, _ second: String) -> ByteBuffer {
            ByteBuffer(
                string: #"data: {"choices":[{"index":0,"delta":{"content":"\#(first)"}},"#
                    + #"{"index":1,"delta":{"content":"\#(second)"}}]}"# + "\n\n")
        }
        var out = ""
        for event in [both("One. ", "Two. "), both("blue moon rising! ", "Three. "), both("Never", "Four. ")] {
            let result = stream.take(event)
            guard case .on = result.course else {
                Issue.record("the stream was cut")
                return
            }
            out += String(buffer: result.out)
        }
        out += bytes(stream.finish())
        let said = try heard(out)
        #expect(said[0]?.hasSuffix("No more.") == true && said[0]?.contains("moon") == false)
        #expect(said[1] == "Two. Three. Four. ")
    }

    @Test("text beside a call, in a list, or behind a comment is watched")
    func nothingHides() throws {
        let hidden = [
            String(
                buffer: chunk(
                    0, #"{"content":"blue moon rising! ","tool_calls":[{"index":0,"function":{"arguments":""}}]}"#)),
            String(buffer: chunk(0, #"{"content":[{"type":"text","text":"blue moon rising! "}]}"#)),
            ": ping\n" + String(buffer: text(0, "blue moon rising! ")),
            String(buffer: chunk(0, #"{"c\u006fntent":"\u0062lue moon rising! "}"#)),
        ]
        for event in hidden {
            let stream = FloorStream(try enforcement(), dialect: .openAI, choices: 1, mayRevise: false)
            _ = stream.take(text(0, "Well. "))
            guard case .cut = stream.take(ByteBuffer(string: event)).course else {
                Issue.record("not seen: \(event)")
                continue
            }
        }
    }

    // MARK: What stands beside the reply

    private func beside(_ words: String, _ field: String = "reasoning_content") -> ByteBuffer {
        chunk(0, #"{"content":null,"\#(field)":"\#(words)"}"#)
    }

    @Test(
        "reasoning and refusals are watched, each as a text of its own",
        arguments: ["reasoning_content", "reasoning", "refusal"])
    func besides(field: String) throws {
        let stream = FloorStream(try enforcement(), dialect: .openAI, choices: 1, mayRevise: false)
        var out = ""
        for event in [beside("A blue moon", field), text(0, "rising sun. "), beside("blue moon ri", field)] {
            out += bytes(stream.take(event))
        }
        #expect(out.contains("A blue moon") && out.contains("rising sun."), "what begins in one text ends in none")
        let result = stream.take(beside("sing! ", field))
        guard case .cut = result.course else {
            Issue.record("not seen in \(field)")
            return
        }
        #expect(stream.findings.map(\.within) == [field == "refusal" ? "refusal" : "reasoning"])
        #expect(bytes(result).contains(#""content":"\n\nNo more.""#))
    }

    @Test("the end of a thought does not wait for the end of the reply")
    func thoughtsAreNotHeld() throws {
        let stream = FloorStream(try enforcement(), dialect: .openAI, choices: 1, mayRevise: true)
        #expect(bytes(stream.take(beside("Why a blue moon"))).isEmpty)
        #expect(bytes(stream.take(text(0, "Hello. "))).contains("Hello."))
        #expect(bytes(stream.take(beside("a blue moon"))).isEmpty)
        let call = chunk(0, #"{"tool_calls":[{"index":0,"function":{"arguments":"{}"}}]}"#)
        #expect(bytes(stream.take(call)).hasSuffix(String(buffer: call)))
    }

    @Test("a thought of Anthropic's is watched, and the words that end it stand in a block of their own")
    func anthropicThoughts() throws {
        let stream = FloorStream(try enforcement(), dialect: .anthropic, choices: 1, mayRevise: false)
        func event(_ json: String) -> ByteBuffer { ByteBuffer(string: "data: \(json)\n\n") }
        var out = ""
        for json in [
            #"{"type":"message_start","message":{}}"#,
            #"{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"A "}}"#,
            #"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"thought. "}}"#,
        ] { out += bytes(stream.take(event(json))) }
        #expect(out.contains("thought."))
        let breach =
            #"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"blue moon rising! "}}"#
        let result = stream.take(event(breach))
        guard case .cut = result.course else {
            Issue.record("not seen")
            return
        }
        let said = bytes(result)
        #expect(said.contains(#""text":"No more.""#) && said.contains(#""index":1"#) && !said.contains("moon rising"))
    }

    @Test("a breach in what is thought is no reason to keep another choice from going on")
    func thoughtsOfChoices() throws {
        let stream = FloorStream(try enforcement(), dialect: .openAI, choices: 2, mayRevise: true)
        var out = ""
        for event in [
            text(1, "One blue "), text(0, "Two. "), beside("blue moon rising! "), text(0, "Never"),
            text(1, "sky. "), chunk(1, "{}", finish: "\"stop\""), ByteBuffer(string: "data: [DONE]\n\n"),
        ] { out += bytes(stream.take(event)) }
        out += bytes(stream.finish())
        let said = try heard(out)
        #expect(said[0] == "Two. \n\nNo more." || said[0] == "Two. No more.")
        #expect(said[1] == "One blue sky. ")
        #expect(stream.isDrained)
    }

    @Test("an event that names a field twice is not passed on")
    func unreadable() throws {
        let stream = FloorStream(try enforcement(), dialect: .openAI, choices: 1, mayRevise: false)
        #expect(!bytes(stream.take(text(0, "Well. "))).isEmpty)
        let result = stream.take(chunk(0, #"{"content":"a","content":"blue moon rising"}"#))
        guard case .unreadable = result.course else {
            Issue.record("it was read")
            return
        }
        #expect(result.out.readableBytes == 0)
    }

    @Test("bytes of which nothing waits go on as the same bytes, without a copy")
    func sameBytes() throws {
        let stream = FloorStream(try enforcement(), dialect: .openAI, choices: 1, mayRevise: false)
        var both = text(0, "The sun. ")
        both.writeImmutableBuffer(text(0, "It shines. "))
        let out = stream.take(both).out
        let same = both.withUnsafeReadableBytes { given in
            out.withUnsafeReadableBytes { $0.baseAddress == given.baseAddress }
        }
        #expect(same)
        #expect(out == both)
    }

    private func heard(_ out: String) throws -> [Int: String] {
        var said: [Int: String] = [:]
        for line in out.split(separator: "\n") where line.hasPrefix("data: {") {
            let value = try JSONValue(parsing: String(line.dropFirst(6)))
            for choice in value["choices"]?.array ?? [] {
                said[choice["index"]?.whole ?? 0, default: ""] += choice["delta"]?["content"]?.string ?? ""
            }
        }
        return said
    }

    @Test("any cutting of the events into pieces shows the same text", arguments: 1...40)
    func chunking(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let pieces = ["blue", " ", "moon", " rising", "! ", "sun", "blue moon ", "ris", "ing", "\\n\\n"]
        let words = (0..<Int.random(in: 1...20, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        let whole = words.joined().replacingOccurrences(of: "\\n", with: "\n")
        let findings = try enforcement().watch.output(whole)
        for dialect in [true, false] {
            let stream = FloorStream(
                try enforcement(), dialect: dialect ? .openAI : .anthropic, choices: 1, mayRevise: false)
            var input = ByteBuffer()
            if !dialect {
                input.writeString(
                    "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
                )
            }
            for word in words {
                if dialect {
                    input.writeImmutableBuffer(text(0, word))
                } else {
                    input.writeString(
                        "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"\(word)\"}}\n\n"
                    )
                }
            }
            input.writeString(dialect ? "data: [DONE]\n\n" : "data: {\"type\":\"message_stop\"}\n\n")
            let (out, course) = stream.take(input)
            var said = ""
            for line in String(buffer: out).split(separator: "\n") where line.hasPrefix("data: {") {
                let value = try JSONValue(parsing: String(line.dropFirst(6)))
                said +=
                    value["choices"]?.array?.first?["delta"]?["content"]?.string ?? value["delta"]?["text"]?.string
                    ?? ""
            }
            if let first = findings.min(by: { $0.at < $1.at }) {
                guard case .cut = course else {
                    Issue.record("no breach in \(words)")
                    continue
                }
                let shown = said.components(separatedBy: "No more.")[0]
                #expect(said.hasSuffix("No more."))
                #expect(shown.utf8.count <= first.at + 2)
                #expect(whole.hasPrefix(shown.hasSuffix("\n\n") && !shown.isEmpty ? String(shown.dropLast(2)) : shown))
            } else {
                #expect(said == whole)
            }
        }
    }

    @Test("bytes are cut into events at empty lines of every kind")
    func splitting() {
        let text = "data: 1\n\n: c\r\n\r\nevent: x\rdata: 2\r\rdata: 3\n\n"
        var cuts = FloorStreamCuts(ByteBuffer(string: text))
        var parts: [String] = []
        while let cut = cuts.next() { parts.append(String(buffer: cut.bytes)) }
        #expect(parts == ["data: 1\n\n", ": c\r\n\r\n", "event: x\rdata: 2\r\r", "data: 3\n\n"])
    }
}
