/// Words with a number each, so that texts and phrases are compared by numbers: a hash table over the bytes of folded words.
struct WordNumbers: Sendable {
    /// The number of a word that isn't here.
    static let unknown: Int32 = -1

    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// A power of two of places, at most half of them taken.
    private var slots: [Int32] = Array(repeating: unknown, count: 1_024)

    /// How many words there are.
    var count: Int { ends.count }

    /// The number of a word, in lower case without accents; ``unknown`` if it isn't here.
    func number(of word: [UInt8]) -> Int32 {
        var slot = Self.hash(word) & (slots.count - 1)
        while slots[slot] != Self.unknown {
            if matches(Int(slots[slot]), word) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        return Self.unknown
    }

    /// The number of a word, which is added if it isn't here.
    mutating func add(_ folded: String) -> Int32 {
        let word = Array(folded.utf8)
        let known = number(of: word)
        guard known == Self.unknown else { return known }
        bytes += word
        ends.append(bytes.count)
        if ends.count * 2 > slots.count {
            slots = Array(repeating: Self.unknown, count: slots.count * 2)
            for number in ends.indices { place(number, Self.hash(Array(bytes[start(number)..<ends[number]]))) }
        } else {
            place(ends.count - 1, Self.hash(word))
        }
        return Int32(ends.count - 1)
    }

    private mutating func place(_ number: Int, _ hash: Int) {
        var slot = hash & (slots.count - 1)
        while slots[slot] != Self.unknown { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(number)
    }

    private func start(_ number: Int) -> Int { number == 0 ? 0 : ends[number - 1] }

    private func matches(_ number: Int, _ word: [UInt8]) -> Bool {
        let from = start(number)
        guard ends[number] - from == word.count else { return false }
        for at in word.indices where bytes[from + at] != word[at] { return false }
        return true
    }

    /// FNV-1a of 64 bits, its halves folded on each other.
    private static func hash(_ word: [UInt8]) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return Int(truncatingIfNeeded: (hash ^ (hash >> 32)) & 0xFFFF_FFFF)
    }
}
