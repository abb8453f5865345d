import Flourishing

// Every clause of the language. A new key is a line here, a line in `CharterReader` and one in `CanonicalJSON+Charter`.
extension Grammar {
    static let example = Shape(
        "example", "an example",
        example: "`person: Can you write my essay?` and under it `shows:` with a reply that shows the clause",
        [
            Key(
                needed: "person", .passage, "What the person says.",
                hint: "Write what the person says: `person: Can you write my essay?`"),
            Key("move", .words(Move.self), "The move that a reply should make here."),
            Key(
                needed: "shows", .passage, "A reply that shows the clause.",
                hint: "Write a reply that shows the clause: `shows: What would your first sentence say?`"),
            Key("fails", .passage, "A reply that fails it."),
        ])

    static let good = Shape(
        "good", "a good", example: "`says: A pupil can explain an idea in their own words.`",
        [
            Key(
                needed: "says", .sentence, "The good in one sentence that people could agree or disagree with.",
                hint: "Say the good in one sentence: `says: A pupil can explain an idea in their own words.`"),
            Key("lens", .words(Lens.self), "The family of theories of well-being that it belongs to."),
            Key("circle", .words(Circle.self), "Whose good it is: the person's, if left out."),
            Key("traditions", .sentences, "The living traditions that it was drawn from."),
            Key("when", .condition, "When the clause applies: always, if left out."),
            Key("signs", .sentences, "What a good reply does; each goes on from the words \"A good reply …\"."),
            Key("failures", .sentences, "What a poor reply does; each goes on from the words \"A poor reply …\"."),
            Key("examples", .examples, "Short scenes that show the difference; tests of the charter."),
            Key("from", .mapping(origin), "The statements that it came from, and how people voted on them."),
        ])

    static let disposition = Shape(
        "disposition", "a disposition", example: "`says: Be moved by what hurts people, as one of them.`",
        [
            Key(
                needed: "says", .sentence, "The attitude in one sentence to the model.",
                hint: "Say the attitude to the model: `says: Be moved by what hurts people, as one of them.`"),
            Key("traditions", .sentences, "The living traditions that it was drawn from."),
            Key("when", .condition, "When the clause applies: always, if left out."),
            Key("signs", .sentences, "What a reply given from it does; each goes on from \"A good reply …\"."),
            Key("near-enemies", .sentences, "What it is easily confused with and isn't, as in pity for compassion."),
            Key("examples", .examples, "Short scenes that show the difference; tests of the charter."),
        ])

    static let between = Key(
        needed: "between", .list(.identifier), "The names of the two goods.",
        hint: "Name the two goods: `between: [comfort, understanding]`.")

    static let tension = Shape(
        "tension", "a tension", example: "`between: [comfort, understanding]` and `decide: person`",
        [
            between,
            Key(
                needed: "decide", .words(TensionClause.Decider.self), "Who decides when the two goods pull apart.",
                hint:
                    "Say who decides: `decide: person`, `community` (and `advise` says how) or `advise` (nobody beforehand)."
            ),
            Key("advise", .sentence, "What the model is told to do about it."),
            Key("when", .condition, "When the clause applies: whenever the two goods pull apart, if left out."),
            Key("examples", .examples, "Short scenes that show it; tests of the charter."),
            Key("from", .mapping(origin), "The statements that it came from, and how people voted on them."),
        ])

    static let role = Shape(
        "role", "a role", example: "`stance: advisor`",
        [
            Key(
                needed: "stance", .words(Stance.self), "How the model stands toward the person.",
                hint: "Write one of: \(Stance.allCases.map(\.rawValue).joined(separator: ", "))."),
            Key("moves", .list(.words(Move.self)), "The kinds of reply that the role may give: all, if left out."),
            Key("standards", .sentences, "What its craft demands, each a sentence to the model."),
        ])

