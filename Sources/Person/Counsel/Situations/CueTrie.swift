/// A lexicon made ready for matching: one walk over a text finds every phrase of it.
///
/// All literals stand in one trie over bytes (Fredkin 1960, doi 10.1145/367390.367400), whose edges lie in one hash
/// table with open addressing. A walk begins wherever a word begins, or at each letter of a script without spaces, and
/// ends at the first byte that no literal has: two or three steps for most words, so no failure links are needed.
///
/// - Complexity: O(*n* · *m*) at worst for *n* bytes of text and a longest literal of *m*; the built-in lexicon's is
///   below 64.
struct CueTrie: Sendable {
    /// A phrase that was found.
    struct Hit: Sendable {
        let phrase: Int32
        let range: Range<Int>
    }

    private struct Ending: Sendable {
        let phrase: Int32
        let place: Int32
        let isOpen: Bool
    }

    private var keys: [UInt32]
    private var children: [UInt32]
    private let mask: UInt32
    /// For each node the range of its endings.
    private var endingsOf: [Range<Int32>]
    private var endings: [Ending]
    /// For each phrase: how many places it has, and where its places begin in the list of all places.
    private var placeCounts: [Int32]
    private var placeOffsets: [Int32]
    private var reaches: [Int32]
    private let placeTotal: Int

    init(_ phrases: [CueLexicon.Phrase]) {
        var edges: [UInt32: UInt32] = [:]
        var endingLists: [[Ending]] = [[]]
        placeCounts = []
        placeOffsets = []
        reaches = []
        var total = 0
        for (index, phrase) in phrases.enumerated() {
            placeCounts.append(Int32(phrase.places.count))
            placeOffsets.append(Int32(total))
            total += phrase.places.count
            for (place, of) in phrase.places.enumerated() {
                reaches.append(Int32(of.reach))
                for literal in Set(of.literals) {
                    var node: UInt32 = 0
                    for byte in literal.bytes {
                        let key = node << 8 | UInt32(byte)
                        if let next = edges[key] {
                            node = next
                        } else {
                            let next = UInt32(endingLists.count)
                            edges[key] = next
                            endingLists.append([])
                            node = next
                        }
                    }
                    endingLists[Int(node)].append(
                        Ending(phrase: Int32(index), place: Int32(place), isOpen: literal.isOpen))
                }
            }
        }
        placeTotal = total
        endings = []
        endingsOf = []
        for list in endingLists {
            let from = Int32(endings.count)
            endings += list
            endingsOf.append(from..<Int32(endings.count))
        }
        var size: UInt32 = 16
        while size < UInt32(edges.count) * 2 { size <<= 1 }
        mask = size - 1
        keys = Array(repeating: .max, count: Int(size))
        children = Array(repeating: 0, count: Int(size))
        for (key, child) in edges {
            var slot = Self.hash(key) & mask
            while keys[Int(slot)] != .max { slot = (slot + 1) & mask }
            keys[Int(slot)] = key
            children[Int(slot)] = child
        }
    }

    private static func hash(_ key: UInt32) -> UInt32 {
        let mixed = key &* 0x9E37_79B1
        return mixed ^ mixed >> 15
    }

    /// Every phrase of the lexicon in the text, in the order of its end.
    func hits(in text: FoldedText) -> [Hit] {
        var hits: [Hit] = []
        // Where the place was last filled: start of the phrase and end of the place.
        var filled = [(start: Int32, end: Int32)](repeating: (0, -1), count: placeTotal)
        text.bytes.withUnsafeBufferPointer { bytes in
            keys.withUnsafeBufferPointer { keys in
                children.withUnsafeBufferPointer { children in
                    for start in text.starts {
                        walk(from: Int(start), bytes, keys, children) { ending, end in
                            take(ending, Int(start), end, bytes, &filled, &hits)
                        }
                    }
                }
            }
        }
        return hits
    }

    private func walk(
        from start: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ keys: UnsafeBufferPointer<UInt32>,
        _ children: UnsafeBufferPointer<UInt32>, _ found: (Ending, Int) -> Void
    ) {
        var node: UInt32 = 0
        var at = start
        while at < bytes.count {
            let key = node << 8 | UInt32(bytes[at])
            var slot = Self.hash(key) & mask
            while keys[Int(slot)] != key {
                if keys[Int(slot)] == .max { return }
                slot = (slot + 1) & mask
            }
            node = children[Int(slot)]
            at += 1
            let range = endingsOf[Int(node)]
            guard !range.isEmpty else { continue }
            let isEdge =
                at == bytes.count || FoldedText.isSeparator(bytes[at]) || FoldedText.isUnspaced(lead: bytes[at])
                || FoldedText.isSeparator(bytes[at - 1]) || endsUnspaced(bytes, at)
            for index in range {
                let ending = endings[Int(index)]
                if isEdge || ending.isOpen { found(ending, at) }
            }
        }
    }

    /// Whether the letter before `end` belongs to a script without spaces.
    private func endsUnspaced(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Bool {
        var at = end - 1
        while at > 0, bytes[at] & 0xC0 == 0x80 { at -= 1 }
        return FoldedText.isUnspaced(lead: bytes[at])
    }

    private func take(
        _ ending: Ending, _ start: Int, _ end: Int, _ bytes: UnsafeBufferPointer<UInt8>,
        _ filled: inout [(start: Int32, end: Int32)], _ hits: inout [Hit]
    ) {
        let offset = Int(placeOffsets[Int(ending.phrase)]) + Int(ending.place)
        var from = Int32(start)
        if ending.place > 0 {
            let before = filled[offset - 1]
            guard before.end >= 0, start >= Int(before.end), start - Int(before.end) <= Int(reaches[offset]) else {
                return
            }
            for at in Int(before.end)..<start
            where bytes[at] == FoldedText.sentence || bytes[at] == FoldedText.question { return }
            from = before.start
        }
        if ending.place == placeCounts[Int(ending.phrase)] - 1 {
            hits.append(Hit(phrase: ending.phrase, range: Int(from)..<end))
        } else {
            filled[offset] = (from, Int32(end))
        }
    }
}
