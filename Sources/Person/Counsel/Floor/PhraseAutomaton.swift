/// Finds any of many phrases in one pass over a folded text.
///
/// Aho and Corasick, "Efficient string matching: an aid to bibliographic search", Communications of the ACM 18 (1975),
/// doi:10.1145/360825.360855. Nodes lie in flat arrays; a text costs O(length) steps whatever the number of phrases.
/// The depth of the present node is the length of the longest suffix of the text that begins some phrase: exactly what
/// a stream must hold back.
struct PhraseAutomaton: Sendable {
    typealias Node = Int32

    /// Between two words.
    static let gap: UInt32 = 1
    /// The end of a sentence. No phrase that lacks one reaches across.
    static let stop: UInt32 = 2
    static let root: Node = 0

    private var edgeStart: [Int32] = []
    private var edgeSymbol: [UInt32] = []
    private var edgeTarget: [Node] = []
    private var fallback: [Node] = []
    private(set) var depth: [Int32] = []
    /// The phrases that end at a node: a range of ``ending``, and the nearest shorter suffix that ends phrases too.
    private var endStart: [Int32] = []
    private var ending: [Int32] = []
    private var endLink: [Node] = []
    /// The length of the longest phrase, in symbols.
    private(set) var longest = 0
    /// Where a gap, a stop and each Latin letter lead from the nodes nearest to the root, which is where nearly every
    /// step of a text begins: a row of ``rowLength`` for each of the first ``rowed`` nodes in breadth-first order.
    private var rows: [Node] = []
    /// For each node its row, or -1.
    private var rowOf: [Int32] = []
    private static let rowLength = 32
    /// 128 bytes a row: so many stay in a core's second cache.
    private static let mostRows = 2_048

    /// An automaton for `phrases`; each is found by its place in the list.
    ///
    /// - Complexity: O(total length of the phrases), but for the sorting of each node's edges.
    init(_ phrases: [[UInt32]]) {
        // Sorted, phrases that begin alike stand together: a node is found again by comparing with the phrase before,
        // and children come in the order of their symbols.
        let order = phrases.indices.filter { !phrases[$0].isEmpty }.sorted {
            phrases[$0].lexicographicallyPrecedes(phrases[$1])
        }
        var parents: [Node] = [0]
        var symbols: [UInt32] = [0]
        var ends: [(node: Node, phrase: Int32)] = []
        var path: [Node] = [Self.root]
        var previous: [UInt32] = []
        depth = [0]
        for place in order {
            let phrase = phrases[place]
            longest = max(longest, phrase.count)
            var shared = 0
            while shared < previous.count, shared < phrase.count, previous[shared] == phrase[shared] { shared += 1 }
            path.removeLast(path.count - 1 - shared)
            for symbol in phrase[shared...] {
                parents.append(path[path.count - 1])
                symbols.append(symbol)
                depth.append(Int32(path.count))
                path.append(Node(parents.count - 1))
            }
            ends.append((path[path.count - 1], Int32(place)))
            previous = phrase
        }
        lay(out: parents, symbols, ends)
        link()
    }

    /// Puts edges and ends in flat arrays, by counting.
    private mutating func lay(out parents: [Node], _ symbols: [UInt32], _ ends: [(node: Node, phrase: Int32)]) {
        edgeStart = Array(repeating: 0, count: parents.count + 1)
        for node in parents.indices.dropFirst() { edgeStart[Int(parents[node]) + 1] += 1 }
        for node in parents.indices { edgeStart[node + 1] += edgeStart[node] }
        edgeSymbol = Array(repeating: 0, count: parents.count - 1)
        edgeTarget = Array(repeating: 0, count: parents.count - 1)
        var next = edgeStart
        for node in parents.indices.dropFirst() {
            let parent = Int(parents[node])
            let place = Int(next[parent])
            next[parent] += 1
            edgeSymbol[place] = symbols[node]
            edgeTarget[place] = Node(node)
        }
        endStart = Array(repeating: 0, count: parents.count + 1)
        for end in ends { endStart[Int(end.node) + 1] += 1 }
        for node in parents.indices { endStart[node + 1] += endStart[node] }
        ending = Array(repeating: 0, count: ends.count)
        next = endStart
        for end in ends {
            ending[Int(next[Int(end.node)])] = end.phrase
            next[Int(end.node)] += 1
        }
    }

