public import Consents
import Foundation
import Store

extension ReceiptReader {
    /// Every reply that was guided, as an audit of consents needs it: from the store, and from the journal those that are
    /// not sorted in yet. In no particular order. Blocks the calling thread. Complexity: O(receipts).
    ///
    /// Read it before the ledger's history: a consent that is given in between is then there all the same.
    /// - Parameter application: only those of this application.
    public func guidedReplies(application: String? = nil) throws -> [ConsentAudit.GuidedReply] {
        var replies: [String: ConsentAudit.GuidedReply] = [:]
        func take(_ json: Data) throws {
            let told = try JSONDecoder().decode(ToldGuidance.self, from: json)
            guard let guidance = told.guidance, !guidance.isEmpty else { return }
            replies[told.id] = ConsentAudit.GuidedReply(
                receipt: told.id, at: told.at, application: told.application, person: told.person,
                charter: told.charter?.id, guidance: guidance,
                questions: (told.consents ?? []).reduce(into: [:]) { $0[$1.guidance] = $1.question })
        }
        for entry in try waiting({ _ in true }).entries.values
        where application == nil || entry.application == application {
            try take(Data(entry.json))
        }
        try store.read { session in
            // Few receipts tell of guidance, and only those are read as JSON.
            let filter = application == nil ? "" : " AND application = ?"
            try session.forEachRow(
                #"SELECT content FROM receipts WHERE content LIKE '%"guidance":["%'"# + filter,
                application.map { [.text($0)] } ?? []
            ) { row in try take(Data(row.text("content").utf8)) }
        }
        return Array(replies.values)
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
    let guidance: [String]?
    let consents: [Receipt.ConsentUsed]?
}
