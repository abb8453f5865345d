import Charters
@_spi(ConsentLedger) import Charters
import Flourishing
import Foundation
import Models
import Testing

@testable import Counsel

@Suite("Choosing a move")
struct MoveRulesTests {
    private func charter(_ name: String = "plain", role: String) throws -> CompiledCharter {
        try SituationFiles.charter(name, role: role)
    }

    private func situation(_ signals: [Signal], topics: Set<String> = [], risk: Risk = .low, age: AgeBand? = nil)
        -> Situation
    {
        Situation(
            circumstances: Circumstances(topics: topics, age: age, risk: risk), stakes: risk,
            readings: Dictionary(signals.map { ($0, Reading(score: 0.9, evidence: "test")) }) { first, _ in first })
    }

    @Test(
        "each rule makes its move",
        arguments: [
            ([Signal.danger], "advisor", Move.handOver, "danger"), ([.goodbye], "advisor", .stepBack, "goodbye"),
            ([.success], "tutor", .celebrate, "success"), ([.quarrel], "mediator", .offerPerspectives, "quarrel"),
            ([.approval], "mediator", .offerPerspectives, "quarrel"), ([.quarrel], "advisor", .answer, "answer"),
            ([.decision], "advisor", .offerPerspectives, "decision"), ([.expert], "advisor", .defer, "expert"),
            ([.irreversible], "delegate", .ask, "irreversible"), ([.irreversible], "advisor", .answer, "answer"),
            ([.finishedWork], "tutor", .scaffold, "finished-work"), ([.finishedWork], "delegate", .answer, "answer"),
            ([.relies], "companion", .stepBack, "reliance"), ([.relies], "delegate", .answer, "answer"),
            ([.approval], "companion", .challenge, "approval"), ([.discouraged], "tutor", .encourage, "discouraged"),
            ([.distress], "companion", .ask, "distress"), ([.unclear], "advisor", .ask, "unclear"),
            ([], "advisor", .answer, "answer"),
        ] as [([Signal], String, Move, String)])
    func rules(_ signals: [Signal], _ role: String, _ move: Move, _ rule: String) throws {
        let choice = try MoveRules.choose(situation: situation(signals), charter: charter(role: role))
        #expect(choice.move == move)
        #expect(choice.rule == rule)
        #expect(!choice.reason.isEmpty)
        #expect((choice.sentence == nil) == (move == .answer))
        if move != .answer { #expect(choice.alternatives.contains { $0.move == .answer }) }
    }

    @Test("danger goes before everything, and names who the charter says helps")
    func dangerFirst() throws {
        let all = situation(Signal.allCases, topics: ["crisis"], risk: .high)
        let choice = try MoveRules.choose(situation: all, charter: charter("school", role: "tutor"))
        #expect(choice.move == .handOver)
        #expect(choice.rule == "danger")
        #expect(choice.resources == ["school-counsellor"])
        #expect(choice.sentence?.contains("Ms. Okoye, room 12") == true)
        #expect(choice.alternatives.contains { $0.move == .scaffold })
    }

    @Test("a context goes before what was read, and names its resource in its own words")
    func contexts() throws {
        let read = situation([.goodbye], topics: ["field-trip"])
        let choice = try MoveRules.choose(situation: read, charter: charter("school", role: "tutor"))
        #expect(choice.move == .defer)
        #expect(choice.context == "field-trip")
        #expect(choice.rule == "contexts/field-trip")
        #expect(choice.sentence?.contains("the school office, open from 7:30") == true)
        #expect(choice.alternatives.contains { $0.move == .stepBack })
    }

    @Test("guidance makes its move only with a permit, and only where its condition holds")
    func guidance() throws {
        let charter = try charter("school", role: "tutor")
        let permit = GuidancePermit(guidance: "challenge-procrastination", charter: "suite/school", question: "x")
        let drifting = situation([], topics: ["procrastination"])
        let with = MoveRules.choose(situation: drifting, charter: charter, liveGuidance: [permit])
        #expect(with.move == .challenge)
        #expect(with.guidance == ["challenge-procrastination"])
        let without = MoveRules.choose(situation: drifting, charter: charter)
        #expect(without.move == .answer)
        #expect(without.guidance.isEmpty)
        let elsewhere = MoveRules.choose(situation: situation([]), charter: charter, liveGuidance: [permit])
        #expect(elsewhere.move == .answer)
        #expect(elsewhere.guidance.isEmpty)
    }

    @Test("a tension that is the person's is laid out, both goods by name, and not decided")
    func tension() throws {
        let charter = try charter("town-advice", role: "advisor")
        var read = situation([.tradeOff, .decision])
        read.tradeOff = charter.tensions.first { $0.id == "freedom~security" }
        let choice = MoveRules.choose(situation: read, charter: charter)
        #expect(choice.move == .offerPerspectives)
        #expect(choice.tension?.id == "freedom~security")
        #expect(choice.sentence?.contains("freedom") == true)
        #expect(choice.sentence?.contains("security") == true)
        #expect(choice.sentence?.contains("decide for none") == true)
        read.tradeOff = charter.tensions.first { $0.decide == .community }
        #expect(MoveRules.choose(situation: read, charter: charter).move == .answer)
    }

    @Test(
        "what is the person's to decide is laid out, whatever a layer above says",
        arguments: [
            "contexts: [{when: {risk: low}, then: {move: answer, says: Comfort always goes first here.}}]",
            "contexts: [{when: {risk: low}, then: {says: Comfort first.}}, {when: {risk: low}, then: {move: encourage}}]",
            "roles: {tutor: {stance: tutor, moves: [scaffold], standards: [Decide for understanding.]}}",
            "roles: {tutor: {stance: tutor, moves: [scaffold]}}\n"
                + "contexts: [{when: {role: tutor}, then: {move: scaffold}}]",
            "tensions: [{between: [comfort, understanding], decide: person, advise: 'Understanding goes first.'}]",
        ])
    func yours(above: String) throws {
        func written(_ text: String) throws -> Charter {
            try Charter.read("version: 1.0.0\npurpose: Help.\n" + text, file: "c").charter
        }
        let parent = try written(
            """
            charter: a/parent
            goods: {comfort: {says: Ease.}, understanding: {says: Insight.}}
            tensions: [{between: [comfort, understanding], decide: person}]
            """)
        let child = try written("charter: a/child\nextends: [a/parent]\n" + above)
        let stack = CharterStack(charter: child, parents: [parent])
        let charter = try stack.compiled(role: nil)
        var read = situation([.tradeOff], topics: ["exams"])
        let tension = try #require(charter.tensions.first)
        read.tradeOff = tension
        let choice = MoveRules.choose(situation: read, charter: charter)
        #expect(choice.move == .offerPerspectives && choice.rule == "trade-off/comfort~understanding")
        let brief = charter.brief(
            for: BriefRequest(
                circumstances: read.circumstances, move: choice.move, moveSentence: choice.sentence,
                tension: choice.tension))
        #expect(brief.text.contains("decide for none") && brief.text.contains("Don't decide."))
        #expect(!brief.text.contains("Understanding goes first"))
        // Danger goes before it; the person's own choice and wish to be spared it count; and so does help.
        var danger = read
        danger.readings[.danger] = Reading(score: 0.9, evidence: "test")
        #expect(MoveRules.choose(situation: danger, charter: charter).move == .handOver)
        for wish in ["choices: [{between: [comfort, understanding], choose: comfort}]", "avoid: [offer-perspectives]"] {
            let person = try PersonLayer.read("wishes: 1\n" + wish, file: "w").wishes
            let own = try stack.adding(person).compiled(role: nil)
            #expect(MoveRules.choose(situation: read, charter: own).move != .offerPerspectives)
        }
        for move in ["hand-over", "defer"] {
            let help = try written(
                "charter: a/help\ncontexts: [{when: {topic: exams}, then: {move: \(move), to: emergency}}]")
            let helping = try CharterStack(charter: help, parents: [parent, child]).compiled(role: nil)
            #expect(MoveRules.choose(situation: read, charter: helping).move.rawValue == move)
        }
    }

    @Test("a tension that is the person's isn't hidden behind a likelier one that somebody else decides")
    func hidden() throws {
        func read(_ tensions: String) throws -> Situation {
            let charter = try Charter.read(
                """
                charter: a/b
                version: 1.0.0
                purpose: Help.
                goods: {comfort: {says: Ease.}, understanding: {says: Insight.}, rest: {says: Sleep.}}
                tensions:
                \(tensions)
                """, file: "b"
            ).charter.compiled(role: nil)
            let said = "Should I rest and have comfort, a good night's rest, or go for understanding? I'm torn."
            return CueReader().reading(
                of: Conversation(turns: [ChatTurn(.user, said)]), known: Circumstances(), charter: charter)
        }
        let own = "  - {between: [comfort, understanding], decide: person}"
        let theirs = "  - {between: [rest, understanding], decide: community, advise: Rest goes first.}"
        #expect(try read(own).tradeOff?.id == "comfort~understanding")
        #expect(try read(theirs).tradeOff?.id == "rest~understanding")
        #expect(try read(own + "\n" + theirs).tradeOff?.id == "comfort~understanding")
        #expect(try read(theirs + "\n" + own).tradeOff?.id == "comfort~understanding")
    }

    @Test("a move that the role doesn't make or the person asked to be spared is passed over, and it is said")
    func closed() throws {
        let choice = try MoveRules.choose(
            situation: situation([.approval]), charter: charter("home-company", role: "companion"))
        #expect(choice.move == .answer)
        #expect(choice.alternatives.contains { $0.move == .challenge && $0.whyNot.contains("companion") })
    }

    @Test("whatever is read: an open move, guidance only by permit, the same for the same")
    func properties() throws {
        var generator = SeededGenerator(seed: 11)
        let names = ["plain", "school", "town-advice", "home-company", "office", "neighbours"]
        let roles = ["advisor", "delegate", "companion", "tutor", "mediator"]
        let charters = try names.flatMap { name in try roles.map { try charter(name, role: $0) } }
        let topics = KnownTopic.allCases.map(\.rawValue) + ["field-trip", "procrastination", "housing", "contracts"]
        for _ in 0..<4_000 {
            let charter = try #require(charters.randomElement(using: &generator))
            var read = Situation(
                circumstances: Circumstances(
                    topics: Set(topics.shuffled(using: &generator).prefix(Int.random(in: 0...3, using: &generator))),
                    age: [nil, .child, .teen, .adult].randomElement(using: &generator) ?? nil,
                    hour: [nil, 3, 12, 23].randomElement(using: &generator) ?? nil,
                    risk: Risk.allCases.randomElement(using: &generator)))
            for signal in Signal.allCases where Int.random(in: 0..<4, using: &generator) == 0 {
                read.readings[signal] = Reading(score: Double.random(in: 0...1, using: &generator), evidence: "test")
            }
            read.tradeOff = Bool.random(using: &generator) ? charter.tensions.randomElement(using: &generator) : nil
            let permits: Set<GuidancePermit> =
                Bool.random(using: &generator)
                ? [GuidancePermit(guidance: "challenge-procrastination", charter: charter.id, question: "x")] : []
            let choice = MoveRules.choose(situation: read, charter: charter, liveGuidance: permits)
            #expect(charter.allowedMoves.contains(choice.move) || choice.move.isAlwaysOpen)
            #expect(Set(choice.guidance).isSubset(of: permits.map(\.guidance)))
            if choice.rule.hasPrefix("guidance/") { #expect(!permits.isEmpty) }
            if read.shows(.danger) { #expect(choice.move == .handOver) }
            if let tension = read.tradeOff, tension.decide == .person {
                #expect([.offerPerspectives, .handOver, .defer].contains(choice.move), "\(choice.rule)")
            }
            #expect(Set(choice.alternatives.map(\.move)).count == choice.alternatives.count)
            #expect(!choice.alternatives.contains { $0.move == choice.move })
            #expect(choice == MoveRules.choose(situation: read, charter: charter, liveGuidance: permits))
        }
    }
}
