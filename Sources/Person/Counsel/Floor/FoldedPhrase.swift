/// A phrase as the automaton reads it.
struct FoldedPhrase: Hashable, Sendable {
    /// Folded letters with ``PhraseAutomaton/gap`` between words; one in front, too, when the phrase begins with a
    /// letter of a script that has words.
    let symbols: [UInt32]
    /// Which of the symbols were digits, where any was.
    let digits: [Bool]?
    /// Whether what follows the phrase must not be a letter.
    let endsWord: Bool

    /// Folds a phrase. Nil when nothing of it can be seen.
    init?(_ text: String) {
        var symbols: [UInt32] = []
        var digits: [Bool] = []
        var wasSpaced = true
        var gapPending = true
        func push(_ symbol: UInt32, isDigit: Bool = false, spaced: Bool) {
            if (gapPending && (wasSpaced || spaced)) || (!gapPending && wasSpaced != spaced) {
                symbols.append(PhraseAutomaton.gap)
                digits.append(false)
            }
            gapPending = false
            wasSpaced = spaced
            symbols.append(symbol)
            digits.append(isDigit)
        }
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            let folded = FoldedScalar.folded(scalar.value)
            switch folded.kind {
            case .nothing: break
            case .separator, .terminator: gapPending = true
            case .apostrophe:
                // Between letters it joins them, as in "I'm"; elsewhere it quotes.
                let follows = scalars[(index + 1)...].first { FoldedScalar.folded($0.value).kind != .nothing }
                if !(follows.map { FoldedScalar.folded($0.value).isVisible } ?? false) { gapPending = true }
            case .letter: push(folded.symbol, spaced: true)
            case .digit: push(folded.symbol, isDigit: true, spaced: true)
            case .unspaced: push(folded.symbol, spaced: false)
            case .pair:
                push(folded.letters.0, spaced: true)
                push(folded.letters.1, spaced: true)
            }
        }
        guard symbols.contains(where: { $0 != PhraseAutomaton.gap }) else { return nil }
        // A first character without word edges needs none in front.
        if let first = symbols.dropFirst().first, symbols.first == PhraseAutomaton.gap,
            scalars.lazy.map({ FoldedScalar.folded($0.value) }).first(where: \.isVisible)?.kind == .unspaced,
            first != PhraseAutomaton.gap
        {
            symbols.removeFirst()
            digits.removeFirst()
        }
        self.symbols = symbols
        self.digits = digits.contains(true) ? digits : nil
        endsWord = wasSpaced
    }

    private init(symbols: [UInt32], digits: [Bool]?, endsWord: Bool) {
        self.symbols = symbols
        self.digits = digits
        self.endsWord = endsWord
    }

    /// The phrase with a gap after every letter, as in "k i l l": a common way round a filter. Nil for phrases in
    /// which that could be ordinary writing.
    var spacedOut: FoldedPhrase? {
        let letters = symbols.filter { $0 != PhraseAutomaton.gap }
        guard endsWord, symbols.first == PhraseAutomaton.gap, letters.count >= 4, digits == nil else { return nil }
        let spaced = letters.flatMap { [PhraseAutomaton.gap, $0] }
        return spaced == symbols ? nil : FoldedPhrase(symbols: spaced, digits: nil, endsWord: true)
    }
}

extension FoldedScalar {
    /// Whether it is a letter, a digit or a character.
    var isVisible: Bool {
        switch kind {
        case .letter, .digit, .unspaced, .pair: true
        case .nothing, .separator, .terminator, .apostrophe: false
        }
    }
}

/// The folded form of one word, as a number (FNV-1a, 64 bits).
struct WordHash: Hashable, Sendable {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ symbol: UInt32) { value = (value ^ UInt64(symbol)) &* 0x0000_0100_0000_01b3 }

    init() {}

    /// The hash of a single word.
    init(_ word: String) {
        for symbol in FoldedPhrase(word)?.symbols ?? [] where symbol != PhraseAutomaton.gap { add(symbol) }
    }
}

/// Lists of words, as bits: which of them a word is in.
///
/// Looked at for every word of every reply, so it is a table with open addressing over hashes that are at hand.
struct WordLists: Sendable {
    private var hashes: [UInt64]
    private var bits: [UInt64]
    private let mask: UInt64
    let isEmpty: Bool

    init(_ words: [WordHash: UInt64]) {
        var size = 16
        while size < words.count * 4 { size *= 2 }
        mask = UInt64(size - 1)
        hashes = Array(repeating: 0, count: size)
        bits = Array(repeating: 0, count: size)
        isEmpty = words.isEmpty
        for (word, lists) in words {
            var slot = Self.slot(word.value) & mask
            while bits[Int(slot)] != 0 { slot = (slot + 1) & mask }
            hashes[Int(slot)] = word.value
            bits[Int(slot)] = lists
        }
    }

    private static func slot(_ hash: UInt64) -> UInt64 { hash ^ hash >> 32 }

    /// The lists that the word is in; 0 when it is in none.
    subscript(word: WordHash) -> UInt64 {
        var slot = Self.slot(word.value) & mask
        while bits[Int(slot)] != 0 {
            if hashes[Int(slot)] == word.value { return bits[Int(slot)] }
            slot = (slot + 1) & mask
        }
        return 0
    }
}
