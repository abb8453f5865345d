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
    /// Where each Latin letter leads from the beginning of a word: the step that nearly every word takes.
    private var wordStart: Node = 0
    private var firstLetters: [Node] = []

    /// An automaton for `phrases`; each is found by its place in the list.
    ///
    /// - Complexity: O(total length of the phrases), but for the sorting of each node's edges.
    init(_ phrases: [[UInt32]]) {
        var targets: [UInt64: Node] = [:]
        var children: [[(symbol: UInt32, node: Node)]] = [[]]
        var ends: [[Int32]] = [[]]
        depth = [0]
        for (place, phrase) in phrases.enumerated() where !phrase.isEmpty {
            longest = max(longest, phrase.count)
            var node = Self.root
            for symbol in phrase {
                let key = UInt64(UInt32(bitPattern: node)) << 32 | UInt64(symbol)
                if let next = targets[key] {
                    node = next
                } else {
                    let next = Node(children.count)
                    targets[key] = next
                    children[Int(node)].append((symbol, next))
                    children.append([])
                    ends.append([])
                    depth.append(depth[Int(node)] + 1)
                    node = next
                }
            }
            ends[Int(node)].append(Int32(place))
        }
        for node in children.indices {
            edgeStart.append(Int32(edgeSymbol.count))
            endStart.append(Int32(ending.count))
            ending += ends[node]
            for child in children[node].sorted(by: { $0.symbol < $1.symbol }) {
                edgeSymbol.append(child.symbol)
                edgeTarget.append(child.node)
            }
        }
        edgeStart.append(Int32(edgeSymbol.count))
        endStart.append(Int32(ending.count))
        link(children)
        wordStart = child(of: Self.root, by: Self.gap) ?? Self.root
        firstLetters = (0..<128).map { child(of: wordStart, by: UInt32($0)) ?? Self.root }
    }

    /// Breadth first: where to go on when a symbol fits no longer.
    private mutating func link(_ children: [[(symbol: UInt32, node: Node)]]) {
        fallback = Array(repeating: Self.root, count: children.count)
        endLink = Array(repeating: Self.root, count: children.count)
        var queue: [Node] = [Self.root]
        var next = 0
        while next < queue.count {
            let node = queue[next]
            next += 1
            for (symbol, target) in children[Int(node)] {
                queue.append(target)
                guard node != Self.root else { continue }
                let shorter = step(fallback[Int(node)], symbol)
                fallback[Int(target)] = shorter
                let endsThere = endStart[Int(shorter)] < endStart[Int(shorter) + 1]
                endLink[Int(target)] = endsThere ? shorter : endLink[Int(shorter)]
            }
        }
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
        if node == wordStart, symbol < 128, node != Self.root, !firstLetters.isEmpty {
            let next = firstLetters[Int(symbol)]
            if next != Self.root { return next }
            node = Self.root
        }
        while true {
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
