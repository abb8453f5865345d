import Counsel
import Foundation
import Gateway
import Store

extension Settings {
    /// The store's file.
    var storePath: String { KeptThings.storePath(in: gateway.dataDirectory) }

    /// Runs some work on the keys in the store, which is made when it isn't there yet.
    func withKeys<Result>(_ work: (KeyTable) throws -> Result) throws -> Result {
        do {
            let store = try DataStore(path: storePath, migrations: KeptThings.migrations)
            defer { try? store.close() }
            return try work(KeyTable(store))
        } catch let error as StoreError {
            throw CommandFailure(.failed, error.description)
        }
    }

    /// Runs some work on the receipts, beside a running Trellis or without one.
    ///
    /// - Parameters:
    ///   - opensBodies: whether what was said is unsealed too, where it is kept, and not only the reasons.
    ///   - needsKey: whether nothing can be done without what is sealed. Opening bodies does.
    func withReceipts<Result>(opensBodies: Bool, needsKey: Bool = false, _ work: (ReceiptReader) throws -> Result)
        throws -> Result
    {
        guard FileManager.default.fileExists(atPath: storePath) else {
            throw CommandFailure(
                .negative,
                "there are no receipts in \(gateway.dataDirectory): no Trellis has served from there yet. --data names another folder."
            )
        }
        do {
            let store = try DataStore(
                readingAt: storePath, migrations: KeptThings.migrations)
            defer { try? store.close() }
            return try work(
                ReceiptReader(
                    store: store, journalDirectory: KeptThings.journalPath(in: gateway.dataDirectory),
                    seal: try seal(of: store, isNeeded: opensBodies || needsKey), opensBodies: opensBodies))
        } catch let error as StoreError {
            throw CommandFailure(.failed, error.description)
        } catch let error as SealError {
            throw CommandFailure(.failed, error.description)
        }
    }

    /// What opens what is sealed in a store. Nil when the key isn't at hand and nothing is needed but what stands in the
    /// clear; then the receipts say what they can't show.
    private func seal(of store: DataStore, isNeeded: Bool) throws -> Seal? {
        do {
            let key = try KeptThings.keyEncryptionKey(
                gateway.dataDirectory, ProcessInfo.processInfo.environment, of: store)
            return try Seal(store: store, keyEncryptionKey: key)
        } catch {
            if isNeeded { throw error }
            return nil
        }
    }
}
