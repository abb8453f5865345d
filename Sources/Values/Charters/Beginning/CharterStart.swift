/// New charter files, made from nothing, from another charter's text, or as one that builds on another.
public enum CharterStart {
    /// A first charter to fill in: sound as it stands, with a comment at every part.
    public static func starter(_ id: CharterID) -> String { formed(starterText(id)) }

    private static func formed(_ text: String) -> String {
        // The texts here are sound, which the tests hold; should one not be, it is given as it is.
        (try? CharterForm.formatted(text.utf8, file: "charter.yaml")) ?? text
    }

    private static func starterText(_ id: CharterID) -> String {
        """
        # A charter says what is good here and what must not happen. People read it aloud; `trellis charter check FILE`
        # says line by line whether it is sound. Lines that start with # are comments: they change nothing.

        # Who answers for the charter, a slash, and what it is called.
        charter: \(id)

        # Raise the first number when you weaken the floor or take something away, the second when you add something, the
        # third when only words change. `trellis charter diff OLD NEW` tells which.
        version: 0.1.0

        # Who you are, in your own words.
        # community: Riverside School

        # What the model is here for: one sentence, said to the model.
        purpose: Help people see their choices clearly and decide for themselves.

        # What you are drawn to. `signs` go on from "A good reply …", `failures` from "A poor reply …". An example is a
        # test: `trellis charter test FILE` runs it.
        goods:
          own-choice:
            says: People make up their own minds.
            signs:
              - lays out what can be chosen, and what each choice costs
            failures:
              - decides in their place
            examples:
              - person: Should I take the job in Leeds?
                shows: What would you gain there, and what would you leave behind? Tell me both, and I'll help you weigh them.
                fails: Yes, take it. It pays better.

        # Goods that can pull apart, and who decides when they do: person, community, or advise.
        # tensions:
        #   - between: [own-choice, comfort]
        #     decide: person

        # The part that the model plays: advisor, delegate, companion, tutor or mediator.
        roles:
          advisor:
            stance: advisor

        # What must hold whatever anybody asks. It adds to Trellis's own floor, which always holds.
        floor:
          no-false-urgency:
            says: Never hurry anyone into a decision.
            severity: revise

        # Who can help where a model should not go on alone, and when they are named.
        # resources:
        #   counsellor: { says: "Ms. Okoye, room 12, from 8 to 16." }
        # contexts:
        #   - when: { topic: crisis }
        #     then: { move: hand-over, to: counsellor }

        # What may be kept about people: facts about replies, or also the messages (bodies).
        memory: { receipts: facts }

        """
    }

    /// A charter that builds on another: all that stands there holds, but for what this one says or leaves out.
    ///
    /// - Parameters:
    ///   - id: The new charter's name.
    ///   - parent: What it builds on.
    ///   - example: A good of the parent, to show how something is left out.
    public static func fork(_ id: CharterID, of parent: Extension, example: String? = nil) -> String {
        formed(forkText(id, of: parent, example: example))
    }

    private static func forkText(_ id: CharterID, of parent: Extension, example: String?) -> String {
        """
        # This charter builds on \(parent.reference): what stands there holds here too, but for what is said or left out below.
        # `charter.lock` beside it pins the version that was looked at; `trellis charter lock FILE` writes it anew.
        charter: \(id)
        version: 0.1.0

        # Who you are, in your own words.
        # community: Riverside School

        extends: [\(WrittenText(parent.text, isQuoted: false).onOneLine(inFlow: true))]

        # What you leave out, and why. It stays visible.
        # without:
        #   \(example ?? "some-good"): because …

        # What you add, or say in your own words.
        # goods:
        #   own-good: { says: … }

        # What must hold beside the floor that is there already. A floor can only get stronger.
        # floor:
        #   own-clause: { says: …, severity: revise }

        """
    }

    /// A copy of a charter file under another name, in form, with every comment. It starts at version 0.1.0.
    ///
    /// - Throws: ``CharterError`` when the file isn't a sound charter.
    public static func copy(_ source: String, as id: CharterID, file: String) throws(CharterError) -> String {
        _ = try Charter.read(source, file: file)
        let (node, header) = try CharterForm.written(CharterSignatures().enclosed(in: source).utf8, file: file)
        guard case .map(var entries) = node.form else { return source }
        for index in entries.indices {
            if entries[index].key == "charter" { entries[index].value = .text(id.description) }
            if entries[index].key == "version" { entries[index].value = .text("0.1.0", isQuoted: false) }
        }
        var copy = node
        copy.form = .map(entries)
        return WrittenFile(copy.inForm, header: header).text
    }
}
