import BigInt

/// An exact fraction, always in lowest terms with a positive denominator.
///
/// While numerator and denominator fit into a machine word it costs a few divisions; beyond that it grows without
/// bound, so that no tie is ever decided by rounding.
public struct Rational: Sendable, Hashable, Comparable {
    private enum Storage: Sendable, Hashable {
        case word(Int, Int)
        case unbounded(BigInt, BigInt)
    }
    private let storage: Storage

    private init(_ storage: Storage) { self.storage = storage }

    /// Zero.
    public static let zero = Rational(0)

    /// A whole number.
    public init(_ whole: Int) { self.storage = .word(whole, 1) }

    /// A fraction; `nil` where the denominator is 0.
    public init?(_ numerator: Int, over denominator: Int) {
        guard denominator != 0 else { return nil }
        self.init(numerator, dividedBy: denominator)
    }

    /// A fraction whose denominator the caller knows not to be 0.
    init(_ numerator: Int, dividedBy denominator: Int) {
        let divisor = greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
        // The least Int has no positive counterpart in a word, so it goes the long way.
        guard numerator != .min, denominator != .min else {
            self.init(BigInt(numerator), dividedBy: BigInt(denominator))
            return
        }
        let common = Int(divisor) * (denominator < 0 ? -1 : 1)
        self = Rational(.word(numerator / common, denominator / common))
    }

    init(_ numerator: BigInt, dividedBy denominator: BigInt) {
        let divisor = numerator.greatestCommonDivisor(with: denominator)
        let common = denominator < 0 ? -divisor : divisor
        let (top, bottom) = (numerator / common, denominator / common)
        if let small = Int(exactly: top), let under = Int(exactly: bottom), small != .min {
            storage = .word(small, under)
        } else {
            storage = .unbounded(top, bottom)
        }
    }

    init<Number: ExactInteger>(_ numerator: Number, over denominator: Number) {
        if let top = Int(exactly: numerator), let bottom = Int(exactly: denominator) {
            self.init(top, dividedBy: bottom)
        } else {
            self.init(BigInt(numerator), dividedBy: BigInt(denominator))
        }
    }

    private var parts: (BigInt, BigInt) {
        switch storage {
        case .word(let top, let bottom): (BigInt(top), BigInt(bottom))
        case .unbounded(let top, let bottom): (top, bottom)
        }
    }

    /// The nearest `Double`, for showing only.
    public var approximation: Double {
        switch storage {
        case .word(let top, let bottom): return Double(top) / Double(bottom)
        case .unbounded(let top, let bottom):
            // Both are brought down to what a Double holds with a wide margin before they are divided.
            let excess = max(top.magnitude.bitWidth, bottom.magnitude.bitWidth) - 900
            return excess > 0 ? Double(top >> excess) / Double(bottom >> excess) : Double(top) / Double(bottom)
        }
    }

    /// The largest whole number that isn't above this one; `nil` where it doesn't fit into an `Int`.
    public var floor: Int? {
        let (top, bottom) = parts
        let (quotient, remainder) = top.quotientAndRemainder(dividingBy: bottom)
        return Int(exactly: remainder < 0 ? quotient - 1 : quotient)
    }

    /// The sum of two fractions.
    public static func + (first: Rational, second: Rational) -> Rational {
        if case .word(let a, let b) = first.storage, case .word(let c, let d) = second.storage {
            let (left, one) = a.multipliedReportingOverflow(by: d)
            let (right, two) = c.multipliedReportingOverflow(by: b)
            let (top, three) = left.addingReportingOverflow(right)
            let (bottom, four) = b.multipliedReportingOverflow(by: d)
            if !(one || two || three || four) { return Rational(top, dividedBy: bottom) }
        }
        let ((a, b), (c, d)) = (first.parts, second.parts)
        return Rational(a * d + c * b, dividedBy: b * d)
    }

    /// The opposite of a fraction.
    public static prefix func - (value: Rational) -> Rational { zero - value }

    /// The difference of two fractions.
    public static func - (first: Rational, second: Rational) -> Rational {
        if case .word(let a, let b) = first.storage, case .word(let c, let d) = second.storage {
            let (left, one) = a.multipliedReportingOverflow(by: d)
            let (right, two) = c.multipliedReportingOverflow(by: b)
            let (top, three) = left.subtractingReportingOverflow(right)
            let (bottom, four) = b.multipliedReportingOverflow(by: d)
            if !(one || two || three || four) { return Rational(top, dividedBy: bottom) }
        }
        let ((a, b), (c, d)) = (first.parts, second.parts)
        return Rational(a * d - c * b, dividedBy: b * d)
    }

    /// The product of two fractions.
    public static func * (first: Rational, second: Rational) -> Rational {
        if case .word(let a, let b) = first.storage, case .word(let c, let d) = second.storage {
            let (top, one) = a.multipliedReportingOverflow(by: c)
            let (bottom, two) = b.multipliedReportingOverflow(by: d)
            if !(one || two) { return Rational(top, dividedBy: bottom) }
        }
        let ((a, b), (c, d)) = (first.parts, second.parts)
        return Rational(a * c, dividedBy: b * d)
    }

    /// This fraction divided by another; `nil` where that is 0.
    public func divided(by other: Rational) -> Rational? {
        let ((a, b), (c, d)) = (parts, other.parts)
        return c == 0 ? nil : Rational(a * d, dividedBy: b * c)
    }

    /// Whether one fraction is smaller than another: exact, whatever their size.
    public static func < (first: Rational, second: Rational) -> Bool {
        if case .word(let a, let b) = first.storage, case .word(let c, let d) = second.storage {
            return Int128(a) * Int128(d) < Int128(c) * Int128(b)
        }
        let ((a, b), (c, d)) = (first.parts, second.parts)
        return a * d < c * b
    }
}

extension Rational: CustomStringConvertible {
    /// The fraction as people write it: `3`, `7/2`.
    public var description: String {
        let (top, bottom) = parts
        return bottom == 1 ? "\(top)" : "\(top)/\(bottom)"
    }
}
