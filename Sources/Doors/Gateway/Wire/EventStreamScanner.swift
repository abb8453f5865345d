public import NIOCore

/// Reads a stream of server-sent events on its way through, and lets only whole, well-formed events pass.
///
///     var scanner = EventStreamScanner()
///     let ready = try scanner.take(chunk)     // may be empty: the event is not whole yet
///     write(ready)
///     scanner.tally.finishReason
///
/// Bytes pass unchanged. A chunk that ends where an event ends is handed back as it is, without a copy; what follows
/// the last whole event waits for the next chunk. Lines end with LF, CR LF or CR, in any mixture, as the HTML standard
/// has it (9.2.6). Fields other than `data`, `event`, `id` and `retry` are ignored by browsers; here they are a fault,
/// because a page of HTML looks like nothing else.
///
/// Memory is bounded by `eventLimit`. Cost: one look at each byte for line ends and one strict JSON pass over the data.
public struct EventStreamScanner: Sendable {
    /// The most bytes that one event may have.
    public let eventLimit: Int
    /// What the events said so far.
    public private(set) var tally = ReplyTally()
    /// How many events with data have passed.
    public private(set) var events = 0

    /// Bytes after the last whole event.
    private var pending = ByteBuffer()
    /// Where in `pending` the unfinished line starts, and how far it was searched for its end.
    private var lineStart = 0
    private var searched = 0
    /// A CR came last: an LF that comes first belongs to it.
    private var followsCarriageReturn = false
    private var line = 0
    /// Where in `pending` the data of the unfinished event lies. The first range has its own place, because nearly
    /// every event has one.
    private var firstData: Range<Int>?
    private var moreData: [Range<Int>] = []
    private var isErrorEvent = false

    /// A scanner at the start of a stream.
    public init(eventLimit: Int = 1 << 20) {
        self.eventLimit = eventLimit
    }

    /// Whether the stream so far ends inside an event.
    public var endsInsideEvent: Bool {
        pending.readableBytesView.contains { $0 != 0x0A && $0 != 0x0D }
    }

    /// Takes what came and returns the whole events that can go on, perhaps none.
    ///
    /// - Throws: an `EventStreamFault`. The stream is then over: what was returned earlier is all there is.
    public mutating func take(_ chunk: ByteBuffer) throws(EventStreamFault) -> ByteBuffer {
        var buffer: ByteBuffer
        if pending.readableBytes == 0 {
            buffer = chunk
        } else {
            // Released first, so that appending does not copy the whole.
            buffer = pending
            pending = ByteBuffer()
            buffer.writeImmutableBuffer(chunk)
        }
        let outcome: Result<Int, EventStreamFault> = buffer.withUnsafeReadableBytes { bytes in
            do throws(EventStreamFault) {
                return .success(try scan(bytes))
            } catch {
                return .failure(error)
            }
        }
        let boundary = try outcome.get()
        guard boundary > 0, let ready = buffer.readSlice(length: boundary) else {
            pending = buffer
            return ByteBuffer()
        }
        if buffer.readableBytes > 0 {
            pending = buffer.slice()
            lineStart -= boundary
            searched -= boundary
            if let data = firstData { firstData = data.moved(by: -boundary) }
            for index in moreData.indices { moreData[index] = moreData[index].moved(by: -boundary) }
        } else {
            lineStart = 0
            searched = 0
        }
        return ready
    }

    /// The stream is over: an event that lacks only its blank line is completed and returned, because some servers
    /// close right after their last line.
    ///
    /// - Throws: an `EventStreamFault` when the event was cut in half. It must not be passed on.
    public mutating func finish() throws(EventStreamFault) -> ByteBuffer {
        guard endsInsideEvent else { return ByteBuffer() }
        return try take(ByteBuffer(string: "\n\n"))
    }

    /// Reads line by line; returns the offset after the last whole event.
    private mutating func scan(_ bytes: UnsafeRawBufferPointer) throws(EventStreamFault) -> Int {
        guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
        let count = bytes.count
        var boundary = 0
        if followsCarriageReturn, searched < count {
            followsCarriageReturn = false
            if base[searched] == 0x0A {
                lineStart = searched + 1
                searched += 1
            }
        }
        while true {
            let end = Self.lineEnd(base, from: searched, count: count)
            guard end < count else {
                searched = count
                break
            }
            var next = end + 1
            if base[end] == 0x0D {
                if next == count {
                    followsCarriageReturn = true
                } else if base[next] == 0x0A {
                    next += 1
                }
            }
            if end == lineStart {
                try endEvent(bytes)
                boundary = next
            } else {
                try read(lineStart..<end, of: bytes)
            }
            line += 1
            lineStart = next
            searched = next
            guard lineStart - boundary <= eventLimit else { throw .eventTooLarge(limit: eventLimit) }
        }
        guard count - boundary <= eventLimit else { throw .eventTooLarge(limit: eventLimit) }
        // A page of HTML may have no line end for long: its first bytes already tell.
        if line == 0, count - lineStart >= 8, !Self.startsLikeField(base + lineStart, count - lineStart) {
            throw .notAnEvent(line: 1)
        }
        return boundary
    }

