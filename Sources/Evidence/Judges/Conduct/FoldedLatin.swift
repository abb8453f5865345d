import Foundation

/// Latin letters beyond ASCII, from U+00C0 to U+024F, with what they are without case and accents: looked up rather than
/// asked for, because most words that aren't ASCII have no other.
struct FoldedLatin: Sendable {
    private static let range: ClosedRange<UInt32> = 0xC0...0x24F

    /// All of them.
    static let all = FoldedLatin()

    /// Empty for what is no letter.
    private let folded: [[UInt8]]
    /// The languages with cues that are written with it, as bits in their order.
    private let letters: [UInt8]

    private init() {
        let known = SmallWords.letters.map { Set($0.unicodeScalars.map(\.value)) }
        folded = Self.range.map { value in
            guard let scalar = Unicode.Scalar(value), scalar.properties.isAlphabetic else { return [] }
            return Array(ReplyText.foldedAnew(String(scalar)).utf8)
        }
        letters = Self.range.map { value in
            let lower = Unicode.Scalar(value)?.properties.lowercaseMapping.unicodeScalars.first?.value ?? value
            var bits: UInt8 = 0
            for (language, set) in known.enumerated() where set.contains(lower) { bits |= 1 << UInt8(language) }
            return bits
        }
    }

    /// A letter without case and accents, in UTF-8; nil for every scalar that isn't one of these letters.
    func folded(_ scalar: Unicode.Scalar) -> [UInt8]? {
        guard Self.range.contains(scalar.value) else { return nil }
        let folded = folded[Int(scalar.value - Self.range.lowerBound)]
        return folded.isEmpty ? nil : folded
    }

    /// The languages with cues that are written with a scalar beyond ASCII, as bits in their order.
    func languages(_ scalar: Unicode.Scalar) -> UInt8 {
        Self.range.contains(scalar.value) ? letters[Int(scalar.value - Self.range.lowerBound)] : 0
    }
}