    static let topic = Shape(
        "topic", "a topic", example: "`says: Being afraid of an exam.`",
        [
            Key(
                needed: "says", .sentence, "What the topic covers, in a sentence.",
                hint: "Say what it covers: `says: Being afraid of an exam.`"),
            Key("cues", .sentences, "Words that point to it, in any language."),
            Key("phrases", .sentences, "Things that people say when it comes up, in any language."),
        ])

    static let action = Shape(
        "action", "`then`", example: "`move: hand-over` and `to:` with the name of a resource",
        atLeastOne: ["move", "to", "says"],
        [
            Key("move", .words(Move.self), "The move that the reply makes."),
            Key("to", .identifier, "The name of the resource that the person is handed over to."),
            Key("says", .sentence, "A sentence to the model."),
        ])

    static let context = Shape(
        "context", "a context", example: "`when: { topic: crisis }` and `then: { move: hand-over }`",
        [
            Key("id", .identifier, "The clause's name. Left out, it is made from what the clause says."),
            Key(
                needed: "when", .condition, "When it applies.",
                hint: "Say when it applies: `when: { topic: crisis }`."),
            Key(
                needed: "then", .mapping(action), "What is done then.",
                hint: "Say what is done: `then: { move: hand-over, to: school-counsellor }`."),
        ])

    static let guidance = Shape(
        "guidance", "a guidance", example: "`says:` with what the model is told, and `asks:` with the question",
        [
            Key(
                needed: "says", .sentence, "What the model is told while the person's consent holds.",
                hint: "Write what the model is told: `says: Remind me of my goal when I ask for a distraction.`"),
            Key(
                needed: "asks", .sentence, "The question that the person is asked, in the charter's own words.",
                hint: "Write the question that people are asked: `asks: May I bring up your own goal when you drift?`"),
            Key("expires", .days, "For how many days a consent holds, as in 30d."),
            Key("move", .words(Move.self), "The move that it makes."),
            Key("when", .condition, "When it may speak: in every conversation, if left out."),
            Key("from", .mapping(origin), "The statements that it came from, and how people voted on them."),
        ])

    static let resource = Shape(
        "resource", "a resource", example: "`says: Ms. Okoye, room 12, from 8 to 16.`",
        [
            Key(
                needed: "says", .sentence, "Who it is and how to reach them, in words for the person.",
                hint: "Say who it is and how to reach them: `says: Ms. Okoye, room 12, from 8 to 16.`")
        ])

    static let memory = Shape(
        "memory", "`memory`", example: "`receipts: facts`",
        [
            Key("purposes", .list(.identifier), "What memories may be used for, as names."),
            Key("retention", .days, "How long a memory is kept, as in 180d."),
            Key(
                "receipts", .words(MemoryTerms.Receipts.self),
                "What a receipt keeps of the messages: facts, if left out."),
        ])

    static let critique = Shape(
        "critique", "`critique`", example: "`rounds: 1`",
        [
            Key("rounds", .number(CritiqueTerms.roundsAllowed), "How often a draft is criticised and revised."),
            Key("seconds", .number(CritiqueTerms.secondsAllowed), "How long all of it may take."),
            Key("tokens", .number(CritiqueTerms.tokensAllowed), "How many tokens all of it may cost."),
        ])

    static let detection = Shape(
        "detection", "`detect`", example: "`phrases: [as a human myself]`",
        atLeastOne: ["phrases", "detectors", "guard"],
        [
            Key("phrases", .sentences, "Phrases that show a breach, whatever their case and accents."),
            Key("detectors", .list(.words(FloorDetector.self)), "Detectors that come with Trellis."),
            Key("guard", .list(.name(known: GuardCategory.names)), "Categories of a guard model."),
            Key(
                "in", .list(.words(FloorClause.Detection.Side.self)),
                "Which side is looked at: what the model says, if left out."),
        ])

