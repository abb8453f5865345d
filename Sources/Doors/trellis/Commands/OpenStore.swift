import Counsel
import Foundation
import Gateway
import Store

extension Settings {
    /// The history of every room that keeps something, so that whichever command comes first leaves a whole store.
    static let migrations = Seal.migrations + CounselMigrations.all + gatewayMigrations

    /// Runs some work on the keys in the store, which is made when it isn't there yet.
    func withKeys<Result>(_ work: (KeyTable) throws -> Result) throws -> Result {
        do {
            let store = try DataStore(path: folder.database, migrations: Self.migrations)
            defer { try? store.close() }
            return try work(KeyTable(store))
        } catch let error as StoreError {
            throw CommandFailure(.failed, error.description)
        }
    }

    /// Runs some work on the receipts, beside a running Trellis or without one.
    ///
    /// - Parameter opensBodies: whether what was said is unsealed, where it is kept.
    func withReceipts<Result>(opensBodies: Bool, _ work: (ReceiptReader) throws -> Result) throws -> Result {
        guard FileManager.default.fileExists(atPath: folder.database) else {
            throw CommandFailure(
                .negative,
                "there are no receipts in \(folder.path): no Trellis has served from there yet. --data names another folder."
            )
        }
        do {
            let store = try DataStore(
                readingAt: folder.database, migrations: Self.migrations)
            defer { try? store.close() }
            var seal: Seal?
            if opensBodies {
                seal = try Seal(
                    store: store, keyEncryptionKey: try KeyEncryptionKey(file: folder.keyEncryptionKey))
            }
            return try work(ReceiptReader(store: store, journalDirectory: folder.receiptJournal, seal: seal))
        } catch let error as StoreError {
            throw CommandFailure(.failed, error.description)
        } catch let error as SealError {
            throw CommandFailure(.failed, error.description)
        }
    }
}
