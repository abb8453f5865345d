import Testing

@testable import Gateway

@Suite("Requests a minute")
struct RateLimitTests {
    private func moment(_ nanoseconds: UInt64) -> Moment { Moment(steady: 1_000_000_000_000 + nanoseconds, wall: 0) }

    @Test("without a limit every request is admitted")
    func unlimited() {
        let rate = RateLimit(requestsPerMinute: nil)
        for step in 0..<1000 { #expect(rate.take(at: moment(UInt64(step))) == nil) }
    }

    @Test("a limit of zero admits nothing and still says when to ask again")
    func zero() {
        #expect(RateLimit(requestsPerMinute: 0).take(at: moment(0)) == 60)
    }

    @Test(
        "in no span of time are more requests admitted than the limit and its share of the span",
        arguments: [1, 2, 7, 60, 61, 997], [UInt64(1), 2, 3])
    func upperBound(limit: Int, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let rate = RateLimit(requestsPerMinute: limit)
        var now: UInt64 = 0
        var admitted: [UInt64] = []
        for _ in 0..<4000 {
            if Int.random(in: 0..<10, using: &generator) == 0 {
                now += UInt64.random(in: 0...20_000_000_000, using: &generator)
            } else {
                now += UInt64.random(in: 0...(60_000_000_000 / UInt64(limit)), using: &generator)
            }
            if rate.take(at: moment(now)) == nil { admitted.append(now) }
        }
        #expect(!admitted.isEmpty)
        for first in stride(from: 0, to: admitted.count, by: 7) {
            for last in first..<min(first + 3 * limit + 3, admitted.count) {
                let span = admitted[last] - admitted[first]
                // Exact, in whole numbers: count ≤ limit + limit × span / minute.
                let count = UInt64(last - first + 1)
                #expect(count * 60_000_000_000 <= UInt64(limit) * (60_000_000_000 + span))
            }
        }
    }

    @Test(
        "a client that asks all the time gets every request it may have, to the last one", arguments: [1, 7, 60, 333])
    func nothingIsLost(limit: Int) {
        let rate = RateLimit(requestsPerMinute: limit)
        var admitted = 0
        // Ten minutes in odd steps; no rounding may eat a request.
        var now: UInt64 = 0
        while now <= 600_000_000_000 {
            if rate.take(at: moment(now)) == nil { admitted += 1 }
            now += 9_999_991
        }
        #expect(admitted == limit + 10 * limit || admitted == limit + 10 * limit - 1)
    }

    @Test("whoever waits as long as it was told is admitted", arguments: [1, 7, 59, 600, 100_000])
    func retryAfter(limit: Int) {
        let rate = RateLimit(requestsPerMinute: limit)
        var now: UInt64 = 0
        while rate.take(at: moment(now)) == nil { now += 1 }
        for _ in 0..<50 {
            guard let seconds = rate.take(at: moment(now)) else { continue }
            #expect(seconds >= 1 && seconds <= 60)
            now += UInt64(seconds) * 1_000_000_000
            #expect(rate.take(at: moment(now)) == nil)
        }
    }

    @Test("threads that race at one moment share exactly the limit")
    func race() async {
        for limit in [1, 50, 1000] {
            let rate = RateLimit(requestsPerMinute: limit)
            let admitted = SharedNumber()
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        for _ in 0..<200 where rate.take(at: Moment(steady: 5, wall: 0)) == nil {
                            admitted.add(1)
                        }
                    }
                }
            }
            #expect(admitted.value == limit)
        }
    }

    @Test("a clock read in another order gives nobody more")
    func clockBackwards() {
        let rate = RateLimit(requestsPerMinute: 2)
        #expect(rate.take(at: moment(30_000_000_000)) == nil)
        #expect(rate.take(at: moment(10_000_000_000)) == nil)
        #expect(rate.take(at: moment(10_000_000_000)) != nil)
        #expect(rate.take(at: moment(30_000_000_000)) != nil)
    }

    @Test("changing the limit of a running key forgives nothing")
    func change() {
        let rate = RateLimit(requestsPerMinute: 10)
        for _ in 0..<10 { #expect(rate.take(at: moment(0)) == nil) }
        rate.change(to: 12)
        #expect(rate.take(at: moment(0)) == nil)
        #expect(rate.take(at: moment(0)) == nil)
        #expect(rate.take(at: moment(0)) != nil)
        rate.change(to: nil)
        #expect(rate.take(at: moment(0)) == nil)
    }

    @Test("the largest numbers neither trap nor overflow")
    func extremes() {
        let rate = RateLimit(requestsPerMinute: .max)
        #expect(rate.take(at: Moment(steady: .max, wall: .max)) == nil)
        #expect(RateLimit(requestsPerMinute: .min).take(at: moment(0)) == 60)
    }
}
