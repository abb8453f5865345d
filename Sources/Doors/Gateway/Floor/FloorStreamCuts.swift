import NIOCore

/// Cuts bytes that an `EventStreamScanner` let pass into events, each with its blank line, and says where the data of
/// each lies. Nothing is copied.
struct FloorStreamCuts {
    /// One event of a stream.
    struct Cut {
        /// The event as it came, its blank line included.
        let bytes: ByteBuffer
        /// Where its data lies in ``bytes``, counted from the first readable byte; nil when it has none.
        var data: Range<Int>?
        /// Whether the data goes on in further lines.
        var isSpread = false
    }

    private var rest: ByteBuffer

    init(_ events: ByteBuffer) { rest = events }

    /// The next event; nil when there is none.
    mutating func next() -> Cut? {
        guard rest.readableBytes > 0 else { return nil }
        var data: Range<Int>?
        var isSpread = false
        let length = rest.withUnsafeReadableBytes { bytes in
            guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
            var start = 0
            while start < bytes.count {
                let end = EventStreamScanner.lineEnd(base, from: start, count: bytes.count)
                var next = min(end + 1, bytes.count)
                if end < bytes.count, base[end] == 0x0D, next < bytes.count, base[next] == 0x0A { next += 1 }
                if end == start { return next }
                if let value = Self.data(base, start..<end) {
                    if data == nil { data = value } else { isSpread = true }
                }
                start = next
            }
            return start
        }
        guard let bytes = rest.readSlice(length: length) else { return nil }
        return Cut(bytes: bytes, data: data, isSpread: isSpread)
    }

    /// What stands behind `data:` in a line; nil for every other line.
    private static func data(_ base: UnsafePointer<UInt8>, _ line: Range<Int>) -> Range<Int>? {
        var start = line.lowerBound
        // A stream may begin with a byte order mark.
        if line.count >= 3, base[start] == 0xEF, base[start + 1] == 0xBB, base[start + 2] == 0xBF { start += 3 }
        guard line.upperBound - start >= 4, base[start] == UInt8(ascii: "d"), base[start + 1] == UInt8(ascii: "a"),
            base[start + 2] == UInt8(ascii: "t"), base[start + 3] == UInt8(ascii: "a")
        else { return nil }
        start += 4
        if start < line.upperBound {
            guard base[start] == UInt8(ascii: ":") else { return nil }
            start += 1
            if start < line.upperBound, base[start] == 0x20 { start += 1 }
        }
        return start..<line.upperBound
    }
}

extension FloorStreamCuts.Cut {
    /// Hands over the event's data, its lines joined and without white space around it.
    func withData<Result>(_ use: (UnsafeRawBufferPointer) -> Result) -> Result? {
        guard let data else { return nil }
        guard isSpread else {
            return bytes.withUnsafeReadableBytes {
                use(Self.trimmed(UnsafeRawBufferPointer(rebasing: $0[data])))
            }
        }
        guard case .data(let joined)? = StreamEvent.events(in: bytes).first(where: { $0 != .comment }) else {
            return nil
        }
        return joined.withUnsafeBytes { use(Self.trimmed($0)) }
    }

    private static func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var start = 0
        var end = bytes.count
        while start < end, bytes[start] == 0x20 { start += 1 }
        while end > start, bytes[end - 1] == 0x20 { end -= 1 }
        return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
    }
}
