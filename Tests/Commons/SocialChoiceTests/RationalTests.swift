import Testing

@testable import SocialChoice

@Suite("Exact fractions")
struct RationalTests {
    @Test("fractions are kept in lowest terms")
    func lowestTerms() {
        #expect(Rational(6, over: -4) == Rational(-3, over: 2))
        #expect(Rational(6, over: -4)?.description == "-3/2")
        #expect(Rational(0, over: 5) == .zero)
        #expect(Rational(1, over: 0) == nil)
        #expect(Rational(8, over: 4)?.description == "2")
    }

    @Test("sums, products and quotients follow the laws of arithmetic, beyond a word too")
    func laws() throws {
        var random = SplitMix(state: 41)
        func draw() -> Rational {
            let size = 1 << Int.random(in: 1...61, using: &random)
            return Rational(
                Int.random(in: -size...size, using: &random), dividedBy: Int.random(in: 1...size, using: &random))
        }
        for _ in 0..<2_000 {
            let (a, b, c) = (draw(), draw(), draw())
            #expect(a + b == b + a)
            #expect((a + b) + c == a + (b + c))
            #expect(a * (b + c) == a * b + a * c)
            #expect((a - b) + b == a)
            #expect((a < b) == (b - a > .zero))
            #expect([a < b, a == b, a > b].filter { $0 }.count == 1)
            if b != .zero { #expect(try #require(a.divided(by: b)) * b == a) }
            #expect(a.divided(by: .zero) == nil)
        }
    }

    @Test("a fraction beyond a word comes back into one when it can")
    func comesBack() {
        let tiny = Rational(1, dividedBy: .max)
        let square = tiny * tiny
        #expect(square > .zero && square < tiny)
        #expect(square.divided(by: tiny) == tiny)
        #expect(Rational(.min) + Rational(.min) == Rational(.min) * Rational(2))
        #expect((Rational(.min) - Rational(.min)) == .zero)
        #expect(abs(square.approximation * 8.507059173023462e37 - 1) < 1e-12)
    }

    @Test("the floor is the whole number below")
    func floors() {
        #expect(Rational(7, dividedBy: 2).floor == 3)
        #expect(Rational(-7, dividedBy: 2).floor == -4)
        #expect(Rational(-4, dividedBy: 2).floor == -2)
        #expect((Rational(.max) + Rational(1)).floor == nil)
    }
}
