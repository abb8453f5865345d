import Flourishing

// What contradicts itself, or can't be done, only when the layers lie on each other. What one file says by itself its
// reader has found.
extension StackCheck {
    private struct Deed {
        let path: String
        let text: String
    }

    /// At most this many of a kind are told: nobody reads more, and a hostile stack has any number.
    private static let mostTold = 100

    /// Deeds that one layer calls good and another poor, or only seemingly good.
    mutating func checkDeeds() {
        guard stack.layers.count > 2 else { return }
        let whole = stack.composed
        let failures = Self.byFold(
            whole.goods.flatMap { clause in clause.failures.map { Deed(path: "goods/\(clause.id)", text: $0) } })
        let nearEnemies = Self.byFold(
            whole.dispositions.flatMap { clause in
                clause.nearEnemies.map { Deed(path: "dispositions/\(clause.id)", text: $0) }
            })
        guard !failures.isEmpty || !nearEnemies.isEmpty else { return }
        let signs =
            whole.goods.flatMap { clause in clause.signs.map { Deed(path: "goods/\(clause.id)", text: $0) } }
            + whole.dispositions.flatMap { clause in
                clause.signs.map { Deed(path: "dispositions/\(clause.id)", text: $0) }
            }
        var matches = 0
        for sign in signs where matches < Self.mostTold {
            let fold = sign.text.foldHash
            for (deeds, what) in [(failures, "a failure"), (nearEnemies, "a near enemy")] {
                guard let other = deeds[fold]?.first(where: { $0.text.folded == sign.text.folded }) else { continue }
                matches += 1
                contradicts(sign, other, what)
            }
        }
    }

    /// A few of one fold are enough to say what is wrong.
    private static func byFold(_ deeds: [Deed]) -> [UInt64: [Deed]] {
        var folds: [UInt64: [Deed]] = Dictionary(minimumCapacity: deeds.count)
        for deed in deeds where folds[deed.text.foldHash, default: []].count < 4 {
            folds[deed.text.foldHash, default: []].append(deed)
        }
        return folds
    }

    /// The highest layer that says a deed under a clause.
    private func place(of deed: Deed, asSign: Bool) -> Int? {
        stack.layers.lastIndex { layer in
            layer.layer.goods.contains {
                "goods/\($0.id)" == deed.path && (asSign ? $0.signs : $0.failures).contains(deed.text)
            }
                || layer.layer.dispositions.contains {
                    "dispositions/\($0.id)" == deed.path && (asSign ? $0.signs : $0.nearEnemies).contains(deed.text)
                }
        }
    }

    /// Told where the higher of the two layers says it: the lower one's author couldn't know. What one layer says of
    /// itself is told by its reader.
    private mutating func contradicts(_ sign: Deed, _ other: Deed, _ what: String) {
        guard let good = place(of: sign, asSign: true), let poor = place(of: other, asSign: false), good != poor else {
            return
        }
        let below = stack.layers[min(good, poor)].name
        let message =
            good > poor
            ? "`\(sign.path)` has the sign “\(sign.text)”, and \(below) calls it \(what) of `\(other.path)`."
            : "`\(other.path)` calls “\(other.text)” \(what), and \(below) has it as a sign of `\(sign.path)`."
        warn(
            stack.layers[max(good, poor)], at: { $0.span(ofClause: good > poor ? sign.path : other.path) },
            "contradiction", message,
            help: "Word both so that a reply can keep to them, or leave the other out under `without` and say why.")
    }

    /// Moves of contexts and guidance that no role may make, where one layer says the move and another closes it.
    mutating func checkMoves() {
        let whole = stack.composed
        let roles = whole.roles
        guard !roles.isEmpty, roles.allSatisfy({ !$0.moves.isEmpty }) else { return }
        var open = Set(roles.flatMap(\.moves))
        if whole.tensions.contains(where: { $0.decide == .person }) { open.insert(.offerPerspectives) }
        func isClosed(_ move: Move) -> Bool { !move.isAlwaysOpen && !open.contains(move) }
        var closed: [(path: String, move: Move)] = []
        for clause in whole.contexts {
            if let move = clause.move, isClosed(move) { closed.append(("contexts/\(clause.id)", move)) }
        }
        for clause in whole.guidance {
            if let move = clause.move, isClosed(move) { closed.append(("guidance/\(clause.id)", move)) }
        }
        for (path, move) in closed.prefix(Self.mostTold) {
            guard let asking = stack.layers.lastIndex(where: { $0.layer.says(path) }),
                let closing = stack.layers.lastIndex(where: { $0.layer.roles.contains { !$0.moves.isEmpty } })
            else { continue }
            // In one file that names no parents, its reader has said so.
            if asking == closing, stack.layers[asking].standsAlone { continue }
            let role = stack.layers[closing].layer.roles.last { !$0.moves.isEmpty }?.id ?? ""
            let names = roles.map { "`\($0.id)`" }.joined(separator: ", ")
            warn(
                stack.layers[max(asking, closing)],
                at: { $0.span(ofClause: asking >= closing ? path : "roles/\(role)") }, "never-applies",
                "`\(path)` asks for the move `\(move.rawValue)`, and no role may make it (\(names)).",
                help: "Add it to the `moves` of a role, or choose another move.")
        }
    }
}
