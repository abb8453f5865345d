import Crypto
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension KeyEncryptionKey {
    /// The key of a store in a file that Trellis looks after, made with random bytes for a store that has no keys yet.
    ///
    /// A change of the key that was cut short by the end of its process is completed here. For a store that is open for
    /// reading only nothing is made or completed; the key that opens it is read, wherever the change stopped.
    /// - Throws: ``SealError/keyLost(path:)`` when the file is gone and the store has keys under it: nothing is made in
    ///   its place, for it could open nothing. ``SealError/noStoreKey(path:)`` when there is none to be read yet.
    public init(keptAt path: String, of store: DataStore) throws(SealError) {
        let next = path + Self.nextSuffix
        if access(next, F_OK) == 0, try Seal.opens(store, with: KeyEncryptionKey(file: next)) == true {
            guard !store.isReadOnly else {
                try self.init(file: next)
                return
            }
            try Self.take(next, inPlaceOf: path, of: store)
        }
        if access(path, F_OK) != 0 {
            if try Seal.hasKeys(store) { throw .keyLost(path: path) }
            if store.isReadOnly { throw .noStoreKey(path: store.path) }
        }
        try self.init(keptAt: path)
    }

    /// Puts a new random key in the place of the one in a file that Trellis looks after, and wraps every key of the store
    /// under it. Nothing that was sealed is rewritten.
    ///
    /// Stop other programs on the store first: one that goes on with the old key is refused from then on, until it is
    /// started anew. When the process dies in the middle, ``init(keptAt:of:)`` or another call completes it.
    /// - Returns: how many keys were wrapped anew.
    @discardableResult
    public static func change(keptAt path: String, of store: DataStore) throws(SealError) -> Int {
        // Completes an earlier change, and is sure that the present key fits before anything is done.
        let old = try KeyEncryptionKey(keptAt: path, of: store)
        let next = path + nextSuffix
        // The new key is on the disk before anything is wrapped under it.
        let new = try KeyEncryptionKey(keptAt: next)
        let count = try Seal.wrapKeys(of: store, under: new, from: old)
        try take(next, inPlaceOf: path, of: store)
        return count
    }

    /// Puts a new random key, in a file that Trellis looks after from now on, in the place of one that somebody else looks
    /// after, and wraps every key of the store under it.
    ///
    /// Cut short, another call completes it, and so does ``init(keptAt:of:)``.
    /// - Returns: how many keys were wrapped anew.
    /// - Throws: ``SealError/unreadableKey(path:reason:)`` when there is a file already that isn't this store's: it may be
    ///   all that opens another.
    @discardableResult
    public static func change(
        from old: KeyEncryptionKey, toOneKeptAt path: String, of store: DataStore
    ) throws(SealError) -> Int {
        let next = path + nextSuffix
        if access(path, F_OK) == 0 {
            if try Seal.opens(store, with: KeyEncryptionKey(file: path)) == true { return 0 }
            throw .unreadableKey(
                path: path, reason: "it is there already and not this store's; move it away if you know what it is for")
        }
        let new = try KeyEncryptionKey(keptAt: next)
        let count = try Seal.wrapKeys(of: store, under: new, from: old)
        try take(next, inPlaceOf: path, of: store)
        return count
    }

    private static let nextSuffix = ".next"

    private static func take(_ next: String, inPlaceOf path: String, of store: DataStore) throws(SealError) {
        // The keys as they were wrapped before must not be left in the log.
        do { try store.compactLog() } catch { throw SealError(any: error, path: store.path) }
        guard rename(next, path) == 0 else {
            throw .unreadableKey(
                path: next, reason: "it can't be renamed to \(path): \(String(cString: strerror(errno)))")
        }
        let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
    }
}

extension Seal {
    /// Wraps every key of a store under another key-encryption key, in one transaction. Nothing that was sealed is
    /// rewritten. What is wrapped under the new key already stays.
    ///
    /// For a key that comes from the environment or from a file of somebody else; for one that Trellis looks after there
    /// is ``KeyEncryptionKey/change(keptAt:of:)``.
    /// - Returns: how many keys were wrapped anew. Complexity: O(keys), about 100,000 a second.
    /// - Throws: ``SealError/wrongKeyEncryptionKey`` when some key is under neither; then nothing was changed.
    @discardableResult
    public static func wrapKeys(
        of store: DataStore, under new: KeyEncryptionKey, from old: KeyEncryptionKey
    ) throws(SealError) -> Int {
        do {
            let count = try store.write { session in
                var rows: [[SQLValue]] = []
                for row in try session.rows("SELECT id, owner, wrapped FROM seal_keys") {
                    let (id, owner, wrapped) = (try row.text("id"), try row.text("owner"), try row.blob("wrapped"))
                    do throws(SealError) {
                        let key = try unwrapped(wrapped, id: id, owner: owner, by: old)
                        rows.append([.blob(try Self.wrapped(key, id: id, owner: owner, by: new)), .text(id)])
                    } catch {
                        _ = try unwrapped(wrapped, id: id, owner: owner, by: new)
                    }
                }
                try session.runBatch("UPDATE seal_keys SET wrapped = ? WHERE id = ?", rows)
                return rows.count
            }
            try store.compactLog()
            return count
        } catch {
            throw SealError(any: error, path: store.path)
        }
    }

    /// Whether a store has keys.
    static func hasKeys(_ store: DataStore) throws(SealError) -> Bool {
        do { return try store.read { try $0.firstRow("SELECT id FROM seal_keys LIMIT 1") != nil } } catch {
            throw SealError(any: error, path: store.path)
        }
    }

    /// Whether the store's own key is under this key-encryption key; nil when it has none yet.
    static func opens(_ store: DataStore, with keyEncryptionKey: KeyEncryptionKey) throws(SealError) -> Bool? {
        do {
            return try store.read { session in
                try key(of: storeOwner, wrappedBy: keyEncryptionKey, in: session) != nil ? true : nil
            }
        } catch SealError.wrongKeyEncryptionKey {
            return false
        } catch {
            throw SealError(any: error, path: store.path)
        }
    }
}
