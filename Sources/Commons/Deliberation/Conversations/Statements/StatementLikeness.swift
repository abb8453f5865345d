import Crypto
import Foundation

/// How alike two statements are, by their letters or by vectors of their meaning.
///
/// Both only point out what a moderator or an author should look at: "must stay free" and "must not stay free" are very
/// much alike. Only the same words are taken for the same statement (``copy(of:)``).
enum StatementLikeness {
    /// From here on, letters are alike enough to be pointed out.
    static let byLetters = 0.7
    /// From here on, meanings are. With all-MiniLM-L6-v2, of seven made-up pairs that mean the same three lie above (0.61 to
    /// 0.92), of seven on the same matter none (0.10 to 0.73), and both of two that say the opposite (0.85 and 0.95).
    static let byMeaning = 0.8

    /// The words without what a copy differs in and what changes nothing: case, white space, invisible characters, how
    /// letters and their marks are put together (NFKC), and full stops, exclamation marks and the like at the end.
    ///
    /// Everything else stays. "No, more cars" is the contrary of "No more cars", and "-5" of "5".
    static func copy(of words: String) -> String {
        var form = String.UnicodeScalarView()
        var isApart = false
        for scalar in folded(words) {
            if scalar == brailleBlank { isApart = true }
            if PublicText.isInvisible(scalar) { continue }
            switch scalar.properties.generalCategory {
            case .format: continue
            case .control, .spaceSeparator, .lineSeparator, .paragraphSeparator: isApart = true
            default:
                if isApart, !form.isEmpty { form.append(" ") }
                isApart = false
                form.append(scalar)
            }
        }
        let whole = String(form)
        while let last = form.last, ends.contains(last) { form.removeLast() }
        return form.isEmpty ? whole : String(form)
    }

    /// Looks like a space.
    private static let brailleBlank: Unicode.Scalar = "\u{2800}"

    /// What ends a sentence and says nothing, in the scripts that have it. A question mark does say something.
    private static let ends = Set(" .!\u{3002}\u{0964}\u{0965}\u{06D4}\u{0589}\u{1362}\u{104B}".unicodeScalars)

    private static func folded(_ words: String) -> String.UnicodeScalarView {
        words.precomposedStringWithCompatibilityMapping.lowercased().precomposedStringWithCompatibilityMapping
            .unicodeScalars
    }

    /// The words without what statements that say nearly the same are likely to differ in: also without punctuation. Marks
    /// themselves stay: in many scripts they are the vowels.
    static func form(of words: String) -> String {
        var form = String.UnicodeScalarView()
        var isApart = false
        for scalar in folded(words) {
            if scalar == brailleBlank { isApart = true }
            if PublicText.isInvisible(scalar) { continue }
            switch scalar.properties.generalCategory {
            case .format: continue
            case .control, .spaceSeparator, .lineSeparator, .paragraphSeparator, .connectorPunctuation,
                .dashPunctuation,
                .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation, .otherPunctuation:
                isApart = true
            default:
                if isApart, !form.isEmpty { form.append(" ") }
                isApart = false
                form.append(scalar)
            }
        }
        // What is nothing but punctuation is compared as it stands.
        return form.isEmpty ? words : String(form)
    }

    /// What is looked up to find the same words again.
    static func fingerprint(of words: String) -> [UInt8] { Array(SHA256.hash(data: Data(copy(of: words).utf8))) }

    /// A form in runs of three letters, each with how often it comes.
    struct Letters {
        private var runs: [UInt64: Int] = [:]
        private var count = 0

        init(_ form: String) {
            // Two spaces in front and one behind give the beginnings of words their weight, in short ones too.
            var last = (UInt64(0x20), UInt64(0x20))
            for scalar in form.unicodeScalars + [" "] {
                let value = UInt64(scalar.value)
                runs[last.0 << 42 | last.1 << 21 | value, default: 0] += 1
                count += 1
                last = (last.1, value)
            }
        }

        /// Twice what both have, over what each has (Dice 1945, doi 10.2307/1932409): from 0 to 1.
        func likeness(to other: Letters) -> Double {
            let (few, many) = runs.count < other.runs.count ? (self, other) : (other, self)
            let shared = few.runs.reduce(0) { $0 + min($1.value, many.runs[$1.key] ?? 0) }
            return 2 * Double(shared) / Double(count + other.count)
        }
    }

    /// The cosine of the angle between two vectors; 0 where one has no length or they don't fit together.
    static func likeness(_ one: [Float], _ other: [Float]) -> Double {
        guard one.count == other.count else { return 0 }
        var (product, first, second) = (0.0, 0.0, 0.0)
        for (left, right) in zip(one, other) {
            product += Double(left) * Double(right)
            first += Double(left) * Double(left)
            second += Double(right) * Double(right)
        }
        let length = (first * second).squareRoot()
        return length > 0 ? product / length : 0
    }
}

/// Another statement that says nearly the same, for a person to look at.
public struct NearStatement: Sendable, Hashable, Codable {
    /// How it was found.
    public enum Means: String, Sendable, Hashable, Codable {
        /// By the letters that both have in common.
        case letters
        /// By vectors of their meaning.
        case meaning
    }

    /// The number of the other statement.
    public let statement: Int
    /// From 0 to 1. A likeness of letters can't be compared with one of meaning.
    public let likeness: Double
    /// How it was found.
    public let means: Means
}
