import Foundation
import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the mock needs to know of a request body. It looks for three fields by their spelling instead of parsing
/// the JSON: that is enough for a mock and costs a fraction of a microsecond.
struct RequestScan {
    /// `"stream": true` stands somewhere.
    private(set) var wantsStream = false
    /// `"include_usage": true` stands somewhere.
    private(set) var wantsUsage = false
    /// The string at the first `"model":`.
    private(set) var model: String?

    init(_ body: ByteBuffer) {
        body.withUnsafeReadableBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            var index = 0
            while index < bytes.count, let quote = memchr(base + index, 0x22, bytes.count - index) {
                index = UnsafeRawPointer(quote) - base + 1
                if let value = Self.value(of: "stream\"", at: index, in: bytes) {
                    if Self.isTrue(at: value, in: bytes) { wantsStream = true }
                    index = value
                } else if let value = Self.value(of: "include_usage\"", at: index, in: bytes) {
                    if Self.isTrue(at: value, in: bytes) { wantsUsage = true }
                    index = value
                } else if model == nil, let value = Self.value(of: "model\"", at: index, in: bytes) {
                    model = Self.string(at: value, in: bytes)
                    index = value
                }
            }
        }
    }

    /// Where the value begins, if `key` and a colon stand at `index`.
    private static func value(of key: StaticString, at index: Int, in bytes: UnsafeRawBufferPointer) -> Int? {
        let length = key.utf8CodeUnitCount
        guard let base = bytes.baseAddress, bytes.count - index > length,
            memcmp(base + index, key.utf8Start, length) == 0
        else { return nil }
        var index = index + length
        while index < bytes.count, isSpace(bytes[index]) { index += 1 }
        guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { return nil }
        index += 1
        while index < bytes.count, isSpace(bytes[index]) { index += 1 }
        return index
    }

    private static func isTrue(at index: Int, in bytes: UnsafeRawBufferPointer) -> Bool {
        index < bytes.count && bytes[index] == UInt8(ascii: "t")
    }

    private static func string(at index: Int, in bytes: UnsafeRawBufferPointer) -> String? {
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { return nil }
        let rest = bytes[(index + 1)...]
        var end = rest.startIndex
        var isEscaped = false
        while end < rest.endIndex, rest[end] != UInt8(ascii: "\"") {
            if rest[end] == UInt8(ascii: "\\") {
                isEscaped = true
                end += 1
            }
            end += 1
        }
        guard end < rest.endIndex else { return nil }
        guard isEscaped else { return String(decoding: rest[..<end], as: UTF8.self) }
        return try? JSONDecoder().decode(String.self, from: Data(bytes[index...end]))
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}
