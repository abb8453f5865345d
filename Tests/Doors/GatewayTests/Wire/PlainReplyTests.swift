import Foundation
import Models
import NIOCore
import Testing

@testable import Gateway

@Suite("Whole replies")
struct PlainReplyTests {
    private static let chat =
        #"{"id":"c1","x":1.50,"created":7,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hi é"},"finish_reason":"stop"}],"usage":{"prompt_tokens":2,"completion_tokens":3,"total_tokens":5}}"#
    private static let message =
        #"{"id":"m1","type":"message","role":"assistant","model":"m","content":[{"type":"thinking","thinking":"hm"},{"type":"text","text":"Hi é"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":2,"output_tokens":3}}"#

    @Test("of plain text can be given another text, with everything else as it was")
    func saying() throws {
        for (reply, dialect) in [(Self.chat, Upstream.Dialect.openAI), (Self.message, .anthropic)] {
            let plain = try #require(PlainReply(ByteBuffer(string: reply), dialect))
            #expect(plain.text == "Hi é")
            let said = String(buffer: plain.saying("Hi é\n\n\"May I?\""))
            #expect(said == reply.replacingOccurrences(of: "Hi é", with: #"Hi é\n\n\"May I?\""#))
        }
    }

    @Test("of any other kind are left alone")
    func others() {
        let replies: [(String, Upstream.Dialect)] = [
            (Self.chat.replacingOccurrences(of: "\"stop\"", with: "\"length\""), .openAI),
            (Self.chat.replacingOccurrences(of: #""role""#, with: #""tool_calls":[],"role""#), .openAI),
            (Self.chat.replacingOccurrences(of: #""role""#, with: #""refusal":"No.","role""#), .openAI),
            (Self.chat.replacingOccurrences(of: #""Hi é""#, with: "null"), .openAI),
            (#"{"choices":[]}"#, .openAI), (#"{"choices":5}"#, .openAI), ("5", .openAI), ("{", .openAI), ("", .openAI),
            (Self.message.replacingOccurrences(of: "end_turn", with: "max_tokens"), .anthropic),
            (Self.message.replacingOccurrences(of: "thinking", with: "tool_use"), .anthropic),
            (#"{"content":[],"stop_reason":"end_turn"}"#, .anthropic), ("{}", .anthropic),
        ]
        for (reply, dialect) in replies { #expect(PlainReply(ByteBuffer(string: reply), dialect) == nil, "\(reply)") }
    }

    @Test("that were cut off count where asked for, and come to their end with a text that does")
    func cutOff() throws {
        let cut: [(String, Upstream.Dialect)] = [
            (Self.chat.replacingOccurrences(of: "\"stop\"", with: "\"length\""), .openAI),
            (Self.message.replacingOccurrences(of: "end_turn", with: "max_tokens"), .anthropic),
        ]
        for ((reply, dialect), whole) in zip(cut, [Self.chat, Self.message]) {
            let plain = try #require(PlainReply(ByteBuffer(string: reply), dialect, cutOff: true))
            #expect(plain.isCutOff && plain.text == "Hi é")
            #expect(String(buffer: plain.saying("Hi é")) == reply)
            #expect(String(buffer: plain.saying("Hi é", comesToItsEnd: true)) == whole)
        }
        #expect(PlainReply(ByteBuffer(string: Self.chat), .openAI, cutOff: true)?.isCutOff == false)
    }

    @Test("told as a stream say the same, and our own scanner takes it for a whole one")
    func streams() throws {
        let long = String(repeating: "Längere Wörter 👩‍👩‍👧 und so weiter. ", count: 30)
        for (reply, dialect) in [(Self.chat, Upstream.Dialect.openAI), (Self.message, .anthropic)] {
            let plain = try #require(PlainReply(ByteBuffer(string: reply), dialect))
            let events = WholeReply.events(of: plain.saying(long), dialect: dialect, includesUsage: true)
            #expect(events.count > 20)
            var scanner = EventStreamScanner()
            var said = ""
            for event in events {
                #expect(try scanner.take(event) == event)
                for case .data(let data) in StreamEvent.events(in: event) {
                    guard let value = try? JSONValue(parsing: ByteBuffer(bytes: data)) else { continue }
                    said += value["choices"]?.array?.first?["delta"]?["content"]?.string ?? ""
                    said += value["delta"]?["text"]?.string ?? ""
                }
            }
            #expect(said == long)
            #expect(scanner.tally.hasEndMark && scanner.tally.inputTokens == 2 && scanner.tally.outputTokens == 3)
            #expect(scanner.tally.finishReason == (dialect == .openAI ? "stop" : "end_turn"))
        }
        #expect(WholeReply.pieces(long).joined() == long && WholeReply.pieces("").isEmpty)
        let unbroken = String(repeating: "x", count: 1_000)
        #expect(WholeReply.pieces(unbroken).joined() == unbroken && WholeReply.pieces(unbroken).count > 3)
    }

    @Test("carry what making them took in all")
    func costs() throws {
        for (reply, dialect) in [(Self.chat, Upstream.Dialect.openAI), (Self.message, .anthropic)] {
            let dear = WholeReply.costing(input: 40, output: 50, ByteBuffer(string: reply), dialect: dialect)
            let scan = try #require(ReplyScan(dear))
            #expect(scan.inputTokens == 40 && scan.outputTokens == 50)
            #expect(PlainReply(dear, dialect)?.text == "Hi é")
        }
    }

    @Test("tell of progress by events that mean nothing to a client and break no stream")
    func progress() throws {
        for dialect in [Upstream.Dialect.openAI, .anthropic] {
            let event = WholeReply.progress("revising", model: "m", id: "x", created: 1, dialect: dialect)
            var scanner = EventStreamScanner()
            #expect(try scanner.take(event) == event)
            #expect(!scanner.tally.hasError && !scanner.tally.hasEndMark && scanner.tally.deltas == 0)
            #expect(String(buffer: event).contains(#""trellis":{"progress":"revising"}"#))
        }
    }
}
