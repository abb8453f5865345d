import Foundation
public import Store

/// Finds receipts: in the store, and in the journal those that are not sorted in yet.
///
/// Works beside a running server, from another process, and disturbs nothing:
///
/// ```swift
/// let store = try DataStore(readingAt: "data/trellis.sqlite", migrations: CounselMigrations.all)
/// let reader = ReceiptReader(store: store, journalDirectory: "data/journal", seal: nil)
/// for receipt in try reader.latest(20) { print(receipt.id, receipt.outcome.kind) }
/// ```
public struct ReceiptReader: Sendable {
    let store: DataStore
    let journalDirectory: String
    let seal: Seal?
    /// Whether what was said is opened too, and not only what was noticed and chosen.
    let opensBodies: Bool
    /// Records that could not be written to the journal yet and are in memory only.
    var unwritten: @Sendable () -> [[UInt8]] = { [] }

    /// A reader of a store and a journal.
    /// - Parameters:
    ///   - seal: what opens the words that were said, and what was noticed and chosen; without it they stay closed, and
    ///     the receipt says so.
    ///   - opensBodies: whether the words that were said are opened too.
    public init(store: DataStore, journalDirectory: String, seal: Seal?, opensBodies: Bool = true) {
        self.store = store
        self.journalDirectory = journalDirectory
        self.seal = seal
        self.opensBodies = opensBodies
    }

    /// What opens the words that were said, if they are to be opened.
    private var bodySeal: Seal? { opensBodies ? seal : nil }

    /// The receipt of that name, nil when there is none. Blocks the calling thread.
    public func receipt(_ id: ReceiptID) throws -> Receipt? {
        if let found = try stored(id) { return found }
        let waiting = try waiting { $0 == id }
        if let entry = waiting.entries[id] { return try receipt(from: entry, in: waiting) }
        // It may have gone from the journal into the store while we looked.
        return try stored(id)
    }

    /// The newest receipts, newest first. Blocks the calling thread.
    ///
    /// - Parameters:
    ///   - count: how many at most.
    ///   - application: only those of this application.
    public func latest(_ count: Int, application: String? = nil) throws -> [Receipt] {
        guard count > 0 else { return [] }
        // The journal first: what is sorted in meanwhile is then found in the store.
        let waiting = try waiting { _ in true }
        var receipts: [ReceiptID: Receipt] = [:]
        let chosen = waiting.entries.values.filter { application == nil || $0.application == application }
            .sorted { $0.id > $1.id }.prefix(count)
        for entry in chosen { receipts[entry.id] = try receipt(from: entry, in: waiting) }
        let stored = try store.read { session in
            let rows =
                if let application {
                    try session.rows(
                        Self.query + " WHERE r.application = ? ORDER BY r.id DESC LIMIT ?", .text(application),
                        SQLValue(count))
                } else {
                    try session.rows(Self.query + " ORDER BY r.id DESC LIMIT ?", SQLValue(count))
                }
            return try rows.map { try receipt(from: $0, in: session) }
        }
        for receipt in stored { receipts[receipt.id] = receipt }
        return Array(receipts.values.sorted { $0.id > $1.id }.prefix(count))
    }

    // MARK: In the store

    private static let query = """
        SELECT r.content AS content, r.reasons AS reasons, b.words AS brief_words, k.receipt AS kept,
            k.sealed_request AS sealed_request, k.sealed_reply AS sealed_reply, w.receipt AS worked, w.sealed AS workings
        FROM receipts r
        LEFT JOIN briefs b ON b.fingerprint = r.brief
        LEFT JOIN receipt_bodies k ON k.receipt = r.id
        LEFT JOIN receipt_workings w ON w.receipt = r.id
        """

    private func stored(_ id: ReceiptID) throws -> Receipt? {
        try store.read { session in
            guard let row = try session.firstRow(Self.query + " WHERE r.id = ?", .text(id.description)) else {
                return nil
            }
            return try receipt(from: row, in: session)
        }
    }

