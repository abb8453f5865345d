import Testing

@testable import Gateway

@Suite("Tokens a day")
struct TokenBudgetTests {
    private let noon = Moment(steady: 0, wall: 20_000 * 86_400_000 + 43_200_000)
    private var nextDay: Moment { Moment(steady: 0, wall: noon.wall + 86_400_000) }

    @Test("a reservation counts until it settles, then only what was used")
    func reservation() throws {
        let budget = TokenBudget(tokensPerDay: 100)
        let first = try budget.reserve(60, at: noon)
        #expect(throws: TokenBudget.Refusal(limit: 100, left: 40, asked: 41, retryAfter: 43_200)) {
            try budget.reserve(41, at: noon)
        }
        budget.settle(first, used: 10)
        let standing = budget.standing(at: noon)
        #expect(standing.used == 10)
        #expect(standing.reserved == 0)
        _ = try budget.reserve(90, at: noon)
        #expect(throws: TokenBudget.Refusal.self) { try budget.reserve(0, at: noon) }
    }

    @Test("requests that race never hold more than the budget, and nothing is lost", arguments: [UInt64(1), 2, 3])
    func race(seed: UInt64) async {
        let limit = 10_000
        let budget = TokenBudget(tokensPerDay: limit)
        let held = SharedNumber()
        let settled = SharedNumber()
        let broken = SharedNumber()
        let admitted = SharedNumber()
        let noon = noon
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<16 {
                group.addTask {
                    var generator = SeededGenerator(seed: seed &* 1000 &+ UInt64(worker))
                    for _ in 0..<300 {
                        let asked = Int.random(in: 1...200, using: &generator)
                        guard let reservation = try? budget.reserve(asked, at: noon) else { continue }
                        admitted.add(1)
                        // Counted after the budget counted it, and taken back before, so it never runs ahead.
                        let now = held.add(asked)
                        if now > limit { broken.add(1) }
                        if Bool.random(using: &generator) { await Task.yield() }
                        let used = Int.random(in: 0...asked, using: &generator)
                        held.add(used - asked)
                        settled.add(used)
                        budget.settle(reservation, used: used)
                    }
                }
            }
        }
        let standing = budget.standing(at: noon)
        #expect(broken.value == 0)
        #expect(standing.used == settled.value)
        #expect(standing.reserved == 0)
        #expect(standing.used <= limit)
        // The race was for something: the budget ran out.
        #expect(admitted.value < 16 * 300)
    }

    @Test("a request that used more than it set aside is counted in full, and the next one is refused")
    func overrun() throws {
        let budget = TokenBudget(tokensPerDay: 100)
        budget.settle(try budget.reserve(10, at: noon), used: 250)
        #expect(budget.standing(at: noon).used == 250)
        #expect(throws: TokenBudget.Refusal.self) { try budget.reserve(1, at: noon) }
    }

    @Test("a new day begins with a full budget, and yesterday's late settlements don't touch it")
    func midnight() throws {
        let budget = TokenBudget(tokensPerDay: 100)
        let late = try budget.reserve(100, at: noon)
        let fresh = try budget.reserve(100, at: nextDay)
        budget.settle(late, used: 100)
        #expect(budget.standing(at: nextDay).reserved == 100)
        budget.settle(fresh, used: 5)
        #expect(budget.standing(at: nextDay).used == 5)
    }

    @Test("a clock that is set back doesn't forgive what was used, and leaves no reservation behind")
    func clockBackwards() throws {
        let budget = TokenBudget(tokensPerDay: 100)
        budget.settle(try budget.reserve(90, at: nextDay), used: 90)
        #expect(throws: TokenBudget.Refusal.self) { try budget.reserve(20, at: noon) }
        let reservation = try budget.reserve(10, at: noon)
        budget.settle(reservation, used: 0)
        #expect(budget.standing(at: noon).reserved == 0)
    }

    @Test("retry-after leads to the next day, and is never zero")
    func retryAfter() {
        #expect(noon.secondsToMidnight == 43_200)
        #expect(Moment(steady: 0, wall: 86_400_000 - 1).secondsToMidnight == 1)
        #expect(Moment(steady: 0, wall: 86_400_000).secondsToMidnight == 86_400)
        #expect(Moment(steady: 0, wall: -1).day == -1)
        #expect(Moment(steady: 0, wall: -86_400_000).day == -1)
        #expect(Moment(steady: 0, wall: -86_400_001).day == -2)
    }

    @Test("negative and enormous numbers do no harm")
    func extremes() throws {
        let budget = TokenBudget(tokensPerDay: .max)
        budget.settle(try budget.reserve(-5, at: noon), used: -5)
        #expect(budget.standing(at: noon).used == 0)
        for _ in 0..<20 { budget.settle(try budget.reserve(.max, at: noon), used: .max) }
        #expect(budget.standing(at: noon).used > 0)
        budget.change(to: 0)
        #expect(throws: TokenBudget.Refusal.self) { try budget.reserve(.max, at: noon) }
        budget.change(to: .min)
        #expect(throws: TokenBudget.Refusal.self) { try budget.reserve(1, at: noon) }
    }
}
