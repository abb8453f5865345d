import Deliberation
import Testing

@Suite("Common ground that anybody may see")
struct TellableGroundTests {
    private let all = VoteTally(agreed: 36)
    private let none = VoteTally(disagreed: 36)

    @Test("what fewer than five people hold isn't told, and can't be had from what is told of the others")
    func small() {
        let large = [all, none, all, VoteTally(agreed: 20, disagreed: 16)]
        let small = [VoteTally(disagreed: 4), VoteTally(agreed: 4), VoteTally(agreed: 4), VoteTally(agreed: 4)]
        let ground = TellableGround([large, small], people: [36, 4])
        #expect(ground.groups == [0] && ground.people == [36] && ground.untold == 1)
        #expect(ground.remark?.contains("fewer than 5") == true)
        #expect(ground.divisive(9).isEmpty)
        #expect(ground.representative(at: 0, 9).isEmpty)
        // The same whatever the four hold.
        let contrary = TellableGround([large, small.reversed()], people: [36, 4])
        for stance in [Stance.agree, .disagree] {
            #expect(ground.shared(stance) == contrary.shared(stance))
            #expect(ground.shared(stance).allSatisfy { $0.shares.count == 1 })
        }
        #expect(ground.shared(.agree).map(\.statement.statement) == [0, 2, 3])
        // Five are a group.
        let five = TellableGround([large, small.map { _ in VoteTally(disagreed: 5) }], people: [36, 5])
        #expect(five.untold == 0 && five.remark == nil)
        #expect(!five.divisive(9).isEmpty && !five.representative(at: 1, 9).isEmpty)
    }

    @Test("a statement on which fewer than five of a group voted isn't told")
    func thin() {
        let ground = TellableGround(
            [[all, all], [VoteTally(agreed: 4), VoteTally(agreed: 5)]], people: [36, 40])
        #expect(ground.shared(.agree).map(\.statement.statement) == [1])
    }

    @Test("where fewer than five of one group voted, what divides the others is told without it")
    func thinBeside() {
        let votes = [[all], [VoteTally(disagreed: 30)], [VoteTally(agreed: 2, disagreed: 2)]]
        let ground = TellableGround(votes, people: [36, 30, 20])
        #expect(ground.divisive(9).map(\.statement) == [0])
        #expect(ground.votes(at: 2, on: 0) == nil && ground.votes(at: 0, on: 0) == all)
        #expect(ground.others(than: 0, on: 0) == VoteTally(disagreed: 30))
    }

    @Test("everybody's votes are told only where those who aren't told don't follow from them")
    func complement() throws {
        let large = VoteTally(agreed: 30, disagreed: 6)
        for (rest, isEverybody) in [(0, true), (1, false), (4, false), (5, true)] {
            let ground = TellableGround(
                [[large], [VoteTally(agreed: 3)]], people: [36, 3],
                everybody: [large + VoteTally(agreed: rest)])
            let total = try #require(ground.total(on: 0))
            #expect(total.isEverybody == isEverybody)
            #expect(total.votes == (isEverybody ? large + VoteTally(agreed: rest) : large))
        }
        // A large group of which four voted is as telling.
        let thin = TellableGround([[large], [VoteTally(agreed: 4)]], people: [36, 40])
        #expect(thin.total(on: 0)?.votes == large && thin.total(on: 0)?.isEverybody == false)
        #expect(TellableGround([[VoteTally(agreed: 4)]], people: [40]).total(on: 0) == nil)
    }

    @Test("of fewer than five people nothing is told at all")
    func few() throws {
        for count in [1, 4, 5] {
            let landscape = OpinionLandscape(try MadeUp.rows(Array(repeating: "+-+-", count: count)))
            let ground = TellableGround(landscape)
            #expect(ground.shared(.agree).isEmpty == (count < 5))
            #expect(ground.shared(.disagree).isEmpty == (count < 5))
            #expect((ground.remark == nil) == (count == 5))
        }
    }
}
