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

    /// A node: its first child, whose siblings end where the children of the next node begin, and which bytes its
    /// children have, modulo 32: nearly every walk ends for want of a child, and this tells without looking at any.
    private struct Node: Sendable {
        let first: UInt32
        var bytes: UInt32 = 0

        func mayHave(_ byte: UInt8) -> Bool { bytes >> UInt32(byte & 31) & 1 == 1 }
    }
    private let nodes: [Node]
    /// For each node the byte that leads to it.
    private let labels: [UInt8]
    /// For each byte which of the root's children it leads to, counted from 1; 0 for none.
    private let roots: [UInt8]
    /// For each child of the root, and each byte after it, the node that both lead to, or 0: nearly every walk ends
    /// here, and looking among many children one after the other would be most of its work.
    private let seconds: [UInt32]
    /// Which nodes literals end at: one bit a node, and before each word of bits how many nodes that are.
    private let isEnd: [UInt64]
    private let endRanks: [UInt32]
    /// For each node where literals end, in their order, where its endings begin.
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
        var (nodes, labels): ([Node], [UInt8]) = ([], [0])
        var (endOffsets, endings): ([Int32], [Ending]) = ([], [])
        var isEnd = [UInt64](repeating: 0, count: endingLists.count / 64 + 1)
        var at = 0
        while at < order.count {
            let node = Int(order[at])
            nodes.append(Node(first: UInt32(order.count)))
            if !endingLists[node].isEmpty {
                isEnd[at / 64] |= 1 << UInt64(at % 64)
                endOffsets.append(Int32(endings.count))
                endings += endingLists[node]
            }
            for child in children[counts[node]..<counts[node + 1]].sorted() {
                let byte = UInt8(truncatingIfNeeded: child >> 32)
                nodes[at].bytes |= 1 << UInt32(byte & 31)
                labels.append(byte)
                order.append(UInt32(truncatingIfNeeded: child))
            }
            at += 1
        }
        nodes.append(Node(first: UInt32(order.count)))
        endOffsets.append(Int32(endings.count))
        var ranks: [UInt32] = []
        var rank = 0
        for word in isEnd {
            ranks.append(UInt32(rank))
            rank += word.nonzeroBitCount
        }
        let level = Int(nodes[0].first)..<Int(nodes[1].first)
        var roots = [UInt8](repeating: 0, count: 256)
        var seconds = [UInt32](repeating: 0, count: 256 * level.count)
        for (row, node) in level.enumerated() {
            // The root has at most 255 children: no literal begins with the byte 0.
            roots[Int(labels[node])] = UInt8(row + 1)
            for child in Int(nodes[node].first)..<Int(nodes[node + 1].first) {
                seconds[256 * row + Int(labels[child])] = UInt32(child)
            }
        }
        self.nodes = nodes
        self.labels = labels
        self.roots = roots
        self.seconds = seconds
        self.isEnd = isEnd
        endRanks = ranks
        self.endOffsets = endOffsets
        self.endings = endings
    }

    /// Every phrase of the lexicon in the text, in the order of its start and then of its end.
    func hits(in text: FoldedText) -> [Hit] {
        var hits: [Hit] = []
        hits.reserveCapacity(16)
        var filled = FilledPlaces()
        let firstOfLevel = Int(nodes[0].first)
        // Without copies and counts of references on the way: this runs for every word that people write.
        unsafe(text) { bytes, starts, nodes, labels, isEnd in
            for start in starts {
                let row = Int(roots[Int(bytes[Int(start)])])
                guard row > 0 else { continue }
                var node = firstOfLevel + row - 1
                var at = Int(start) + 1
                while true {
                    if isEnd[node / 64] >> UInt64(node % 64) & 1 == 1 {
                        take(endingsAt: node, Int(start), at, bytes, &filled, &hits)
                    }
                    guard at < bytes.count else { break }
                    let byte = bytes[at]
                    if at == Int(start) + 1 {
                        node = Int(seconds[256 * (row - 1) + Int(byte)])
                        guard node > 0 else { break }
                    } else {
                        guard nodes[node].mayHave(byte) else { break }
                        var child = Int(nodes[node].first)
                        let end = Int(nodes[node + 1].first)
                        while child < end, labels[child] < byte { child += 1 }
                        guard child < end, labels[child] == byte else { break }
                        node = child
                    }
                    at += 1
                }
            }
        }
        return hits
    }

    private func unsafe(
        _ text: FoldedText,
        _ body: (
            UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<Int32>, UnsafeBufferPointer<Node>,
            UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt64>
        ) -> Void
    ) {
        text.bytes.withUnsafeBufferPointer { bytes in
            text.starts.withUnsafeBufferPointer { starts in
                nodes.withUnsafeBufferPointer { nodes in
                    labels.withUnsafeBufferPointer { labels in
                        isEnd.withUnsafeBufferPointer { body(bytes, starts, nodes, labels, $0) }
                    }
                }
            }
        }
    }

    /// Takes the literals that end at a node, if the text's word ends there too or the literal leaves it open.
    private func take(
        endingsAt node: Int, _ start: Int, _ end: Int, _ bytes: UnsafeBufferPointer<UInt8>,
        _ filled: inout FilledPlaces, _ hits: inout [Hit]
    ) {
        let isEdge =
            end == bytes.count || FoldedText.isSeparator(bytes[end]) || FoldedText.isUnspaced(lead: bytes[end])
            || FoldedText.isSeparator(bytes[end - 1]) || endsUnspaced(bytes, end)
        let before = isEnd[node / 64] & ((1 << UInt64(node % 64)) - 1)
        let rank = Int(endRanks[node / 64]) + before.nonzeroBitCount
        for index in Int(endOffsets[rank])..<Int(endOffsets[rank + 1]) {
            let ending = endings[index]
            if isEdge || ending.isOpen { take(ending, start, end, bytes, &filled, &hits) }
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
