import Logging
import Store
import Synchronization

/// How journal records find their place in the store's tables.
final class ReceiptSorting: Sendable {
    private let seal: Seal?
    private let logger: Logger
    /// How many records were set aside.
    let setAsides = Atomic<Int>(0)

    init(seal: Seal?, logger: Logger) {
        self.seal = seal
        self.logger = logger
    }

    /// Whether an error is about what a record holds, so that trying the same again is no use.
    static func isAboutRecords(_ error: any Error) -> Bool {
        switch error as? StoreError {
        case .constraint, .textHoldsNUL, .sql: true
        default: false
        }
    }

    /// Puts a batch of journal records in their tables. Those that are there already are left as they are.
    /// - Returns: how many receipts are new to the store.
    func insert(_ batch: [[UInt8]], in session: borrowing Session) throws -> Int {
        var entries: [ReceiptRecord.Entry] = []
        entries.reserveCapacity(batch.count)
        for bytes in batch {
            switch ReceiptRecord(bytes) {
            case .receipt(let entry):
                entries.append(entry)
            case .brief(let fingerprint, let words):
                try session.run(
                    "INSERT INTO briefs (fingerprint, words) VALUES (?, ?) ON CONFLICT (fingerprint) DO NOTHING",
                    .text(fingerprint), .text(words))
            case .asked(let key, let clauses):
                try session.run(
                    "INSERT INTO clauses_asked (key, clauses) VALUES (?, ?) ON CONFLICT (key) DO NOTHING", .text(key),
                    .text(clauses))
            case nil:
                try setAside(bytes, reason: "This Trellis does not know the form of this record", in: session)
            }
        }
        var rows: [[SQLValue]] = []
        rows.reserveCapacity(entries.count)
        for entry in entries {
            let (content, reasons) = try contentAndReasons(of: entry, in: session)
            rows.append([
                .text(entry.id.description), .integer(entry.at), .text(entry.application),
                .text(ifAny: entry.person?.description), .text(ifAny: entry.brief), .text(content),
                .blob(ifAny: reasons),
            ])
        }
        let inserted = try session.runBatch(
            """
            INSERT INTO receipts (id, at, application, person, brief, content, reasons) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING
            """, rows)
        for entry in entries {
            try insertBodies(of: entry, in: session)
            try insertWorkings(of: entry, in: session)
        }
        return inserted
    }

    /// A receipt's JSON, and the reasons under their owner's key.
    private func contentAndReasons(
        of entry: ReceiptRecord.Entry, in session: borrowing Session
    ) throws -> (content: String, reasons: [UInt8]?) {
        let content = String(decoding: entry.json, as: UTF8.self)
        let context = entry.id.description + "/reasons"
        if let reasons = entry.reasons {
            guard let seal, let opened = try? seal.openInTransit([UInt8](reasons), context: context) else {
                return (ReasonsUpgrade.split(content, sealed: true)?.content ?? content, nil)
            }
            // An older Trellis wrote what was consented to beside the reasons.
            let split =
                ReasonsUpgrade.mayTell(content, besideReasons: true)
                ? ReasonsUpgrade.split(content, sealed: true, opened: opened) : nil
            let sealed = try seal.seal(split?.reasons ?? opened, for: entry.owner, context: context, in: session)
            return (split?.content ?? content, sealed)
        }
        // An older Trellis wrote it, and was stopped before it was sorted in.
        guard ReasonsUpgrade.mayTell(content, besideReasons: false), let split = ReasonsUpgrade.split(content) else {
            return (content, nil)
        }
        let sealed = try split.reasons.flatMap { reasons in
            try seal?.seal(reasons, for: entry.owner, context: context, in: session)
        }
        return (split.content, sealed)
    }

    /// Opens reasons that were sealed for their way through the journal.
    static func open(reasons: ArraySlice<UInt8>, of id: ReceiptID, by seal: Seal) throws(SealError) -> [UInt8] {
        try seal.openInTransit([UInt8](reasons), context: id.description + "/reasons")
    }

    private func insertBodies(of entry: ReceiptRecord.Entry, in session: borrowing Session) throws {
        guard let bodies = entry.bodies else { return }
        let id = entry.id.description
        var request: [UInt8]?
        var reply: [UInt8]?
        if let seal, let opened = try? Self.open(bodies, of: entry.id, by: seal) {
            request = try seal.seal(opened.request, for: entry.owner, context: id + "/request", in: session)
            reply = try seal.seal(opened.reply, for: entry.owner, context: id + "/reply", in: session)
        }
        try session.run(
            """
            INSERT INTO receipt_bodies (receipt, owner, sealed_request, sealed_reply) VALUES (?, ?, ?, ?)
            ON CONFLICT (receipt) DO NOTHING
            """, .text(id), .text(entry.owner), .blob(ifAny: request), .blob(ifAny: reply))
    }

    private func insertWorkings(of entry: ReceiptRecord.Entry, in session: borrowing Session) throws {
        guard let workings = entry.workings else { return }
        let id = entry.id.description
        var sealed: [UInt8]?
        if let seal, let opened = try? Self.open(workings: workings, of: entry.id, by: seal) {
            sealed = try seal.seal(opened, for: entry.owner, context: id + "/workings", in: session)
        }
        try session.run(
            "INSERT INTO receipt_workings (receipt, owner, sealed) VALUES (?, ?, ?) ON CONFLICT (receipt) DO NOTHING",
            .text(id), .text(entry.owner), .blob(ifAny: sealed))
    }

    /// Opens workings that were sealed for their way through the journal.
    static func open(workings: ArraySlice<UInt8>, of id: ReceiptID, by seal: Seal) throws(SealError) -> [UInt8] {
        try seal.openInTransit([UInt8](workings), context: id.description + "/workings")
    }

    /// Opens words that were sealed for their way through the journal.
    static func open(
        _ bodies: (request: ArraySlice<UInt8>, reply: ArraySlice<UInt8>), of id: ReceiptID, by seal: Seal
    ) throws(SealError) -> (request: [UInt8], reply: [UInt8]) {
        let context = id.description
        return (
            try seal.openInTransit([UInt8](bodies.request), context: context + "/request"),
            try seal.openInTransit([UInt8](bodies.reply), context: context + "/reply")
        )
    }

    /// Keeps a record that has no place in the tables, so that nothing is lost.
    func setAside(_ record: [UInt8], reason: String, in session: borrowing Session) throws {
        logger.error("A receipt could not be sorted in and was set aside", metadata: ["reason": "\(reason)"])
        try session.run(
            """
            INSERT INTO receipts_set_aside (digest, record, reason) VALUES (?, ?, ?)
            ON CONFLICT (digest) DO NOTHING
            """, .text(hexadecimalDigest(of: record)), .blob(record), .text(reason))
        setAsides.add(1, ordering: .relaxed)
    }
}
