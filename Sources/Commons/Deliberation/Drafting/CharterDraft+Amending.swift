public import Charters

// A proposal that changes a charter, from what a conversation chose.
extension CharterDraft {
    /// A chosen statement that says what the charter says already, so that no clause is added for it.
    public struct Kept: Sendable, Hashable {
        /// The statement's number.
        public let statement: Int
        /// Where the charter says it.
        public let path: String
    }

    /// Which chosen statements a charter's clauses say already: in the same words, whatever their case, spaces and full stops
    /// at the end.
    static func kept(
        _ chosen: [PolisConversation.Statement], in old: Charter, planned: Set<Int>
    ) -> [Kept] {
        let said = Dictionary(
            old.wordedClauses.map { (StatementLikeness.copy(of: $0.says), $0.path) },
            uniquingKeysWith: { first, _ in first })
        return chosen.filter { !planned.contains($0.id) && !$0.text.clauseText.isEmpty }.compactMap { statement in
            said[StatementLikeness.copy(of: statement.text.clauseText)].map { Kept(statement: statement.id, path: $0) }
        }
    }

    /// Clauses under names that neither the charter nor the plan has.
    static func renamed(_ clauses: [PlannedClause], beside old: Charter, _ planned: [PlannedClause]) -> [PlannedClause]
    {
        var taken = Set(
            planned.map(\.name) + old.wordedClauses.map { $0.path.split(separator: "/").last.map(String.init) ?? "" })
        return clauses.map { clause in
            var name = clause.name
            var number = 2
            while !taken.insert(name).inserted {
                name = "\(clause.name)-\(number)"
                number += 1
            }
            return PlannedClause(kind: clause.kind, name: name, statements: clause.statements)
        }
    }

    /// The charter as it would be: with the new clauses, and with what is held against it.
    static func proposal(_ new: Charter, changing old: Charter) throws(DraftError) -> Charter {
        let taken = Set(old.wordedClauses.map(\.path))
        if let twice = new.wordedClauses.first(where: { taken.contains($0.path) && !$0.origins.isEmpty }) {
            throw .twice(twice.path.split(separator: "/").last.map(String.init) ?? twice.path)
        }
        do throws(CharterError) {
            return try old.joined(with: new, adding: added(new.dissent, to: old))
        } catch {
            throw .unsound(error.diagnostics.filter { $0.severity == .error }.map(\.message).joined(separator: " "))
        }
    }

    /// Of some dissents those that a charter hasn't yet.
    static func added(_ dissent: [Charters.Dissent], to old: Charter) -> [Charters.Dissent] {
        dissent.filter { own in !old.dissent.contains { $0.says == own.says } }
    }
}

extension DraftTerms {
    /// Terms for a change to a charter: its name, purpose and rules are those of the charter as it is.
    public init(
        changing old: Charter, conversation: String, seats: Int, seed: Int = 1, threshold: Int = 5,
        clauses: [PlannedClause] = [], heldBack: PublishableConversation.HeldBack = .init()
    ) {
        self.init(
            charter: old.id.description, version: old.version.description, community: old.community,
            purpose: old.purpose ?? "", conversation: conversation, seats: seats, seed: seed, threshold: threshold,
            amendment: Amendment(
                by: old.amendment?.by ?? "", quorum: max(1, old.amendment?.quorum ?? 1),
                consensus: old.amendment?.consensus?.decimal ?? "", review: old.amendment?.reviewDays),
            clauses: clauses, heldBack: heldBack)
        amends = old.fingerprint.hexadecimal
    }

    /// Whether these are terms for a change to just this charter.
    func fit(_ old: Charter) -> Bool {
        self
            == DraftTerms(
                changing: old, conversation: conversation, seats: seats, seed: seed, threshold: threshold,
                clauses: clauses,
                heldBack: heldBack)
    }
}
