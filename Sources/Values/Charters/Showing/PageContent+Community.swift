import Flourishing

extension PageContent {
    /// The charter whole, in the order in which it is best read.
    var forCommunity: [Block] {
        let layer = charter.layer
        var blocks: [Block] = [
            .facts(
                [
                    Fact(name: "Version", value: charter.version.description),
                    charter.community.map { Fact(name: "Community", value: $0) },
                    Fact(name: "Fingerprint", value: charter.fingerprint.short),
                ].compactMap { $0 })
        ]
        if let purpose = layer.purpose { blocks += Self.section("What it is for", [.paragraph(purpose)]) }
        if !charter.extends.isEmpty {
            blocks += Self.section(
                "What it builds on",
                [.list(charter.extends.map(\.text))]
                    + (lacksParents ? [.paragraph(Self.parentsAreMissing(charter))] : []))
        }
        blocks += Self.section(
            "What it leaves out, and why",
            [.list(layer.withdrawals.map { "\($0.id): \($0.because)" })])
        blocks += Self.section("What it is drawn to", layer.goods.flatMap(good))
        blocks += Self.section("The attitudes it asks for", layer.dispositions.flatMap(disposition))
        blocks += Self.section("Where goods pull apart", layer.tensions.flatMap(tension))
        blocks += Self.section("The parts that the model plays", layer.roles.flatMap(role))
        blocks += Self.section(
            "Topics of its own",
            [
                .list(
                    layer.topics.map { topic in
                        "\(topic.id.clauseWords): \(topic.says)"
                            + (topic.cues.isEmpty ? "" : " Pointed to by: \(topic.cues.joined(separator: ", ")).")
                    })
            ])
        blocks += Self.section(
            "What is done in particular circumstances", [.list(layer.contexts.map { $0.sentence.capitalizedFirst })])
        blocks += Self.section("What people may be asked to agree to", layer.guidance.flatMap(guidance))
        blocks += Self.section(
            "Who can help", [.list(layer.resources.map { "\($0.id.clauseWords): \($0.says)" })])
        blocks += Self.section("What holds whatever is asked", layer.floor.flatMap(floor))
        blocks += Self.section("What is kept about people", [.list(terms(of: layer))])
        blocks += Self.section(
            "How it is changed",
            [.paragraph(charter.amendment.map { "It is changed \($0.sentence)." } ?? "The charter doesn't say.")])
        blocks += Self.section("What some hold against it", [.list(charter.dissent.map(\.sentence))])
        blocks += Self.section("Examples", [.paragraph(CharterCoverage(of: layer).words)])
        return blocks
    }

    // MARK: Clauses

    private func good(_ clause: GoodClause) -> [Block] {
        let good = clause.good
        var facts: [Fact] = []
        if let lens = good.lens { facts.append(Fact(name: "Lens", value: lens.rawValue)) }
        if good.circle != .person { facts.append(Fact(name: "Whose good", value: good.circle.rawValue)) }
        facts += clause.origins.map(\.fact)
        return named(clause.id, says: good.says, when: clause.when)
            + details(facts, traditions: good.traditions, signs: clause.signs, failures: clause.failures)
            + clause.examples.map(Block.scene)
    }

    private func disposition(_ clause: DispositionClause) -> [Block] {
        let enemies = clause.nearEnemies.joined(separator: ", ")
        let facts = enemies.isEmpty ? [] : [Fact(name: "Not to be confused with", value: enemies)]
        return named(clause.id, says: clause.says, when: clause.when)
            + details(facts, traditions: clause.traditions, signs: clause.signs, failures: [])
            + clause.examples.map(Block.scene)
    }

    private func tension(_ clause: TensionClause) -> [Block] {
        let decider =
            switch clause.decide {
            case .person: "The person decides: the reply lays out both and what each costs."
            case .community: "We have decided."
            case .advise: "Nobody has decided beforehand: the reply may advise."
            }
        return named(clause.id, says: ([decider] + clause.advice).joined(separator: " "), when: clause.when)
            + (clause.origins.isEmpty ? [] : [.facts(clause.origins.map(\.fact))]) + clause.examples.map(Block.scene)
    }

