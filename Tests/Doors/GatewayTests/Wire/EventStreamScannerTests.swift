import NIOCore
import Testing

@testable import Gateway

@Suite("Reading a stream on its way through")
struct EventStreamScannerTests {
    static let openAI = """
        data: {"id":"c1","object":"chat.completion.chunk","model":"m-1","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

        data: {"id":"c1","model":"m-1","choices":[{"index":0,"delta":{"content":"Hé"},"finish_reason":null}]}

        : keep-alive

        data: {"id":"c1","model":"m-1","choices":[{"index":0,"delta":{"content":" you"},"finish_reason":null}]}

        data: {"id":"c1","model":"m-1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

        data: {"id":"c1","model":"m-1","choices":[],"usage":{"prompt_tokens":12,"completion_tokens":2,"total_tokens":14,"prompt_tokens_details":{"cached_tokens":8}}}

        data: [DONE]


        """

    static let anthropic = """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","content":[],"model":"claude-x","stop_reason":null,"usage":{"input_tokens":5,"cache_read_input_tokens":7,"output_tokens":1}}}

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

        event: ping
        data: {"type": "ping"}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"a"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":0}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":9}}

        event: message_stop
        data: {"type":"message_stop"}


        """

    /// What passes when the stream comes in pieces cut at `cuts`, and the scanner afterwards.
    static func pass(
        _ bytes: [UInt8], cuts: [Int] = []
    ) throws(EventStreamFault) -> (passed: [UInt8], scanner: EventStreamScanner) {
        var scanner = EventStreamScanner()
        var passed: [UInt8] = []
        var start = 0
        for end in cuts + [bytes.count] where end > start {
            passed += try scanner.take(ByteBuffer(bytes: bytes[start..<end])).readableBytesView
            start = end
        }
        return (passed, scanner)
    }

    @Test("an OpenAI stream passes unchanged and tells its usage, its end and its model")
    func openAIStream() throws {
        let bytes = Array(Self.openAI.utf8)
        let (passed, scanner) = try Self.pass(bytes)
        #expect(passed == bytes)
        #expect(scanner.tally.inputTokens == 12 && scanner.tally.outputTokens == 2)
        #expect(scanner.tally.cachedInputTokens == 8)
        #expect(scanner.tally.finishReason == "stop" && scanner.tally.model == "m-1")
        #expect(scanner.tally.deltas == 2 && scanner.events == 6)
        #expect(scanner.tally.hasEndMark && !scanner.tally.hasError && !scanner.endsInsideEvent)
    }

    @Test("an Anthropic stream passes unchanged and tells its usage, its end and its model")
    func anthropicStream() throws {
        let bytes = Array(Self.anthropic.utf8)
        let (passed, scanner) = try Self.pass(bytes)
        #expect(passed == bytes)
        #expect(scanner.tally.inputTokens == 12 && scanner.tally.outputTokens == 9)
        #expect(scanner.tally.finishReason == "end_turn" && scanner.tally.model == "claude-x")
        #expect(scanner.tally.deltas == 2)
        #expect(scanner.tally.hasEndMark && !scanner.tally.hasError)
    }

