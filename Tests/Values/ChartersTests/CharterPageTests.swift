import Flourishing
import Testing

@testable import Charters

/// A charter that uses every part of the language.
let everything = """
    charter: riverside/tutor
    version: 2.1.0
    community: Riverside School
    purpose: Help pupils become people who can learn without us.
    extends: [commons/tutor@1]
    without: { courage: because we say it in other words, tensions/calm~zeal: because it never comes up here }
    goods:
      understanding:
        says: A pupil can explain an idea in their own words.
        lens: perfectionist
        signs: [asks the pupil to predict before telling]
        failures: [hands over finished work]
        when: { topic: [schoolwork, exams] }
        examples:
          - person: Can you write my essay?
            shows: What would your first sentence say?
            fails: Sure, here it is.
            move: scaffold
      comfort: { says: A pupil can be at ease., circle: others }
    dispositions:
      compassion: { says: Be moved by what hurts people., near-enemies: [pity] }
    tensions:
      - between: [understanding, comfort]
        decide: person
        advise: Name both goods.
    roles:
      tutor: { stance: tutor, moves: [ask, scaffold], standards: [Give one step at a time.] }
    topics:
      own-topic: { says: The school play., cues: [stage] }
    contexts:
      - id: in-a-crisis
        when: { topic: crisis }
        then: { move: hand-over, to: counsellor }
    guidance:
      remind: { says: Remind them of their goal., asks: May I bring up your own goal?, expires: 30d, when: { not: { topic: crisis } } }
    resources:
      counsellor: { says: "Ms. Okoye, room 12." }
    memory: { purposes: [learning-goals], retention: 180d, receipts: bodies }
    critique: { rounds: 2, seconds: 20, tokens: 4000 }
    floor:
      no-graded-work:
        says: Never write graded work for a pupil.
        severity: replace
        detect: { phrases: [here is your essay], guard: [self-harm], in: [input, output] }
        instead: Let's write it together.
        to: counsellor
        examples: [{ person: Write it., shows: Let's start., fails: Done. }]
    amendment: { by: deliberation, quorum: 30, consensus: 0.6, review: 180d }
    dissent:
      - says: A third of the parents want stricter limits on chat after 9 pm.
        held-by: 0.31
    """

@Suite("Showing a charter")
struct CharterPageTests {
    private func page(_ audience: CharterPage.Audience, _ text: String = everything) throws -> CharterPage {
        CharterPage(of: try Charter.read(text, file: "a.yaml").charter, for: audience)
    }

