import GRDB

extension StoreError {
    /// The engine's error, sorted by what a person can do about it.
    init(_ error: DatabaseError, path: String) {
        let message = error.message ?? "no message"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self = .locked(path: path)
        case .SQLITE_FULL:
            self = .full(path: path)
        case .SQLITE_CORRUPT:
            self = .corrupt(path: path, detail: message)
        case .SQLITE_NOTADB:
            self = .notADatabase(path: path)
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            self = .cannotOpen(path: path, reason: message)
        case .SQLITE_READONLY:
            self = .readOnly(path: path)
        case .SQLITE_IOERR:
            // Memory-mapping the shared index of the write-ahead log on a full disk is reported so.
            let isShortOfRoom = error.extendedResultCode == .SQLITE_IOERR_SHMSIZE
            self = isShortOfRoom ? .full(path: path) : .inputOutput(path: path, reason: message)
        case .SQLITE_CONSTRAINT:
            self = .constraint(message: message)
        default:
            self = .sql(code: Int(error.extendedResultCode.rawValue), message: message, statement: error.sql)
        }
    }

    init(any error: any Error, path: String) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError: self = StoreError(error, path: path)
        default: self = .sql(code: 0, message: "\(error)", statement: nil)
        }
    }
}