    @Test("wherever the network cuts it, and however its lines end, the same passes", arguments: [1, 2] as [UInt64])
    func fuzzCuts(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for round in 0..<400 {
            // Any of the three line ends, line by line.
            let ends = round % 4 == 0 ? ["\n", "\r\n", "\r"] : [["\n", "\r\n", "\r"][round % 4 - 1]]
            let source = round % 2 == 0 ? Self.openAI : Self.anthropic
            var bytes: [UInt8] = []
            for line in source.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
                var end = ends.randomElement(using: &generator)!
                // A CR line followed by an empty LF line would read as one CR LF.
                if line.isEmpty, bytes.last == 0x0D, end == "\n" { end = "\r\n" }
                bytes += Array(line.utf8) + Array(end.utf8)
            }
            let cuts =
                round < 8
                ? Array(1..<bytes.count)
                : (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                    Int.random(in: 0...bytes.count, using: &generator)
                }.sorted()
            let (passed, scanner) = try Self.pass(bytes, cuts: cuts)
            let whole = try Self.pass(bytes).scanner
            // An LF that came alone after the last CR may still wait.
            #expect(passed == bytes || (passed + [0x0A] == bytes && !scanner.endsInsideEvent))
            #expect(scanner.tally == whole.tally && scanner.events == whole.events)
        }
    }

    @Test("only whole events pass, and a chunk that ends with one is not copied")
    func wholeEvents() throws {
        var scanner = EventStreamScanner()
        #expect(try scanner.take(ByteBuffer(string: "data: {\"a\"")).readableBytes == 0)
        #expect(scanner.endsInsideEvent)
        #expect(try scanner.take(ByteBuffer(string: ":1}\n")).readableBytes == 0)
        #expect(String(buffer: try scanner.take(ByteBuffer(string: "\ndata: 2"))) == "data: {\"a\":1}\n\n")
        #expect(String(buffer: try scanner.take(ByteBuffer(string: "\n\n"))) == "data: 2\n\n")
        let chunk = ByteBuffer(string: "data: {}\n\n")
        let same = try scanner.take(chunk)
        #expect(same == chunk)
        #expect(
            same.withUnsafeReadableBytes { $0.baseAddress } == chunk.withUnsafeReadableBytes { $0.baseAddress })
    }

    @Test(
        "what is no event stream is refused",
        arguments: [
            "<!DOCTYPE html>\n", "<html><head><title>502", "{\"error\":1}\n\n", "hello\n\n", "Data: {}\n\n",
            "datum: {}\n\n", " data: {}\n\n", "data: {}\n\n<html>\n",
        ])
    func notEvents(text: String) {
        let fault = #expect(throws: EventStreamFault.self) { try Self.pass(Array(text.utf8)) }
        guard case .notAnEvent = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
    }

    @Test(
        "data that is not JSON is refused",
        arguments: [
            "{", "{\"a\":1,}", "[DONE", "nope", "{} {}", "\"\u{1}\"", "{\"a\":\"\\ud800\"}",
        ])
    func badData(text: String) {
        #expect(throws: EventStreamFault.malformedData(event: 2)) {
            try Self.pass(Array("data: {}\n\ndata: \(text)\n\n".utf8))
        }
    }

    @Test("bytes that are not UTF-8 are refused in every field")
    func badUTF8() {
        for field in ["data: \"", "event: ", "id: ", ": "] {
            #expect(throws: EventStreamFault.self) {
                try Self.pass(Array(field.utf8) + [0xC3, 0x28] + Array("\"\n\n".utf8))
            }
        }
    }

    @Test(
        "fields that the standard knows pass: comments, ids, retries, data on many lines, empty data, one mark at the start"
    )
    func wellFormed() throws {
        let text = "\u{FEFF}data:{\"a\":\ndata:1}\n\n:\n\nid: 7\nretry: 10\nevent\ndata\n\ndata: \n\ndata:  [DONE] \n\n"
        let (passed, scanner) = try Self.pass(Array(text.utf8))
        #expect(passed == Array(text.utf8))
        #expect(scanner.events == 4 && scanner.tally.hasEndMark)
        #expect(throws: EventStreamFault.self) { try Self.pass(Array("data: {\"a\"\ndata: 1}\n\n".utf8)) }
    }

    @Test("an error in the stream is noticed, in both dialects")
    func errors() throws {
        for text in [
            #"data: {"error":{"message":"no"}}"#, #"data: {"type":"error","error":{"type":"api_error"}}"#,
            "event: error\ndata: {}",
        ] {
            #expect(try Self.pass(Array((text + "\n\n").utf8)).scanner.tally.hasError)
        }
        #expect(try !Self.pass(Array(#"data: {"error":null}"#.utf8 + [10, 10])).scanner.tally.hasError)
    }

    @Test("memory is bounded: an event over the limit is refused, in one piece or in many")
    func limit() throws {
        var scanner = EventStreamScanner(eventLimit: 1_000)
        let piece = ByteBuffer(string: "data: 1\n")
        var fault: EventStreamFault?
        for _ in 0..<200 where fault == nil {
            do throws(EventStreamFault) { _ = try scanner.take(piece) } catch { fault = error }
        }
        #expect(fault == .eventTooLarge(limit: 1_000))
        var whole = EventStreamScanner(eventLimit: 1_000)
        let long = ByteBuffer(string: "data: \"" + String(repeating: "a", count: 1_000) + "\"\n\ndata: 1\n\n")
        #expect(throws: EventStreamFault.eventTooLarge(limit: 1_000)) { try whole.take(long) }
        var many = EventStreamScanner(eventLimit: 1_000)
        let short = ByteBuffer(string: String(repeating: "data: 1\n\n", count: 1_000))
        #expect(try many.take(short) == short)
    }

    @Test("a line without an end is refused before it fills the memory")
    func endlessLine() {
        var scanner = EventStreamScanner(eventLimit: 1_000)
        let fault = #expect(throws: EventStreamFault.self) {
            _ = try scanner.take(ByteBuffer(string: "data: {}\n\ndata: \""))
            for _ in 0..<20 { _ = try scanner.take(ByteBuffer(string: String(repeating: "a", count: 100))) }
        }
        #expect(fault == .eventTooLarge(limit: 1_000))
    }

    @Test("an LF that comes apart from its CR ends no event")
    func splitLineEnd() throws {
        let bytes = Array("data: {\"a\":\r\ndata: 1}\r\n\r\ndata: 2\r\n\r\n".utf8)
        let (passed, scanner) = try Self.pass(bytes, cuts: Array(1..<bytes.count))
        #expect(passed + [0x0A] == bytes)
        #expect(scanner.events == 2 && !scanner.endsInsideEvent)
    }

    @Test("an end without its blank line is completed; half an event is not passed on")
    func unfinished() throws {
        for text in ["data: [DONE]", "data: [DONE]\n", "data: [DONE]\r\n"] {
            var (_, scanner) = try Self.pass(Array(text.utf8))
            let rest = try scanner.finish()
            #expect(String(buffer: rest).hasPrefix(text) && scanner.tally.hasEndMark)
        }
        var (_, half) = try Self.pass(Array("data: {\"a\":".utf8))
        #expect(half.endsInsideEvent)
        #expect(throws: EventStreamFault.malformedData(event: 1)) { try half.finish() }
        var (_, done) = try Self.pass(Array("data: {}\n\n\n".utf8))
        #expect(try done.finish().readableBytes == 0)
    }

    @Test("llama.cpp's timings stand in for usage that was not asked for")
    func timings() throws {
        let text = #"data: {"choices":[],"timings":{"cache_n":3,"prompt_n":4,"predicted_n":5,"predicted_ms":1.5}}"#
        let tally = try Self.pass(Array((text + "\n\n").utf8)).scanner.tally
        #expect(tally.inputTokens == 7 && tally.outputTokens == 5)
    }

    @Test("no bytes crash it, and nothing passes that it did not check")
    func fuzzNoise() {
        var generator = SeededGenerator(seed: 5)
        let pool = Array("data: event:{}[]\"\n\n\r:DONE1 ".utf8) + [0xEF, 0xBB, 0xBF, 0, 0xC3]
        for _ in 0..<4_000 {
            let bytes = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
                pool.randomElement(using: &generator)!
            }
            let cut = Int.random(in: 0...bytes.count, using: &generator)
            let apart = try? Self.pass(bytes, cuts: [cut])
            let whole = try? Self.pass(bytes)
            #expect((apart == nil) == (whole == nil))
            if let apart, let whole {
                #expect(apart.scanner.tally == whole.scanner.tally)
                #expect(bytes.starts(with: apart.passed) && bytes.starts(with: whole.passed))
            }
        }
    }
}
