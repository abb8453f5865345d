/// Where the parts of a Trellis stand in its data folder, so that the server and the command line agree.
public struct DataFolder: Hashable, Sendable {
    /// The folder itself.
    public let path: String

    /// The data folder at a path.
    public init(_ path: String) { self.path = path }

    /// The database.
    public var database: String { path + "/trellis.sqlite" }
    /// The journal of receipts that wait to be sorted into the database.
    public var receiptJournal: String { path + "/journal/receipts" }
    /// The key-encryption key, unless the operator keeps it elsewhere.
    public var keyEncryptionKey: String { path + "/keys/kek" }
}
