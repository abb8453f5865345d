public import Charters
import Flourishing

extension CompiledCharter {
    /// The clauses of a brief, as a critic holds a draft against them: what the reply is drawn to, how it is with people,
    /// what was agreed and decided, and what must not happen.
    ///
    /// - Parameters:
    ///   - clauses: The paths of the brief's clauses.
    ///   - move: What the model was told about the move, if anything.
    public func criteria(of clauses: [String], move: String? = nil) -> [Criterion] {
        let told = Set(clauses)
        var criteria = goods.map { Criterion($0) } + dispositions.map { Criterion($0) }
        criteria += tensions.map { Criterion(id: "tensions/\($0.id)", says: Self.words($0)) }
        criteria += guidance.map { Criterion(id: "guidance/\($0.id)", says: $0.says) }
        criteria += floor.map { Criterion($0) }
        criteria = criteria.filter { told.contains($0.id) }
        if let move, let path = clauses.first(where: { $0.hasPrefix("move/") }) {
            criteria.append(Criterion(id: path, says: move))
        }
        return criteria
    }

    private static func words(_ tension: TensionClause) -> String {
        let goods = tension.between.map { $0.replacing("-", with: " ") }.joined(separator: " and ")
        let advice = tension.advice.joined(separator: " ")
        return tension.decide == .person
            ? "\(goods) pull apart here and the person decides: the reply says what speaks for each and what each costs. "
                + advice
            : "\(goods) pull apart here. \(advice)"
    }
}
