import Deliberation
import Testing

@Suite("Which statement next")
struct RoutingTests {
    @Test("a replay ends with every vote and the whole list, the same for the same seed", arguments: 1...4)
    func replay(seed: Int) throws {
        let made = try MadeUp([25, 20], statements: 25, apart: 0.7, seen: 0.7, seed: UInt64(seed))
        let replay = RoutingReplay(made.votes, moderation: .init(rejected: [1]))
        let first = try replay.course(AdaptiveRouter(listLength: replay.listLength), seed: 5, looks: 20)
        let second = try replay.course(AdaptiveRouter(listLength: replay.listLength), seed: 5, looks: 20)
        #expect(first == second)
        let votes = made.votes.filter { _, statement, _ in statement != 1 }.voteCount
        #expect(first.points.last?.votes == votes)
        #expect(first.points.last?.share == 1)
        #expect(first.votesNeeded(share: 1) != nil)
        #expect(!replay.finalList.contains(1))
    }

    @Test("no router chooses what isn't offered", arguments: 1...5)
    func choices(seed: Int) throws {
        let made = try MadeUp([25, 20], statements: 25, apart: 0.7, seen: 0.7, seed: UInt64(seed))
        let knowledge = RoutingKnowledge(OpinionLandscape(made.votes))
        var draws = Draws(UInt64(seed))
        var routers: [any StatementRouter] = [RandomRouter(), PolisRouter(), AdaptiveRouter()]
        for index in routers.indices {
            for step in 0..<40 {
                if step == 10 { routers[index].learn(knowledge) }
                let offered = Array((0..<25).shuffled(using: &draws).prefix(1 + step % 7))
                let person = Int.random(in: 0..<60, using: &draws)
                let choice = routers[index].next(for: person, among: offered, using: &draws)
                #expect(offered.contains(choice))
                routers[index].take(CastVote(participant: person, statement: choice, stance: .agree))
            }
        }
    }

    @Test("Polis's router draws in proportion to priority")
    func proportion() throws {
        var router = PolisRouter()
        var knowledge = RoutingKnowledge(PolisLandscape(try MadeUp.rows(["++", "++"])))
        knowledge.groupVotes = [[VoteTally(agreed: 50), VoteTally(passed: 50)]]
        knowledge.extremity = [0, 0]
        router.learn(knowledge)
        var draws = Draws(8)
        let first = (0..<4_000).count { _ in router.next(for: 0, among: [0, 1], using: &draws) == 0 }
        let priorities = (
            PolisPriority.value(VoteTally(agreed: 50), extremity: 0),
            PolisPriority.value(VoteTally(passed: 50), extremity: 0)
        )
        #expect(abs(Double(first) / 4_000 - priorities.0 / (priorities.0 + priorities.1)) < 0.03)
    }

    @Test("the adaptive router asks where the list is uncertain")
    func uncertain() throws {
        var router = AdaptiveRouter(listLength: 1, groupWorth: 0)
        let sure = VoteTally(agreed: 200, disagreed: 1)
        let out = VoteTally(agreed: 1, disagreed: 200)
        let open = VoteTally(agreed: 5, disagreed: 1)
        var knowledge = RoutingKnowledge(PolisLandscape(try MadeUp.rows(["+++", "++-"])))
        knowledge.groupVotes = [[sure, out, open], [sure, out, open]]
        knowledge.memberships = [[0.5, 0.5]]
        router.learn(knowledge)
        var draws = Draws(1)
        #expect(router.next(for: 0, among: [0, 1, 2], using: &draws) == 2)
    }

    @Test("who changes their mind many times takes no statement away from others")
    func changesOfMind() throws {
        var router = AdaptiveRouter(listLength: 1, groupWorth: 0)
        let sure = VoteTally(agreed: 200, disagreed: 1)
        let open = VoteTally(agreed: 5, disagreed: 1)
        var knowledge = RoutingKnowledge(PolisLandscape(try MadeUp.rows(["+++", "++-"])))
        knowledge.groupVotes = [[sure, sure, open]]
        knowledge.memberships = [[1]]
        var draws = Draws(1)
        for takesBack in [true, false] {
            router.learn(knowledge)
            var before = Stance.agree
            for _ in 0..<400 {
                let stance: Stance = before == .agree ? .disagree : .agree
                router.take(
                    CastVote(participant: 0, statement: 2, stance: stance), replacing: takesBack ? before : nil)
                before = stance
            }
            // The other way shows that what is taken back is what matters.
            #expect((router.next(for: 1, among: [0, 1, 2], using: &draws) == 2) == takesBack)
        }
    }
}