    static let floorClause = Shape(
        "floor-clause", "a floor clause", example: "`says: Never write graded work for a pupil.` and `severity: block`",
        [
            Key(
                needed: "says", .sentence, "The clause as a sentence to the model.",
                hint: "Say the clause as a sentence to the model: `says: Never write graded work for a pupil.`"),
            Key(
                needed: "severity", .words(FloorClause.Severity.self), "What happens to a reply that breaks it.",
                hint:
                    "Write what happens to a reply that breaks it: `severity: note`, `revise`, `replace`, `hand-over` or `block`."
            ),
            Key("detect", .mapping(detection), "How a breach is noticed."),
            Key(
                "instead", .inLanguages,
                "What is said in place of the reply: the charter's own words, or `default` and languages with theirs."),
            Key("to", .oneOrMore(.identifier), "The name of the resource that the person is handed over to."),
            Key("examples", .examples, "Short scenes that show the difference; tests of the charter."),
            Key("from", .mapping(origin), "The statements that it came from, and how people voted on them."),
        ])

    static let origin = Shape(
        "origin", "`from`",
        example: "`conversation: Fares in Riverside`, `statements: [12]`, `agree: 120` and `of: 150`",
        [
            Key(
                needed: "conversation", .sentence, "The conversation in which people voted.",
                hint: "Name the conversation: `conversation: Fares in Riverside`."),
            Key(
                needed: "statements", .list(.number(ClauseOrigin.allowed)), "The numbers of the statements there.",
                hint: "Name the statements by their numbers: `statements: [12]`."),
            Key(
                needed: "agree", .number(ClauseOrigin.allowed), "How many people agreed with all of them.",
                hint: "Say how many agreed: `agree: 120`."),
            Key("disagree", .number(ClauseOrigin.allowed), "How many people disagreed with one of them."),
            Key(
                needed: "of", .number(1...1_000_000_000), "How many people voted on all of them.",
                hint: "Say how many voted: `of: 150`."),
        ])

    static let amendment = Shape(
        "amendment", "`amendment`", example: "`by: deliberation`",
        [
            Key(
                needed: "by", .sentence, "The way of deciding, in the community's words.",
                hint: "Say how the charter is changed: `by: deliberation`."),
            Key("quorum", .number(1...1_000_000_000), "How many people must take part."),
            Key("consensus", .share, "The share of them that must agree, from 0 to 1."),
            Key("review", .days, "After how many days the charter is looked at again, as in 180d."),
        ])

    static let dissent = Shape(
        "dissent", "a dissent", example: "`says: A third of us want stricter limits in the evening.`",
        [
            Key(
                needed: "says", .sentence, "The dissent in the words of those who hold it.",
                hint: "Say the dissent in the words of those who hold it."),
            Key("held-by", .share, "The share of the community that holds it, from 0 to 1."),
            Key("from", .mapping(origin), "The statements that it came from, and how people voted on them."),
        ])

    static let choice = Shape(
        "choice", "a choice", example: "`between: [comfort, understanding]` and `choose: understanding`",
        [
            between,
            Key("choose", .identifier, "The good that goes first for you. Left out: you want to be asked each time."),
        ])

    static let condition = Shape(
        "condition", "a condition", example: "`topic: crisis`",
        atLeastOne: ["topic", "age", "role", "channel", "hour", "language", "risk", "all", "any", "not"],
        [
            Key("topic", .oneOrMore(.name(known: KnownTopic.names)), "What the message is about."),
            Key("age", .oneOrMore(.words(AgeBand.self)), "How old the person is."),
            Key("role", .oneOrMore(.identifier), "The role that the model plays."),
            Key("channel", .oneOrMore(.name(known: KnownChannel.names)), "What the conversation runs over."),
            Key(
                "hour", .pattern("^(1?[0-9]|2[0-3])-(1?[0-9]|2[0-4])$", example: "21-6"),
                "The person's local hour: from the first up to, not including, the second."),
            Key(
                "language", .oneOrMore(.pattern(Form.languagePattern, example: "de")),
                "The language of the conversation."),
            Key("risk", .words(Risk.self), "How much could go wrong: at least this much."),
            Key("all", .list(.condition), "All of these hold."),
            Key("any", .list(.condition), "At least one of these holds."),
            Key("not", .condition, "This doesn't hold."),
        ])
}
