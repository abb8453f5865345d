import Flourishing

extension CharterComparison {
    mutating func layers(_ old: CharterLayer, _ new: CharterLayer) {
        text("purpose", old.purpose, new.purpose, .persons, .minor) {
            "What it is for is said anew: “\($0 ?? "left to its parents")”"
        }
        goods(old.goods, new.goods)
        dispositions(old.dispositions, new.dispositions)
        tensions(old.tensions, new.tensions)
        roles(old.roles, new.roles)
        topics(old.topics, new.topics)
        contexts(old.contexts, new.contexts)
        guidance(old.guidance, new.guidance)
        resources(
            old.resources, new.resources,
            inFloor: Set((BaseFloor.layer.floor + old.floor + new.floor).flatMap(\.to)))
        floor(old.floor, new.floor)
        memory(old.memory ?? MemoryTerms(), new.memory ?? MemoryTerms())
        critique(old.critique, new.critique)
    }

    private mutating func goods(_ old: [GoodClause], _ new: [GoodClause]) {
        clauses(old, new) { comparison, clause in
            comparison.note(
                "goods/\(clause.id)", .added, .persons,
                "Replies now also care about \(clause.id.clauseWords): “\(clause.good.says)”", .minor)
        } removed: { comparison, clause in
            comparison.note(
                "goods/\(clause.id)", .removed, .persons,
                "Replies no longer care about \(clause.id.clauseWords) (“\(clause.good.says.inSentence)”).", .major)
        } changed: { comparison, old, new in
            let path = "goods/\(new.id)"
            comparison.text(path + "/says", old.good.says, new.good.says, .persons, .patch) {
                "What is meant by \(new.id.clauseWords) is said anew: “\($0 ?? "")”"
            }
            comparison.text(path + "/lens", old.good.lens?.rawValue, new.good.lens?.rawValue, .community, .patch) {
                "\(new.id.clauseWords) is counted \($0.map { "among the \($0) goods" } ?? "under no lens")."
            }
            comparison.text(path + "/circle", old.good.circle.rawValue, new.good.circle.rawValue, .community, .minor) {
                "Whose good \(new.id.clauseWords) is changes to \($0 ?? "")."
            }
            comparison.texts(
                path + "/traditions", old.good.traditions, new.good.traditions, .community,
                added: "\(new.id.clauseWords) now draws on", removed: "\(new.id.clauseWords) no longer names",
                level: .patch)
            comparison.texts(
                path + "/signs", old.signs, new.signs, .persons, added: "A good reply now also",
                removed: "A good reply no longer has to")
            comparison.texts(
                path + "/failures", old.failures, new.failures, .persons,
                added: "It now counts as a poor reply that it",
                removed: "It no longer counts as a poor reply that it")
            comparison.condition(path, old.when, new.when, of: "Caring about \(new.id.clauseWords)")
            comparison.origins(path, old.origins, new.origins)
            comparison.examples(path, old.examples, new.examples)
        }
    }

    private mutating func dispositions(_ old: [DispositionClause], _ new: [DispositionClause]) {
        clauses(old, new) { comparison, clause in
            comparison.note(
                "dispositions/\(clause.id)", .added, .persons,
                "Replies now also come from \(clause.id.clauseWords): “\(clause.says)”", .minor)
        } removed: { comparison, clause in
            comparison.note(
                "dispositions/\(clause.id)", .removed, .persons,
                "Replies are no longer asked to come from \(clause.id.clauseWords).", .major)
        } changed: { comparison, old, new in
            let path = "dispositions/\(new.id)"
            comparison.text(path + "/says", old.says, new.says, .persons, .patch) {
                "What is meant by \(new.id.clauseWords) is said anew: “\($0 ?? "")”"
            }
            comparison.texts(
                path + "/signs", old.signs, new.signs, .persons, added: "A good reply now also",
                removed: "A good reply no longer has to")
            comparison.texts(
                path + "/near-enemies", old.nearEnemies, new.nearEnemies, .community,
                added: "\(new.id.clauseWords) is now also told apart from",
                removed: "\(new.id.clauseWords) is no longer told apart from")
            comparison.texts(
                path + "/traditions", old.traditions, new.traditions, .community,
                added: "\(new.id.clauseWords) now draws on", removed: "\(new.id.clauseWords) no longer names",
                level: .patch)
            comparison.condition(path, old.when, new.when, of: new.id.clauseWords)
            comparison.examples(path, old.examples, new.examples)
        }
    }

