/// A lexicon made ready for matching: one walk over a text finds every phrase of it.
///
/// All literals stand in one trie over bytes (Fredkin 1960, doi 10.1145/367390.367400), whose edges lie in one hash
/// table with open addressing, each with its child in one word, so that a step is one look at memory. A walk begins
/// wherever a word begins, or at each letter of a script without spaces, and ends at the first byte that no literal has:
/// two or three steps for most words, so no failure links are needed. A class, because every reading holds it.
///
/// - Complexity: O(*n* · *m*) at worst for *n* bytes of text and a longest literal of *m*; the built-in lexicon's is
///   below 64.
final class CueTrie: Sendable {
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

    /// Parent and byte in the upper half, the child in the lower; ``noEdge`` where there is none.
    private let edges: [UInt64]
    private let mask: UInt32
    private static let noEdge = UInt64.max
    /// For each first byte whether any literal begins with it.
    private let begins: [Bool]
    /// For each node the range of its endings.
    private let endingsOf: [Range<Int32>]
    private let endings: [Ending]
    /// For each phrase: how many places it has, and where its places begin in the list of all places.
    private let placeCounts: [Int32]
    private let placeOffsets: [Int32]
    private let reaches: [Int32]

    init(_ phrases: [CueLexicon.Phrase]) {
        var edges: [UInt32: UInt32] = [:]
        var endingLists: [[Ending]] = [[]]
        var placeCounts: [Int32] = []
        var placeOffsets: [Int32] = []
        var reaches: [Int32] = []
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
        self.placeCounts = placeCounts
        self.placeOffsets = placeOffsets
        self.reaches = reaches
        var endings: [Ending] = []
        var endingsOf: [Range<Int32>] = []
        for list in endingLists {
            let from = Int32(endings.count)
            endings += list
            endingsOf.append(from..<Int32(endings.count))
        }
        self.endings = endings
        self.endingsOf = endingsOf
        var size: UInt32 = 16
        while size < UInt32(edges.count) * 2 { size <<= 1 }
        mask = size - 1
        var table = Array(repeating: Self.noEdge, count: Int(size))
        var begins = Array(repeating: false, count: 256)
        for (key, child) in edges {
            var slot = Self.hash(key) & mask
            while table[Int(slot)] != Self.noEdge { slot = (slot + 1) & mask }
            table[Int(slot)] = UInt64(key) << 32 | UInt64(child)
            if key < 256 { begins[Int(key)] = true }
        }
        self.edges = table
        self.begins = begins
    }

    private static func hash(_ key: UInt32) -> UInt32 {
        let mixed = key &* 0x9E37_79B1
        return mixed ^ mixed >> 15
    }

    /// Every phrase of the lexicon in the text, in the order of its end.
    func hits(in text: FoldedText) -> [Hit] {
        var hits: [Hit] = []
        hits.reserveCapacity(16)
        var filled = FilledPlaces()
        text.bytes.withUnsafeBufferPointer { bytes in
            edges.withUnsafeBufferPointer { edges in
                for start in text.starts where begins[Int(bytes[Int(start)])] {
                    walk(from: Int(start), bytes, edges) { ending, end in
                        take(ending, Int(start), end, bytes, &filled, &hits)
                    }
                }
            }
        }
        return hits
    }

    private func walk(
        from start: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ edges: UnsafeBufferPointer<UInt64>,
        _ found: (Ending, Int) -> Void
    ) {
        var node: UInt32 = 0
        var at = start
        while at < bytes.count {
            let key = node << 8 | UInt32(bytes[at])
            var slot = Self.hash(key) & mask
            var edge = edges[Int(slot)]
            while UInt32(truncatingIfNeeded: edge >> 32) != key {
                if edge == Self.noEdge { return }
                slot = (slot + 1) & mask
                edge = edges[Int(slot)]
            }
            node = UInt32(truncatingIfNeeded: edge)
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
        _ filled: inout FilledPlaces, _ hits: inout [Hit]
    ) {
        let offset = Int(placeOffsets[Int(ending.phrase)]) + Int(ending.place)
        var from = Int32(start)
        if ending.place > 0 {
            guard let before = filled[offset - 1], start >= Int(before.end),
                start - Int(before.end) <= Int(reaches[offset])
            else {
                return
            }
            for at in Int(before.end)..<start
            where bytes[at] == FoldedText.sentence || bytes[at] == FoldedText.question { return }
            from = before.start
        }
        if ending.place == placeCounts[Int(ending.phrase)] - 1 {
            hits.append(Hit(phrase: ending.phrase, range: Int(from)..<end))
        } else {
            filled.fill(offset, from: from, to: Int32(end))
        }
    }
}

/// Where in a text the places of phrases were last filled. Few are, of thousands: a short list is quicker than a table.
private struct FilledPlaces {
    private var places: [(place: Int, start: Int32, end: Int32)] = []

    /// The start of the phrase and the end of the place.
    subscript(place: Int) -> (start: Int32, end: Int32)? {
        for filled in places where filled.place == place { return (filled.start, filled.end) }
        return nil
    }

    mutating func fill(_ place: Int, from start: Int32, to end: Int32) {
        if let index = places.firstIndex(where: { $0.place == place }) {
            places[index] = (place, start, end)
        } else {
            places.append((place, start, end))
        }
    }
}
