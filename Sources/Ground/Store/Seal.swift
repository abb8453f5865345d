import Crypto
import Foundation

/// Seals what a person may one day erase, each owner's under a key of its own, so that destroying one key makes
/// everything under it unreadable wherever copies of it are.
///
/// ChaCha20-Poly1305 (RFC 8439). Keys are 32 random bytes, wrapped by the ``KeyEncryptionKey`` in the table
/// `seal_keys`; none is kept in memory between calls, so a key that another process destroyed is gone here too.
/// An owner is any text a room chooses, such as `person/4f2c…`.
///
/// ```swift
/// let sealed = try store.write { try seal.seal(words, for: "person/4f2c", context: "receipt 7", in: $0) }
/// let opened = try store.read { try seal.open(sealed, context: "receipt 7", in: $0) }
/// try seal.destroyKey(of: "person/4f2c")
/// ```
public final class Seal: Sendable {
    /// The history of the tables that hold the wrapped keys.
    public static let migrations = [
        Migration(
            room: "Store", version: 1, name: "wrapped keys",
            statements: [
                """
                CREATE TABLE seal_keys (
                    id TEXT PRIMARY KEY, owner TEXT NOT NULL UNIQUE, wrapped BYTEA NOT NULL, made_at BIGINT NOT NULL)
                """
            ])
    ]

    static let storeOwner = "store"
    private static let version: UInt8 = 1
    private static let keyIDLength = 16

    private let store: DataStore
    private let keyEncryptionKey: KeyEncryptionKey
    private let storeKey: SymmetricKey
    private let transitKey: SymmetricKey

    /// Takes a store's keys up, and makes the store's own key the first time.
    /// - Throws: ``SealError/wrongKeyEncryptionKey`` when the store was sealed under another one.
    public init(store: DataStore, keyEncryptionKey: KeyEncryptionKey) throws(SealError) {
        self.store = store
        self.keyEncryptionKey = keyEncryptionKey
        let owner = Self.storeOwner
        do {
            if let found = try store.read({ try Self.key(of: owner, wrappedBy: keyEncryptionKey, in: $0) }) {
                storeKey = found.key
            } else if store.isReadOnly {
                throw SealError.noStoreKey(path: store.path)
            } else {
                storeKey = try store.write { try Self.keyMakingOne(of: owner, wrappedBy: keyEncryptionKey, in: $0).key }
            }
        } catch {
            throw SealError(any: error, path: store.path)
        }
        transitKey = Self.derived(from: storeKey, name: "transit")
    }

    /// A secret of this store for one use, 32 bytes, always the same for the same name.
    public func secret(named name: String) -> [UInt8] {
        Self.derived(from: storeKey, name: "secret/" + name).withUnsafeBytes { [UInt8]($0) }
    }

    // MARK: Sealing

    /// Seals bytes under an owner's key, which is made the first time, in the caller's transaction.
    ///
    /// - Parameter context: what the bytes belong to, such as an id; they open only with the same.
    public func seal(
        _ plain: [UInt8], for owner: String, context: String, in session: borrowing Session
    ) throws(SealError) -> [UInt8] {
        do {
            let (id, key) = try Self.keyMakingOne(of: owner, wrappedBy: keyEncryptionKey, in: session)
            let box = try ChaChaPoly.seal(plain, using: key, authenticating: Data(context.utf8))
            return [Self.version] + id + box.combined
        } catch {
            throw SealError(any: error, path: store.path)
        }
    }

    /// Opens what ``seal(_:for:context:in:)`` sealed.
    /// - Throws: ``SealError/keyDestroyed`` when the owner's key is gone.
    public func open(
        _ sealed: [UInt8], context: String, in session: borrowing Session
    ) throws(SealError) -> [UInt8] {
        guard sealed.first == Self.version, sealed.count > 1 + Self.keyIDLength else { throw .damaged }
        let id = Self.text(ofID: sealed[1...Self.keyIDLength])
        do {
            guard let row = try session.firstRow("SELECT owner, wrapped FROM seal_keys WHERE id = ?", .text(id)) else {
                throw SealError.keyDestroyed
            }
            let key = try Self.unwrapped(
                try row.blob("wrapped"), id: id, owner: try row.text("owner"), by: keyEncryptionKey)
            return try Self.opened(sealed[(1 + Self.keyIDLength)...], using: key, context: context)
        } catch {
            throw SealError(any: error, path: store.path)
        }
    }

    /// Seals bytes that are on their way into the store, without asking it: under a key of the store itself.
    ///
    /// For a journal that is drained within moments. Destroying an owner's key does not reach them, so drain first.
    public func sealInTransit(_ plain: [UInt8], context: String) throws(SealError) -> [UInt8] {
        do {
            return [UInt8](try ChaChaPoly.seal(plain, using: transitKey, authenticating: Data(context.utf8)).combined)
        } catch {
            throw .damaged
        }
    }

    /// Opens what ``sealInTransit(_:context:)`` sealed.
    public func openInTransit(_ sealed: [UInt8], context: String) throws(SealError) -> [UInt8] {
        try Self.opened(sealed, using: transitKey, context: context)
    }