    private mutating func tensions(_ old: [TensionClause], _ new: [TensionClause]) {
        clauses(old, new) { comparison, clause in
            let isYours = clause.decide == .person
            comparison.note(
                "tensions/\(clause.id)", .added, .persons,
                "Where \(clause.id.clauseWords) pull apart, \(clause.decide.sentence).", .minor,
                isYours ? .givesChoice : nil)
        } removed: { comparison, clause in
            let wasYours = clause.decide == .person
            comparison.note(
                "tensions/\(clause.id)", .removed, .persons,
                "The charter no longer says who decides where \(clause.id.clauseWords) pull apart"
                    + (wasYours ? "; it was the person's to decide." : "."),
                wasYours ? .major : .minor, wasYours ? .takesChoice : nil)
        } changed: { comparison, old, new in
            let path = "tensions/\(new.id)"
            let effect: Effect? =
                old.decide == new.decide
                ? nil : old.decide == .person ? .takesChoice : new.decide == .person ? .givesChoice : nil
            comparison.text(
                path + "/decide", old.decide.rawValue, new.decide.rawValue, .persons,
                effect == .takesChoice ? .major : .minor, effect
            ) { _ in "Where \(new.id.clauseWords) pull apart, \(new.decide.sentence); before, \(old.decide.sentence)." }
            comparison.texts(
                path + "/advise", old.advice, new.advice, .persons, added: "The advice now says",
                removed: "The advice no longer says", level: .patch)
            comparison.condition(path, old.when, new.when, of: "This tension")
            comparison.origins(path, old.origins, new.origins)
            comparison.examples(path, old.examples, new.examples)
        }
    }

    private mutating func roles(_ old: [Role], _ new: [Role]) {
        clauses(old, new) { comparison, role in
            comparison.note(
                "roles/\(role.id)", .added, .community,
                "The model may now play \(role.id.clauseWords), with the stance of \(role.stance.rawValue).", .minor)
        } removed: { comparison, role in
            comparison.note(
                "roles/\(role.id)", .removed, .community,
                "There is no role \(role.id.clauseWords) any more: applications that name it must change.", .major)
        } changed: { comparison, old, new in
            let path = "roles/\(new.id)"
            comparison.text(path + "/stance", old.stance.rawValue, new.stance.rawValue, .persons, .major) {
                "As \(new.id.clauseWords) the model now stands toward people as \($0 ?? ""), not as \(old.stance.rawValue)."
            }
            comparison.moves(path + "/moves", old.moves, new.moves, role: new.id.clauseWords)
            comparison.texts(
                path + "/standards", old.standards, new.standards, .persons,
                added: "As \(new.id.clauseWords) the model must now",
                removed: "As \(new.id.clauseWords) the model no longer must")
        }
    }

    private mutating func moves(_ path: String, _ old: [Move], _ new: [Move], role: String) {
        guard Set(old) != Set(new) else {
            if old != new { note(path, .changed, .auditors, "The moves stand in another order.", .patch) }
            return
        }
        // No list means that every move is open.
        let (olds, news) = (Set(old.isEmpty ? Move.allCases : old), Set(new.isEmpty ? Move.allCases : new))
        let order = Move.allCases
        let gained = order.filter { news.contains($0) && !olds.contains($0) }
        let lost = order.filter { olds.contains($0) && !news.contains($0) }
        for move in gained { note(path, .added, .persons, "As \(role) the model may now \(move.phrase).", .minor) }
        for move in lost {
            note(path, .removed, .persons, "As \(role) the model may no longer \(move.phrase).", .minor)
        }
        if gained.isEmpty, lost.isEmpty {
            note(path, .changed, .auditors, "The open moves are the same, written differently.", .patch)
        }
    }

    private mutating func topics(_ old: [TopicClause], _ new: [TopicClause]) {
        clauses(old, new) { comparison, clause in
            comparison.note(
                "topics/\(clause.id)", .added, .community, "It now knows the topic \(clause.id.clauseWords).", .minor)
        } removed: { comparison, clause in
            comparison.note(
                "topics/\(clause.id)", .removed, .community, "It no longer knows the topic \(clause.id.clauseWords).",
                .minor)
        } changed: { comparison, old, new in
            let path = "topics/\(new.id)"
            comparison.text(path + "/says", old.says, new.says, .community, .patch) {
                "The topic \(new.id.clauseWords) is described anew: “\($0 ?? "")”"
            }
            comparison.texts(
                path + "/cues", old.cues, new.cues, .community, added: "It is now recognised by",
                removed: "It is no longer recognised by")
            comparison.texts(
                path + "/phrases", old.phrases, new.phrases, .community, added: "It is now recognised by",
                removed: "It is no longer recognised by")
        }
    }

