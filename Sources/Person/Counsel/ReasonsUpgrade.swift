import Consents
import Foundation
import Store

/// Seals what receipts of older Trellises tell of people in the clear: of the oldest all of the reasons, of later ones what
/// somebody had consented to, which then stood beside the sealed reasons.
///
/// A few hundred at a time, each time in one transaction with the place that it came to, so that it can be stopped
/// anywhere and seals nothing twice.
struct ReasonsUpgrade {
    let store: DataStore
    let seal: Seal

    private static let batch = 256

    /// Looks through all of them.
    /// - Returns: how many told of somebody.
    func run(erasures: [PersonKey: Int64]) throws -> Int {
        var count = 0
        while let sealed = try store.write({ try step(erasures, in: $0) }) { count += sealed }
        // What was overwritten in the file must not be left in the write-ahead log either.
        try store.compactLog()
        return count
    }

    /// One batch; nil when none is left.
    private func step(_ erasures: [PersonKey: Int64], in session: borrowing Session) throws -> Int? {
        guard let after = try session.firstRow("SELECT after FROM receipts_to_seal WHERE id = 1")?.text("after") else {
            return nil
        }
        let rows = try session.rows(
            "SELECT id, at, application, person, content, reasons FROM receipts WHERE id > ? ORDER BY id LIMIT ?",
            .text(after), SQLValue(Self.batch))
        var count = 0
        for row in rows where try upgrade(row, erasures, in: session) { count += 1 }
        if let last = rows.last {
            try session.run("UPDATE receipts_to_seal SET after = ? WHERE id = 1", .text(try last.text("id")))
        } else {
            try session.run("DELETE FROM receipts_to_seal")
        }
        return count
    }

    /// Seals one receipt.
    /// - Returns: whether it told of somebody.
    private func upgrade(
        _ row: SQLRow, _ erasures: [PersonKey: Int64], in session: borrowing Session
    ) throws -> Bool {
        let (id, application) = (try row.text("id"), try row.text("application"))
        let context = id + "/reasons"
        let person = try row.optionalText("person")
        let sealed = try row.optionalBlob("reasons")
        let content = try row.text("content")
        guard Self.mayTell(content, besideReasons: sealed != nil) else { return false }
        var opened: [UInt8]?
        if let sealed {
            do throws(SealError) { opened = try seal.open(sealed, context: context, in: session) } catch {
                // Only what belongs to nobody any more may be given up.
                guard case .keyDestroyed = error else { throw error }
            }
        }
        guard let split = Self.split(content, sealed: sealed != nil, opened: opened) else { return false }
        let erasedAt = person.flatMap { erasures[PersonKey(application: application, person: $0)] }
        // What belongs to somebody who was erased since is not sealed under a new key of theirs: it goes.
        var kept: [UInt8]?
        if let reasons = split.reasons, try erasedAt.map({ try row.integer("at") > $0 }) ?? true {
            kept = try seal.seal(
                reasons, for: ReceiptRecord.Entry.owner(person: person, application: application), context: context,
                in: session)
        }
        try session.run(
            "UPDATE receipts SET content = ?, brief = NULL, reasons = ? WHERE id = ?", .text(split.content),
            .blob(ifAny: kept), .text(id))
        return true
    }

    /// Whether a receipt's JSON may tell of somebody in the clear, from a glance at it.
    static func mayTell(_ content: String, besideReasons: Bool) -> Bool {
        // Reading JSON costs a hundred times as much, and later receipts seldom tell of consents. Bytes are compared, since
        // every receipt passes here and looking for texts as texts took more time than all the rest of sorting one in.
        var tells = false
        var isSealed = false
        var content = content
        content.withUTF8 { bytes in
            for place in bytes.indices where bytes[place] == UInt8(ascii: "\"") {
                let rest = bytes[place...]
                tells = tells || telling.contains { rest.starts(with: $0) }
                isSealed = isSealed || rest.starts(with: sealedMove)
            }
        }
        return tells || (!besideReasons && !isSealed)
    }

    private static let telling = [#""guidance":"#, #""consents":"#, #""asked":"#, #""critique":"#].map {
        Array($0.utf8)
    }
    private static let sealedMove = Array(#""move":"sealed""#.utf8)

    /// A receipt's JSON without what tells of the person, and all of that. Nil when it tells of nobody in the clear, or
    /// isn't ours to change.
    ///
    /// - Parameters:
    ///   - sealed: whether it has sealed reasons already, which what is found is then added to.
    ///   - opened: those reasons; nil when nobody can open them any more. Then what stands in the clear goes too.
    static func split(
        _ content: String, sealed: Bool = false, opened: [UInt8]? = nil
    ) -> (content: String, reasons: [UInt8]?)? {
        guard var receipt = try? JSONDecoder().decode(Receipt.self, from: Data(content.utf8)), receipt.tellsOfPerson
        else { return nil }
        var isWhole = !sealed && receipt.move != Receipt.sealed
        if let opened, let reasons = try? JSONDecoder().decode(Receipt.Reasons.self, from: Data(opened)) {
            receipt.take(reasons)
            isWhole = true
        }
        var json = JSONBytes(after: [])
        receipt.write(to: &json, withoutReasons: true)
        return (String(decoding: json.bytes, as: UTF8.self), isWhole ? receipt.reasonsJSON : nil)
    }
}
