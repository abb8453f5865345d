import Flourishing

/// What stands on a charter's pages.
struct PageContent {
    typealias Block = CharterPage.Block
    typealias Fact = CharterPage.Fact

    let charter: Charter
    let stack: CharterStack
    /// Whether the charter has parents that the stack doesn't hold.
    let lacksParents: Bool

    var whole: CharterLayer { stack.composed }

    /// A section with a heading, left out when it holds nothing.
    static func section(_ heading: String, level: Int = 2, _ blocks: [Block]) -> [Block] {
        let blocks = blocks.filter { block in
            switch block {
            case .list(let items): !items.isEmpty
            case .facts(let facts): !facts.isEmpty
            case .paragraph(let text): !text.isEmpty
            default: true
            }
        }
        return blocks.isEmpty ? [] : [.heading(heading, level: level)] + blocks
    }

    // MARK: For the person

    var forPerson: [Block] {
        let author = charter.community ?? "its authors"
        var blocks: [Block] = [
            .paragraph(
                "This page is for you, who talk with it. It says what the charter \(charter.id), version \(charter.version), asks of the assistant. \(author.capitalizedFirst) answer\(charter.community == nil ? "" : "s") for it."
            )
        ]
        if lacksParents { blocks.append(.paragraph(Self.parentsAreMissing(charter))) }
        if let purpose = whole.purpose {
            blocks += Self.section("What it is here for", [.paragraph("It is told: “\(purpose)”")])
        }
        blocks += Self.section(
            "What it cares about",
            [
                .list(whole.goods.map { $0.good.says + ($0.when.map { " (\($0.words))" } ?? "") })
            ])
        blocks += Self.section(
            "How it is to meet you",
            [
                .paragraph(role?.stance.towardYou ?? ""),
                .list(whole.dispositions.map { "\($0.id.clauseWords.capitalizedFirst): it is told “\($0.says)”" }),
            ])
        let given = whole.tensions.filter { $0.decide == .person }
        blocks += Self.section(
            "What you decide",
            [
                .list(
                    given.map { tension in
                        "When \(tension.id.clauseWords) pull apart, it lays out what speaks for each and what each costs, and you decide."
                            + (tension.when.map { " This holds \($0.words)." } ?? "")
                    })
            ])
        blocks += Self.section("What you may be asked", asked)
        blocks += Self.section("What happens in some situations", [.list(situations)])
        blocks += Self.section(
            "What always holds, whatever anybody asks",
            [
                .paragraph("Above all else, it is told this:"),
                .list(whole.floor.flatMap { clause in clause.sayings.reversed().map { "“\($0)”" } }),
                .paragraph(
                    "What it says is also looked at on its way to you, as far as that can be done by machine; a reply that breaks one of these may be changed, replaced or held back. Neither is perfect: when something seems wrong to you, trust yourself."
                ),
            ])
        blocks += Self.section("Who can help you", [.list(whole.resources.map(\.says))])
        blocks += Self.section("What is kept about you", [.list(kept)])
        blocks += Self.section("How you can change it", [.list(changeable)])
        return blocks
    }

    /// The questions that the charter may ask, and what a yes means.
    private var asked: [Block] {
        guard !whole.guidance.isEmpty else { return [] }
        let questions = whole.guidance.map { guidance in
            let days = guidance.expiresDays ?? GuidanceClause.defaultDays
            return
                "“\(guidance.asks)” If you say yes, it is told for \(days) days: “\(guidance.says)”"
                + (guidance.when.map { " This counts only \($0.words)." } ?? "")
        }
        return [
            .list(questions),
            .paragraph(
                "If you say no, or nothing, none of this happens. You can take a yes back at any time, and that holds from your next message on."
            ),
        ]
    }

    private var situations: [String] {
        whole.contexts.map { context in
            var parts: [String] = []
            if let move = context.move { parts.append(move.done) }
            if let to = context.to { parts.append("it names: “\(resource(to))”") }
            if let says = context.says { parts.append("it is told: “\(says)”") }
            return "\(context.when.words.capitalizedFirst), \(parts.joined(separator: ", and "))".ended
        }
    }

    private func resource(_ id: String) -> String {
        whole.resources.first { $0.id == id }?.says ?? id.clauseWords
    }

    /// The only role, when the charter has one: then there is something to say about it.
    private var role: Role? { whole.roles.count == 1 ? whole.roles.first : nil }

    private var kept: [String] {
        let memory = whole.memory ?? MemoryTerms()
        var items = [
            memory.receipts == .bodies
                ? "Your messages and the replies, sealed, beside a receipt for each reply."
                : "A receipt for each reply: which clauses counted, which move was made, and when. Your words are not in it."
        ]
        if let purposes = memory.purposes, !purposes.isEmpty {
            items.append(
                "What you allow it to remember is meant for this: \(purposes.map(\.clauseWords).joined(separator: ", ")). What fits is brought up sooner."
            )
        }
        if let days = memory.retentionDays { items.append("What is remembered goes after \(days) days at the latest.") }
        return items
    }

    private var changeable: [String] {
        var items = [
            "Ask why: every reply has a receipt that says what it was told, by whom, and what else was possible (`/why` in a chat)."
        ]
        if !whole.guidance.isEmpty { items.append("Take back what you agreed to: `/consents` in a chat.") }
        items.append(
            "Say what you wish yourself: which moves to spare you, what matters to you, what must not happen to you. Your wishes count above the charter, only for you; they can make the floor stricter, not weaker."
        )
        items.append(
            charter.amendment.map { "The charter itself is changed \($0.sentence)." }
                ?? "The charter doesn't say how it is changed. Whoever runs this service can tell you whom to ask.")
        return items
    }

    static func parentsAreMissing(_ charter: Charter) -> String {
        "It builds on \(charter.extends.map(\.text).joined(separator: ", ")). What stands there holds too and is not shown on this page."
    }
}

extension Move {
    /// The move as something that the assistant does.
    var done: String {
        switch self {
        case .answer: "it says plainly what you ask"
        case .ask: "it asks you a question first"
        case .challenge: "it tells you openly where it sees things differently"
        case .scaffold: "it gives you the next step and leaves the rest to you"
        case .offerPerspectives: "it lays several views side by side"
        case .encourage: "it names what you have done and can do"
        case .celebrate: "it is glad with you"
        case .defer: "it says who would know better"
        case .handOver: "it brings in somebody who can help"
        case .stepBack: "it does less, because you are better off without it just then"
        }
    }
}

extension Stance {
    /// The stance as the person meets it.
    fileprivate var towardYou: String {
        switch self {
        case .advisor: "It informs and suggests, and you decide."
        case .delegate:
            "It acts for you, only inside what you asked, and checks with you before anything that can't be undone."
        case .companion: "It keeps you company as an AI, and is glad when you have other people."
        case .tutor: "It helps you learn to do things without it."
        case .mediator: "It takes nobody's side, and helps each person feel heard by the other."
        }
    }
}
