/// Which clauses of a charter have an example, and which don't.
///
/// Only goods, dispositions, tensions and floor clauses can have examples, so only they are counted.
public struct CharterCoverage: Hashable, Sendable, Codable {
    /// One clause with how many examples it has.
    public struct Clause: Hashable, Sendable, Codable {
        /// The clause's path, as in `goods/understanding`.
        public let path: String
        /// How many examples it has.
        public let examples: Int
    }

    /// Every clause that can have examples: goods, dispositions, tensions, floor.
    public let clauses: [Clause]

    /// Counts the examples of a layer's clauses.
    public init(of layer: CharterLayer) {
        clauses =
            layer.goods.map { Clause(path: "goods/\($0.id)", examples: $0.examples.count) }
            + layer.dispositions.map { Clause(path: "dispositions/\($0.id)", examples: $0.examples.count) }
            + layer.tensions.map { Clause(path: "tensions/\($0.id)", examples: $0.examples.count) }
            + layer.floor.map { Clause(path: "floor/\($0.id)", examples: $0.examples.count) }
    }

    /// The paths of the clauses without an example.
    public var uncovered: [String] { clauses.filter { $0.examples == 0 }.map(\.path) }

    /// The coverage in a sentence.
    public var words: String {
        let covered = clauses.count - uncovered.count
        if clauses.isEmpty { return "It has no clause that an example could explain." }
        let start = "\(covered) of \(clauses.count) clauses have an example"
        return uncovered.isEmpty ? start + "." : start + "; these have none: \(uncovered.joined(separator: ", "))."
    }
}
