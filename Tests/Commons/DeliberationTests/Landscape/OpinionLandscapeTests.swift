import Deliberation
import Testing

@Suite("The landscape of opinions")
struct OpinionLandscapeTests {
    @Test(
        "planted groups come out, better than by Polis's mathematics", .enabled(if: LongTests.areWanted, LongTests.note)
    )
    func planted() throws {
        var ours = 0.0
        var polis = 0.0
        var right = 0
        let sizes = [[120, 80], [150, 90, 60], [240, 60], [100, 90, 80]]
        for seed in 0..<12 {
            let made = try MadeUp(sizes[seed % 4], statements: 60, apart: 0.7, seen: 0.35, seed: UInt64(seed + 1))
            let people = made.groups.count
            let landscape = OpinionLandscape(made.votes)
            ours += AdjustedRandIndex.value(landscape.assignment(confidence: 0), made.groups)
            if landscape.groupCount == sizes[seed % 4].count { right += 1 }
            polis += AdjustedRandIndex.value(
                PolisLandscape(made.votes).groups.assignment(participantCount: people), made.groups)
        }
        print(
            "planted groups: adjusted Rand index \(ours / 12), Polis's mathematics \(polis / 12), right number \(right) of 12"
        )
        #expect(ours / 12 > 0.6)
        #expect(ours / 12 > polis / 12 + 0.04)
        #expect(right >= 9)
    }

    @Test("where there are no groups, none is found", arguments: 1...(LongTests.areWanted ? 8 : 2))
    func none(seed: Int) throws {
        let made = try MadeUp([200], statements: 40, apart: 0, seen: 0.5, seed: UInt64(seed))
        let landscape = OpinionLandscape(made.votes)
        #expect(landscape.groupCount == 1)
        #expect(GroupExamination(landscape, replicates: 2, seed: 1).findings.isEmpty)
    }

    @Test("too few people, too few statements, nobody taking a side: each is said in words")
    func basis() throws {
        let few = OpinionLandscape(try MadeUp.rows([String](repeating: "++--+-", count: 5)))
        #expect(few.basis == .tooFewPeople(5))
        #expect(few.basis.description.contains("Below 12, groups mean nothing"))
        #expect(few.groupCount == 1)
        let narrow = OpinionLandscape(try MadeUp.rows([String](repeating: "+++++", count: 4) + ["-----"]))
        #expect(!narrow.basis.isEnough)
        let silent = OpinionLandscape(try MadeUp.rows([String](repeating: "00000000", count: 40)))
        #expect(silent.basis == .nobodyTookASide)
        #expect(silent.groupCount == 1)
        let one = OpinionLandscape(try MadeUp.rows((0..<40).map { $0 % 2 == 0 ? "+" : "-" }))
        #expect(!one.basis.isEnough)
    }

    @Test(
        "odd conversations have a landscape too",
        arguments: [
            [], ["."], ["+"], ["+-0"], ["0000", "0000"], ["+", "-", "0", "+"], [String](repeating: "++--++", count: 30),
            ["......"], (0..<30).map { $0 % 2 == 0 ? "++++++" : "------" },
        ])
    func odd(rows: [String]) throws {
        let votes = try MadeUp.rows(rows)
        for rejected in [Set<Int>(), Set(0..<votes.statementCount)] {
            let landscape = OpinionLandscape(votes, moderation: .init(rejected: rejected))
            for person in 0..<votes.participantCount {
                #expect(abs(landscape.membership(of: person).reduce(0, +) - 1) < 1e-9)
                let position = landscape.position(of: person)
                #expect(position.x.value.isFinite && position.y.upper.isFinite)
            }
            _ = GroupExamination(landscape, replicates: 2, seed: 1)
            _ = CommonGround(landscape.groupVotes(), rejected: rejected)
            _ = Bridging(votes, rejected: rejected)
        }
    }

    @Test("two camps are two groups, each as large as it is")
    func camps() throws {
        let rows = (0..<30).map { $0 < 20 ? "+++++---" : "-----+++" }
        let landscape = OpinionLandscape(try MadeUp.rows(rows))
        #expect(landscape.groupCount == 2)
        #expect(landscape.assignment() == rows.map { $0.hasPrefix("+") ? 0 : 1 })
    }