    private func receipt(from row: SQLRow, in session: borrowing Session) throws -> Receipt {
        var receipt = try JSONDecoder().decode(Receipt.self, from: Data(row.text("content").utf8))
        receipt.brief?.text = try row.optionalText("brief_words")
        let asked = try Self.asked(by: receipt, in: session)
        receipt.brief?.asked = asked
        if let reasons = try row.optionalBlob("reasons") {
            try addReasons(reasons, to: &receipt, in: session)
        } else if receipt.move == Receipt.sealed {
            receipt.loseReasons()
        }
        if try row.optionalText("worked") != nil {
            try addWorkings(row.optionalBlob("workings"), to: &receipt, in: session)
        }
        guard try row.optionalText("kept") != nil else { return receipt }
        guard let request = try row.optionalBlob("sealed_request"), let reply = try row.optionalBlob("sealed_reply")
        else {
            receipt.bodiesUnreadable = Self.erased
            return receipt
        }
        guard let seal = bodySeal else {
            receipt.bodiesUnreadable = closed
            return receipt
        }
        do throws(SealError) {
            let context = receipt.id.description
            receipt.bodies = Receipt.Bodies(
                request: String(
                    decoding: try seal.open(request, context: context + "/request", in: session), as: UTF8.self),
                reply: String(decoding: try seal.open(reply, context: context + "/reply", in: session), as: UTF8.self))
        } catch {
            receipt.bodiesUnreadable = Self.reason(for: error)
        }
        return receipt
    }

    private func addReasons(_ sealed: [UInt8], to receipt: inout Receipt, in session: borrowing Session) throws {
        guard let seal else { return }
        do throws(SealError) {
            let context = receipt.id.description + "/reasons"
            Self.join(reasons: try seal.open(sealed, context: context, in: session), to: &receipt)
        } catch {
            guard case .keyDestroyed = error else { return }
            receipt.loseReasons()
        }
        guard let brief = receipt.brief, brief.text == nil else { return }
        let asked = try Self.asked(by: receipt, in: session)
        receipt.brief?.text = try Self.words(ofBrief: brief.fingerprint, in: session)
        receipt.brief?.asked = asked
    }

    /// What the clauses of the receipt's brief say, and who asked for each.
    private static func asked(by receipt: Receipt, in session: borrowing Session) throws -> [Receipt.ClauseAsked]? {
        guard let brief = receipt.brief, let key = Receipt.Brief.key(brief.fingerprint, receipt.layers) else {
            return nil
        }
        return read(
            asked: try session.firstRow("SELECT clauses FROM clauses_asked WHERE key = ?", .text(key))?.text("clauses"))
    }

    private static func read(asked json: String?) -> [Receipt.ClauseAsked]? {
        json.flatMap { try? JSONDecoder().decode([Receipt.ClauseAsked].self, from: Data($0.utf8)) }
    }

    private static func join(reasons: [UInt8], to receipt: inout Receipt) {
        guard let opened = try? JSONDecoder().decode(Receipt.Reasons.self, from: Data(reasons)) else { return }
        receipt.take(opened)
    }

    private static func words(ofBrief fingerprint: String, in session: borrowing Session) throws -> String? {
        // A column can't hold a NUL, so no brief has such a name.
        guard !fingerprint.utf8.contains(0) else { return nil }
        return try session.firstRow("SELECT words FROM briefs WHERE fingerprint = ?", .text(fingerprint))?.text("words")
    }

    private func addWorkings(
        _ sealed: [UInt8]?, to receipt: inout Receipt, in session: borrowing Session
    ) throws {
        guard let sealed else {
            receipt.workingsUnreadable = Self.erasedWorkings
            return
        }
        guard let seal = bodySeal else {
            receipt.workingsUnreadable = closedWorkings
            return
        }
        do throws(SealError) {
            let context = receipt.id.description + "/workings"
            Self.join(try seal.open(sealed, context: context, in: session), to: &receipt)
        } catch {
            receipt.workingsUnreadable = Self.reason(forWorkings: error)
        }
    }

