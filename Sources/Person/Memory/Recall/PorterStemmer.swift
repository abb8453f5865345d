/// The stem of an English word: "painting", "painted" and "paints" become "paint".
///
/// Porter's algorithm (Porter 1980, doi 10.1108/eb046814) with the two departures of its author's own later program:
/// "bli" for "abli", and "logi". It is light and knows no dictionary, so "universe" and "university" fall together; for
/// finding, that costs less than missing "paintings". Words of other languages come out shortened in a way that is
/// strange but always the same, so they still find themselves.
///
/// A struct that is used again and again, because it owns the bytes it works on.
struct PorterStemmer {
    /// The word, lower-case ASCII; after ``stem()`` its stem.
    var word: [UInt8] = []
    /// Where the part before the suffix that was last looked for ends.
    private var stemEnd = 0

    init() { word.reserveCapacity(64) }

    /// Shortens ``word`` to its stem. Words of one or two letters, and words with digits, stay as they are.
    ///
    /// - Complexity: O(*n*).
    mutating func stem() {
        guard word.count > 2, word.allSatisfy({ (0x61...0x7A).contains($0) }) else { return }
        removePluralsAndParticiples()
        if ends(with: "y"), hasVowel(stemEnd) { word[word.count - 1] = UInt8(ascii: "i") }
        replace(Self.doubleSuffixes, over: 0)
        replace(Self.fullAndNess, over: 0)
        removeLastSuffix()
        tidy()
    }

    // MARK: Steps

    private mutating func removePluralsAndParticiples() {
        if word.last == UInt8(ascii: "s") {
            if ends(with: "sses") || ends(with: "ies") {
                word.removeLast(2)
            } else if word[word.count - 2] != UInt8(ascii: "s") {
                word.removeLast()
            }
        }
        if ends(with: "eed") {
            if measure(stemEnd) > 0 { word.removeLast() }
        } else if (ends(with: "ed") || ends(with: "ing")) && hasVowel(stemEnd) {
            word.removeLast(word.count - stemEnd)
            if ends(with: "at") || ends(with: "bl") || ends(with: "iz") {
                word.append(UInt8(ascii: "e"))
            } else if endsInDoubleConsonant(word.count) {
                if let last = word.last, !"lsz".utf8.contains(last) { word.removeLast() }
            } else if measure(word.count) == 1, endsShort(word.count) {
                word.append(UInt8(ascii: "e"))
            }
        }
    }

    private mutating func replace(_ suffixes: [(StaticString, StaticString)], over least: Int) {
        for (suffix, other) in suffixes where ends(with: suffix) {
            if measure(stemEnd) > least {
                word.removeLast(word.count - stemEnd)
                other.withUTF8Buffer { word.append(contentsOf: $0) }
            }
            return
        }
    }

    private mutating func removeLastSuffix() {
        for suffix in Self.lastSuffixes where ends(with: suffix) {
            if measure(stemEnd) > 1 { word.removeLast(word.count - stemEnd) }
            return
        }
        if ends(with: "ion"), stemEnd > 0, "st".utf8.contains(word[stemEnd - 1]), measure(stemEnd) > 1 {
            word.removeLast(3)
        }
    }

    private mutating func tidy() {
        if word.last == UInt8(ascii: "e") {
            let end = word.count - 1
            let measured = measure(end)
            if measured > 1 || (measured == 1 && !endsShort(end)) { word.removeLast() }
        }
        if word.last == UInt8(ascii: "l"), endsInDoubleConsonant(word.count), measure(word.count) > 1 {
            word.removeLast()
        }
    }

    // MARK: What the steps ask

    /// Whether the word ends so; then ``stemEnd`` is where the ending begins.
    @inline(__always)
    private mutating func ends(with suffix: StaticString) -> Bool {
        let count = suffix.utf8CodeUnitCount
        let start = word.count - count
        guard start >= 0 else { return false }
        let letters = suffix.utf8Start
        // From the end, because that is where most words differ from most endings.
        var index = count - 1
        while index >= 0 {
            if word[start + index] != letters[index] { return false }
            index -= 1
        }
        stemEnd = start
        return true
    }

    private func isConsonant(_ index: Int) -> Bool {
        switch word[index] {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"): false
        case UInt8(ascii: "y"): index == 0 || !isConsonant(index - 1)
        default: true
        }
    }

    /// How often a vowel is followed by a consonant in the first `end` letters: Porter's *m*.
    private func measure(_ end: Int) -> Int {
        var count = 0
        var afterVowel = false
        for index in 0..<end {
            let consonant = isConsonant(index)
            if consonant, afterVowel { count += 1 }
            afterVowel = !consonant
        }
        return count
    }

    private func hasVowel(_ end: Int) -> Bool { (0..<end).contains { !isConsonant($0) } }

    private func endsInDoubleConsonant(_ end: Int) -> Bool {
        end >= 2 && word[end - 1] == word[end - 2] && isConsonant(end - 1)
    }

    /// Whether the first `end` letters end in consonant, vowel, consonant, the last not w, x or y: "hop", not "snow".
    private func endsShort(_ end: Int) -> Bool {
        end >= 3 && isConsonant(end - 1) && !isConsonant(end - 2) && isConsonant(end - 3)
            && !"wxy".utf8.contains(word[end - 1])
    }

    private static let doubleSuffixes: [(StaticString, StaticString)] = [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("bli", "ble"),
        ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"),
        ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"),
        ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"), ("logi", "log"),
    ]
    private static let fullAndNess: [(StaticString, StaticString)] = [
        ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
    ]
    private static let lastSuffixes: [StaticString] = [
        "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ou", "ism", "ate", "iti",
        "ous", "ive", "ize",
    ]
}