    @Test("tells the person what is asked, what they decide, what never happens, and how to change it")
    func person() throws {
        let text = try page(.person).text
        for part in [
            "What the assistant does when you talk with it", "Riverside School answers for it.",
            "What stands there holds too and is not shown on this page",
            "A pupil can explain an idea in their own words. (when the topic is exams or schoolwork)",
            "When comfort and understanding pull apart, it lays out what speaks for each and what each costs, and you decide.",
            "“May I bring up your own goal?” If you say yes, it is told for 30 days: “Remind them of their goal.”",
            "This counts only when the topic is not crisis.", "You can take a yes back at any time",
            "Never write graded work for a pupil.", "Ms. Okoye, room 12.",
            "When the topic is crisis, it brings in somebody who can help, and it names: “Ms. Okoye, room 12.”\n",
            "It helps you learn to do things without it.", "- Compassion: it is told “Be moved by what hurts people.”",
            "Your messages and the replies, sealed", "learning goals", "180 days", "changed by deliberation",
        ] { #expect(text.contains(part), "\(part)\n\(text)") }
        #expect(!text.contains("fingerprint") && !text.contains("Held by"))
    }

    @Test("shows the community the whole charter, with reasons, withdrawals, dissent and what lacks an example")
    func community() throws {
        let text = try page(.community).text
        for part in [
            "The charter riverside/tutor", "commons/tutor@1", "goods/courage: because we say it in other words",
            "Lens: perfectionist", "A good reply asks the pupil to predict before telling.",
            "A poor reply hands over finished work.", "Somebody says: Can you write my essay?",
            "The reply's move: scaffold", "Not to be confused with: pity", "The person decides", "Name both goods.",
            "Moves: ask, scaffold", "Give one step at a time.", "own topic: The school play. Pointed to by: stage.",
            "A yes holds for: 30 days", "Said in its place: Let's write it together.", "Who is named: counsellor",
            "Held by 31 % of the community.", "2 rounds, at most 20 seconds and 4000 tokens",
            "2 of 5 clauses have an example; these have none: goods/comfort, dispositions/compassion, tensions/comfort~understanding.",
        ] { #expect(text.contains(part), "\(part)\n\(text)") }
    }

    @Test("gives the auditor every clause with its layers, every fingerprint, and the briefs to the letter")
    func auditor() throws {
        let charter = try Charter.read(everything, file: "a.yaml").charter
        let parent = try #require(try Commons.charter("commons/tutor"))
        let stack = CharterStack(charter: charter, parents: [parent])
        let text = CharterPage(of: charter, in: stack, for: .auditor).text
        for part in [
            charter.fingerprint.hexadecimal, parent.fingerprint.hexadecimal, stack.fingerprint.hexadecimal,
            "goods/understanding: A pupil can explain an idea in their own words. [commons/tutor, riverside/tutor]",
            "riverside/tutor leaves out goods/courage: because",
            "phrases: “here is your essay”; guard model: self-harm; in: input, output",
            try stack.compiled(role: "tutor").briefFingerprint, "Dissent, held by 0.31",
        ] { #expect(text.contains(part), "\(part)\n\(text)") }
        #expect(!text.contains("not shown on this page"))
        for clause in try stack.compiled(role: "tutor").clauses where !clause.hasPrefix("role/") {
            #expect(text.contains("\n\(clause): "), "\(clause)")
        }
    }

    @Test("escapes every text of the charter in HTML", arguments: CharterPage.Audience.allCases)
    func escapes(audience: CharterPage.Audience) throws {
        let evil = "<script>alert(1)</script> & \\\"x' <img src=x onerror=y>"
        var text = everything
        for old in [
            "Riverside School", "Help pupils become people who can learn without us.",
            "because we say it in other words",
            "A pupil can explain an idea in their own words.", "asks the pupil to predict before telling",
            "hands over finished work", "Can you write my essay?", "What would your first sentence say?",
            "Sure, here it is.", "Be moved by what hurts people.", "pity", "Name both goods.",
            "Give one step at a time.", "The school play.", "stage", "Remind them of their goal.",
            "May I bring up your own goal?", "Never write graded work for a pupil.", "here is your essay",
            "Let's write it together.", "deliberation",
            "A third of the parents want stricter limits on chat after 9 pm.",
        ] {
            #expect(text.contains(old), "\(old)")
            // What stands after the mark keeps the texts apart.
            text = text.replacing(old, with: "\"\(evil) \(old.utf8.count)\"")
        }
        text = text.replacing("\"Ms. Okoye, room 12.\"", with: "\"\(evil)\"")
        let html = try page(audience, text).html
        let tags = Set(html.matches(of: /<\/?([a-z0-9!]+)/.ignoresCase()).map { String($0.1).lowercased() })
        #expect(
            tags.isSubset(of: [
                "!doctype", "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "h4", "p", "ul",
                "li", "dl", "dt", "dd", "blockquote", "b", "pre",
            ]), "\(tags)")
        #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&#39; &lt;img src=x onerror=y&gt;"))
        #expect(html.contains("<html lang=\"en\">") && html.contains("<title>") && html.contains("<main>"))
        #expect(!html.contains("http://") && !html.contains("https://"))
    }

    @Test("can be made of any charter", arguments: UInt64(0)..<30)
    func any(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let content = CharterContent.random(using: &generator)
        let charter = try Charter.read(content.written(in: .plain), file: "a.yaml").charter
        for audience in CharterPage.Audience.allCases {
            let page = CharterPage(of: charter, for: audience)
            for good in charter.goods { #expect(page.text.contains(good.good.says)) }
            for clause in charter.floor { #expect(page.text.contains(clause.says)) }
            #expect(!page.text.contains("\n\n\n") && page.html.hasSuffix("</html>\n"))
        }
    }
}
