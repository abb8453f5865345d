import Crypto
import Synchronization

/// Records that wait in memory because the journal can't be written, oldest first, up to a bound in bytes.
final class UnwrittenRecords: Sendable {
    private struct Waiting {
        var records: [[UInt8]] = []
        var bytes = 0
    }

    private let waiting = Mutex(Waiting())

    var isEmpty: Bool { waiting.withLock { $0.records.isEmpty } }
    var count: Int { waiting.withLock { $0.records.count } }
    var all: [[UInt8]] { waiting.withLock { $0.records } }

    /// Takes a record in.
    /// - Returns: false when there is no room for it; it is then not kept.
    func take(_ record: [UInt8], limit: Int) -> Bool {
        waiting.withLock { waiting in
            guard waiting.bytes + record.count <= limit else { return false }
            waiting.records.append(record)
            waiting.bytes += record.count
            return true
        }
    }

    /// Hands each record to `body`, and lets go of those that it took.
    func giveEach<Failure: Error>(_ body: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
        let records = all
        var given = 0
        defer {
            waiting.withLock { waiting in
                // New ones may have come at the end meanwhile.
                waiting.bytes -= waiting.records[..<given].reduce(0) { $0 + $1.count }
                waiting.records.removeFirst(given)
            }
        }
        for record in records {
            try body(record)
            given += 1
        }
    }
}

/// The SHA-256 of some bytes, 64 hexadecimal digits.
func hexadecimalDigest(of bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
}
