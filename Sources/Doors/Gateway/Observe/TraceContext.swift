import Synchronization

/// Where a request stands in a distributed trace, as the header `traceparent` carries it.
///
/// Reading is strict: what doesn't follow the recommendation is ignored and a new trace begins, as it asks. Source:
/// W3C Trace Context, Recommendation of 23 November 2021, https://www.w3.org/TR/trace-context-1/.
public struct TraceContext: Sendable, Hashable {
    /// The trace: 128 bits, never all zero.
    public let trace: (high: UInt64, low: UInt64)
    /// The span of whoever sent the header: 64 bits, never zero.
    public let span: UInt64
    /// The flags; bit 0 says that the caller may have recorded the trace.
    public let flags: UInt8

    /// A new trace with a first span, marked as recorded.
    public static func new() -> TraceContext {
        TraceContext(trace: (RandomIDs.next(), RandomIDs.next()), span: RandomIDs.next(), flags: 1)
    }

    private init(trace: (high: UInt64, low: UInt64), span: UInt64, flags: UInt8) {
        self.trace = trace
        self.span = span
        self.flags = flags
    }

    /// Reads the value of a `traceparent` header; nil when it isn't one.
    public init?(parsing header: some Collection<UInt8>) {
        let dash = UInt8(ascii: "-")
        // 00-<32 hex>-<16 hex>-<2 hex>; later versions may append fields after another dash.
        let bytes = Array(header.prefix(512))
        guard bytes.count >= 55, bytes[2] == dash, bytes[35] == dash, bytes[52] == dash,
            let version = Self.hex(bytes[0..<2]), version != 0xff,
            bytes.count == 55 || (version > 0 && bytes[55] == dash),
            let high = Self.hex(bytes[3..<19]), let low = Self.hex(bytes[19..<35]), high | low != 0,
            let span = Self.hex(bytes[36..<52]), span != 0,
            let flags = Self.hex(bytes[53..<55])
        else { return nil }
        // Of the flags, only the bit that this version defines is handed on.
        self.init(trace: (high, low), span: span, flags: UInt8(flags) & 1)
    }

    /// The same trace with a span of our own, to send upstream.
    public func child() -> TraceContext {
        TraceContext(trace: trace, span: RandomIDs.next(), flags: flags)
    }

    /// The trace as 32 hexadecimal digits.
    public var traceID: String {
        String(unsafeUninitializedCapacity: 32) { buffer in
            Self.write(trace.high, to: buffer, at: 0)
            Self.write(trace.low, to: buffer, at: 16)
            return 32
        }
    }

    /// The span as 16 hexadecimal digits.
    public var spanID: String {
        String(unsafeUninitializedCapacity: 16) { buffer in
            Self.write(span, to: buffer, at: 0)
            return 16
        }
    }

    /// The value of a `traceparent` header, 55 characters.
    public var header: String {
        String(unsafeUninitializedCapacity: 55) { buffer in
            let dash = UInt8(ascii: "-")
            let zero = UInt8(ascii: "0")
            buffer[0] = zero
            buffer[1] = zero
            buffer[2] = dash
            Self.write(trace.high, to: buffer, at: 3)
            Self.write(trace.low, to: buffer, at: 19)
            buffer[35] = dash
            Self.write(span, to: buffer, at: 36)
            buffer[52] = dash
            buffer[53] = zero
            buffer[54] = flags & 1 == 1 ? UInt8(ascii: "1") : zero
            return 55
        }
    }

    /// Whether two contexts are the same place in the same trace.
    public static func == (one: Self, other: Self) -> Bool {
        one.trace == other.trace && one.span == other.span && one.flags == other.flags
    }

    /// Feeds the context into a hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(trace.low)
        hasher.combine(span)
    }

    /// The number that lower-case hexadecimal digits write; the recommendation allows no upper case.
    private static func hex(_ digits: ArraySlice<UInt8>) -> UInt64? {
        var number: UInt64 = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt64(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): number = number << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return number
    }

    private static func write(_ number: UInt64, to buffer: UnsafeMutableBufferPointer<UInt8>, at start: Int) {
        for place in 0..<16 {
            let digit = UInt8(truncatingIfNeeded: number >> UInt64(60 - 4 * place)) & 0xf
            buffer[start + place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
        }
    }
}

/// Numbers that no other request of this process gets, for trace and span ids.
///
/// They need to be unique, not secret, so one atomic addition takes the place of a call into the kernel. SplitMix64,
/// G. Steele, D. Lea and C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014,
/// https://doi.org/10.1145/2660193.2660195, started at a random place. Not for anything that must not be guessed.
enum RandomIDs {
    private static let state = Atomic<UInt64>(UInt64.random(in: .min ... .max))

    /// The next number, never zero.
    static func next() -> UInt64 {
        var mixed = state.wrappingAdd(0x9e37_79b9_7f4a_7c15, ordering: .relaxed).newValue
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        mixed ^= mixed >> 31
        return mixed == 0 ? 1 : mixed
    }
}
