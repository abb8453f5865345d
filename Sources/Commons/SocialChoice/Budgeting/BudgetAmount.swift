import BigInt

/// An exact amount of money or points: a fraction of whole numbers of any size.
///
/// Shares of a budget are thirds and sevenths as often as not, and a rounding error could decide a tie; so nothing is
/// rounded here.
public struct BudgetAmount: Hashable, Sendable {
    /// In lowest terms, with the sign.
    let numerator: BigInt
    /// At least 1.
    let denominator: BigInt

    init(_ numerator: BigInt, over denominator: BigInt) {
        let common = numerator.greatestCommonDivisor(with: denominator)
        let sign: BigInt = denominator < 0 ? -1 : 1
        self.numerator = sign * numerator / common
        self.denominator = sign * denominator / common
    }

    /// A whole amount.
    public init(_ whole: Int) {
        numerator = BigInt(whole)
        denominator = 1
    }

    /// Zero.
    public static let zero = BudgetAmount(0)

    /// The most digits that a written amount may have.
    public static let mostDigits = 40

    /// Reads an amount as people and files write it: `1200`, `1200.50`, `1200,50`, `-3` or `1.2e6`. The comma is a
    /// decimal comma. Nil for anything else, for more than ``mostDigits`` digits, and for exponents beyond 30.
    public init?(_ text: some StringProtocol) {
        var digits = ""
        var decimals: Int?
        var exponent = 0
        var rest = text.utf8[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        scan: while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                guard digits.utf8.count < Self.mostDigits else { return nil }
                digits.unicodeScalars.append(Unicode.Scalar(byte))
                if decimals != nil { decimals? += 1 }
            case UInt8(ascii: "."), UInt8(ascii: ","):
                guard decimals == nil else { return nil }
                decimals = 0
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                // Int reads a sign and digits, and nothing else.
                guard rest.count <= 3, let read = Int(String(decoding: rest, as: UTF8.self)),
                    (-30...30).contains(read)
                else { return nil }
                exponent = read
                break scan
            default: return nil
            }
        }
        guard !digits.isEmpty, let whole = BigInt(digits) else { return nil }
        exponent -= decimals ?? 0
        let power = BigInt(10).power(abs(exponent))
        let signed = isNegative ? -whole : whole
        self.init(exponent < 0 ? signed : signed * power, over: exponent < 0 ? power : 1)
    }

    /// The nearest number of floating point, for showing and plotting; decide nothing by it.
    public var approximately: Double { numerator.ratio(to: denominator) }

    /// The sum.
    public static func + (first: BudgetAmount, second: BudgetAmount) -> BudgetAmount {
        BudgetAmount(
            first.numerator * second.denominator + second.numerator * first.denominator,
            over: first.denominator * second.denominator)
    }

    /// The difference.
    public static func - (first: BudgetAmount, second: BudgetAmount) -> BudgetAmount {
        BudgetAmount(
            first.numerator * second.denominator - second.numerator * first.denominator,
            over: first.denominator * second.denominator)
    }

    /// The product.
    public static func * (first: BudgetAmount, second: BudgetAmount) -> BudgetAmount {
        BudgetAmount(first.numerator * second.numerator, over: first.denominator * second.denominator)
    }

    /// The quotient. Nil if the divisor is zero.
    public func divided(by divisor: BudgetAmount) -> BudgetAmount? {
        guard divisor.numerator != 0 else { return nil }
        return BudgetAmount(numerator * divisor.denominator, over: denominator * divisor.numerator)
    }
}

extension BudgetAmount: Comparable {
    /// Whether the first is less.
    public static func < (first: BudgetAmount, second: BudgetAmount) -> Bool {
        first.numerator * second.denominator < second.numerator * first.denominator
    }
}

extension BudgetAmount: ExpressibleByIntegerLiteral, CustomStringConvertible {
    /// A whole amount.
    public init(integerLiteral whole: Int) {
        self.init(whole)
    }

    /// The amount in full, as `1200`, `1200.5` or, where decimals don't end, `1/3`.
    public var description: String {
        var rest = denominator
        var (twos, fives) = (0, 0)
        while rest % 2 == 0 { (rest, twos) = (rest / 2, twos + 1) }
        while rest % 5 == 0 { (rest, fives) = (rest / 5, fives + 1) }
        guard rest == 1 else { return "\(numerator)/\(denominator)" }
        let decimals = max(twos, fives)
        guard decimals > 0 else { return "\(numerator)" }
        let scaled = (numerator * BigInt(10).power(decimals) / denominator).magnitude.description
        let padded = String(repeating: "0", count: max(0, decimals + 1 - scaled.count)) + scaled
        return (numerator < 0 ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
}
