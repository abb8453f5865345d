import Charters
import Foundation
import Testing

@testable import Counsel

@Suite("Why, in words")
struct WhyTests {
    private func says(_ receipt: Receipt, _ part: String) -> String? {
        Why(receipt).parts.first { $0.id == part }?.says.joined(separator: " ")
    }

    @Test("says which charter, what it asked for, which model, and what was kept")
    func plain() {
        #expect(
            Why(.sample(at: 5)).text.replacing(/rcp_[0-9A-Z]{26}/, with: "rcp_…") == """
                What the model was asked to care about
                This reply was governed by the charter commons/tutor, version 1.0.0, in the role of tutor \
                (fingerprint 3f3f3f3f3f3f). The model was asked to care about: understanding.

                What was chosen, and why
                The reply was to answer what was asked, plainly, because: nothing called for another move.

                Guidance and your consent
                Nothing steered you beyond answering: no guidance spoke.

                Limits that hold whatever is asked
                It was given limits that nothing may weaken: no finished graded work.

                Who wrote it
                SmolLM2-135M-Instruct, at local, was asked; it took 2.3 s (120 tokens in, 80 out).

                What is kept
                What was said is not kept in this receipt.

                How to change it
                Your own wishes can change what goes first for you, and which moves you would rather be spared: write them \
                into a file, and `/wishes FILE` in a conversation, `trellis wishes set FILE`, or `PUT /trellis/v1/wishes` \
                by the application keeps them. What the charter says is its community's to change: commons/tutor can be amended by those who wrote it, and anybody \
                may make their own version of it. If something went wrong, tell whoever runs riverside, and name the \
                receipt rcp_….
                """)
    }

    @Test("says who had a say, what was noticed, what was chosen, and what else was possible")
    func counsel() throws {
        var receipt = Receipt.sample()
        receipt.layers = [
            .init(kind: "floor", name: "trellis/floor", version: "1.0.0", fingerprint: "a"),
            .init(kind: "parent", name: "commons/tutor", version: "1.2.0", fingerprint: "b"),
            .init(kind: "community", name: "riverside/tutor", version: "2.1.0", fingerprint: "c"),
            .init(kind: "person", name: "your wishes", fingerprint: "d"),
        ]
        receipt.situation = .init(
            topics: ["schoolwork"], stakes: "medium",
            readings: [
                .init(about: "finished-work", certainty: 92, evidence: "the cue “write my essay”"),
                .init(about: "distress", certainty: 40, evidence: "a described situation"),
            ])
        receipt.move = "scaffold"
        receipt.moveReason = "finished work was asked for"
        receipt.alternatives = [.init(move: "answer", whyNot: "it would have done the work for you")]
        #expect(
            says(receipt, "care")?.contains(
                "from the ground up: Trellis's own floor, the charter commons/tutor 1.2.0 that it builds on, the community's "
                    + "charter riverside/tutor 2.1.0 and your own wishes.") == true)
        let noticed = try #require(says(receipt, "noticed"))
        #expect(noticed.contains("about schoolwork") && noticed.contains("Something could go wrong"))
        #expect(noticed.contains("It seemed clear that you asked for finished work (the cue “write my essay”)."))
        #expect(noticed.contains("It may be that you are having a hard time"))
        #expect(says(receipt, "chosen")?.contains("give you the next step and leave the rest to you, because") == true)
        #expect(
            says(receipt, "instead")
                == "It could have set out to answer what was asked, plainly: it would have done the work for you.")
    }

    @Test("tells each clause in its own words and who asked for it, layer by layer")
    func clauses() throws {
        let parent = try Charter.read(
            """
            charter: commons/tutor
            version: 1.2.0
            purpose: Help.
            goods:
              understanding: { says: A pupil can explain an idea. }
              comfort: { says: Pupils feel at ease. }
            """, file: "p"
        ).charter
        let school = try Charter.read(
            """
            charter: riverside/tutor
            version: 2.1.0
            purpose: Help pupils.
            extends: [commons/tutor@1]
            goods:
              comfort: { says: Pupils feel at home. }
              friendship: { says: Pupils have people to learn with. }
            dispositions:
              compassion: { says: Their trouble is taken seriously. }
            contexts:
              - { id: late, when: { hour: 21-6 }, then: { says: It is late; keep it short. } }
            guidance:
              drift: { says: Remind them of their goal., asks: May I?, expires: 30d }
            """, file: "s"
        ).charter
        let wishes = try PersonLayer.read("wishes: 1\ngoods:\n  my-pace: { says: I take my time. }\n", file: "w").wishes
        let charter = try CharterStack(charter: school, parents: [parent]).adding(wishes).compiled(role: nil)
        var receipt = Receipt.sample()
        receipt.charter = .init(charter)
        receipt.layers = charter.layers.map { .init($0) }
        receipt.clauses = charter.clauses + ["contexts/late", "guidance/drift"]
        receipt.guidance = ["drift"]
        receipt.brief?.asked = charter.asked(of: receipt.clauses)
        let care = try #require(says(receipt, "care"))
        for sentence in [
            "Your own wishes asked it to care about my pace (“I take my time.”).",
            "The community's charter riverside/tutor 2.1.0 asked it to care about friendship (“Pupils have people to learn "
                + "with.”).",
            "The charter commons/tutor 1.2.0 that it builds on asked it to care about understanding (“A pupil can explain an "
                + "idea.”).",
            "The charter commons/tutor 1.2.0 that it builds on and the community's charter riverside/tutor 2.1.0 asked it to "
                + "care about comfort (“Pupils feel at home.”).",
            "The community's charter riverside/tutor 2.1.0 asked it to speak from compassion (“Their trouble is taken "
                + "seriously.”).",
            "Because of how things stood, the community's charter riverside/tutor 2.1.0 asked: “It is late; keep it short.”",
        ] { #expect(care.contains(sentence), "\(sentence) is not in \(care)") }
        #expect(says(receipt, "consents")?.contains("spoke here: drift (“Remind them of their goal.”).") == true)
    }

    @Test("says what told a reading in plain words, and no id of a concept or cue")
    func evidence() {
        let cases = [
            "concepts/first:tag-right": "it begins with “right?” or the like",
            "concepts/asked:loss": "it asks about a loss",
            "concepts/parent+failing": "it speaks of a parent and then of failing",
            "faces-a-choice": "the sign: faces a choice",
            "earlier/wish-to-die": "by what you wrote before: the sign: wish to die",
            "the cue “x”": "the cue “x”",
            "described/distress/3": "it is much like what somebody in that situation might say",
        ]
        for (evidence, words) in cases { #expect(EvidenceWords.words(for: evidence) == words) }
        #expect(EvidenceWords.words(for: "") == nil)
        for name in Concepts.builtIn.names { #expect(EvidenceWords.concepts[name] != nil, "\(name) has no words") }
        var receipt = Receipt.sample()
        receipt.situation = .init(
            readings: [.init(about: "approval", certainty: 90, evidence: "concepts/first:tag-right")])
        #expect(
            says(receipt, "noticed")
                == "It seemed clear that you were looking for agreement (it begins with “right?” or the like).")
    }

    @Test("says whose decision it is when two goods pull apart")
    func tensions() {
        var receipt = Receipt.sample()
        receipt.tension = .init(between: ["comfort", "understanding"], decide: "person")
        #expect(
            says(receipt, "chosen")?.contains("comfort and understanding pull apart. That is yours to decide") == true)
        receipt.tension?.chosen = "comfort"
        #expect(says(receipt, "chosen")?.contains("You have said that comfort goes first for you") == true)
        receipt.tension = .init(between: ["comfort", "understanding"], decide: "community")
        #expect(says(receipt, "chosen")?.contains("The community has decided") == true)
    }

    @Test("says which consents it stood on, which question was asked, and how to take it back")
    func consents() throws {
        var receipt = Receipt.sample()
        receipt.guidance = ["challenge-procrastination"]
        #expect(says(receipt, "consents")?.contains("You have agreed to be steered in this") == true)
        let change = try #require(says(receipt, "change"))
        #expect(change.contains("taken back in one step"))
        for way in [
            "/consent no challenge-procrastination", "trellis consent revoke challenge-procrastination",
            "DELETE /trellis/v1/consents/challenge-procrastination",
        ] { #expect(change.contains(way)) }
        receipt.guidance = nil
        receipt.asked = "challenge-procrastination"
        #expect(says(receipt, "consents")?.contains("Until you say yes it stays off.") == true)
    }

    @Test("says what became of a draft")
    func drafts() {
        var receipt = Receipt.sample()
        #expect(says(receipt, "checked") == nil)
        receipt.critique = .init(rounds: 1)
        #expect(
            says(receipt, "checked")?.hasSuffix("Nothing was found to be missing. What you got is the draft.") == true)
        receipt.critique = .init(rounds: 1, failed: ["goods/understanding"], revised: true)
        #expect(
            says(receipt, "checked")?.contains("It fell short of: understanding. What you got is the revision.") == true
        )
        receipt.critique = .init(rounds: 0, ended: "the time for it, 3 s, was over")
        #expect(says(receipt, "checked")?.contains("The check ended early: the time for it, 3 s, was over.") == true)
    }

    @Test("says what the floor did, and when it could not be watched")
    func floor() {
        var receipt = Receipt.sample()
        var finding = FloorFinding(
            clause: "no-deception", severity: .replace, side: .output, detector: "claims-human", at: 3)
        receipt.floor = [finding]
        #expect(
            says(receipt, "limits")?.hasSuffix(
                "What the model wrote broke the limit no deception, so the charter's own words were said instead.")
                == true)
        finding.side = "input"
        finding.action = .blocked
        receipt.floor = [finding]
        #expect(says(receipt, "limits")?.contains("What you wrote touched the limit no deception") == true)
        finding.detector = FloorFinding.guardUnavailable
        receipt.floor = [finding]
        #expect(says(receipt, "limits")?.contains("could not be asked, so nothing was let past it") == true)
        finding.action = .noted
        receipt.floor = [finding]
        #expect(
            says(receipt, "limits")?.contains("judge what you wrote could not be asked; it went on all the same")
                == true)
        #expect(says(receipt, "limits")?.contains("let past") == false)
        finding.detector = FloorFinding.guardMissing
        finding.side = "output"
        finding.action = .blocked
        receipt.floor = [finding]
        #expect(says(receipt, "limits")?.contains("none is set up here, so nothing was let past it") == true)
        finding.detector = "phrase"
        finding.within = "reasoning"
        finding.action = .replaced
        receipt.floor = [finding]
        #expect(says(receipt, "limits")?.contains("What the model wrote in its reasoning broke the limit") == true)
    }

    @Test("where the floor answered, it says so, and claims of no model that it was asked")
    func floorAnswers() throws {
        var receipt = Receipt.sample()
        var finding = FloorFinding(
            clause: "crisis-help", severity: .handOver, side: .input, detector: "danger-to-life", at: 0)
        (receipt.attempts, receipt.brief, receipt.clauses) = (0, nil, [])
        receipt.floor = [finding]
        receipt.noteAnswer(of: finding)
        #expect(receipt.move == "hand-over" && receipt.moveRule == "floor/crisis-help")
        #expect(receipt.alternatives == nil)
        #expect(says(receipt, "written") == "No model was asked.")
        #expect(says(receipt, "care")?.contains("No model was asked, so none was told anything.") == true)
        let chosen = try #require(says(receipt, "chosen"))
        #expect(chosen.hasPrefix("What was written touched the limit “crisis-help”, so no model was asked"))
        #expect(!chosen.contains("plainly"))

        receipt = .sample()
        receipt.moveRule = "nothing-else"
        finding = FloorFinding(clause: "secret", severity: .block, side: .output, detector: "phrase", at: 3)
        receipt.floor = [finding]
        receipt.noteAnswer(of: finding)
        #expect(receipt.move == "floor" && receipt.moveRule == "floor/secret")
        #expect(receipt.alternatives?.map(\.move) == ["answer"])
        #expect(
            says(receipt, "chosen")?.hasPrefix("What the model wrote broke the limit “secret”, so it was held back")
                == true)
        #expect(says(receipt, "instead")?.contains("The model was asked for it") == true)

        finding.detector = FloorFinding.guardMissing
        receipt.noteAnswer(of: finding)
        #expect(says(receipt, "chosen")?.contains("none is set up here, so the model's reply was held back") == true)
    }

    @Test("says what went wrong, who ended it, and what was missing")
    func troubles() {
        var receipt = Receipt.sample()
        receipt.outcome = .cutOff(by: .upstream, reason: "it sent nothing for 60 seconds")
        receipt.missing = ["The charter could not be reloaded, so the last good one was used"]
        receipt.charter = nil
        receipt.clauses = []
        receipt.brief = nil
        receipt.bodiesUnreadable = "What was said was kept here, and was then erased"
        let text = Why(receipt).text
        #expect(text.contains("No charter governed this reply."))
        #expect(text.contains("The reply was cut off by the upstream: it sent nothing for 60 seconds."))
        #expect(
            text.contains("What could not be done: The charter could not be reloaded, so the last good one was used."))
        #expect(text.contains("was then erased."))
        receipt.outcome = .refused(reason: "there is no model of that name")
        receipt.upstream = nil
        #expect(Why(receipt).text.contains("No model was asked."))
        #expect(Why(receipt).text.contains("The request was refused: there is no model of that name."))
        receipt = .sample()
        receipt.finishReason = "length"
        #expect(Why(receipt).text.contains("may be unfinished"))
    }

    @Test("is made of anything without crashing, and survives its own JSON")
    func anything() throws {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<300 {
            let why = Why(Receipt.random(using: &generator))
            #expect(!why.text.isEmpty && !why.parts.isEmpty)
            #expect(why.parts.allSatisfy { !$0.says.isEmpty })
            #expect(try JSONDecoder().decode(Why.self, from: JSONEncoder().encode(why)) == why)
        }
    }
}
