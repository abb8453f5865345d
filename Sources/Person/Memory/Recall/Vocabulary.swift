/// The words that an index knows, each as a number.
///
/// Words are held as hashes of 64 bits (FNV-1a, mixed), never as text: among a million different words two share a hash
/// with a chance of one in 37 million. Beside each stem the table remembers how words were written that led to it, so
/// that a word is stemmed only once; ``forgetSpellings()`` drops those.
///
/// A table with open addressing and linear probing, at most half full.
struct Vocabulary: Sendable {
    /// A word's number; stop words have ``stopped``.
    typealias Term = Int32
    /// The number of every word that is neither kept nor looked for.
    static let stopped: Term = -1
    /// Instead of the number of a word that isn't known.
    static let unknown: Term = -2
    private static let stoppedTime: Term = -3
    private static let free: Term = -4
    /// Set in the entries of spellings that may say something of time.
    private static let timeMark: Term = 1 << 30

    private var keys: [UInt64] = []
    private var terms: [Term] = []
    private var used = 0
    /// How many numbers were given out: the next one.
    private(set) var count = 0

    init() { grow(to: 256) }

    /// What the table says of a word.
    struct Word {
        /// Its number, or ``Vocabulary/stopped``.
        var term: Term
        /// Whether it may say something of time, so that ``TimeLexicon`` should be asked.
        var mayTellTime: Bool

        fileprivate init(_ value: Term) {
            switch value {
            case Vocabulary.stopped: (term, mayTellTime) = (Vocabulary.stopped, false)
            case Vocabulary.stoppedTime: (term, mayTellTime) = (Vocabulary.stopped, true)
            default: (term, mayTellTime) = (value & ~Vocabulary.timeMark, value & Vocabulary.timeMark != 0)
            }
        }
    }

    /// The number of a word, if it is known or stopped. The word is folded, as ``WordReader`` hands it out.
    func term(of word: UnsafeBufferPointer<UInt8>, hash spelling: UInt64, _ stemmer: inout PorterStemmer) -> Term? {
        if let value = find(spelling) { return Word(value).term }
        if Self.stops.contains(spelling) { return Self.stopped }
        return find(Self.stemHash(word, &stemmer)).map { Word($0).term }
    }

    /// What the table says of a word, which it learns if need be.
    mutating func add(_ word: UnsafeBufferPointer<UInt8>, hash spelling: UInt64, _ stemmer: inout PorterStemmer) -> Word
    {
        if let value = find(spelling) { return Word(value) }
        let tellsTime = TimeLexicon.word(word, hash: spelling) != nil
        if Self.stops.contains(spelling) {
            insert(spelling, tellsTime ? Self.stoppedTime : Self.stopped)
            return Word(tellsTime ? Self.stoppedTime : Self.stopped)
        }
        let mark = tellsTime ? Self.timeMark : 0
        let stem = Self.stemHash(word, &stemmer)
        if let known = find(stem) {
            let value = known | mark
            insert(spelling, value)
            return Word(value)
        }
        let term = Term(count)
        count += 1
        insert(stem, term)
        insert(spelling, term | mark)
        return Word(term | mark)
    }

    /// The hash of a word's stem, nil for a stop word, and whether the word may say something of time. Nothing is learned.
    static func stem(
        of word: UnsafeBufferPointer<UInt8>, hash spelling: UInt64, _ stemmer: inout PorterStemmer
    ) -> (stem: UInt64?, mayTellTime: Bool) {
        let tellsTime = TimeLexicon.word(word, hash: spelling) != nil
        return (stops.contains(spelling) ? nil : stemHash(word, &stemmer), tellsTime)
    }

    /// The number of a stem by its hash, which the table learns if need be.
    mutating func add(stem hash: UInt64) -> Term {
        let stem = hash & ~Self.spellingMark
        if let known = find(stem) { return Word(known).term }
        let term = Term(count)
        count += 1
        insert(stem, term)
        return term
    }

    /// Forgets every spelling, and the words for which `isGone` says so. Their numbers aren't given out again.
    mutating func forgetSpellings(andWordsWhere isGone: (Term) -> Bool) {
        let kept = zip(keys, terms).filter { key, term in
            term >= 0 && key & Self.spellingMark == 0 && !isGone(term)
        }
        keys = []
        terms = []
        used = 0
        grow(to: max(256, (kept.count * 2).nextPowerOfTwo))
        for (key, term) in kept { insert(key, term) }
    }

    /// How many words it knows, each stem once.
    var stemCount: Int { zip(keys, terms).count { $1 >= 0 && $0 & Self.spellingMark == 0 } }

    /// Bytes of its storage.
    var byteCount: Int { keys.capacity * MemoryLayout<UInt64>.stride + terms.capacity * MemoryLayout<Term>.stride }

    // MARK: Hashes

    /// Set in the hashes of spellings and not in those of stems: "news" has the stem "new", and "new" is a word too.
    private static let spellingMark: UInt64 = 1 << 63

    private static let stops = Set(StopWords.english.map { mark($0.utf8) })

    /// The hash of a word as it is written.
    @inline(__always)
    static func spelling(_ hash: UInt64) -> UInt64 { hash | spellingMark }

    /// The same from the word.
    static func mark(_ word: some Sequence<UInt8>) -> UInt64 { spelling(WordHash.of(word)) }

    private static func stemHash(_ word: UnsafeBufferPointer<UInt8>, _ stemmer: inout PorterStemmer) -> UInt64 {
        stemmer.word.removeAll(keepingCapacity: true)
        stemmer.word.append(contentsOf: word)
        stemmer.stem()
        return WordHash.of(stemmer.word) & ~spellingMark
    }

    // MARK: The table

    private func find(_ key: UInt64) -> Term? {
        let mask = keys.count - 1
        var slot = Int(truncatingIfNeeded: key) & mask
        while terms[slot] != Self.free {
            if keys[slot] == key { return terms[slot] }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private mutating func insert(_ key: UInt64, _ term: Term) {
        if used * 2 >= keys.count { grow(to: keys.count * 2) }
        let mask = keys.count - 1
        var slot = Int(truncatingIfNeeded: key) & mask
        while terms[slot] != Self.free { slot = (slot + 1) & mask }
        keys[slot] = key
        terms[slot] = term
        used += 1
    }

    private mutating func grow(to size: Int) {
        let old = zip(keys, terms)
        keys = Array(repeating: 0, count: size)
        terms = Array(repeating: Self.free, count: size)
        used = 0
        for (key, term) in old where term != Self.free { insert(key, term) }
    }
}

extension Int {
    /// The least power of two that isn't smaller.
    var nextPowerOfTwo: Int { self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount) }
}