    private static func join(_ workings: [UInt8], to receipt: inout Receipt) {
        guard let opened = try? JSONDecoder().decode(Receipt.Workings.self, from: Data(workings)) else { return }
        if let brief = opened.brief { receipt.brief?.text = brief }
        if let asked = opened.asked { receipt.brief?.asked = asked }
        receipt.workings = opened
    }

    private static let erased = "What was said was kept here, and was then erased"
    private static let erasedWorkings =
        "Drafts, or words of your own for the model, were kept here, and were then erased"

    /// Why nobody looked: because that was not asked for, or because there is no key.
    private var closed: String { "What was said is kept, \(unopened)" }
    private var closedWorkings: String { "Drafts, or words of your own for the model, are kept, \(unopened)" }
    private var unopened: String {
        seal == nil
            ? "and the key that opens it was not given" : "and was not opened here, because nobody asked to see it"
    }

    private static func reason(for error: SealError) -> String {
        switch error {
        case .keyDestroyed: erased
        default: "What was said is kept and can't be opened. \(error)"
        }
    }

    private static func reason(forWorkings error: SealError) -> String {
        switch error {
        case .keyDestroyed: erasedWorkings
        default: "Drafts, or words of your own for the model, are kept and can't be opened. \(error)"
        }
    }

    // MARK: In the journal

    /// What is not sorted in yet.
    struct Waiting {
        var entries: [ReceiptID: ReceiptRecord.Entry]
        var briefs: [String: String]
        var asked: [String: String]
    }

    func waiting(
        _ isWanted: (ReceiptID) -> Bool
    ) throws -> Waiting {
        var entries: [ReceiptID: ReceiptRecord.Entry] = [:]
        var briefs: [String: String] = [:]
        var asked: [String: String] = [:]
        func take(_ bytes: [UInt8]) {
            switch ReceiptRecord(bytes) {
            case .receipt(let entry) where isWanted(entry.id): entries[entry.id] = entry
            case .brief(let fingerprint, let words): briefs[fingerprint] = words
            case .asked(let key, let clauses): asked[key] = clauses
            default: break
            }
        }
        for bytes in unwritten() { take(bytes) }
        if FileManager.default.fileExists(atPath: journalDirectory) {
            try Journal.forEachRecord(inDirectory: journalDirectory) { take([UInt8]($0)) }
        }
        return Waiting(entries: entries, briefs: briefs, asked: asked)
    }

    private func receipt(from entry: ReceiptRecord.Entry, in waiting: Waiting) throws -> Receipt {
        var receipt = try JSONDecoder().decode(Receipt.self, from: Data(entry.json))
        if let reasons = entry.reasons, let seal,
            let opened = try? ReceiptSorting.open(reasons: reasons, of: entry.id, by: seal)
        {
            Self.join(reasons: opened, to: &receipt)
        }
        if let fingerprint = receipt.brief?.fingerprint {
            receipt.brief?.text =
                try waiting.briefs[fingerprint]
                ?? store.read { session in try Self.words(ofBrief: fingerprint, in: session) }
            let key = Receipt.Brief.key(fingerprint, receipt.layers)
            let told = receipt
            receipt.brief?.asked =
                try Self.read(asked: key.flatMap { waiting.asked[$0] })
                ?? store.read { session in try Self.asked(by: told, in: session) }
        }
        if let workings = entry.workings {
            if let seal = bodySeal, let opened = try? ReceiptSorting.open(workings: workings, of: entry.id, by: seal) {
                Self.join(opened, to: &receipt)
            } else {
                receipt.workingsUnreadable = closedWorkings
            }
        }
        guard let bodies = entry.bodies else { return receipt }
        guard let seal = bodySeal else {
            receipt.bodiesUnreadable = closed
            return receipt
        }
        do throws(SealError) {
            let opened = try ReceiptSorting.open(bodies, of: entry.id, by: seal)
            receipt.bodies = Receipt.Bodies(
                request: String(decoding: opened.request, as: UTF8.self),
                reply: String(decoding: opened.reply, as: UTF8.self))
        } catch {
            receipt.bodiesUnreadable = Self.reason(for: error)
        }
        return receipt
    }
}
