import BigInt

/// Whole numbers that Equal Shares can count in: 128 bits while they last, then numbers of any size.
protocol BudgetInteger: Hashable, Comparable, Sendable {
    init?(exactly value: BigInt)
    var big: BigInt { get }
    func adding(_ other: Self) throws(BudgetOverflow) -> Self
    func subtracting(_ other: Self) throws(BudgetOverflow) -> Self
    func times(_ other: Self) throws(BudgetOverflow) -> Self
    /// The quotient, rounded down. Both are at least 0, the divisor at least 1.
    func quotient(by divisor: Self) -> Self
    /// Both are at least 0.
    func commonDivisor(with other: Self) -> Self
    /// This divided by another to within a few units of the last place. Both are at least 0, the divisor at least 1.
    func ratio(to divisor: Self) -> Double
}

/// Thrown where 128 bits are too few. Whoever catches it starts again with numbers of any size.
struct BudgetOverflow: Error {}

extension Int128: BudgetInteger {
    init?(exactly value: BigInt) {
        guard value.bitWidth <= 127 else { return nil }
        // Fits by the guard, so nothing is cut off.
        self.init(truncatingIfNeeded: value)
    }

    var big: BigInt { BigInt(self) }

    func adding(_ other: Int128) throws(BudgetOverflow) -> Int128 {
        let (sum, overflow) = addingReportingOverflow(other)
        if overflow { throw BudgetOverflow() }
        return sum
    }

    func subtracting(_ other: Int128) throws(BudgetOverflow) -> Int128 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        if overflow { throw BudgetOverflow() }
        return difference
    }

    func times(_ other: Int128) throws(BudgetOverflow) -> Int128 {
        // Most products are of numbers that a word holds, which is several times faster.
        if let first = Int(exactly: self), let second = Int(exactly: other) {
            let (product, overflow) = first.multipliedReportingOverflow(by: second)
            if !overflow { return Int128(product) }
        }
        let (product, overflow) = multipliedReportingOverflow(by: other)
        if overflow { throw BudgetOverflow() }
        return product
    }

    func quotient(by divisor: Int128) -> Int128 { self / divisor }

    func commonDivisor(with other: Int128) -> Int128 {
        var (first, second) = (self, other)
        while second != 0 { (first, second) = (second, first % second) }
        return first
    }

    func ratio(to divisor: Int128) -> Double { floating / divisor.floating }

    /// The nearest floating point number, or one beside it. The generic conversion takes many times as long.
    private var floating: Double {
        if let word = Int(exactly: self) { return Double(word) }
        let size = magnitude
        let value = Double(UInt64(truncatingIfNeeded: size >> 64)) * 0x1p64 + Double(UInt64(truncatingIfNeeded: size))
        return self < 0 ? -value : value
    }
}

extension BigInt: BudgetInteger {
    init?(exactly value: BigInt) { self = value }

    var big: BigInt { self }

    func adding(_ other: BigInt) -> BigInt { self + other }

    func subtracting(_ other: BigInt) -> BigInt { self - other }

    func times(_ other: BigInt) -> BigInt { self * other }

    func quotient(by divisor: BigInt) -> BigInt { self / divisor }

    func commonDivisor(with other: BigInt) -> BigInt { greatestCommonDivisor(with: other) }

    func ratio(to divisor: BigInt) -> Double {
        // Numbers of any size may be too large for floating point though their ratio isn't.
        let (own, other) = (leading, divisor.leading)
        let ratio = Double(sign: .plus, exponent: own.exponent - other.exponent, significand: own.value / other.value)
        return self < 0 ? -ratio : ratio
    }

    /// The first two words of the magnitude in floating point, and by which power of two to multiply.
    private var leading: (value: Double, exponent: Int) {
        let words = magnitude.words
        let count = words.count
        guard count > 1 else { return (Double(words.first ?? 0), 0) }
        let value = Double(words[count - 1]) * 0x1p64 + Double(words[count - 2])
        return (value, (count - 2) * UInt.bitWidth)
    }
}
