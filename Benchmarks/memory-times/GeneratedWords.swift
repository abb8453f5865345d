import Consents
import Memory

/// Things that people might say, from a seed: the same always, and no two alike.
struct GeneratedWords {
    var random: SeededGenerator
    private var number = 0

    init(seed: UInt64) { random = SeededGenerator(state: seed) }

    /// Something of about twelve words.
    mutating func draft() -> ItemDraft {
        number += 1
        let kind = MemoryItem.Kind.allCases[Int.random(in: 0..<8, using: &random)]
        var words: [String] = []
        for _ in 0..<Int.random(in: 7...16, using: &random) {
            // As in a language, some words come often and most seldom.
            let place = Int(Double.random(in: 0..<1, using: &random) * Double.random(in: 0..<1, using: &random) * 4_000)
            words.append(Self.word(place))
        }
        words.append("\(number)")
        return ItemDraft(
            kind, words.joined(separator: " "),
            origin: .init(conversation: "conversation \(number / 20)", turn: number % 20))
    }

    private static func word(_ place: Int) -> String {
        let sounds = ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu", "pa", "de", "fi", "go", "hu", "ja"]
        return sounds[place % 16] + sounds[place / 16 % 16] + (place > 255 ? sounds[place / 256 % 16] : "")
    }

    /// A direction.
    mutating func vector(_ dimension: Int) -> [Float] {
        (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) }
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
