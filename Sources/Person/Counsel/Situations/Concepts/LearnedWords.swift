/// The words and pairs of words that weights were learned for, found in a text by their bytes: no word of a message is
/// ever copied.
///
/// A hash table with open addressing and FNV-1a (Fowler, Noll and Vo 1991); a hit is compared byte by byte.
///
/// - Complexity: O(*n*) for a word of *n* bytes.
struct LearnedWords: Sendable {
    /// The words in order. Their places are their numbers, so that what is summed in the order of numbers is summed in
    /// the order of words: equal messages get equal sums to the last bit.
    let words: [String]
    /// For each slot the number of its word, or -1.
    private let slots: [Int32]
    private let hashes: [UInt64]
    private let ends: [Int32]
    private let bytes: [UInt8]

    /// A table of these words. A pair of words is written with ``link`` between them.
    init(_ words: some Sequence<String>) {
        let words = Set(words).sorted()
        var size = 16
        while size < words.count * 3 { size *= 2 }
        var slots = [Int32](repeating: -1, count: size)
        var (hashes, ends, bytes): ([UInt64], [Int32], [UInt8]) = ([], [], [])
        for (number, word) in words.enumerated() {
            var hash = WordHashing()
            for byte in word.utf8 { hash.add(byte) }
            var slot = hash.slot(of: size)
            while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = Int32(number)
            hashes.append(hash.value)
            bytes += word.utf8
            ends.append(Int32(bytes.count))
        }
        self.words = words
        self.slots = slots
        self.hashes = hashes
        self.ends = ends
        self.bytes = bytes
    }

    /// What stands between two words of a pair. No word has it.
    static let link = UInt8(ascii: "_")

    /// The number of a word of a text, or of a pair when `second` isn't empty; -1 when it wasn't learned.
    func number(
        _ hash: WordHashing, _ first: Range<Int>, _ second: Range<Int>, in text: UnsafeBufferPointer<UInt8>
    ) -> Int {
        var slot = hash.slot(of: slots.count)
        while slots[slot] >= 0 {
            let number = Int(slots[slot])
            if hashes[number] == hash.value, isEqual(number, first, second, text) { return number }
            slot = (slot + 1) & (slots.count - 1)
        }
        return -1
    }

    private func isEqual(
        _ number: Int, _ first: Range<Int>, _ second: Range<Int>, _ text: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        let start = number == 0 ? 0 : Int(ends[number - 1])
        let count = first.count + (second.isEmpty ? 0 : 1 + second.count)
        guard Int(ends[number]) - start == count else { return false }
        for (offset, place) in first.enumerated() where bytes[start + offset] != text[place] { return false }
        guard !second.isEmpty else { return true }
        let middle = start + first.count
        guard bytes[middle] == Self.link else { return false }
        for (offset, place) in second.enumerated() where bytes[middle + 1 + offset] != text[place] { return false }
        return true
    }
}

/// FNV-1a over the bytes of a word.
struct WordHashing {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

    /// Where it begins to look in a table whose size is a power of two.
    func slot(of size: Int) -> Int { Int(truncatingIfNeeded: value ^ value >> 29) & (size - 1) }
}

/// The words of a text as far as weights were learned for them, and how many different words and pairs it has.
///
/// Words are what stands between separators, and pairs of neighbours in one sentence; of words in scripts without spaces
/// runs of two and three letters.
struct WordsFound: Sendable {
    /// The numbers of the learned ones, each once, ascending.
    private(set) var learned: [Int32] = []
    /// How many different ones there are. Two that share a hash of 64 bits count as one.
    private(set) var count = 0

    /// So many words of a sentence are looked at, and after so many different ones no further sentence.
    static let most = 1_000

    /// Looks a text up.
    init(_ text: FoldedText, in table: LearnedWords) {
        // A text of n bytes has at most n words and pairs, or runs at most two for each letter: never a full table.
        var size = 64
        while size < text.bytes.count * 3 { size *= 2 }
        text.bytes.withUnsafeBufferPointer { bytes in
            withUnsafeTemporaryAllocation(of: UInt64.self, capacity: size) { seen in
                seen.initialize(repeating: 0)
                read(bytes, table, seen)
            }
        }
        learned.sort()
    }

    private mutating func read(
        _ bytes: UnsafeBufferPointer<UInt8>, _ table: LearnedWords, _ seen: UnsafeMutableBufferPointer<UInt64>
    ) {
        var at = 0
        var before: Range<Int>?
        var pair = WordHashing()
        var words = 0
        while at < bytes.count {
            let byte = bytes[at]
            if FoldedText.isSeparator(byte) {
                if byte == FoldedText.sentence || byte == FoldedText.question {
                    if count > Self.most { return }
                    before = nil
                    words = 0
                }
                at += 1
                continue
            }
            let start = at
            var hash = WordHashing()
            var isUnspaced = false
            // Hashed as a word, and on from the word before as a pair with it.
            pair.add(LearnedWords.link)
            while at < bytes.count, !FoldedText.isSeparator(bytes[at]) {
                hash.add(bytes[at])
                pair.add(bytes[at])
                isUnspaced = isUnspaced || FoldedText.isUnspaced(lead: bytes[at])
                at += 1
            }
            words += 1
            guard words <= Self.most else { continue }
            let word = start..<at
            if isUnspaced {
                runs(of: word, bytes, table, seen)
                before = nil
                continue
            }
            take(hash, word, 0..<0, bytes, table, seen)
            if let before { take(pair, before, word, bytes, table, seen) }
            before = word
            pair = hash
        }
    }

    private mutating func runs(
        of word: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>, _ table: LearnedWords,
        _ seen: UnsafeMutableBufferPointer<UInt64>
    ) {
        // Where the last letters began, the latest last.
        var starts = (-1, -1, word.lowerBound)
        var at = word.lowerBound
        while at < word.upperBound {
            at += 1
            guard at == word.upperBound || bytes[at] & 0xC0 != 0x80 else { continue }
            for start in [starts.1, starts.0] where start >= 0 {
                var hash = WordHashing()
                for place in start..<at { hash.add(bytes[place]) }
                take(hash, start..<at, 0..<0, bytes, table, seen)
            }
            starts = (starts.1, starts.2, at)
        }
    }

    private mutating func take(
        _ hash: WordHashing, _ first: Range<Int>, _ second: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>,
        _ table: LearnedWords, _ seen: UnsafeMutableBufferPointer<UInt64>
    ) {
        // 0 marks an empty slot.
        let mark = hash.value == 0 ? 1 : hash.value
        var slot = hash.slot(of: seen.count)
        while seen[slot] != 0 {
            if seen[slot] == mark { return }
            slot = (slot + 1) & (seen.count - 1)
        }
        seen[slot] = mark
        count += 1
        let number = table.number(hash, first, second, in: bytes)
        if number >= 0 { learned.append(Int32(number)) }
    }
}
