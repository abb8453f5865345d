import Foundation

/// Which items hold which words, and BM25 (Robertson and Zaragoza 2009, doi 10.1561/1500000019) over them.
///
/// Two lists say the same thing: for each item its words (``forward``), and for each word its items (``postings``). The
/// second is made from the first by counting, in one go; items that came since are few, and are looked through one by
/// one. So adding an item costs little, and nothing is allocated for a word.
///
/// The rarity of a word is ln(1 + (N − n + ½) ⁄ (n + ½)), which is never below zero.
struct LexicalPostings: Sendable {
    /// How a second and third mention counts: k1. What people say is short, and a second mention says little.
    static let saturation: Float = 0.9
    /// How much longer items are held back, 0 not at all to 1 in full: b. Longer turns are often those that tell something.
    static let lengthInfluence: Float = 0.4

    /// A word in an item.
    struct Entry: Sendable, Hashable {
        var term: Vocabulary.Term
        var count: Int32
    }
    /// An item that holds a word.
    private struct Posting: Sendable {
        var slot: Int32
        var count: Int32
    }
    /// A word of the question.
    struct Wanted: Sendable {
        var term: Vocabulary.Term
        /// How much it counts: its rarity, times how much the question wants it.
        var weight: Float
    }

    /// The words of each slot, one slot behind the other.
    private var forward: [Entry] = []
    private var forwardStart: [Int32] = [0]
    /// Words an item holds, repetitions counted; 0 for a slot that is empty.
    private(set) var lengths: [Int32] = []
    /// How many items hold a word.
    private var frequencies: [Int32] = []

    private var postings: [Posting] = []
    private var postingsStart: [Int32] = []
    /// So many slots are in ``postings``; later ones are only in ``forward``.
    private var posted = 0

    private(set) var itemCount = 0
    private var totalLength = 0

    /// So many slots were given out, empty ones too.
    var slotCount: Int { lengths.count }

    /// Bytes of its storage.
    var byteCount: Int {
        forward.capacity * MemoryLayout<Entry>.stride + postings.capacity * MemoryLayout<Posting>.stride
            + (forwardStart.capacity + lengths.capacity + frequencies.capacity + postingsStart.capacity)
            * MemoryLayout<Int32>.stride
    }

    /// Adds an item's words, of which each may come several times, as the next slot.
    mutating func append(_ terms: inout [Vocabulary.Term]) {
        terms.sort()
        var last: Vocabulary.Term = Vocabulary.stopped
        for term in terms {
            if term == last {
                forward[forward.count - 1].count += 1
                continue
            }
            last = term
            forward.append(Entry(term: term, count: 1))
            while frequencies.count <= Int(term) { frequencies.append(0) }
            frequencies[Int(term)] += 1
        }
        forwardStart.append(Int32(forward.count))
        lengths.append(Int32(terms.count))
        itemCount += 1
        totalLength += terms.count
    }

    /// Adds an item's words, each once with how often it comes, as the next slot. Returns how many words that are.
    mutating func append(counted entries: [Entry]) -> Int {
        var length: Int32 = 0
        for entry in entries {
            while frequencies.count <= Int(entry.term) { frequencies.append(0) }
            frequencies[Int(entry.term)] += 1
            length += entry.count
        }
        forward.append(contentsOf: entries)
        forwardStart.append(Int32(forward.count))
        lengths.append(length)
        itemCount += 1
        totalLength += Int(length)
        return Int(length)
    }

    /// Removes an item's words. Returns whether a word is gone with it that no other item holds.
    mutating func remove(slot: Int) -> Bool {
        var lostWord = false
        for index in Int(forwardStart[slot])..<Int(forwardStart[slot + 1]) {
            let term = Int(forward[index].term)
            guard forward[index].count > 0 else { continue }
            frequencies[term] -= 1
            if frequencies[term] == 0 { lostWord = true }
            if slot < posted { removePosting(term, slot) }
            forward[index] = Entry(term: 0, count: 0)
        }
        itemCount -= 1
        totalLength -= Int(lengths[slot])
        lengths[slot] = 0
        return lostWord
    }

    private mutating func removePosting(_ term: Int, _ slot: Int) {
        var low = Int(postingsStart[term])
        var high = Int(postingsStart[term + 1])
        while low < high {
            let middle = (low + high) / 2
            if postings[middle].slot < slot { low = middle + 1 } else { high = middle }
        }
        if low < postings.count, postings[low].slot == Int32(slot) { postings[low].count = 0 }
    }

