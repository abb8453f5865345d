/// Decodes UTF-8 byte by byte, across pieces that may be cut anywhere. Broken bytes give U+FFFD.
struct UTF8Steps: Sendable {
    enum Step {
        /// A character goes on.
        case none
        /// A whole scalar.
        case one(UInt32)
        /// What came before was broken; the byte itself may be a scalar.
        case broken(UInt32?)
    }

    private var value: UInt32 = 0
    private var missing = 0
    private var length = 0

    /// Whether a scalar has begun and is not whole.
    var isInside: Bool { missing > 0 }

    /// How many bytes of it have come.
    var pendingBytes: Int { missing > 0 ? length - missing : 0 }

    mutating func take(_ byte: UInt8) -> Step {
        if missing == 0 {
            if byte < 0x80 { return .one(UInt32(byte)) }
            return begin(byte) ? .none : .broken(nil)
        }
        guard byte & 0xC0 == 0x80 else {
            missing = 0
            if byte < 0x80 { return .broken(UInt32(byte)) }
            _ = begin(byte)
            return .broken(nil)
        }
        value = value << 6 | UInt32(byte & 0x3F)
        missing -= 1
        guard missing == 0 else { return .none }
        return Unicode.Scalar(value) != nil && Self.width(value) == length ? .one(value) : .broken(nil)
    }

    private mutating func begin(_ byte: UInt8) -> Bool {
        switch byte {
        case 0xC2...0xDF: (value, missing) = (UInt32(byte & 0x1F), 1)
        case 0xE0...0xEF: (value, missing) = (UInt32(byte & 0x0F), 2)
        case 0xF0...0xF4: (value, missing) = (UInt32(byte & 0x07), 3)
        default: return false
        }
        length = missing + 1
        return true
    }

    /// How many bytes a scalar takes.
    static func width(_ scalar: UInt32) -> Int {
        scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x1_0000 ? 3 : 4
    }
}

/// Whether the present place stands between quotation marks, as far as one can tell while reading.
///
/// An opening mark that never closes counts for ``reach`` bytes only, and a paragraph's end closes every quotation: a
/// stray mark must not switch a detector off.
struct QuotationState: Sendable {
    private var opener: UInt32 = 0
    private var openedAt = 0

    /// How long a quotation may be, in bytes.
    static let reach = 400

    func isOpen(at byte: Int) -> Bool { opener != 0 && byte - openedAt < Self.reach }

    mutating func take(_ scalar: UInt32, at byte: Int) {
        switch scalar {
        case 0x22: toggle(0x22, at: byte)
        case 0xAB, 0xBB: toggle(0xAB, at: byte)
        case 0x2039, 0x203A: toggle(0x2039, at: byte)
        case 0x201E: open(0x201E, at: byte)
        case 0x201C: opener == 0x201E ? close(0x201E) : open(0x201C, at: byte)
        case 0x201D: if opener == 0x201C || opener == 0x201E { opener = 0 }
        case 0x300C, 0x300E: open(0x300C, at: byte)
        case 0x300D, 0x300F: close(0x300C)
        case 0x27, 0x2018:
            if opener == 0 { open(0x27, at: byte) }
        case 0x2019: close(0x27)
        default: break
        }
    }

    mutating func close(_ mark: UInt32) {
        if opener == mark { opener = 0 }
    }

    private mutating func open(_ mark: UInt32, at byte: Int) {
        opener = mark
        openedAt = byte
    }

    private mutating func toggle(_ mark: UInt32, at byte: Int) {
        if opener == mark, byte - openedAt < Self.reach { opener = 0 } else { open(mark, at: byte) }
    }
}
