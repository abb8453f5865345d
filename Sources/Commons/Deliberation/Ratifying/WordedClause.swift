import Charters

/// A clause that can stand on statements: where it is in the charter, what it says, and what it came from.
struct WordedClause {
    let path: String
    let says: String
    let origins: [ClauseOrigin]
}

extension Charter {
    /// What a clause says and what it came from.
    func words(at path: String) -> (says: String, origin: ClauseOrigin?)? {
        wordedClauses.first { $0.path == path }.map { ($0.says, $0.origins.first) }
    }

    /// The clauses that can stand on statements.
    var wordedClauses: [WordedClause] {
        var all: [WordedClause] = []
        for clause in goods {
            all.append(WordedClause(path: "goods/\(clause.id)", says: clause.words, origins: clause.origins))
        }
        for clause in tensions {
            let says = clause.advice.joined(separator: " ")
            all.append(WordedClause(path: "tensions/\(clause.id)", says: says, origins: clause.origins))
        }
        for clause in guidance {
            all.append(WordedClause(path: "guidance/\(clause.id)", says: clause.says, origins: clause.origins))
        }
        for clause in floor {
            all.append(WordedClause(path: "floor/\(clause.id)", says: clause.says, origins: clause.origins))
        }
        return all
    }
}
