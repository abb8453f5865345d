import SocialChoice
import Testing

@Suite("Exact amounts")
struct BudgetAmountTests {
    @Test(
        "amounts are read as people and files write them, and shown in full",
        arguments: [
            ("0", "0"), ("007", "7"), ("1200", "1200"), ("1200.50", "1200.5"), ("1200,50", "1200.5"), ("-3", "-3"),
            ("+3.", "3"), (".5", "0.5"), ("-0.05", "-0.05"), ("1.2e6", "1200000"), ("25E-1", "2.5"),
            ("12345678901234567890.123", "12345678901234567890.123"), ("1e30", "1" + String(repeating: "0", count: 30)),
        ])
    func reading(text: String, shown: String) {
        #expect(BudgetAmount(text)?.description == shown)
    }

    @Test(
        "what is no amount is refused",
        arguments: [
            "", " 1", "1 200", "-", ".", "1.2.3", "1e", "1e31", "1e+", "e5", "0x10", "१२", "1_000", "∞", "NaN", "1-",
            String(repeating: "9", count: 41),
        ])
    func refusing(text: String) {
        #expect(BudgetAmount(text) == nil)
    }

    @Test("nothing is rounded, and equal amounts are equal however they are written")
    func arithmetic() throws {
        let third = try #require(BudgetAmount(1).divided(by: 3))
        #expect(third.description == "1/3")
        #expect(third + third + third == 1)
        #expect(third * 3 == BudgetAmount("1.000"))
        #expect(BudgetAmount("0.1")! + BudgetAmount("0.2")! == BudgetAmount("0.3")!)
        #expect(third - 1 < .zero)
        #expect(BudgetAmount(1).divided(by: .zero) == nil)
        #expect(try #require(BudgetAmount(2).divided(by: -6)) == .zero - third)
        #expect(abs(third.approximately - 1.0 / 3) < 1e-15)
        #expect(abs((BudgetAmount("1e30")! * BudgetAmount("1e30")!).approximately - 1e60) < 1e45)
        #expect((.zero - third).approximately < 0)
    }

    @Test("what is shown is read back as the same", arguments: UInt64(0)..<10)
    func roundTrip(seed: UInt64) throws {
        var random = RankingSeed(seed)
        for _ in 0..<100 {
            let whole = BudgetAmount(Int.random(in: -1_000_000...1_000_000, using: &random))
            let divisor = BudgetAmount([1, 2, 5, 8, 125, 1000].randomElement(using: &random)!)
            let amount = try #require(whole.divided(by: divisor))
            #expect(BudgetAmount(amount.description) == amount)
        }
    }
}