    @Test("the same votes and seed give the same landscape, the people in any order nearly the same", arguments: 1...5)
    func deterministic(seed: Int) throws {
        let made = try MadeUp([60, 50], statements: 30, apart: 0.8, seen: 0.6, seed: UInt64(seed))
        let first = OpinionLandscape(made.votes)
        let second = OpinionLandscape(made.votes)
        #expect(first.assignment() == second.assignment())
        #expect(first.evidence == second.evidence)
        let order = Array((0..<110).reversed())
        let turned = OpinionLandscape(made.votes.selecting(order)).assignment()
        #expect(AdjustedRandIndex.value(order.map { first.assignment()[$0] }, turned) > 0.9)
    }

    @Test("who has said little is nowhere for sure")
    func uncertainty() throws {
        var made = try MadeUp([60, 60], statements: 40, apart: 0.9, seen: 0.8, seed: 4)
        try made.votes.cast(CastVote(participant: 120, statement: 0, stance: .pass))
        let landscape = OpinionLandscape(made.votes)
        let newcomer = landscape.membership(of: 120)
        #expect((newcomer.max() ?? 1) < 0.8)
        #expect(landscape.assignment(confidence: 0.9)[120] == -1)
        let narrow = landscape.position(of: 0).x
        let wide = landscape.position(of: 120).x
        #expect(wide.upper - wide.lower > narrow.upper - narrow.lower)
    }

    @Test("one more vote moves the person who cast it, and is counted", arguments: 1...5)
    func reflect(seed: Int) throws {
        let made = try MadeUp([60, 60], statements: 30, apart: 0.9, seen: 0.6, seed: UInt64(seed))
        var landscape = OpinionLandscape(made.votes)
        // A newcomer votes as person 0 does, one vote after the other.
        for vote in made.votes.votes(of: 0) {
            try landscape.reflect(CastVote(participant: 120, statement: vote.statement, stance: vote.stance))
        }
        #expect(landscape.votesSince == made.votes.voteCount(of: 0))
        #expect(landscape.assignment()[120] == landscape.assignment()[0])
        let twin = landscape.position(of: 120).x.value - landscape.position(of: 0).x.value
        #expect(abs(twin) < 0.2)
        let full = OpinionLandscape(landscape.votes, previous: landscape)
        #expect(AdjustedRandIndex.value(full.assignment(), landscape.assignment()) > 0.8)
        // Changing a vote, and one on a statement that wasn't there before.
        try landscape.reflect(CastVote(participant: 3, statement: 30, stance: .agree))
        try landscape.reflect(CastVote(participant: 3, statement: 30, stance: .disagree))
        #expect(landscape.votes.tallies[30] == VoteTally(disagreed: 1))
        #expect(throws: VoteMatrixError.self) {
            try landscape.reflect(CastVote(participant: -1, statement: 0, stance: .agree))
        }
    }

    @Test("groups apart are real, and a finding says in words what it means")
    func examination() throws {
        let apart = try MadeUp([90, 60], statements: 40, apart: 0.8, seen: 0.5, seed: 2)
        let real = GroupExamination(OpinionLandscape(apart.votes), replicates: 60, seed: 1)
        #expect(real.findings.map(\.verdict) == [.real, .real])
        #expect(real.stability > 0.9)
        let finding = try #require(real.findings.first)
        #expect(finding.description.contains("people: real"))
        #expect(finding.share.lower <= finding.share.value && finding.share.value <= finding.share.upper)
    }

    @Test("a crowd that shades from end to end has regions", .enabled(if: LongTests.areWanted, LongTests.note))
    func crowds() throws {
        var wrong = 0
        for seed in 1...4 {
            let crowd = try MadeUp.crowd(people: 300, statements: 60, spread: 1.5, seed: UInt64(seed))
            let examination = GroupExamination(OpinionLandscape(crowd), replicates: 60, seed: 1)
            if examination.findings.contains(where: { $0.verdict == .real }) { wrong += 1 }
        }
        #expect(wrong <= 1)
    }

    @Test("an important vote moves its voter further")
    func importance() throws {
        let made = try MadeUp([60, 60], statements: 30, apart: 0.9, seen: 0.6, seed: 9)
        var plain = OpinionLandscape(made.votes)
        var important = plain
        let statement = (0..<30).max { plain.direction(of: $0).x < plain.direction(of: $1).x } ?? 0
        try plain.reflect(CastVote(participant: 120, statement: statement, stance: .agree))
        try important.reflect(
            CastVote(participant: 120, statement: statement, stance: .agree, importance: .highest))
        #expect(abs(important.position(of: 120).x.value) > abs(plain.position(of: 120).x.value))
    }
}
