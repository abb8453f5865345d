public import Consents
import Foundation
import Store

extension ReceiptReader {
    /// Every reply that was guided, as an audit of consents needs it: from the store, and from the journal those that are
    /// not sorted in yet. In no particular order. Blocks the calling thread. Complexity: O(receipts).
    ///
    /// Which guidance spoke is sealed under the person's key. Of people who were erased only the number is left.
    ///
    /// Read it before the ledger's history: a consent that is given in between is then there all the same.
    /// - Parameter application: only those of this application.
    /// - Throws: ``Store/SealError`` also when what was consented to is sealed and no key is at hand: without it nobody can
    ///   judge.
    public func guidedReplies(application: String? = nil) throws -> [ConsentAudit.GuidedReply] {
        var replies: [String: ConsentAudit.GuidedReply] = [:]
        for entry in try waiting({ _ in true }).entries.values
        where application == nil || entry.application == application {
            try take(Data(entry.json), into: &replies) { seal in
                try entry.reasons.map { try ReceiptSorting.open(reasons: $0, of: entry.id, by: seal) }
            }
        }
        try store.read { session in
            // Few receipts tell of guidance, and only those are read as JSON. The second form is of older Trellises.
            let filter = application == nil ? "" : " AND application = ?"
            let rows = try session.rows(
                #"SELECT id, content, reasons FROM receipts WHERE (content LIKE '%"guided":%' OR content LIKE '%"guidance":["%')"#
                    + filter, application.map { [.text($0)] } ?? [])
            for row in rows {
                try take(Data(row.text("content").utf8), into: &replies) { seal in
                    guard let sealed = try row.optionalBlob("reasons") else { return nil }
                    let context = try row.text("id") + "/reasons"
                    do throws(SealError) {
                        return try seal.open(sealed, context: context, in: session)
                    } catch SealError.keyDestroyed {
                        return nil
                    }
                }
            }
        }
        return Array(replies.values)
    }

    private func take(
        _ json: Data, into replies: inout [String: ConsentAudit.GuidedReply], opening open: (Seal) throws -> [UInt8]?
    ) throws {
        var told = try JSONDecoder().decode(ToldGuidance.self, from: json)
        if told.guidance == nil, (told.guided ?? 0) > 0 {
            guard let seal else { throw SealError.keyNotGiven }
            if let opened = try open(seal) {
                let reasons = try JSONDecoder().decode(Receipt.Reasons.self, from: Data(opened))
                (told.guidance, told.consents) = (reasons.guidance, reasons.consents)
            }
        }
        let guidance = told.guidance ?? []
        let unreadable = told.guidance == nil ? max(0, told.guided ?? 0) : 0
        guard !guidance.isEmpty || unreadable > 0 else { return }
        replies[told.id] = ConsentAudit.GuidedReply(
            receipt: told.id, at: told.at, application: told.application, person: told.person,
            charter: told.charter?.id,
            guidance: guidance, questions: (told.consents ?? []).reduce(into: [:]) { $0[$1.guidance] = $1.question },
            unreadable: unreadable)
    }
}

/// What a receipt tells of guidance.
private struct ToldGuidance: Decodable {
    struct Charter: Decodable { let id: String }
    let id: String
    let at: Int64
    let application: String
    let person: String?
    let charter: Charter?
    let guided: Int?
    var guidance: [String]?
    var consents: [Receipt.ConsentUsed]?
}