    /// Breadth first: where to go on when a symbol fits no longer.
    private mutating func link() {
        rowOf = Array(repeating: -1, count: depth.count)
        fallback = Array(repeating: Self.root, count: depth.count)
        endLink = Array(repeating: Self.root, count: depth.count)
        var queue: [Node] = [Self.root]
        queue.reserveCapacity(depth.count)
        var next = 0
        while next < queue.count {
            let node = queue[next]
            if next < Self.mostRows { addRow(for: node) }
            next += 1
            for edge in Int(edgeStart[Int(node)])..<Int(edgeStart[Int(node) + 1]) {
                let target = edgeTarget[edge]
                queue.append(target)
                guard node != Self.root else { continue }
                let shorter = step(fallback[Int(node)], edgeSymbol[edge])
                fallback[Int(target)] = shorter
                let endsThere = endStart[Int(shorter)] < endStart[Int(shorter) + 1]
                endLink[Int(target)] = endsThere ? shorter : endLink[Int(shorter)]
            }
        }
    }

    /// The row of a node: what its fallback does, which is nearer to the root and has its row already, but for the
    /// node's own edges.
    private mutating func addRow(for node: Node) {
        let start = rows.count
        if node == Self.root {
            rows += Array(repeating: Self.root, count: Self.rowLength)
        } else {
            let shorter = Int(rowOf[Int(fallback[Int(node)])]) * Self.rowLength
            rows += rows[shorter..<shorter + Self.rowLength]
        }
        for edge in Int(edgeStart[Int(node)])..<Int(edgeStart[Int(node) + 1]) {
            if let column = Self.column(edgeSymbol[edge]) { rows[start + column] = edgeTarget[edge] }
        }
        rowOf[Int(node)] = Int32(start / Self.rowLength)
    }

    /// A symbol's place in a row, if it has one.
    private static func column(_ symbol: UInt32) -> Int? {
        if symbol &- 0x61 < 26 { return Int(symbol - 0x61) + 3 }
        return symbol <= stop ? Int(symbol) : nil
    }

    private func child(of node: Node, by symbol: UInt32) -> Node? {
        var low = Int(edgeStart[Int(node)])
        var high = Int(edgeStart[Int(node) + 1])
        while high - low > 6 {
            let middle = (low + high) / 2
            if edgeSymbol[middle] <= symbol { low = middle } else { high = middle }
        }
        while low < high {
            if edgeSymbol[low] == symbol { return edgeTarget[low] }
            low += 1
        }
        return nil
    }

    /// The node after one more symbol. Amortised O(1) for a text.
    func step(_ node: Node, _ symbol: UInt32) -> Node {
        var node = node
        let column = Self.column(symbol)
        while true {
            if let column, case let row = Int(rowOf[Int(node)]), row >= 0 { return rows[row * Self.rowLength + column] }
            if let next = child(of: node, by: symbol) { return next }
            if node == Self.root { return Self.root }
            node = fallback[Int(node)]
        }
    }

    /// Whether any phrase ends here.
    func hasEnd(_ node: Node) -> Bool {
        endStart[Int(node)] < endStart[Int(node) + 1] || endLink[Int(node)] != Self.root
    }

    /// Calls `body` for every phrase that ends here, the longest first.
    func forEachEnd(_ node: Node, _ body: (Int) -> Void) {
        var node = node
        while true {
            for place in endStart[Int(node)]..<endStart[Int(node) + 1] { body(Int(ending[Int(place)])) }
            node = endLink[Int(node)]
            if node == Self.root { return }
        }
    }
}