    private mutating func contexts(_ old: [ContextClause], _ new: [ContextClause]) {
        let count = changes.count
        clauses(old, new) { comparison, clause in
            comparison.note(
                "contexts/\(clause.id)", .added, .persons, "From now on, \(clause.sentence)", .minor)
        } removed: { comparison, clause in
            comparison.note(
                "contexts/\(clause.id)", .removed, .persons, "It no longer holds that \(clause.sentence)", .major)
        } changed: { comparison, old, new in
            comparison.note(
                "contexts/\(new.id)", .changed, .persons, "From now on, \(new.sentence) Before, \(old.sentence)",
                old.move == .handOver && new.move != .handOver ? .major : .minor)
        }
        if changes.count == count, old.map(\.id) != new.map(\.id) {
            note(
                "contexts", .changed, .community,
                "What is done in particular circumstances stands in another order: the first that fits goes first.",
                .minor)
        }
    }

    private mutating func guidance(_ old: [GuidanceClause], _ new: [GuidanceClause]) {
        clauses(old, new) { comparison, clause in
            comparison.note(
                "guidance/\(clause.id)", .added, .persons,
                "People may now be asked: “\(clause.asks)” Nothing happens unless they say yes.", .minor, .givesChoice)
        } removed: { comparison, clause in
            comparison.note(
                "guidance/\(clause.id)", .removed, .persons,
                "People are no longer asked: “\(clause.asks)” A yes that was given lapses.", .major, .takesChoice)
        } changed: { comparison, old, new in
            let path = "guidance/\(new.id)"
            comparison.text(path + "/asks", old.asks, new.asks, .persons, .minor) {
                "People are asked in other words: “\($0 ?? "")” A yes to the old question no longer counts."
            }
            comparison.text(path + "/says", old.says, new.says, .persons, .minor) {
                "What a yes to “\(new.asks)” allows changes: the model is told “\($0 ?? "")”"
            }
            comparison.text(
                path + "/expires", "\(old.expiresDays ?? GuidanceClause.defaultDays)d",
                "\(new.expiresDays ?? GuidanceClause.defaultDays)d", .persons, .minor
            ) { "A yes to “\(new.asks)” now holds for \($0?.dropLast() ?? "") days." }
            comparison.text(path + "/move", old.move?.rawValue, new.move?.rawValue, .persons, .minor) {
                "With a yes to “\(new.asks)” the reply's move is now \($0 ?? "left open")."
            }
            comparison.condition(path, old.when, new.when, of: "What a yes to “\(new.asks)” allows")
            comparison.origins(path, old.origins, new.origins)
        }
    }

    /// - Parameter inFloor: The names of those whom a floor names as help: their words are part of it.
    private mutating func resources(_ old: [Resource], _ new: [Resource], inFloor: Set<String>) {
        clauses(old, new) { comparison, resource in
            if BaseFloor.resourceNames.contains(resource.id) {
                // In force it is there before anybody names it, so this is one charter by itself.
                comparison.note(
                    "resources/\(resource.id)", .added, .persons,
                    "Where Trellis's own floor names who can help, people now first read: \(resource.says)", .minor,
                    .rewordsFloor)
                return
            }
            comparison.note(
                "resources/\(resource.id)", .added, .persons, "There is one more who can help: \(resource.says)", .minor
            )
        } removed: { comparison, resource in
            comparison.note(
                "resources/\(resource.id)", .removed, .persons,
                "This help is no longer named: \(resource.says)", .major)
        } changed: { comparison, old, new in
            let isInFloor = inFloor.contains(new.id)
            comparison.text(
                "resources/\(new.id)/says", old.says, new.says, .persons, isInFloor ? .minor : .patch,
                isInFloor ? .rewordsFloor : nil
            ) { "How to find \(new.id.clauseWords) is said anew: \($0 ?? "")" }
        }
    }
}

extension TensionClause.Decider {
    /// Who decides, as a clause.
    fileprivate var sentence: String {
        switch self {
        case .person: "the person decides"
        case .community: "the community has decided"
        case .advise: "the reply may advise"
        }
    }
}

extension ContextClause {
    /// What is done, and when, to follow a few words.
    var sentence: String {
        var parts: [String] = []
        if let move { parts.append("the reply's move is \(move.rawValue)") }
        if let to { parts.append("\(to.clauseWords) is named as help") }
        if let says { parts.append("the model is told “\(says)”") }
        return "\(when.words), \(parts.joined(separator: ", and "))".ended
    }
}

extension String {
    /// The sentence with a mark at its end, unless what it quotes last brings one.
    var ended: String { [".”", "!”", "?”", "…”"].contains { hasSuffix($0) } ? self : self + "." }
}