    /// The first CR or LF at or after `index`, eight bytes a step; `count` when there is none.
    @inline(__always)
    static func lineEnd(_ base: UnsafePointer<UInt8>, from index: Int, count: Int) -> Int {
        var index = index
        let ones: UInt64 = 0x0101_0101_0101_0101
        while index &+ 8 <= count {
            let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self).littleEndian
            let feed = word ^ (ones &* 0x0A)
            let carriage = word ^ (ones &* 0x0D)
            let marked = (((feed &- ones) & ~feed) | ((carriage &- ones) & ~carriage)) & (ones &* 0x80)
            if marked != 0 { return index &+ marked.trailingZeroBitCount &>> 3 }
            index &+= 8
        }
        while index < count {
            if base[index] == 0x0A || base[index] == 0x0D { return index }
            index &+= 1
        }
        return count
    }

    private static func startsLikeField(_ start: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        switch start[0] {
        case UInt8(ascii: ":"), UInt8(ascii: "d"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "r"), 0xEF: true
        default: false
        }
    }

    private mutating func read(_ range: Range<Int>, of bytes: UnsafeRawBufferPointer) throws(EventStreamFault) {
        var start = range.lowerBound
        // One byte order mark at the very start of a stream is allowed.
        if line == 0, range.count >= 3, bytes[start] == 0xEF, bytes[start + 1] == 0xBB, bytes[start + 2] == 0xBF {
            start += 3
            if start == range.upperBound { return }
        }
        var colon = start
        while colon < range.upperBound, bytes[colon] != 0x3A, colon - start <= 5 { colon += 1 }
        let name = UnsafeRawBufferPointer(rebasing: bytes[start..<colon])
        var value = min(colon + 1, range.upperBound)
        if value < range.upperBound, bytes[value] == 0x20 { value += 1 }
        if name.elementsEqual("data".utf8) {
            if firstData == nil {
                firstData = value..<range.upperBound
            } else {
                moreData.append(value..<range.upperBound)
            }
            return
        }
        if name.elementsEqual("event".utf8) {
            isErrorEvent = bytes[value..<range.upperBound].elementsEqual("error".utf8)
        } else {
            guard name.isEmpty || name.elementsEqual("id".utf8) || name.elementsEqual("retry".utf8) else {
                throw .notAnEvent(line: line + 1)
            }
        }
        // Data is checked with its JSON; the rest must be UTF-8 too, or the client's decoder breaks.
        let rest = bytes[value..<range.upperBound]
        guard !rest.contains(where: { $0 >= 0x80 }) || String(validating: rest, as: UTF8.self) != nil else {
            throw .notAnEvent(line: line + 1)
        }
    }

    private mutating func endEvent(_ bytes: UnsafeRawBufferPointer) throws(EventStreamFault) {
        defer { isErrorEvent = false }
        guard let first = firstData else { return }
        firstData = nil
        events += 1
        if isErrorEvent { tally.markError() }
        guard !moreData.isEmpty else {
            try read(data: UnsafeRawBufferPointer(rebasing: bytes[first]))
            return
        }
        var joined = Array(bytes[first])
        for range in moreData {
            joined.append(0x0A)
            joined.append(contentsOf: bytes[range])
        }
        moreData.removeAll(keepingCapacity: true)
        let outcome: Result<Void, EventStreamFault> = joined.withUnsafeBytes { data in
            do throws(EventStreamFault) {
                return .success(try read(data: data))
            } catch {
                return .failure(error)
            }
        }
        try outcome.get()
    }

    private mutating func read(data: UnsafeRawBufferPointer) throws(EventStreamFault) {
        var start = 0
        var end = data.count
        while start < end, data[start] == 0x20 { start += 1 }
        while end > start, data[end - 1] == 0x20 { end -= 1 }
        let data = UnsafeRawBufferPointer(rebasing: data[start..<end])
        if data.isEmpty { return }
        if data.count == 6, data.elementsEqual("[DONE]".utf8) {
            tally.hasEndMark = true
            return
        }
        do throws(Stumble) {
            var cursor = try JSONCursor(data, depthLimit: JSONCursor.deepestLimit, refusesDuplicates: false)
            try cursor.begin()
            try tally.read(&cursor)
            try cursor.end()
        } catch {
            throw .malformedData(event: events)
        }
    }
}

extension Range<Int> {
    fileprivate func moved(by offset: Int) -> Range<Int> { lowerBound + offset..<upperBound + offset }
}
