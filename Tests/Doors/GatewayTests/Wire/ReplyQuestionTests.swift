import Foundation
import Models
import NIOCore
import Testing

@testable import Gateway

@Suite("A question at the end of a reply")
struct ReplyQuestionTests {
    private static func chunk(_ delta: String, finish: String = "null", more: String = "") -> String {
        #"data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":\#(delta),"finish_reason":\#(finish)}]\#(more)}"#
            + "\n\n"
    }

    private static func event(_ type: String, _ rest: String) -> String {
        "event: \(type)\ndata: {\"type\":\"\(type)\"\(rest)}\n\n"
    }

    private static let chat =
        chunk(#"{"role":"assistant","content":""}"#) + chunk(#"{"content":"One step."}"#) + ": ping\n\n"
        + chunk("{}", finish: "\"stop\"", more: #","timings":{"a":1}"#)
        + "data: {\"id\":\"c1\",\"choices\":[],\"usage\":{\"prompt_tokens\":1}}\n\ndata: [DONE]\n\n"

    private static let messages =
        event("message_start", #","message":{"id":"m1","content":[]}"#)
        + event("content_block_start", #","index":0,"content_block":{"type":"thinking","thinking":""}"#)
        + event("content_block_stop", #","index":0"#)
        + event("content_block_start", #","index":1,"content_block":{"type":"text","text":""}"#)
        + event("content_block_delta", #","index":1,"delta":{"type":"text_delta","text":"One step."}"#)
        + event("content_block_stop", #","index":1"#) + event("ping", "")
        + event("message_delta", #","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":3}"#)
        + event("message_stop", "")

    /// Runs a stream through, cut into buffers of whole events; gives what went on before the end, and the ending.
    private static func run(
        _ stream: String, _ dialect: Upstream.Dialect, asking words: String?, piece: Int = 1
    ) -> (before: String, ending: String, question: ReplyQuestion) {
        var question = ReplyQuestion(dialect)
        var before = ""
        let events = ReplyQuestion.split(ByteBuffer(string: stream))
        for start in stride(from: 0, to: events.count, by: piece) {
            var buffer = ByteBuffer()
            for event in events[start..<min(start + piece, events.count)] { buffer.writeImmutableBuffer(event) }
            before += String(buffer: question.take(buffer))
        }
        let ending = String(buffer: question.ending(asking: words))
        return (before, ending, question)
    }

    @Test("comes after the last words and before the end, in both dialects", arguments: [1, 2, 100])
    func streams(piece: Int) throws {
        let chat = Self.run(Self.chat, .openAI, asking: "\n\nMay I?", piece: piece)
        #expect(chat.question.mayFollow && chat.question.text == "One step.")
        #expect(Self.chat.hasPrefix(chat.before) && chat.before.contains("One step.") && !chat.before.contains("stop"))
        let asked = try #require(StreamEvent.events(in: ByteBuffer(string: chat.ending)).first)
        guard case .data(let data) = asked else { return }
        let value = try JSONValue(parsing: ByteBuffer(bytes: data))
        #expect(value["id"] == "c1" && value["model"] == "m" && value["timings"] == nil)
        #expect(value["choices"]?.array?.first?["delta"]?["content"] == "\n\nMay I?")
        #expect(value["choices"]?.array?.first?["finish_reason"] == nil)
        #expect(chat.ending.hasSuffix(String(Self.chat.dropFirst(chat.before.count))))

        let claude = Self.run(Self.messages, .anthropic, asking: "\n\nMay I?", piece: piece)
        #expect(claude.question.mayFollow && claude.question.text == "One step.")
        #expect(Self.messages.hasPrefix(claude.before) && claude.before.hasSuffix("One step.\"}}\n\n"))
        #expect(
            claude.ending.hasPrefix(
                Self.event("content_block_delta", #","index":1,"delta":{"type":"text_delta","text":"\n\nMay I?"}"#)))
        #expect(claude.ending.hasSuffix(String(Self.messages.dropFirst(claude.before.count))))
    }

    @Test("left out, leaves every byte as it was", arguments: [1, 3])
    func unasked(piece: Int) {
        for (stream, dialect) in [(Self.chat, Upstream.Dialect.openAI), (Self.messages, .anthropic)] {
            let run = Self.run(stream, dialect, asking: nil, piece: piece)
            #expect(run.before + run.ending == stream)
        }
    }

    @Test("stands between the last words and the end when both come in one chunk")
    func together() {
        let stream = Self.chunk(#"{"content":"All."}"#, finish: "\"stop\"") + "data: [DONE]\n\n"
        let run = Self.run(stream, .openAI, asking: " May I?")
        let contents = run.question.text
        #expect(contents == "All." && run.before.contains("\"All.\"") && !run.before.contains("\"stop\""))
        #expect(run.ending.contains("May I?") && run.ending.contains("\"stop\"") && !run.ending.contains("All."))
    }

    @Test("never follows a tool call, a refusal, a reply that was cut off, or an error")
    func unfit() {
        let streams: [(String, Upstream.Dialect)] = [
            (Self.chunk(#"{"tool_calls":[{"index":0}]}"#) + Self.chunk("{}", finish: "\"tool_calls\""), .openAI),
            (Self.chunk(#"{"refusal":"No."}"#) + Self.chunk("{}", finish: "\"stop\""), .openAI),
            (Self.chunk(#"{"content":"a"}"#) + Self.chunk("{}", finish: "\"length\""), .openAI),
            (Self.chunk(#"{"content":"a"}"#) + "data: [DONE]\n\n", .openAI),
            (Self.chunk(#"{"content":"a"}"#) + "data: {\"error\":{\"message\":\"x\"}}\n\n", .openAI),
            (
                Self.messages.replacingOccurrences(of: "end_turn", with: "max_tokens"), .anthropic
            ),
            (
                Self.messages.replacingOccurrences(
                    of: #"{"type":"thinking","thinking":""}"#, with: #"{"type":"tool_use"}"#), .anthropic
            ),
            (Self.event("message_start", "") + Self.event("error", #","error":{}"#), .anthropic),
        ]
        for (stream, dialect) in streams {
            let run = Self.run(stream, dialect, asking: "May I?")
            #expect(!run.question.mayFollow, "\(stream)")
            #expect(run.before + run.ending == stream, "\(stream)")
        }
    }

    @Test("loses, doubles and moves nothing, whatever events come")
    func byChance() {
        var generator = SeededGenerator(seed: 3)
        let pieces =
            ReplyQuestion.split(ByteBuffer(string: Self.chat + Self.messages)).map { String(buffer: $0) } + [
                "data: x\n\n", ": c\r\n\r\n", "data: {}\r\r", "event: ping\ndata: {\"type\":\"ping\"}\n\n",
            ]
        for _ in 0..<3_000 {
            let stream = (0..<Int.random(in: 0...14, using: &generator)).compactMap { _ in
                pieces.randomElement(using: &generator)
            }.joined()
            for dialect in [Upstream.Dialect.openAI, .anthropic] {
                let run = Self.run(stream, dialect, asking: nil, piece: Int.random(in: 1...4, using: &generator))
                #expect(run.before + run.ending == stream)
            }
        }
    }
}
