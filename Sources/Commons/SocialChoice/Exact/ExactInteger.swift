import BigInt

/// An integer type that the rules can count in without rounding.
///
/// A rule asks beforehand how many bits its largest number can need (see ``ExactWidth``) and runs in the narrowest type
/// that surely holds it, so that no step can overflow and none pays for width that it doesn't need.
protocol ExactInteger: SignedInteger, Sendable {
    /// Whether a step costs about as much as one on a `Double`, so that there is nothing to gain from looking with
    /// `Double` first.
    static var isCheap: Bool { get }
    /// How many bits a magnitude may take.
    static var capacity: Int { get }
    /// How many bits this magnitude takes.
    var bits: Int { get }
}

extension Int: ExactInteger {
    static var isCheap: Bool { true }
    static var capacity: Int { 62 }
    var bits: Int { bitLength(self) }
}

extension Int128: ExactInteger {
    static var isCheap: Bool { true }
    static var capacity: Int { 126 }
    var bits: Int { Int128.bitWidth - magnitude.leadingZeroBitCount }
}

extension BigInt: ExactInteger {
    static var isCheap: Bool { false }
    static var capacity: Int { .max }
    var bits: Int { magnitude.bitWidth }
}

/// The narrowest exact integer type that holds a number of so many bits.
enum ExactWidth {
    case word, doubleWord, unbounded

    init(bits: Int) {
        self = bits <= Int.capacity ? .word : bits <= Int128.capacity ? .doubleWord : .unbounded
    }
}

/// How many bits the magnitude of a number takes: 0 for 0, 1 for 1, 2 for 2 and 3.
@inline(__always)
func bitLength(_ number: Int) -> Int { Int.bitWidth - number.magnitude.leadingZeroBitCount }

/// The greatest common divisor of two numbers that aren't negative (Euclid).
func greatestCommonDivisor<Number: BinaryInteger>(_ first: Number, _ second: Number) -> Number {
    var (first, second) = (first, second)
    while second != 0 { (first, second) = (second, first % second) }
    return first
}

/// The least common multiple of some positive numbers, or nothing where it could pass the type's capacity.
func leastCommonMultiple<Number: ExactInteger>(of numbers: some Sequence<Int>, as type: Number.Type) -> Number? {
    var multiple: Number = 1
    for number in numbers {
        let factor = Number(number) / greatestCommonDivisor(multiple, Number(number))
        guard factor.bits + multiple.bits <= Number.capacity else { return nil }
        multiple *= factor
    }
    return multiple
}

/// The quotient of two numbers that aren't negative, within 4 units in the last place, however large they are.
func quotient<Number: ExactInteger>(_ numerator: Number, _ denominator: Number) -> Double {
    let (top, above) = leading(numerator)
    let (bottom, below) = leading(denominator)
    return above == below ? top / bottom : scalb(top / bottom, above - below)
}

/// The 62 leading bits of a number that isn't negative, and how many bits follow them.
private func leading<Number: ExactInteger>(_ number: Number) -> (Double, Int) {
    let below = number.bits - 62
    return below > 0
        ? (Double(Int(truncatingIfNeeded: number >> below)), below) : (Double(Int(truncatingIfNeeded: number)), 0)
}

private func scalb(_ value: Double, _ exponent: Int) -> Double {
    Double(sign: .plus, exponent: max(min(exponent, 2_000), -2_000), significand: value)
}
