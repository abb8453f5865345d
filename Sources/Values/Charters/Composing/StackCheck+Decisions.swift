import Flourishing

// What would decide for people where a layer gave the decision to them. It has no effect on the move, and none of the
// words beside it are taken away, so their author should look at them.
extension StackCheck {
    /// Looks at what one layer says about tensions that it, or a layer below, gives to the person.
    mutating func checkDecisions(in layer: StackLayer) {
        // A person's own wishes are the person's decision.
        guard layer.kind != .person else { return }
        for tension in layer.layer.tensions where tension.decide == .person {
            guard let giver = given[tension.id], !tension.advice.isEmpty,
                let kept = yours[tension.id], kept.advice != tension.advice
            else { continue }
            warn(
                layer, at: { $0.span(of: .decision, tension.id) }, Self.code,
                "\(giver) gave \(tension.asWritten) to the person, and says how that is laid out. The `advise` of \(layer.name) is not told.",
                help: "Leave `advise` out here. What your people need to know of either good, say under that good.")
        }
        let givers = givers(upTo: layer)
        guard let first = givers.first else { return }
        for role in layer.layer.roles where !role.moves.isEmpty && !role.moves.contains(.offerPerspectives) {
            warn(
                layer, at: { $0.span(ofClause: "roles/\(role.id)") }, Self.code,
                "The role `\(role.id)` leaves out `offer-perspectives`, and \(first.giver) gives \(first.tension.asWritten) to the person. So it stays open.",
                help: "Add `offer-perspectives` to the `moves` of the role.")
        }
        checkInstructions(of: layer, givers)
    }

    /// Looks for sentences that speak of one of the goods as if it were decided.
    private mutating func checkInstructions(of layer: StackLayer, _ givers: [(tension: TensionClause, giver: String)]) {
        // Goods by the first word of their names, so that every sentence is looked through once.
        var goods: [String: [(good: String, words: [String], giver: Int)]] = [:]
        for (index, giver) in givers.enumerated() {
            for good in giver.tension.between {
                let words = good.split(separator: "-").map(String.init)
                // A few are enough to say what is wrong: a hostile charter has any number that start with one word.
                guard let word = words.first, goods[word, default: []].count < 8 else { continue }
                goods[word, default: []].append((good, words, index))
            }
        }
        for (path, text) in layer.layer.instructions {
            let words = text.wordsInside
            guard !words.isDisjoint(with: Self.deciding) else { continue }
            let named = words.sorted().lazy.compactMap { goods[$0]?.first { words.isSuperset(of: $0.words) } }
            guard let (good, _, index) = named.first else { continue }
            let (tension, giver) = givers[index]
            warn(
                layer, at: { $0.span(ofClause: path) }, Self.code,
                "`\(path)` speaks of `\(good)` as if it were decided, and \(giver) gives \(tension.asWritten) to the person. Where the two pull apart, both are laid out all the same.",
                help: "Word it so that it decides for neither, or take it away.")
        }
    }

    private static let code = "decides-for-person"

    /// The tensions that are the person's by this layer or one below, with the layer that gave each.
    private func givers(upTo layer: StackLayer) -> [(tension: TensionClause, giver: String)] {
        let own = Set(layer.layer.tensions.filter { $0.decide == .person }.map(\.id))
        return stack.composed.tensions.filter { $0.decide == .person }.compactMap { tension in
            if let giver = given[tension.id] { return (tension, giver) }
            return own.contains(tension.id) ? (tension, layer.name) : nil
        }
    }

    /// Words by which a sentence puts one thing before another, in a few languages. A warning rests on them and nothing
    /// else, so missing some does no harm.
    private static let deciding: Set<String> = [
        "first", "always", "never", "decide", "decides", "decided", "prefer", "prefers", "outweighs", "outweigh",
        "wins",
        "priority", "precedence", "zuerst", "immer", "niemals", "vorrang", "entscheide", "siempre", "nunca", "primero",
        "prioridad", "decida", "toujours", "jamais", "priorité", "sempre", "mai", "prima", "primeiro",
    ]
}

extension CharterLayer {
    /// Sentences to the model that could decide something in passing: what roles demand and what contexts say.
    fileprivate var instructions: [(path: String, text: String)] {
        (purpose.map { [("purpose", $0)] } ?? [])
            + roles.flatMap { role in role.standards.map { ("roles/\(role.id)", $0) } }
            + contexts.compactMap { context in context.says.map { ("contexts/\(context.id)", $0) } }
    }
}

extension String {
    /// The words of a text, in lower case.
    fileprivate var wordsInside: Set<String> {
        Set(lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
    }
}
