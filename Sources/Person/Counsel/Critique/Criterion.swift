import Charters
import Flourishing

/// One clause as a critic holds a draft against it.
public struct Criterion: Hashable, Sendable {
    /// The clause's id, as receipts name it: `goods/understanding`.
    public var id: String
    /// What the clause asks for, in plain sentences.
    public var says: String

    /// A clause to hold drafts against.
    public init(id: String, says: String) {
        self.id = id
        self.says = says
    }
}

extension Criterion {
    /// A good, with what shows it and what fails it.
    init(_ clause: GoodClause) {
        self.init(
            id: "goods/\(clause.id)",
            says: Self.sentences(clause.good.says, signs: clause.signs, failures: clause.failures))
    }

    /// A limit that holds whatever is asked.
    init(_ clause: FloorClause) { self.init(id: "floor/\(clause.id)", says: clause.rule) }

    /// An attitude, with what shows it and what it is easily confused with.
    init(_ clause: DispositionClause) {
        let enemies = clause.nearEnemies.isEmpty ? [] : ["is \(clause.nearEnemies.joined(separator: " or ")) instead"]
        self.init(
            id: "dispositions/\(clause.id)", says: Self.sentences(clause.says, signs: clause.signs, failures: enemies))
    }

    private static func sentences(_ says: String, signs: [String], failures: [String]) -> String {
        var text = says
        if !signs.isEmpty { text += " A good reply: \(signs.joined(separator: "; "))." }
        if !failures.isEmpty { text += " A poor reply: \(failures.joined(separator: "; "))." }
        return text
    }
}