    /// In how many items a word stands.
    func frequency(_ term: Vocabulary.Term) -> Int {
        frequencies.indices.contains(Int(term)) ? Int(frequencies[Int(term)]) : 0
    }

    /// How rare a word is.
    func rarity(_ term: Vocabulary.Term) -> Float {
        let frequency = Float(frequency(term))
        return log(1 + (Float(itemCount) - frequency + 0.5) / (frequency + 0.5))
    }

    /// The words of an item.
    func entries(slot: Int) -> ArraySlice<Entry> { forward[Int(forwardStart[slot])..<Int(forwardStart[slot + 1])] }

    // MARK: Order

    /// Brings later items into the lists by word, if they have become many.
    mutating func settle() {
        let waiting = slotCount - posted
        if waiting > 64, waiting > slotCount / 16 { post() }
    }

    /// Makes the lists by word anew.
    ///
    /// - Complexity: O(entries + words).
    mutating func post() {
        var starts = [Int32](repeating: 0, count: frequencies.count + 1)
        for entry in forward where entry.count > 0 { starts[Int(entry.term) + 1] += 1 }
        for term in 0..<frequencies.count { starts[term + 1] += starts[term] }
        var next = starts
        postings = [Posting](unsafeUninitializedCapacity: Int(starts[frequencies.count])) { buffer, count in
            forward.withUnsafeBufferPointer { forward in
                for slot in 0..<slotCount {
                    for index in Int(forwardStart[slot])..<Int(forwardStart[slot + 1]) where forward[index].count > 0 {
                        let term = Int(forward[index].term)
                        buffer.initializeElement(
                            at: Int(next[term]), to: Posting(slot: Int32(slot), count: forward[index].count))
                        next[term] += 1
                    }
                }
            }
            count = Int(starts[frequencies.count])
        }
        postingsStart = starts
        posted = slotCount
    }

    /// Keeps only some slots, which get new numbers in the old order.
    mutating func keep(_ isKept: (Int) -> Bool) {
        var kept = LexicalPostings()
        kept.frequencies = frequencies
        kept.itemCount = itemCount
        kept.totalLength = totalLength
        for slot in 0..<slotCount where isKept(slot) {
            kept.forward.append(contentsOf: entries(slot: slot))
            kept.forwardStart.append(Int32(kept.forward.count))
            kept.lengths.append(lengths[slot])
        }
        kept.post()
        self = kept
    }

    // MARK: Asking

    /// Adds to `scores` what each item has by BM25, and to `masks` which of the first 64 wanted words it holds.
    ///
    /// - Complexity: O(items that hold a wanted word, plus items that came since the last ``post()``).
    func score(
        _ wanted: [Wanted], scores: UnsafeMutableBufferPointer<Float>, masks: UnsafeMutableBufferPointer<UInt64>
    ) {
        guard itemCount > 0 else { return }
        let averageLength = max(1, Float(totalLength) / Float(itemCount))
        let base = Self.saturation * (1 - Self.lengthInfluence)
        let slope = Self.saturation * Self.lengthInfluence / averageLength
        func part(_ count: Int32, _ slot: Int) -> Float {
            let count = Float(count)
            return count * (Self.saturation + 1) / (count + base + slope * Float(lengths[slot]))
        }
        for (index, word) in wanted.enumerated() {
            let bit: UInt64 = index < 64 ? 1 << UInt64(index) : 0
            guard Int(word.term) + 1 < postingsStart.count else { continue }
            postings.withUnsafeBufferPointer { postings in
                for at in Int(postingsStart[Int(word.term)])..<Int(postingsStart[Int(word.term) + 1])
                where postings[at].count > 0 {
                    let slot = Int(postings[at].slot)
                    scores[slot] += word.weight * part(postings[at].count, slot)
                    masks[slot] |= bit
                }
            }
        }
        for slot in posted..<slotCount {
            let range = Int(forwardStart[slot])..<Int(forwardStart[slot + 1])
            for (index, word) in wanted.enumerated() {
                // In the order of the question, so that sums come out the same wherever an item stands.
                for at in range where forward[at].term == word.term && forward[at].count > 0 {
                    scores[slot] += word.weight * part(forward[at].count, slot)
                    masks[slot] |= index < 64 ? 1 << UInt64(index) : 0
                }
            }
        }
    }
}
