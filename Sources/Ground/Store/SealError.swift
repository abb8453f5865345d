/// What can go wrong with sealing and opening, each with what to do next in its ``description``.
public enum SealError: Error, Hashable, Sendable {
    /// The key that this was sealed under is gone: somebody erased it, and nobody can read this again.
    case keyDestroyed
    /// The store was sealed under another key-encryption key than the one given.
    case wrongKeyEncryptionKey
    /// The file with the key-encryption key is gone, and the store has keys under it.
    case keyLost(path: String)
    /// What is sealed is needed, and nobody gave the key-encryption key.
    case keyNotGiven
    /// The store has no key of its own yet, and it was opened for reading only.
    case noStoreKey(path: String)
    /// The sealed bytes are not what was sealed: damaged, or put in another's place.
    case damaged
    /// The key-encryption key can't be read.
    case unreadableKey(path: String, reason: String)
    /// The key-encryption key is not 32 bytes in hexadecimal or base 64.
    case malformedKey(source: String)
    /// The store failed meanwhile.
    case store(StoreError)
}

extension SealError: CustomStringConvertible {
    /// The whole story for a person: what happened, and what to do next.
    public var description: String {
        switch self {
        case .keyDestroyed:
            "This can't be read any more: the key that it was sealed under was destroyed, as erasing asks."
        case .wrongKeyEncryptionKey:
            """
            The key-encryption key is not the one that this store was sealed under. Give Trellis the key that it was \
            started with before (the file keys/kek in the data folder, or the one that you set).
            """
        case .keyLost(let path):
            """
            The key-encryption key \(path) is gone, and everything sealed in the store is under it. Put the file back from \
            where you keep a copy, or set TRELLIS_KEK or TRELLIS_KEK_FILE if that is where the key was. No new one was \
            made: it could open nothing. Without the old one, move the store aside and start with an empty one.
            """
        case .keyNotGiven:
            """
            What is needed here is sealed, and there is no key-encryption key to open it with. Put the file keys/kek back \
            into the data folder, or name the key with TRELLIS_KEK or TRELLIS_KEK_FILE.
            """
        case .noStoreKey(let path):
            "The store \(path) has no keys yet. Start `trellis serve` once: it makes them."
        case .damaged:
            "A sealed text is damaged, or stands in another's place. Restore a backup if you need it."
        case .unreadableKey(let path, let reason):
            "The key-encryption key in \(path) can't be used: \(reason)."
        case .malformedKey(let source):
            """
            The key-encryption key in \(source) must be 32 bytes, written as 64 hexadecimal digits or in base 64. \
            `openssl rand -hex 32` makes one.
            """
        case .store(let error):
            error.description
        }
    }
}
