import Charters

// What is held against the result of the second vote.
extension Ratification {
    /// Who holds what: the statements and the side of them, and in which words. Words alone don't tell: two statements may
    /// read the same, and one may itself read like a refusal.
    private struct Held: Hashable {
        let statements: [Int]
        let isRefusal: Bool
        let says: String
    }

    /// So many voters have a claim to one of the seats.
    static func claim(of voters: Int, seats: Int) -> Int {
        let seats = max(1, seats)
        return voters / seats + (voters % seats == 0 ? 0 : 1)
    }

    /// What cohesive minorities of the voters hold; of that, what is put into the charter; and which of the draft's
    /// dissents go for it, or because no ratified clause stands on what they refuse.
    ///
    /// Where the draft tells the same dissent with a larger share, that one stays.
    static func dissent(
        _ outcomes: [Outcome], draft: Charter, voters: Int, terms: DraftTerms
    ) -> (all: [Charters.Dissent], added: [Charters.Dissent], settled: Set<Charters.Dissent>) {
        let standing = Set(
            zip(terms.clauses, outcomes).filter { $1.finding == .ratified }.flatMap(\.0.statements))
        // A draft refuses what was chosen and asks for what wasn't, and each chosen statement has a clause.
        let chosen = Set(terms.clauses.flatMap(\.statements))
        let held = { (dissent: Charters.Dissent) -> Held? in
            dissent.origin.map {
                Held(
                    statements: $0.statements, isRefusal: chosen.isSuperset(of: $0.statements), says: dissent.says)
            }
        }
        var settled = Set(
            draft.dissent.filter { dissent in
                held(dissent).map { $0.isRefusal && standing.isDisjoint(with: $0.statements) } == true
            })
        var all: [Charters.Dissent] = []
        var added: [(held: Held, dissent: Charters.Dissent)] = []
        for (clause, outcome) in zip(terms.clauses, outcomes) {
            let isIn = outcome.finding == .ratified
            let holders = isIn ? outcome.count.no : outcome.count.yes
            guard holders > 0, holders >= claim(of: voters, seats: terms.seats),
                let own = draft.words(at: outcome.path)
            else { continue }
            let new = Charters.Dissent(
                says: isIn ? CharterDraft.refusal(of: own.says) : own.says, heldBy: Share(holders, of: voters),
                origin: own.origin)
            all.append(new)
            let key = Held(statements: clause.statements.sorted(), isRefusal: isIn, says: new.says)
            if let place = added.firstIndex(where: { $0.held == key }) {
                if isLarger(new, than: added[place].dissent) { added[place].dissent = new }
                continue
            }
            if let same = draft.dissent.first(where: { held($0) == key && !settled.contains($0) }) {
                guard isLarger(new, than: same) else { continue }
                settled.insert(same)
            }
            added.append((key, new))
        }
        return (all, added.map(\.dissent), settled)
    }

    private static func isLarger(_ first: Charters.Dissent, than second: Charters.Dissent) -> Bool {
        (first.heldBy?.tenThousandths ?? 0) > (second.heldBy?.tenThousandths ?? 0)
    }
}
