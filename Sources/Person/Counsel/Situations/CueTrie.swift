/// A lexicon made ready for matching: one walk over a text finds every phrase of it.
///
/// All literals stand in one trie over bytes (Fredkin 1960, doi 10.1145/367390.367400). Its nodes are numbered level by
/// level, so that the children of a node are neighbours and need no pointers (a LOUDS without the bits: Jacobson 1989,
/// doi 10.1109/SFCS.1989.63533), and the few nodes near the root, where nearly every walk ends, lie close together in
/// memory. A walk begins wherever a word begins, or at each letter of a script without spaces, and ends at the first byte
/// that no literal has: two or three steps for most words, so no failure links are needed. A class, because every reading
/// holds it.
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

    /// For each node its first child, whose number doubled leaves room for whether literals end at the node. The children
    /// end where those of the next node begin.
    private let firsts: [UInt32]
    /// For each node the byte that leads to it.
    private let labels: [UInt8]
    /// For each byte the child of the root, or 0.
    private let roots: [UInt32]
    /// The nodes where literals end, ascending, and for each of them where its endings begin.
    private let endNodes: [UInt32]
    private let endOffsets: [Int32]
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
        // The children of each node in the order of their bytes, then all nodes level by level.
        var counts = [Int](repeating: 0, count: endingLists.count + 1)
        for key in edges.keys { counts[Int(key >> 8) + 1] += 1 }
        for node in 1..<counts.count { counts[node] += counts[node - 1] }
        var children = [UInt64](repeating: 0, count: edges.count)
        var filled = counts
        for (key, child) in edges {
            let parent = Int(key >> 8)
            children[filled[parent]] = UInt64(key & 0xFF) << 32 | UInt64(child)
            filled[parent] += 1
        }
        var order: [UInt32] = [0]
        order.reserveCapacity(endingLists.count)
        var (firsts, labels): ([UInt32], [UInt8]) = ([], [0])
        var (endNodes, endOffsets, endings): ([UInt32], [Int32], [Ending]) = ([], [], [])
        var at = 0
        while at < order.count {
            let node = Int(order[at])
            firsts.append(UInt32(order.count) << 1 | (endingLists[node].isEmpty ? 0 : 1))
            if !endingLists[node].isEmpty {
                endNodes.append(UInt32(at))
                endOffsets.append(Int32(endings.count))
                endings += endingLists[node]
            }
            for child in children[counts[node]..<counts[node + 1]].sorted() {
                labels.append(UInt8(truncatingIfNeeded: child >> 32))
                order.append(UInt32(truncatingIfNeeded: child))
            }
            at += 1
        }
        firsts.append(UInt32(order.count) << 1)
        endOffsets.append(Int32(endings.count))
        var roots = [UInt32](repeating: 0, count: 256)
        for child in Int(firsts[0] >> 1)..<Int(firsts[1] >> 1) { roots[Int(labels[child])] = UInt32(child) }
        self.firsts = firsts
        self.labels = labels
        self.roots = roots
        self.endNodes = endNodes
        self.endOffsets = endOffsets
        self.endings = endings
    }

    /// Every phrase of the lexicon in the text, in the order of its end.
    func hits(in text: FoldedText) -> [Hit] {
        var hits: [Hit] = []
        hits.reserveCapacity(16)
        var filled = FilledPlaces()
        text.bytes.withUnsafeBufferPointer { bytes in
            firsts.withUnsafeBufferPointer { firsts in
                labels.withUnsafeBufferPointer { labels in
                    for start in text.starts {
                        let root = roots[Int(bytes[Int(start)])]
                        guard root > 0 else { continue }
                        walk(from: Int(start), root, bytes, firsts, labels) { ending, end in
                            take(ending, Int(start), end, bytes, &filled, &hits)
                        }
                    }
                }
            }
        }
        return hits
    }

    private func walk(
        from start: Int, _ root: UInt32, _ bytes: UnsafeBufferPointer<UInt8>, _ firsts: UnsafeBufferPointer<UInt32>,
        _ labels: UnsafeBufferPointer<UInt8>, _ found: (Ending, Int) -> Void
    ) {
        var node = Int(root)
        var at = start + 1
        while true {
            let first = firsts[node]
            if first & 1 == 1 {
                let isEdge =
                    at == bytes.count || FoldedText.isSeparator(bytes[at]) || FoldedText.isUnspaced(lead: bytes[at])
                    || FoldedText.isSeparator(bytes[at - 1]) || endsUnspaced(bytes, at)
                for ending in endings(at: UInt32(node)) where isEdge || ending.isOpen { found(ending, at) }
            }
            guard at < bytes.count else { return }
            var child = Int(first >> 1)
            let end = Int(firsts[node + 1] >> 1)
            let byte = bytes[at]
            while child < end, labels[child] != byte { child += 1 }
            guard child < end else { return }
            node = child
            at += 1
        }
    }

    /// The literals that end at a node.
    private func endings(at node: UInt32) -> ArraySlice<Ending> {
        var (low, high) = (0, endNodes.count)
        while low < high {
            let middle = (low + high) / 2
            if endNodes[middle] < node { low = middle + 1 } else { high = middle }
        }
        return endings[Int(endOffsets[low])..<Int(endOffsets[low + 1])]
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
