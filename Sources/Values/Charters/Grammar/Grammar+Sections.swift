import Flourishing

// The two kinds of file: a community's charter, and a person's own wishes.
extension Grammar {
    static let charter = Shape(
        "charter", "a charter",
        example:
            "`charter: owner/name`, then `version:`, `purpose:`, `goods:` and so on, each on a line of its own",
        atLeastOne: ["purpose", "extends"],
        [
            Key(
                needed: "charter", .pattern("^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$", example: "riverside/tutor"),
                "The charter's name: who answers for it, a slash, and what it is called.",
                hint: "Start the file with `charter: owner/name`, as in `charter: riverside/tutor`."),
            Key(
                needed: "version",
                .pattern("^[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?$", example: "1.0.0"),
                "The version: three numbers, after Semantic Versioning.",
                hint: "Write `version: 0.1.0`, and raise it when the charter changes."),
            Key("community", .sentence, "Who wrote it, in their words."),
            Key("purpose", .sentence, "What the model is here for. Needed, unless a parent says it."),
            Key(
                "extends",
                .list(
                    .pattern(
                        "^(https://\\S+|\\.\\.?/\\S.*|[a-z][a-z0-9-]*/[a-z][a-z0-9-]*)(@[0-9]+(\\.[0-9]+){0,2})?$",
                        example: "commons/tutor@1")),
                "The charters that it builds on, in their order."),
            Key("without", .without, "What it leaves out of its parents, and why."),
            Key("goods", .named(good), "What the charter is drawn to."),
            Key("dispositions", .named(disposition), "The attitudes that replies are given from."),
            Key("tensions", .list(.mapping(tension)), "Goods that can pull apart, and who decides."),
            Key("roles", .named(role), "The parts that the model can play."),
            Key("topics", .named(topic), "Topics of the charter's own, for conditions."),
            Key("contexts", .list(.mapping(context)), "What is done in particular circumstances."),
            Key("guidance", .named(guidance), "Ways of steering a person who has consented; off until then."),
            Key("resources", .named(resource), "Who can help where a model should not go on alone."),
            Key("memory", .mapping(memory), "What may be kept about a person."),
            Key("critique", .mapping(critique), "Whether replies are drafted, criticised and revised."),
            Key("floor", .named(floorClause), "What holds whatever is asked."),
            Key("amendment", .mapping(amendment), "How the community changes the charter."),
            Key("dissent", .list(.mapping(dissent)), "What parts of the community hold against it."),
        ])

    static let wishes = Shape(
        "wishes", "a file of wishes", example: "`wishes: 1`, then `avoid:`, `goods:` and so on, each on its own line",
        [
            Key(
                needed: "wishes", .number(1...1), "Says that these are a person's own wishes, in the first form.",
                hint: "Start the file with `wishes: 1`."),
            Key("avoid", .list(.words(Move.self)), "Moves that you ask to be spared."),
            Key("choices", .list(.mapping(choice)), "What you have decided about goods that pull apart."),
            Key("without", .without, "What you leave out of the charter, and why."),
            Key("goods", .named(good), "What you are drawn to yourself."),
            Key("dispositions", .named(disposition), "The attitudes that you wish for."),
            Key("contexts", .list(.mapping(context)), "What is done in particular circumstances."),
            Key("critique", .mapping(critique), "Whether replies are drafted, criticised and revised."),
            Key("floor", .named(floorClause), "What must not happen to you, whatever is asked."),
        ])
}

extension Grammar.Form {
    /// What is left out, and why: `comfort` or `goods/comfort`, `tensions/comfort~understanding`.
    static let without = Grammar.Form.names(
        "^((goods|dispositions|roles|contexts|guidance|resources|topics)/)?[a-z][a-z0-9-]*$|^tensions/[a-z][a-z0-9-]*~[a-z][a-z0-9-]*$",
        .sentence)
}
