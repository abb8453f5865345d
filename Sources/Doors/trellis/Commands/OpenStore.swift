import Counsel
import Foundation
import Gateway
import Store

extension Settings {
    /// Runs some work on the keys in the store, which is made when it isn't there yet.
    func withKeys<Result>(_ work: (KeyTable) throws -> Result) throws -> Result {
        do {
            let store = try DataStore(path: storePath, migrations: gatewayMigrations)
            defer { try? store.close() }
            return try work(KeyTable(store))
        } catch let error as StoreError {
            throw CommandFailure(.failed, error.description)
        }
    }
}