    private func role(_ role: Role) -> [Block] {
        let moves = role.moves.isEmpty ? "all" : role.moves.map(\.rawValue).joined(separator: ", ")
        return [
            .heading(role.id.clauseWords.capitalizedFirst, level: 3), .paragraph(role.stance.sentence),
            .facts([Fact(name: "Moves", value: moves)]),
        ] + Self.section("Its standards", level: 4, [.list(role.standards)])
    }

    private func guidance(_ clause: GuidanceClause) -> [Block] {
        let days = clause.expiresDays ?? GuidanceClause.defaultDays
        var facts = [
            Fact(name: "People are asked", value: clause.asks),
            Fact(name: "With a yes, the model is told", value: clause.says),
            Fact(name: "A yes holds for", value: "\(days) days"),
        ]
        if let move = clause.move { facts.append(Fact(name: "Move", value: move.rawValue)) }
        if let when = clause.when { facts.append(Fact(name: "Only", value: when.words)) }
        facts += clause.origins.map(\.fact)
        return [.heading(clause.id.clauseWords.capitalizedFirst, level: 3), .facts(facts)]
    }

    private func floor(_ clause: FloorClause) -> [Block] {
        var facts = [Fact(name: "A reply that breaks it", value: clause.severity.consequence)]
        facts += clause.origins.map(\.fact)
        if !clause.instead.isEmpty {
            facts.append(Fact(name: "Said in its place", value: clause.instead(in: nil).joined(separator: " ")))
            for language in Set(clause.instead.flatMap(\.byLanguage.keys)).sorted() {
                facts.append(
                    Fact(
                        name: "Said to whoever speaks `\(language)`",
                        value: clause.instead(in: language).joined(separator: " ")))
            }
        }
        if !clause.to.isEmpty {
            facts.append(Fact(name: "Who is named", value: clause.to.map(\.clauseWords).joined(separator: ", ")))
        }
        return named(clause.id, says: clause.says, when: nil) + [.facts(facts)] + clause.examples.map(Block.scene)
    }

    private func named(_ id: String, says: String, when: Condition?) -> [Block] {
        [.heading(id.clauseWords.capitalizedFirst, level: 3), .paragraph(says)]
            + (when.map { [.paragraph("It counts only \($0.words).")] } ?? [])
    }

    private func details(
        _ facts: [Fact], traditions: [String], signs: [String], failures: [String]
    ) -> [Block] {
        var facts = facts
        if !traditions.isEmpty { facts.append(Fact(name: "Drawn from", value: traditions.joined(separator: ", "))) }
        var blocks: [Block] = facts.isEmpty ? [] : [.facts(facts)]
        let lines = signs.map { "A good reply \($0.inSentence)." } + failures.map { "A poor reply \($0.inSentence)." }
        if !lines.isEmpty { blocks.append(.list(lines)) }
        return blocks
    }

    func terms(of layer: CharterLayer) -> [String] {
        let memory = layer.memory ?? MemoryTerms()
        var items: [String] = []
        switch memory.receipts {
        case .bodies: items.append("Receipts keep the messages themselves, sealed.")
        case .facts: items.append("Receipts keep facts about replies and no message text.")
        case nil: items.append("It doesn't say what receipts keep: then they keep facts and no message text.")
        }
        if let purposes = memory.purposes {
            items.append(
                purposes.isEmpty
                    ? "Nothing is remembered about people."
                    : "What is remembered is meant for: \(purposes.map(\.clauseWords).joined(separator: ", ")).")
        }
        if let days = memory.retentionDays { items.append("What is remembered goes after \(days) days.") }
        if let critique = layer.critique {
            items.append(
                "Replies are criticised and revised before people see them: \(critique.rounds) round\(critique.rounds == 1 ? "" : "s"), at most \(critique.seconds) seconds and \(critique.tokens) tokens."
            )
        }
        return items
    }
}

extension ClauseOrigin {
    fileprivate var fact: PageContent.Fact { PageContent.Fact(name: "Where it comes from", value: sentence) }
}

extension Dissent {
    /// The dissent with how many hold it.
    fileprivate var sentence: String {
        let from = origin.map { " " + $0.sentence } ?? ""
        guard let heldBy else { return says + from }
        let hundredths = heldBy.tenThousandths
        let percent = hundredths % 100 == 0 ? "\(hundredths / 100)" : "\(Double(hundredths) / 100)"
        return "\(says) Held by \(percent) % of the community.\(from)"
    }
}
