/// Which bytes of a reply are code, quoted, or of an address on the web.
struct ReplyMarks: Sendable {
    /// What a byte belongs to; nothing for plain words.
    struct Mark: OptionSet, Sendable {
        let rawValue: UInt8
        static let quoted = Mark(rawValue: 1)
        static let code = Mark(rawValue: 2)
        static let address = Mark(rawValue: 4)
    }

    /// Fenced code, from fence to fence.
    private(set) var fences: [Range<Int>] = []
    /// Empty where nothing is marked.
    private var marks: [Mark] = []

    /// What the byte at an offset belongs to.
    subscript(_ at: Int) -> Mark { marks.isEmpty ? [] : marks[at] }

    /// - Parameter onlyCode: Whether quotations and addresses are left unmarked.
    /// - Complexity: O(*n*).
    init(_ bytes: [UInt8], onlyCode: Bool = false) {
        var (code, quotes, addresses) = (false, false, false)
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "`"): code = true
            case UInt8(ascii: "\""), UInt8(ascii: ">"), 0xC2, 0xE2, 0xE3: quotes = true
            case UInt8(ascii: "/"), UInt8(ascii: "w"), UInt8(ascii: "W"): addresses = true
            default: break
            }
        }
        guard code || (!onlyCode && (quotes || addresses)) else { return }
        if code { markCode(bytes) }
        guard !onlyCode else { return }
        if quotes { markQuotes(bytes) }
        if addresses { markAddresses(bytes) }
    }

    private mutating func mark(_ range: Range<Int>, _ mark: Mark, _ bytes: [UInt8]) {
        if marks.isEmpty { marks = Array(repeating: [], count: bytes.count) }
        for at in range where !marks[at].contains(.code) { marks[at].insert(mark) }
    }

    private static func isLineStart(_ bytes: [UInt8], _ at: Int) -> Bool {
        var before = at - 1
        while before >= 0, bytes[before] == UInt8(ascii: " ") { before -= 1 }
        return before < 0 || bytes[before] == UInt8(ascii: "\n")
    }

    // MARK: Code

    private static func isFence(_ bytes: [UInt8], _ at: Int) -> Bool {
        let tick = UInt8(ascii: "`")
        return at + 2 < bytes.count && bytes[at] == tick && bytes[at + 1] == tick && bytes[at + 2] == tick
    }

    private mutating func markCode(_ bytes: [UInt8]) {
        let tick = UInt8(ascii: "`")
        var at = 0
        while at < bytes.count {
            guard bytes[at] == tick else {
                at += 1
                continue
            }
            var end: Int?
            if Self.isFence(bytes, at), Self.isLineStart(bytes, at) {
                // A fence that nobody closes holds all that follows.
                var next = at + 3
                while next < bytes.count, !(Self.isFence(bytes, next) && Self.isLineStart(bytes, next)) { next += 1 }
                let last = min(next + 3, bytes.count)
                fences.append(at..<last)
                end = last
            } else {
                var next = at + 1
                while next < bytes.count, bytes[next] != tick, bytes[next] != UInt8(ascii: "\n") { next += 1 }
                if next < bytes.count, bytes[next] == tick { end = next + 1 }
            }
            guard let end else {
                at += 1
                continue
            }
            mark(at..<end, .code, bytes)
            at = end
        }
    }

    // MARK: Quotations

    /// No quotation is taken to be longer, in scalars: a lone inch mark would silence what follows.
    private static let longestQuotation = 1_500

    private enum QuotationMark {
        case straight, left, right, low, openGuillemet, closeGuillemet, openCorner, closeCorner
    }

    private mutating func markQuotes(_ bytes: [UInt8]) {
        var at = 0
        while at < bytes.count {
            guard !self[at].contains(.code) else {
                at += 1
                continue
            }
            var end: Int?
            if bytes[at] == UInt8(ascii: ">"), Self.isLineStart(bytes, at) {
                end = bytes[at...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            } else if let (opening, width) = Self.quotationMark(bytes, at) {
                end = Self.closing(of: opening, bytes, at, after: at + width)
            }
            guard let end else {
                at += 1
                continue
            }
            mark(at..<end, .quoted, bytes)
            at = end
        }
    }

    /// Where a quotation ends, after its closing mark; nil when it has none near enough, or before an empty line.
    private static func closing(of opening: QuotationMark, _ bytes: [UInt8], _ at: Int, after start: Int) -> Int? {
        let closing: [QuotationMark]
        switch opening {
        case .straight: closing = [.straight]
        case .left: closing = [.right, .left]
        case .low: closing = [.left, .right]
        case .openGuillemet: closing = [.closeGuillemet]
        case .closeGuillemet: closing = [.openGuillemet]
        case .openCorner: closing = [.closeCorner]
        case .right, .closeCorner: return nil
        }
        var (next, scalars) = (start, 1)
        while next < bytes.count, scalars < longestQuotation {
            let byte = bytes[next]
            if byte == UInt8(ascii: "\n"), next + 1 < bytes.count, bytes[next + 1] == UInt8(ascii: "\n") { return nil }
            if let (mark, width) = quotationMark(bytes, next), closing.contains(mark) { return next + width }
            next += 1
            while next < bytes.count, bytes[next] & 0xC0 == 0x80 { next += 1 }
            scalars += 1
        }
        return nil
    }

    private static func quotationMark(_ bytes: [UInt8], _ at: Int) -> (mark: QuotationMark, width: Int)? {
        switch bytes[at] {
        case UInt8(ascii: "\""): return (.straight, 1)
        case 0xC2 where at + 1 < bytes.count:
            return bytes[at + 1] == 0xAB ? (.openGuillemet, 2) : bytes[at + 1] == 0xBB ? (.closeGuillemet, 2) : nil
        case 0xE2 where at + 2 < bytes.count && bytes[at + 1] == 0x80:
            switch bytes[at + 2] {
            case 0x9C: return (.left, 3)
            case 0x9D: return (.right, 3)
            case 0x9E: return (.low, 3)
            default: return nil
            }
        case 0xE3 where at + 2 < bytes.count && bytes[at + 1] == 0x80:
            return bytes[at + 2] == 0x8C ? (.openCorner, 3) : bytes[at + 2] == 0x8D ? (.closeCorner, 3) : nil
        default: return nil
        }
    }

    // MARK: Addresses

    /// Marks what begins with `https://` or its like, or with `www.`, up to a blank or a bracket, without the marks that end
    /// a sentence after it. After a question mark within, a last one belongs to it too.
    private mutating func markAddresses(_ bytes: [UInt8]) {
        var at = 0
        var end = 0
        while at < bytes.count {
            defer { at += 1 }
            let from: Int
            switch bytes[at] {
            case UInt8(ascii: "/")
            where at >= 2 && bytes[at - 1] == UInt8(ascii: "/") && bytes[at - 2] == UInt8(ascii: ":"):
                var start = at - 2
                while start > end, Self.isLetter(bytes[start - 1]) { start -= 1 }
                guard start < at - 2 else { continue }
                from = start
            case UInt8(ascii: "w"), UInt8(ascii: "W"):
                guard at + 4 < bytes.count, bytes[at + 1] | 0x20 == UInt8(ascii: "w"),
                    bytes[at + 2] | 0x20 == UInt8(ascii: "w"), bytes[at + 3] == UInt8(ascii: "."),
                    at == 0 || !Self.isLetter(bytes[at - 1])
                else { continue }
                from = at
            default: continue
            }
            end = Self.addressEnd(bytes, at + 1)
            guard end > at + 1 else { continue }
            mark(from..<end, .address, bytes)
            at = end - 1
        }
    }

    private static func addressEnd(_ bytes: [UInt8], _ start: Int) -> Int {
        var end = start
        while end < bytes.count {
            switch bytes[end] {
            case 0x00...0x20, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "`"),
                UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"), 0x80...:
                break
            default:
                end += 1
                continue
            }
            break
        }
        var last = end
        while last > start, ".,;:!?*_'".utf8.contains(bytes[last - 1]) { last -= 1 }
        let asks = bytes[start..<last].contains(UInt8(ascii: "?"))
        if asks, last < end, bytes[last] == UInt8(ascii: "?") { last += 1 }
        return last
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) }
}
