public import Charters
import Flourishing

extension Receipt {
    /// A clause of a brief in its own words, and who asked for it.
    public struct ClauseAsked: Hashable, Sendable, Codable {
        /// The clause's path, such as `goods/understanding`.
        public var clause: String
        /// What it says, in its authors' words.
        public var says: String
        /// The layers that ask for it, the lowest first, as ``Receipt/Layer`` names them: `community riverside/tutor`.
        public var by: [String]

        /// A clause, and who asked for it.
        public init(clause: String, says: String, by: [String]) {
            self.clause = clause
            self.says = says
            self.by = by
        }
    }
}

extension Receipt.Brief {
    /// What the words of a brief's clauses are found by: they depend on the brief and on the layers that asked for them.
    /// Nil without layers.
    static func key(_ fingerprint: String, _ layers: [Receipt.Layer]?) -> String? {
        guard let layers, !layers.isEmpty else { return nil }
        let parts = [fingerprint] + layers.map { "\($0.asker) \($0.fingerprint)" }
        return hexadecimalDigest(of: Array(parts.joined(separator: "\n").utf8))
    }
}

extension Receipt.Layer {
    /// The layer as a clause names those who asked for it.
    var asker: String { "\(kind) \(name)" }
}

extension CompiledCharter {
    /// What the clauses of a brief say in their authors' words, and who asked for each. Moves and resources are left out:
    /// no layer asks for those by name.
    ///
    /// - Parameter clauses: The paths of the brief's clauses.
    /// - Complexity: O(clauses × layers).
    public func asked(of clauses: [String]) -> [Receipt.ClauseAsked] {
        let told = Set(clauses)
        var words: [String: String] = [:]
        func add(_ path: String, _ says: @autoclosure () -> String) { if told.contains(path) { words[path] = says() } }
        if let purpose { add("purpose", purpose) }
        for good in goods { add("goods/\(good.id)", good.good.says) }
        for disposition in dispositions { add("dispositions/\(disposition.id)", disposition.says) }
        for context in contexts { add("contexts/\(context.id)", context.says ?? "") }
        for guidance in guidance { add("guidance/\(guidance.id)", guidance.says) }
        for clause in floor { add("floor/\(clause.id)", clause.sayings.joined(separator: " ")) }
        return clauses.compactMap { path in
            guard let says = words[path], !says.isEmpty else { return nil }
            let layers = layers(saying: path).map { Receipt.Layer($0).asker }
            return Receipt.ClauseAsked(clause: path, says: says, by: layers)
        }
    }
}
