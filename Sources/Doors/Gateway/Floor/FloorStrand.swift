import Charters
import Counsel

/// One choice of a streamed reply.
final class FloorChoice {
    let index: Int
    /// Which of its texts spoke last.
    var speaking: FloorField?
    var isEnded = false
    var isOver = false
    /// Whether the client has seen any of its words.
    var isShown = false

    init(_ index: Int) { self.index = index }
}

/// One text of a choice under the eyes of the floor: what is said, or what stands beside it. A class, so that its watch is
/// never copied while it reads.
final class FloorStrand {
    struct Key: Hashable {
        let choice: Int
        let field: FloorField
    }

    let choice: FloorChoice
    let key: Key
    private(set) var watch: FloorWatch
    /// Bytes of text that were handed to the watch, and how many of them may be shown.
    private(set) var taken = 0
    var free = 0
    /// What was said, as long as somebody may ask for it.
    private(set) var text: [UInt8] = []
    private var keepsText: Bool
    /// Whether nothing was said since the last break.
    private(set) var isAtRest = true
    var isShown = false
    /// How many bytes a guard model has been asked about, and how many it has cleared.
    private(set) var asked = 0
    private(set) var cleared = 0
    /// The pieces that it wasn't asked about.
    private var pieces = 0
    /// What a guard has noted of it, by clause and category.
    var noted: Set<String> = []
    /// What is with the guard, in the order of the text, each with its verdict as soon as it is there.
    private var windows: [(to: Int, found: [FloorFinding]?)] = []

    init(_ field: FloorField, of choice: FloorChoice, _ watch: FloorWatch, keepsText: Bool) {
        self.choice = choice
        key = Key(choice: choice.index, field: field)
        self.watch = watch
        self.keepsText = keepsText
    }

    func take(_ words: UnsafeBufferPointer<UInt8>) -> FloorVerdict {
        taken += words.count
        pieces += 1
        isAtRest = false
        if keepsText { text.append(contentsOf: words) }
        return watch.take(words)
    }

    /// What was said before and what will be said after don't belong together; nil when nothing was said before.
    func rest() -> FloorVerdict? {
        guard !isAtRest else { return nil }
        let verdict = Self.textBreak.withUnsafeBufferPointer { take($0) }
        isAtRest = true
        return verdict
    }

    private static let textBreak: [UInt8] = [0x0A, 0x0A]

    func finish() -> FloorVerdict { watch.finish() }

    func dropText() {
        keepsText = false
        text = []
    }

    // MARK: A guard model

    /// Whether there is text that nobody was asked about.
    var hasUnasked: Bool { asked < taken && !choice.isOver }

    /// Whether enough waits to be asked about.
    func isFull(_ tokens: Int) -> Bool { choice.isEnded || isAtRest || pieces >= tokens }

    /// What waits, with some of what stands before it, on its way to the guard.
    func window(context: Int) -> (text: String, from: Int, to: Int) {
        let from = asked
        let words = String(decoding: text.dropFirst(max(0, from - context)), as: UTF8.self)
        asked = taken
        pieces = 0
        windows.append((taken, nil))
        return (words, from, taken)
    }

    /// Takes a verdict. Verdicts count in the order of the text, whichever comes first.
    func heed(_ found: [FloorFinding], upTo end: Int) {
        guard let place = windows.firstIndex(where: { $0.to == end }) else { return }
        windows[place].found = found
    }

    /// The findings of the next window in the text, once they are there. Taking them clears it.
    func nextVerdict() -> [FloorFinding]? {
        guard let first = windows.first, let found = first.found else { return nil }
        windows.removeFirst()
        if found.allSatisfy({ $0.strictness == .note }) { cleared = first.to }
        return found
    }
}
