import Charters

/// Puts planned clauses together as a charter, which is then read like any other: what isn't sound is refused.
struct DraftText {
    let conversation: PublishableConversation
    let terms: DraftTerms
    let dissent: [Charters.Dissent]
    /// The charter that is to be changed: tensions may be between its goods.
    var old: Charter?

    /// The draft as a charter.
    func charter() throws(DraftError) -> Charter {
        var sections: [PlannedClause.Kind: [(key: String, value: CanonicalJSON)]] = [:]
        var tensions: [CanonicalJSON] = []
        var names: Set<String> = []
        let own = Set(terms.clauses.filter { $0.kind == .good }.map(\.name))
        let goods = own.union(old?.goods.map(\.id) ?? [])
        // The charter's own goods stand here for the tensions between them, and are taken out again where the two are joined.
        for good in old?.goods ?? [] where !own.contains(good.id) {
            sections[.good, default: []].append((good.id, .object([("says", .text(good.words))])))
        }
        for clause in terms.clauses {
            // Names stand on the ballot, so no two may be the same, whatever their kinds.
            guard names.insert(clause.name).inserted else { throw .twice(clause.name) }
            let columns = clause.statements.compactMap(conversation.column)
            guard columns.count == clause.statements.count, !columns.isEmpty else {
                throw .unsupported(clause: clause.name, statement: clause.statements.first ?? -1)
            }
            let words = clause.says(in: conversation)
            guard !words.isEmpty else { throw .withoutWords(clause.statements[0]) }
            let found = ClauseOrigin(conversation, terms.conversation, columns: columns, threshold: terms.threshold)
            // One statement's numbers are never small; those of several together may be.
            guard found.agree >= terms.threshold, !(found.of > found.agree && found.of - found.agree < terms.threshold)
            else {
                throw .tooFewTogether(clause.name)
            }
            let origin = found.json
            switch clause.kind {
            case .good:
                sections[.good, default: []].append((clause.name, .object([("says", .text(words)), ("from", origin)])))
            case .floor:
                sections[.floor, default: []].append(
                    (
                        clause.name,
                        .object([
                            ("says", .text(words)), ("severity", .text(clause.severity ?? "")), ("from", origin),
                        ])
                    ))
            case .guidance:
                sections[.guidance, default: []].append(
                    (
                        clause.name,
                        .object([
                            ("says", .text(words)), ("asks", .text((clause.asks ?? "").clauseText)),
                            ("expires", .text("\(GuidanceClause.defaultDays)d")), ("from", origin),
                        ])
                    ))
            case .tension:
                if let stray = clause.between?.first(where: { !goods.contains($0) }) {
                    throw .noSuchGood(clause: clause.name, good: stray)
                }
                tensions.append(
                    .object([
                        ("between", .list((clause.between ?? []).map(CanonicalJSON.text))),
                        ("decide", .text("community")), ("advise", .text(words)), ("from", origin),
                    ]))
            }
        }
        var members: [(key: String, value: CanonicalJSON)] = [
            ("charter", .text(terms.charter)), ("version", .text(terms.version + "-draft")),
            ("purpose", .text((terms.purpose.isEmpty ? terms.charter : terms.purpose).clauseText)),
            ("amendment", amendment),
        ]
        if let community = terms.community { members.append(("community", .text(community.clauseText))) }
        for (kind, key) in [(PlannedClause.Kind.good, "goods"), (.floor, "floor"), (.guidance, "guidance")] {
            if let clauses = sections[kind] { members.append((key, .object(clauses))) }
        }
        if !tensions.isEmpty { members.append(("tensions", .list(tensions))) }
        if !dissent.isEmpty { members.append(("dissent", .list(dissent.map(\.json)))) }
        // JSON is YAML: read like any other charter.
        do {
            return try Charter.read(CanonicalJSON.object(members).bytes, file: "draft").charter
        } catch {
            throw .unsound(error.diagnostics.filter { $0.severity == .error }.map(\.message).joined(separator: " "))
        }
    }

    private var amendment: CanonicalJSON {
        var members: [(key: String, value: CanonicalJSON)] = [
            ("by", .text(terms.amendment.by.clauseText)), ("quorum", .text(String(terms.amendment.quorum))),
        ]
        if !terms.amendment.consensus.isEmpty { members.append(("consensus", .text(terms.amendment.consensus))) }
        if let review = terms.amendment.review { members.append(("review", .text("\(review)d"))) }
        return .object(members)
    }
}

extension PlannedClause {
    /// What the clause says: the words that were found for it, or the statements' own.
    func says(in conversation: PublishableConversation) -> String {
        if let wording { return wording.says.clauseText }
        return statements.compactMap(conversation.column).map { conversation.statements[$0].text.clauseText }
            .filter { !$0.isEmpty }.joined(separator: " ")
    }
}

extension ClauseOrigin {
    var json: CanonicalJSON {
        var members: [(key: String, value: CanonicalJSON)] = [
            ("conversation", .text(conversation.clauseText)),
            ("statements", .list(statements.map(CanonicalJSON.integer))), ("agree", .integer(agree)),
            ("of", .integer(of)),
        ]
        if let disagree { members.append(("disagree", .integer(disagree))) }
        return .object(members)
    }
}

extension Charters.Dissent {
    var json: CanonicalJSON {
        var members: [(key: String, value: CanonicalJSON)] = [("says", .text(says))]
        if let heldBy { members.append(("held-by", .tenThousandths(heldBy.tenThousandths))) }
        if let origin { members.append(("from", origin.json)) }
        return .object(members)
    }
}
