#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One strict pass over JSON text (RFC 8259), driven by whoever knows which fields matter.
///
/// It refuses what a strict parser refuses: bad UTF-8, bad escapes, lone surrogates, raw control characters, numbers
/// outside the grammar, a key that comes twice in one object (compared after decoding), nesting beyond the limit, and
/// bytes after the value. It allocates only the list of open keys. Cost: linear, at 16 bytes a step inside plain
/// strings.
///
/// Recursion is bounded by `depthLimit`. The pointer must stay valid for the cursor's life: make one only inside
/// `withUnsafeBytes`.
struct JSONCursor: ~Copyable {
    let base: UnsafePointer<UInt8>
    let count: Int
    let depthLimit: Int
    let refusesDuplicates: Bool
    var at = 0
    private var depth = 0
    private var keys: JSONKeys

    /// Deeper than this the stack is no longer safe on a small thread, whatever the caller asks for.
    static let deepestLimit = 512

    init(_ bytes: UnsafeRawBufferPointer, depthLimit: Int, refusesDuplicates: Bool = true) throws(Stumble) {
        guard let start = bytes.baseAddress, !bytes.isEmpty else { throw Stumble(.empty, at: 0) }
        guard bytes.count < Int(Int32.max) else { throw Stumble(.tooLarge, at: 0) }
        base = start.assumingMemoryBound(to: UInt8.self)
        count = bytes.count
        self.depthLimit = min(max(depthLimit, 1), Self.deepestLimit)
        self.refusesDuplicates = refusesDuplicates
        keys = JSONKeys(isUsed: refusesDuplicates)
    }

    // MARK: The whole text

    /// Steps to the first byte of the value, refusing an empty text and a byte order mark.
    @inline(__always)
    mutating func begin() throws(Stumble) {
        if base[0] >= 0x80 || base[0] == 0 { try refuseMark() }
        skipWhitespace()
        guard at < count else { throw Stumble(.empty, at: 0) }
        if base[at] | 0x20 == 0x7B, at + 1 < count, base[at + 1] == 0 { throw Stumble(.byteOrderMark, at: at) }
    }

    /// After the value: nothing but white space may follow.
    @inline(__always)
    mutating func end() throws(Stumble) {
        skipWhitespace()
        guard at == count else { throw Stumble(.trailingBytes, at: at) }
    }

    @inline(never)
    private func refuseMark() throws(Stumble) {
        let isMark =
            base[0] == 0 || base[0] == 0xFE || base[0] == 0xFF
            || (count >= 3 && base[0] == 0xEF && base[1] == 0xBB && base[2] == 0xBF)
        throw Stumble(isMark ? .byteOrderMark : .unexpectedByte, at: 0)
    }

    // MARK: Structure

    /// The byte that tells what kind of value comes next.
    @inline(__always)
    var head: UInt8 { at < count ? base[at] : 0 }

    @inline(__always)
    mutating func skipWhitespace() {
        while at < count {
            let byte = base[at]
            if byte > 0x20 { return }
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            at += 1
        }
    }

    /// One object being walked, member by member.
    struct ObjectWalk {
        var frame: JSONKeys.Frame
        var isFirst = true
    }

    /// Steps into the object whose `{` is the next byte.
    @inline(__always)
    mutating func enterObject() throws(Stumble) -> ObjectWalk {
        guard depth < depthLimit else { throw Stumble(.tooDeep, at: at) }
        depth += 1
        at += 1
        return ObjectWalk(frame: keys.open)
    }

    /// Steps to the next member's value and returns its key; nil when the object is over.
    @inline(__always)
    mutating func nextKey(_ walk: inout ObjectWalk) throws(Stumble) -> JSONText? {
        skipWhitespace()
        if walk.isFirst {
            walk.isFirst = false
            if head == 0x7D {
                leaveObject(walk)
                return nil
            }
        } else {
            let separator = head
            guard separator == 0x2C else {
                guard separator == 0x7D else { throw unexpected() }
                leaveObject(walk)
                return nil
            }
            at += 1
            skipWhitespace()
        }
        guard head == 0x22 else { throw unexpected() }
        let key = try string()
        if refusesDuplicates { try remember(key, in: &walk) }
        skipWhitespace()
        guard head == 0x3A else { throw unexpected() }
        at += 1
        skipWhitespace()
        return key
    }

