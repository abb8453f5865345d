import NIOCore

/// One server-sent event, as far as translation needs to know it.
enum StreamEvent: Sendable, Hashable {
    /// An event's data, its lines joined.
    case data([UInt8])
    /// A comment, which keeps a connection awake.
    case comment

    /// The events in bytes that an `EventStreamScanner` has let pass: whole and well-formed.
    static func events(in buffer: ByteBuffer) -> [StreamEvent] {
        var events: [StreamEvent] = []
        var data: [UInt8]?
        var line: [UInt8] = []
        func endLine() {
            if line.isEmpty {
                if let whole = data, !whole.isEmpty { events.append(.data(whole)) }
                data = nil
            } else if line.first == 0x3A {
                events.append(.comment)
            } else if line.starts(with: "data".utf8) {
                var value = line.dropFirst(5)
                if value.first == 0x20 { value = value.dropFirst() }
                data = data.map { $0 + [0x0A] + value } ?? Array(value)
            }
            line.removeAll(keepingCapacity: true)
        }
        var previous: UInt8 = 0
        for byte in buffer.readableBytesView {
            if byte == 0x0A || byte == 0x0D {
                if !(byte == 0x0A && previous == 0x0D) { endLine() }
            } else {
                line.append(byte)
                if line.count == 3, line == [0xEF, 0xBB, 0xBF] { line.removeAll() }
            }
            previous = byte
        }
        return events
    }

    /// An event in OpenAI's form.
    static func write(_ value: JSONValue, to out: inout ByteBuffer) {
        out.writeString("data: ")
        out.writeBytes(value.bytes)
        out.writeString("\n\n")
    }

    /// An event in Anthropic's form, named by its type.
    static func write(_ type: String, _ value: JSONValue, to out: inout ByteBuffer) {
        out.writeString("event: \(type)\ndata: ")
        out.writeBytes(value.bytes)
        out.writeString("\n\n")
    }
}
