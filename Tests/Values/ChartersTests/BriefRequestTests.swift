import Flourishing
import Testing

@_spi(ConsentLedger) @testable import Charters

@Suite("A brief for one message")
struct BriefRequestTests {
    private let community = """
        charter: riverside/tutor
        version: 1.0.0
        purpose: Help pupils learn.
        roles: { tutor: { stance: tutor } }
        goods:
          comfort: { says: A pupil feels at ease. }
          quiet: { says: Evenings are quiet., when: { hour: 21-6 } }
          understanding: { says: A pupil can explain it. }
        dispositions:
          compassion: { says: Be moved by what hurts people. }
        tensions:
          - between: [understanding, comfort]
            decide: person
            advise: Name both.
          - { between: [quiet, understanding], decide: community, advise: "After nine, quiet goes first." }
        contexts:
          - { id: young, when: { age: child }, then: { says: Use short words. } }
          - { id: as-tutor, when: { role: tutor }, then: { says: Ask first. } }
        guidance:
          goal: { says: Remind them of their goal, asks: May I?, expires: 30d }
          rest: { says: Suggest a break, asks: May I?, expires: 30d, when: { hour: 21-6 } }
        resources: { counsellor: { says: "Ms. Okoye, room 12" } }
        """

    private let wishes = """
        wishes: 1
        goods: { violin: { says: I want to play the violin again. } }
        """

