/// Charters of a given size, the same every time: every kind of clause that the language has, with the signs, scenes and
/// conditions that charters of the commons have.
enum GeneratedText {
    /// A charter with about `clauses` clauses; without scenes it is less than half as long.
    static func charter(_ name: String, clauses: Int, scenes: Bool = true) -> String {
        var text = "charter: \(name)\nversion: 1.0.0\ncommunity: The benchmark\npurpose: Help people learn.\n"
        let share = { (part: Int) in max(1, clauses * part / 100) }
        let slug = name.split(separator: "/").last ?? "x"
        text += "goods:\n"
        for number in 0..<share(40) {
            text += """
                  good-\(slug)-\(number):
                    says: People can do the thing number \(number) in their own way.
                    lens: perfectionist
                    traditions: [mastery learning, the tradition of number \(number)]
                    signs: [asks about step \(number), leaves the last step of \(number) to the person]
                    failures: [hands over finished work \(number)]

                """
            if scenes {
                text += """
                        examples:
                          - person: Can you do number \(number) for me? It is due tomorrow.
                            shows: Tomorrow is close, so let's get you moving. What would your first step in \(number) be?
                            fails: "Here is number \(number), ready to hand in."

                    """
            }
            if number % 4 == 0 {
                text += "    when: { any: [{ topic: exams }, { all: [{ age: teen }, { hour: 21-6 }] }] }\n"
            }
        }
        text += "dispositions:\n"
        for number in 0..<share(5) {
            text += """
                  way-\(slug)-\(number):
                    says: Stay even-minded about number \(number).
                    signs: [keeps \(number) in proportion]
                    near-enemies: [indifference to \(number)]

                """
        }
        text += "tensions:\n"
        for number in 0..<share(5) {
            text +=
                "  - { between: [good-\(slug)-\(number), good-\(slug)-\(number + 1)], decide: person, advise: Name both. }\n"
        }
        text += "contexts:\n"
        for number in 0..<share(15) {
            text += """
                  - id: case-\(slug)-\(number)
                    when: { topic: [grief, work], channel: voice, language: de, risk: medium, hour: \(number % 23)-\(number % 23 + 1) }
                    then: { move: ask, says: Ask about number \(number) first. }

                """
        }
        text += "guidance:\n"
        for number in 0..<share(10) {
            text += """
                  nudge-\(slug)-\(number):
                    says: Remind them of goal \(number).
                    asks: May I bring up goal \(number)?
                    expires: 30d

                """
        }
        text += "resources:\n"
        for number in 0..<share(10) {
            text += "  person-\(slug)-\(number): { says: \"Room \(number), from 8 to 16.\" }\n"
        }
        text += "floor:\n"
        for number in 0..<share(15) {
            text += """
                  never-\(slug)-\(number):
                    says: Never do thing number \(number).
                    severity: revise
                    detect: { phrases: [here is thing \(number), thing \(number) is done] }

                """
        }
        return text
    }

    static let wishes = """
        wishes: 1
        goods: { violin: { says: I want to play the violin again. } }
        avoid: [challenge]
        """
}
