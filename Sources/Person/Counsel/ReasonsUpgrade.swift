import Consents
import Foundation
import Store

/// Seals what receipts of older Trellises tell of people, which stood in the clear beside the rest.
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
            "SELECT id, at, application, person, content FROM receipts WHERE id > ? AND reasons IS NULL ORDER BY id LIMIT ?",
            .text(after), SQLValue(Self.batch))
        var count = 0
        for row in rows {
            guard let split = Self.split(try row.text("content")) else { continue }
            let (id, application) = (try row.text("id"), try row.text("application"))
            let person = try row.optionalText("person")
            let erasedAt = person.flatMap { erasures[PersonKey(application: application, person: $0)] }
            var sealed: [UInt8]?
            // What belongs to somebody who was erased since is not sealed under a new key of theirs: it goes.
            if try erasedAt.map({ try row.integer("at") > $0 }) ?? true {
                sealed = try seal.seal(
                    split.reasons, for: ReceiptRecord.Entry.owner(person: person, application: application),
                    context: id + "/reasons", in: session)
            }
            try session.run(
                "UPDATE receipts SET content = ?, brief = NULL, reasons = ? WHERE id = ?", .text(split.content),
                .blob(ifAny: sealed), .text(id))
            count += 1
        }
        if let last = rows.last {
            try session.run("UPDATE receipts_to_seal SET after = ? WHERE id = 1", .text(try last.text("id")))
        } else {
            try session.run("DELETE FROM receipts_to_seal")
        }
        return count
    }

    /// A receipt's JSON without the reasons, and the reasons. Nil when it tells of nobody, or isn't ours to change.
    static func split(_ content: String) -> (content: String, reasons: [UInt8])? {
        guard let receipt = try? JSONDecoder().decode(Receipt.self, from: Data(content.utf8)), receipt.tellsOfPerson
        else { return nil }
        var json = JSONBytes(after: [])
        receipt.write(to: &json, withoutReasons: true)
        return (String(decoding: json.bytes, as: UTF8.self), receipt.reasonsJSON)
    }
}