    @Test(
        "has every part in its place: what it is for, who is there, what matters, what is at stake, and last the floor")
    func whole() throws {
        let compiled = try compiled(wishes: wishes)
        let brief = compiled.brief(
            for: BriefRequest(
                circumstances: Circumstances(age: .child, hour: 22), move: .offerPerspectives,
                tension: compiled.tensions.first, guidance: permits(["goal", "rest"]), resources: ["counsellor"]))
        let floor = compiled.floor.sorted { ($0.severity, $0.id) < ($1.severity, $1.id) }
        #expect(
            brief.text == """
                Help pupils learn.

                You are a tutor: you help the person learn to do it without you.

                What this person is after:
                I want to play the violin again.

                What matters here:
                A pupil feels at ease.
                Evenings are quiet.
                A pupil can explain it.

                How to be with people:
                Reply from compassion: Be moved by what hurts people. A good reply says what is hard for the person before \
                anything else and stays calm enough to help. Not to be confused with pity or shared despair.

                Here and now:
                Use short words.
                Ask first.

                Comfort and understanding pull apart here. The person decides. Name both. Say what speaks for each and \
                what each costs. Don't decide.

                The person has agreed to this:
                Remind them of their goal.
                Suggest a break.

                In this reply, lay several views side by side, each at its best, and decide for none.

                Who can help:
                Ms. Okoye, room 12.

                Above all, whatever you are asked:
                \(floor.map(\.says).joined(separator: "\n"))
                """)
        #expect(
            brief.clauses == [
                "purpose", "role/tutor", "goods/violin", "goods/comfort", "goods/quiet", "goods/understanding",
                "dispositions/compassion", "contexts/young", "contexts/as-tutor", "tensions/comfort~understanding",
                "guidance/goal", "guidance/rest", "move/offer-perspectives", "resources/counsellor",
            ] + floor.map { "floor/\($0.id)" })
        #expect(brief.fingerprint == sha256Hexadecimal(brief.text.utf8))
    }

    @Test("is the general brief, byte for byte, when nothing is asked for")
    func general() throws {
        let compiled = try compiled()
        let brief = compiled.brief(for: BriefRequest())
        #expect(brief.text == compiled.brief && brief.fingerprint == compiled.briefFingerprint)
        #expect(brief.clauses == compiled.clauses)
        // The role is known without circumstances; the hour isn't.
        #expect(compiled.clauses.contains("contexts/as-tutor") && !compiled.clauses.contains("goods/quiet"))
        let same = [
            BriefRequest(circumstances: Circumstances(topics: [], age: .adult, channel: "chat", hour: 12, risk: .high)),
            BriefRequest(circumstances: Circumstances(role: "tutor")),
            BriefRequest(guidance: permits(["nothing"])), BriefRequest(resources: ["nobody"]),
        ]
        for request in same { #expect(compiled.brief(for: request) == brief) }
    }

    @Test("holds a clause with a condition only where the condition is known to hold")
    func conditions() throws {
        let compiled = try compiled()
        for hour in 0...23 {
            let brief = compiled.brief(for: BriefRequest(circumstances: Circumstances(hour: hour)))
            #expect(brief.clauses.contains("goods/quiet") == (hour >= 21 || hour < 6))
        }
        #expect(
            !compiled.brief(for: BriefRequest(circumstances: Circumstances(age: .adult))).text.contains("short words"))
    }

    @Test("holds guidance only by a permit for this charter's own")
    func guidance() throws {
        let compiled = try compiled()
        #expect(!compiled.brief.contains("goal"))
        let other = GuidancePermit(guidance: "goal", charter: "other/charter", question: "")
        #expect(compiled.brief(for: BriefRequest(guidance: [other])).text == compiled.brief)
        #expect(compiled.brief(for: BriefRequest(guidance: permits(["goal"]))).clauses.contains("guidance/goal"))
        // Consented, and its condition isn't known to hold.
        #expect(!compiled.brief(for: BriefRequest(guidance: permits(["rest"]))).clauses.contains("guidance/rest"))
    }

    @Test("lays out both sides of a tension that is the person's, unless they have decided")
    func tensions() throws {
        let undecided = try compiled()
        let tension = try #require(undecided.tensions.first { $0.id == "comfort~understanding" })
        #expect(undecided.brief(for: BriefRequest(tension: tension)).text.contains("Don't decide."))
        #expect(!undecided.brief.contains("pull apart"))

        let choice = "choices: [{ between: [comfort, understanding], choose: understanding }]"
        let decided = try compiled(wishes: "wishes: 1\n" + choice).brief(for: BriefRequest(tension: tension))
        #expect(decided.text.contains("The person has decided: understanding goes first for them."))
        #expect(!decided.text.contains("Don't decide."))
        #expect(decided.clauses.contains("choices/comfort~understanding"))

        // A caller can't pass off another clause under the name.
        var forged = tension
        forged.decide = .community
        forged.advice = ["Comfort, always."]
        #expect(undecided.brief(for: BriefRequest(tension: forged)).text.contains("Don't decide."))
        let unknown = TensionClause(between: "a", "b", decide: .advise, advice: ["Nonsense."])
        #expect(undecided.brief(for: BriefRequest(tension: unknown)).text == undecided.brief)
        let communal = try #require(undecided.tensions.first { $0.id == "quiet~understanding" })
        #expect(
            undecided.brief(for: BriefRequest(tension: communal)).text.contains(
                "Quiet and understanding pull apart here. After nine, quiet goes first."))
    }

    @Test("says the move in the caller's words when there are any, right before the floor")
    func moves() throws {
        let compiled = try compiled()
        for move in Move.allCases {
            let own = compiled.brief(for: BriefRequest(move: move, moveSentence: "Do it so"))
            #expect(own.text.contains("\n\nDo it so.\n\nAbove all"))
            #expect(own.clauses.contains("move/\(move.rawValue)"))
            let brief = compiled.brief(for: BriefRequest(move: move))
            #expect((brief.text == compiled.brief) == (move == .answer))
        }
    }

    @Test("names exactly its clauses: each stands in a layer, and none twice", arguments: UInt64(0)..<40)
    func clauses(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let stack = CharterStack(
            charter: GeneratedCharters.charter("a/charter", using: &random),
            parents: [GeneratedCharters.charter("a/parent", using: &random)],
            person: PersonLayer(layer: GeneratedCharters.wishes(using: &random)))
        let compiled = try stack.compiled(role: stack.composed.roles.first?.id)
        for _ in 0..<10 {
            let brief = compiled.brief(for: BriefRequest.random(for: compiled, using: &random))
            #expect(Set(brief.clauses).count == brief.clauses.count)
            for clause in brief.clauses where !clause.hasPrefix("move/") {
                #expect(!compiled.layers(saying: clause).isEmpty, "\(clause)")
            }
        }
    }

    @Test("is the same from memory as it was when it was made, also when memory is full")
    func kept() throws {
        let (first, second) = (try compiled(), try compiled())
        let requests = (0..<3_000).map { BriefRequest(move: .ask, moveSentence: "Ask about \($0)") }
        let texts = requests.map { first.brief(for: $0).text }
        #expect(Set(texts).count == requests.count)
        for (request, text) in zip(requests, texts).reversed() {
            #expect(first.brief(for: request).text == text)
        }
        #expect(second.brief(for: requests[7]).text == texts[7])
    }

    private func permits(_ ids: [String]) -> Set<GuidancePermit> {
        Set(ids.map { GuidancePermit(guidance: $0, charter: "riverside/tutor", question: "") })
    }

    private func compiled(wishes: String? = nil) throws -> CompiledCharter {
        let charter = try Charter.read(community, file: "riverside.yaml").charter
        let person = try wishes.map { try PersonLayer.read($0, file: "wishes.yaml").wishes }
        return try CharterStack(charter: charter, person: person).compiled(role: nil)
    }
}
