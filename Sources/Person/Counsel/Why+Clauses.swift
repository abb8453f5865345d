import Charters

/// What the model was asked to care about, in the words of those who asked.
extension WhyAccount {
    /// What goods, attitudes and circumstances asked for, each with who asked; by their names alone where the receipt is
    /// of an older Trellis.
    var asked: [String] {
        told("goods", "to care about", plainly: "The model was asked to care about:")
            + told("dispositions", "to speak from", plainly: "It was to speak from these attitudes:")
            + circumstances
    }

    /// One section, a sentence for each who asked.
    private func told(_ section: String, _ verb: String, plainly: String) -> [String] {
        let paths = receipt.clauses.filter { $0.hasPrefix(section + "/") }
        guard receipt.brief?.asked != nil else {
            return paths.isEmpty ? [] : ["\(plainly) \(clauses(section).joined(separator: ", "))."]
        }
        return groups(of: paths).map { who, paths in
            "\(who) asked it \(verb) \(paths.map(quoted).listed("and"))."
        }
    }

    /// What held because of the circumstances. The names of such clauses say little; their words are what counts.
    private var circumstances: [String] {
        groups(of: receipt.clauses.filter { $0.hasPrefix("contexts/") }).map { who, paths in
            "Because of how things stood, \(who.first?.lowercased() ?? "")\(who.dropFirst()) asked: "
                + paths.compactMap { words(of: $0)?.says }.map { "“\($0.asSentence)”" }.listed("and")
        }
    }

    /// Clauses by who asked for them, in the order in which they come.
    private func groups(of paths: [String]) -> [(who: String, paths: [String])] {
        var groups: [(who: String, paths: [String])] = []
        for path in paths {
            guard let clause = words(of: path) else { continue }
            let who = asker(clause)
            if let place = groups.firstIndex(where: { $0.who == who }) {
                groups[place].paths.append(path)
            } else {
                groups.append((who, [path]))
            }
        }
        return groups
    }

    /// Those who asked for a clause, to begin a sentence with.
    private func asker(_ clause: Receipt.ClauseAsked) -> String {
        let layers = (receipt.layers ?? []).filter { clause.by.contains($0.asker) }
        let who = layers.compactMap(words).listed("and")
        guard let first = who.first else { return "The charter" }
        return first.uppercased() + who.dropFirst()
    }

    private func words(of path: String) -> Receipt.ClauseAsked? {
        receipt.brief?.asked?.first { $0.clause == path }
    }

    /// A clause's name, and behind it what it says.
    func quoted(_ path: String) -> String {
        let name = path.drop { $0 != "/" }.dropFirst()
        let words = words(of: path).map { " (“\($0.says)”)" } ?? ""
        return String(name).inWords + words
    }
}