    @inline(__always)
    private mutating func leaveObject(_ walk: ObjectWalk) {
        at += 1
        depth -= 1
        keys.close(walk.frame)
    }

    /// Steps into the array whose `[` is the next byte.
    @inline(__always)
    mutating func enterArray() throws(Stumble) {
        guard depth < depthLimit else { throw Stumble(.tooDeep, at: at) }
        depth += 1
        at += 1
    }

    /// Steps to the next element; false when the array is over. `isFirst` starts as true.
    @inline(__always)
    mutating func nextElement(_ isFirst: inout Bool) throws(Stumble) -> Bool {
        skipWhitespace()
        if isFirst {
            isFirst = false
            guard head == 0x5D else { return true }
        } else {
            if head == 0x2C {
                at += 1
                skipWhitespace()
                return true
            }
            guard head == 0x5D else { throw unexpected() }
        }
        at += 1
        depth -= 1
        return false
    }

    /// Checks and passes over the value that starts here.
    mutating func skipValue() throws(Stumble) {
        switch head {
        case 0x22:
            _ = try string()
        case 0x7B:
            var walk = try enterObject()
            while try nextKey(&walk) != nil { try skipValue() }
        case 0x5B:
            try enterArray()
            var isFirst = true
            while try nextElement(&isFirst) { try skipValue() }
        case 0x74: try literal("true")
        case 0x66: try literal("false")
        case 0x6E: try literal("null")
        case 0x2D, 0x30...0x39: try number()
        case 0x2B, 0x2E: throw Stumble(.badNumber, at: at)
        case 0x49, 0x4E: throw Stumble(.badLiteral, at: at)
        default: throw unexpected()
        }
    }

    @inline(never)
    func unexpected() -> Stumble {
        Stumble(at < count ? .unexpectedByte : .unexpectedEnd, at: at)
    }

    // MARK: Keys

    @inline(__always)
    private mutating func remember(_ key: JSONText, in walk: inout ObjectWalk) throws(Stumble) {
        let entry: JSONKeys.Entry
        if _fastPath(!key.hasEscapes) {
            let length = key.end - key.start
            var prefix: UInt64 = 0
            if key.start + 8 <= count {
                prefix = UInt64(littleEndian: UnsafeRawPointer(base + key.start).loadUnaligned(as: UInt64.self))
                if length < 8 { prefix &= (1 << UInt64(truncatingIfNeeded: length * 8)) &- 1 }
            } else {
                for index in 0..<min(length, 8) { prefix |= UInt64(base[key.start + index]) << UInt64(index * 8) }
            }
            entry = JSONKeys.Entry(
                prefix: prefix, start: UInt32(truncatingIfNeeded: key.start),
                lengthAndPlace: UInt32(truncatingIfNeeded: length))
        } else {
            entry = keys.entry(
                decoding: UnsafeRawBufferPointer(start: base + key.start, count: key.end - key.start))
        }
        guard keys.insert(entry, into: &walk.frame, body: base) else {
            throw Stumble(.duplicateKey, at: key.start - 1)
        }
    }

    /// Whether the string, once decoded, reads `name`.
    @inline(__always)
    func text(_ text: JSONText, is name: StaticString) -> Bool {
        if _fastPath(!text.hasEscapes) {
            return text.end - text.start == name.utf8CodeUnitCount
                && memcmp(base + text.start, name.utf8Start, name.utf8CodeUnitCount) == 0
        }
        return decodedText(text, is: name)
    }

    @inline(never)
    private func decodedText(_ text: JSONText, is name: StaticString) -> Bool {
        let plain = decodedBytes(text)
        return plain.elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }

    /// The string's bytes with escapes resolved.
    func decodedBytes(_ text: JSONText) -> [UInt8] {
        let raw = UnsafeRawBufferPointer(start: base + text.start, count: text.end - text.start)
        guard text.hasEscapes else { return Array(raw) }
        var plain: [UInt8] = []
        plain.reserveCapacity(raw.count)
        JSONText.decode(raw, into: &plain)
        return plain
    }

    /// The string as Swift text.
    func decoded(_ text: JSONText) -> String {
        guard text.hasEscapes else {
            return String(
                decoding: UnsafeBufferPointer(start: base + text.start, count: text.end - text.start), as: UTF8.self)
        }
        return String(decoding: decodedBytes(text), as: UTF8.self)
    }
}
