import Foundation

/// What a request asks the mock to do instead of a plain reply.
///
/// It is named by the last part of the request's model (`hang-mid-stream`, or `any/hang-mid-stream`) or by the
/// header `Mock-Fault`, which wins. A model that names no fault gets the plain reply; a header that names none is
/// refused with status 400, so that a misspelled test cannot pass.
public enum Fault: Sendable, Hashable {
    /// `hang-before-head`: takes the request and never answers.
    case hangBeforeHead
    /// `hang-mid-stream`: sends half of the reply and then nothing more.
    case hangMidReply
    /// `reset-before-head`: resets the connection instead of answering.
    case resetBeforeHead
    /// `reset-mid-stream` or `reset-mid-json`: sends half of the reply and resets the connection.
    case resetMidReply
    /// `close-mid-stream` or `close-mid-json`: sends half of the reply and closes in good order.
    case closeMidReply
    /// `error-mid-stream`: half of a stream, then an error event, then a proper end.
    case errorMidStream
    /// `stream-without-done`: a stream that ends properly as HTTP but without its last events.
    case streamWithoutDone
    /// `malformed-sse`: events that are not JSON, and lines that are no event fields.
    case malformedEvents
    /// `html`: a page with status 200, as a captive portal sends. `html-502`: one with status 502, as a proxy sends.
    case html(status: Int)
    /// `truncated-json`: a reply that is whole as HTTP, but its JSON stops in the middle.
    case truncatedJSON
    /// `status-400`, `-401`, `-403`, `-404`, `-413`, `-429`, `-500`, `-503`, `-529`: an error in the door's own shape.
    case status(Int)
    /// `fail-once-503`: status 503 and success in turn.
    case failOnce503
    /// `fail-once-reset`: a reset before the head and success in turn.
    case failOnceReset
    /// `slow-head:MS`: waits before the first byte, then answers.
    case slowHead(milliseconds: Int)
    /// `huge`: a reply of 5 MiB; as a stream, 20,000 chunks.
    case huge
    /// `close-after-each`: the plain reply with `Connection: close`.
    case closeAfterEach
    /// `early-reply`: status 413 as soon as the first bytes of the body are there; the rest is read and dropped.
    case earlyReply
    /// `stop-reading` (header only): reads nothing after the head and never answers.
    case stopReading
    /// `tool-call`: the reply is a call of the tool `look_up`.
    case toolCall
    /// `usage-on-request`: a stream reports usage only when the request asks for it, as OpenAI does.
    case usageOnRequest
    /// `llama-guard`: answers as a guard model does: `safe`, or `unsafe` with S11 when `guard-self-harm` stands in the
    /// request and with S1 when `guard-violence` does.
    case llamaGuard
    /// `say:TEXT` or `say:TEXT||OTHER`: the reply is that text; as a stream, word by word. The other text is said once
    /// a request asks to write a reply again. A reply of several choices says the same in each. A whole reply whose text
    /// ends with ✂ was cut off at its limit of tokens.
    case say(String, again: String)
    /// `think:THOUGHT||TEXT`: the reply is that text, and the thought stands beside it as reasoning.
    case think(String, text: String)
    /// `chunks:COUNT` or `chunks:COUNT:MS`: a stream of so many chunks, so far apart.
    case chunks(count: Int, milliseconds: Int)

    static let plainNames: [String: Fault] = [
        "hang-before-head": .hangBeforeHead, "hang-mid-stream": .hangMidReply, "hang-mid-json": .hangMidReply,
        "reset-before-head": .resetBeforeHead, "reset-mid-stream": .resetMidReply, "reset-mid-json": .resetMidReply,
        "close-mid-stream": .closeMidReply, "close-mid-json": .closeMidReply, "error-mid-stream": .errorMidStream,
        "stream-without-done": .streamWithoutDone, "malformed-sse": .malformedEvents, "html": .html(status: 200),
        "html-502": .html(status: 502), "truncated-json": .truncatedJSON, "fail-once-503": .failOnce503,
        "fail-once-reset": .failOnceReset, "huge": .huge, "close-after-each": .closeAfterEach,
        "early-reply": .earlyReply, "stop-reading": .stopReading, "tool-call": .toolCall,
        "usage-on-request": .usageOnRequest, "llama-guard": .llamaGuard,
    ]

    static let statuses: Set<Int> = [400, 401, 403, 404, 413, 429, 500, 503, 529]

    /// What a reply with words of its own says to a request.
    func words(for request: String) -> String? {
        guard case .say(let text, let again) = self else { return nil }
        return request.contains("Write the reply again") ? again : text
    }

    /// The fault of that name; nil when there is none.
    public init?(named fullName: String) {
        // The benchmarks' own model names no fault; everything below would be most of a request's cost.
        if fullName == "mock-model" { return nil }
        if let colon = fullName.range(of: "think:") {
            let texts = fullName[colon.upperBound...].split(separator: "||", omittingEmptySubsequences: false)
            self = .think(String(texts[0]), text: String(texts.last ?? ""))
            return
        }
        if let colon = fullName.range(of: "say:") {
            let texts = fullName[colon.upperBound...].split(separator: "||", omittingEmptySubsequences: false)
            self = .say(String(texts[0]), again: String(texts.last ?? texts[0]))
            return
        }
        let name = fullName.lastIndex(of: "/").map { String(fullName[fullName.index(after: $0)...]) } ?? fullName
        if let fault = Self.plainNames[name] {
            self = fault
            return
        }
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        if name.hasPrefix("status-"), let status = Int(name.dropFirst(7)), Self.statuses.contains(status) {
            self = .status(status)
        } else if parts.count == 2, parts[0] == "slow-head", let wait = Int(parts[1]), wait >= 0 {
            self = .slowHead(milliseconds: wait)
        } else if (2...3).contains(parts.count), parts[0] == "chunks", let count = Int(parts[1]), count >= 0,
            let wait = parts.count == 3 ? Int(parts[2]) : 0, wait >= 0
        {
            self = .chunks(count: count, milliseconds: wait)
        } else {
            return nil
        }
    }
}