    /// Destroys an owner's key. What was sealed under it can't be read again, here or in any backup made afterwards.
    ///
    /// Overwrites the key in the database file and empties the write-ahead log, so no trace of it is left there.
    /// - Returns: whether there was a key.
    @discardableResult
    public func destroyKey(of owner: String) throws(SealError) -> Bool {
        do {
            let destroyed = try store.write { try destroyKey(of: owner, in: $0) }
            try store.compactLog()
            return destroyed
        } catch {
            throw SealError(any: error, path: store.path)
        }
    }

    /// Destroys an owner's key in the caller's transaction. What was there before is left in the write-ahead log until
    /// whoever calls this has it emptied (``DataStore/emptiesLog(within:)``).
    /// - Returns: whether there was a key.
    @discardableResult
    public func destroyKey(of owner: String, in session: borrowing Session) throws(SealError) -> Bool {
        do { return try session.run("DELETE FROM seal_keys WHERE owner = ?", .text(owner)) > 0 } catch {
            throw SealError(any: error, path: store.path)
        }
    }

    // MARK: Keys

    private static func derived(from key: SymmetricKey, name: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Data("trellis/\(name)".utf8), outputByteCount: 32)
    }

    private static func opened(
        _ sealed: some DataProtocol, using key: SymmetricKey, context: String
    ) throws(SealError) -> [UInt8] {
        do {
            let box = try ChaChaPoly.SealedBox(combined: sealed)
            return [UInt8](try ChaChaPoly.open(box, using: key, authenticating: Data(context.utf8)))
        } catch {
            throw .damaged
        }
    }

    static func key(
        of owner: String, wrappedBy keyEncryptionKey: KeyEncryptionKey, in session: borrowing Session
    ) throws -> (id: [UInt8], key: SymmetricKey)? {
        guard let row = try session.firstRow("SELECT id, wrapped FROM seal_keys WHERE owner = ?", .text(owner)) else {
            return nil
        }
        let text = try row.text("id")
        guard let id = bytes(ofID: text) else { throw SealError.damaged }
        return (id, try unwrapped(try row.blob("wrapped"), id: text, owner: owner, by: keyEncryptionKey))
    }

    private static func keyMakingOne(
        of owner: String, wrappedBy keyEncryptionKey: KeyEncryptionKey, in session: borrowing Session
    ) throws -> (id: [UInt8], key: SymmetricKey) {
        if let found = try key(of: owner, wrappedBy: keyEncryptionKey, in: session) { return found }
        // Another process may have changed the key-encryption key: then ours must wrap nothing any more. And a store that
        // has keys but not its own has lost some: a new one would hide that.
        if owner != storeOwner {
            _ = try Self.key(of: storeOwner, wrappedBy: keyEncryptionKey, in: session)
        } else if try session.firstRow("SELECT id FROM seal_keys LIMIT 1") != nil {
            throw SealError.damaged
        }
        let key = SymmetricKey(size: .bits256)
        let id = SymmetricKey(size: .bits128).withUnsafeBytes { [UInt8]($0) }
        let text = text(ofID: id[...])
        let wrapped = try wrapped(key, id: text, owner: owner, by: keyEncryptionKey)
        try session.run(
            "INSERT INTO seal_keys (id, owner, wrapped, made_at) VALUES (?, ?, ?, ?)",
            .text(text), .text(owner), .blob(wrapped),
            .integer(Int64(Date().timeIntervalSince1970 * 1000)))
        return (id, key)
    }

    static func wrapped(
        _ key: SymmetricKey, id: String, owner: String, by keyEncryptionKey: KeyEncryptionKey
    ) throws(SealError) -> [UInt8] {
        do {
            return try key.withUnsafeBytes { bytes in
                [UInt8](
                    try ChaChaPoly.seal(
                        bytes, using: keyEncryptionKey.key, authenticating: Data("\(id) \(owner)".utf8)
                    ).combined)
            }
        } catch {
            throw .damaged
        }
    }

    static func unwrapped(
        _ wrapped: [UInt8], id: String, owner: String, by keyEncryptionKey: KeyEncryptionKey
    ) throws(SealError) -> SymmetricKey {
        do {
            let box = try ChaChaPoly.SealedBox(combined: wrapped)
            let context = Data("\(id) \(owner)".utf8)
            return SymmetricKey(data: try ChaChaPoly.open(box, using: keyEncryptionKey.key, authenticating: context))
        } catch {
            throw .wrongKeyEncryptionKey
        }
    }

    private static func text(ofID id: ArraySlice<UInt8>) -> String {
        id.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    private static func bytes(ofID text: String) -> [UInt8]? {
        let digits = text.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == 2 * keyIDLength else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[index], let low = digits[index + 1] else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        return bytes
    }
}

extension SealError {
    init(any error: any Error, path: String) {
        switch error {
        case let error as SealError: self = error
        case let error as StoreError: self = .store(error)
        case is CryptoKitError: self = .damaged
        default: self = .store(StoreError(any: error, path: path))
        }
    }
}
