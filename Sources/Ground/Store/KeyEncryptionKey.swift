import Crypto
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The one key that all other keys of a store are wrapped under: 32 bytes that never reach the store itself.
///
/// Whoever has a copy of the database but not this key can read nothing that is sealed in it. Keep a copy of it
/// somewhere else than the backups of the store.
public struct KeyEncryptionKey: Sendable, Equatable {
    let key: SymmetricKey

    /// A key from its text, 64 hexadecimal digits or base 64 of 32 bytes; white space around it is ignored.
    /// - Parameter source: where the text comes from, for the message when it is no key.
    public init(text: String, source: String) throws(SealError) {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let bytes = Self.hexadecimal(text) ?? Data(base64Encoded: text).map({ [UInt8]($0) }), bytes.count == 32
        else { throw .malformedKey(source: source) }
        key = SymmetricKey(data: bytes)
    }

    /// A key from a file that somebody else looks after.
    public init(file path: String) throws(SealError) {
        let text: String
        do { text = try String(contentsOfFile: path, encoding: .utf8) } catch {
            throw .unreadableKey(path: path, reason: "there is no such file, or this user may not read it")
        }
        try self.init(text: text, source: path)
    }

    /// The key in a file that Trellis looks after, made with random bytes when it is missing.
    ///
    /// The file is for this user alone (0600); one that others may read is refused.
    public init(keptAt path: String) throws(SealError) {
        var status = stat()
        if stat(path, &status) != 0 { try Self.make(at: path) }
        guard stat(path, &status) == 0 else {
            throw .unreadableKey(path: path, reason: String(cString: strerror(errno)))
        }
        guard status.st_mode & 0o077 == 0 else {
            throw .unreadableKey(path: path, reason: "others may read it; run `chmod 600 \(path)`")
        }
        try self.init(file: path)
    }

    private static func make(at path: String) throws(SealError) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .unreadableKey(path: path, reason: "its folder can't be made")
        }
        // Written whole under another name, then linked: two that start at once end with the same key.
        let draft = path + "." + UUID().uuidString
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .unreadableKey(path: path, reason: String(cString: strerror(errno))) }
        defer { unlink(draft) }
        let key = SymmetricKey(size: .bits256)
        let text = key.withUnsafeBytes { bytes in
            bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined() + "\n"
        }
        let written = Array(text.utf8).withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        // A lost key is everything sealed lost, so it is on the disk itself before anything is sealed under it.
        let isKept = written == text.utf8.count && fsync(file) == 0
        close(file)
        guard isKept else { throw .unreadableKey(path: path, reason: "it can't be written; is the disk full?") }
        guard link(draft, path) == 0 || errno == EEXIST else {
            throw .unreadableKey(path: path, reason: String(cString: strerror(errno)))
        }
    }

    private static func hexadecimal(_ text: String) -> [UInt8]? {
        guard text.utf8.count == 64 else { return nil }
        var bytes: [UInt8] = []
        var half: UInt8?
        for character in text.utf8 {
            guard character < 0x80, let digit = Character(Unicode.Scalar(character)).hexDigitValue else { return nil }
            if let high = half {
                bytes.append(high << 4 | UInt8(digit))
                half = nil
            } else {
                half = UInt8(digit)
            }
        }
        return bytes
    }
}

extension KeyEncryptionKey: CustomStringConvertible, CustomDebugStringConvertible {
    /// Never the key.
    public var description: String { "a key-encryption key" }
    /// Never the key.
    public var debugDescription: String { description }
}
