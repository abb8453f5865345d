import NIOCore

/// Turns texts into the bytes of HTTP/1.1 responses.
enum Rendering {
    /// A response with a length.
    static func response(
        _ status: String = "200 OK", type: String = "application/json", fields: [(String, String)] = [],
        body: some StringProtocol
    ) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeString("HTTP/1.1 \(status)\r\ncontent-type: \(type)\r\nserver: mock-upstream\r\n")
        buffer.writeString("x-request-id: req_mock\r\n")
        for (name, value) in fields { buffer.writeString("\(name): \(value)\r\n") }
        buffer.writeString("content-length: \(body.utf8.count)\r\n\r\n")
        buffer.writeSubstring(Substring(body))
        return buffer
    }

    /// The head of an event stream.
    static let streamHead: ByteBuffer = {
        let fields = [
            "content-type: text/event-stream; charset=utf-8", "cache-control: no-cache", "server: mock-upstream",
            "x-request-id: req_mock", "transfer-encoding: chunked",
        ]
        return ByteBuffer(string: "HTTP/1.1 200 OK\r\n\(fields.joined(separator: "\r\n"))\r\n\r\n")
    }()

    /// One server-sent event as one HTTP chunk.
    static func event(_ data: String, named name: String? = nil) -> ByteBuffer {
        chunk((name.map { "event: \($0)\n" } ?? "") + "data: \(data)\n\n")
    }

    /// Any text as one HTTP chunk.
    static func chunk(_ text: String) -> ByteBuffer {
        ByteBuffer(string: "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n")
    }

    /// The end of a chunked body.
    static let lastChunk = ByteBuffer(string: "0\r\n\r\n")

    /// The status line's end for a number.
    static func statusLine(_ status: Int) -> String {
        let reasons = [
            200: "OK", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
            413: "Content Too Large", 429: "Too Many Requests", 500: "Internal Server Error", 502: "Bad Gateway",
            503: "Service Unavailable", 529: "Overloaded",
        ]
        return "\(status) \(reasons[status] ?? "Unknown")"
    }
}

/// The events of a stream, each rendered as one HTTP chunk.
struct StreamScript: Sendable {
    /// Sent together with the head.
    var opening: [ByteBuffer]
    /// Sent one by one, round and round, as often as the stream has chunks.
    var deltas: [ByteBuffer]
    /// Sent at the end in one write.
    var closing: [ByteBuffer]

    /// The `index`th text chunk.
    func delta(_ index: Int) -> ByteBuffer? {
        deltas.isEmpty ? nil : deltas[index % deltas.count]
    }
}
