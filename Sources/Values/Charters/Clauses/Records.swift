/// How the community changes its charter. A record for people: nothing in a reply depends on it.
public struct Amendment: Hashable, Sendable {
    /// The way of deciding, in the community's words, as in "deliberation".
    public let by: String
    /// How many people must take part.
    public let quorum: Int?
    /// The share of them that must agree, from 0 to 1.
    public let consensus: Share?
    /// After how many days the charter is looked at again.
    public let reviewDays: Int?
}

/// What a part of the community holds against the charter, kept beside it. Nothing in a reply depends on it.
public struct Dissent: Hashable, Sendable {
    /// The dissent in the words of those who hold it.
    public let says: String
    /// The share of the community that holds it, from 0 to 1.
    public let heldBy: Share?
    /// The statements that it came from, where the community voted on it.
    public let origin: ClauseOrigin?

    /// Describes a dissent. Layout in its words carries no meaning.
    public init(says: String, heldBy: Share?, origin: ClauseOrigin? = nil) {
        self.says = says.composed.onOneLine
        self.heldBy = heldBy
        self.origin = origin
    }
}

/// A share of a whole, from 0 to 1 in steps of one ten-thousandth, held exactly.
public struct Share: Hashable, Sendable, Comparable {
    /// The share in ten-thousandths, from 0 to 10,000.
    public let tenThousandths: Int

    /// Reads a decimal such as `0.31`, with at most four digits behind the point. Anything else gives nil.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts[0] == "0" || parts[0] == "1" else { return nil }
        var units = parts[0] == "1" ? 10_000 : 0
        if parts.count == 2 {
            let digits = Array(parts[1].utf8)
            guard (1...4).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            var place = 1_000
            for digit in digits {
                units += Int(digit - 0x30) * place
                place /= 10
            }
        }
        guard units <= 10_000 else { return nil }
        tenThousandths = units
    }

    /// A part of a whole, rounded down to ten-thousandths so that it never says more than there are. Nil unless
    /// 0 ≤ part ≤ whole and there is a whole.
    public init?(_ part: Int, of whole: Int) {
        guard part >= 0, whole > 0, part <= whole else { return nil }
        tenThousandths = whole.dividingFullWidth(part.multipliedFullWidth(by: 10_000)).quotient
    }

    /// The share as a floating-point number, for arithmetic.
    public var value: Double { Double(tenThousandths) / 10_000 }

    /// Whether the first share is smaller.
    public static func < (first: Share, second: Share) -> Bool { first.tenThousandths < second.tenThousandths }
}
