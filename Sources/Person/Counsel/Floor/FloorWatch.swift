public import Charters

/// The floor of a charter as a watch over texts: what people say, and what a model says, as it says it.
///
///     var watch = FloorWatch(clauses)                 // compiled once; copies share it
///     let findings = watch.input("I want to die")     // what the person's words break or call for
///     switch watch.take("As a real per") {            // a piece of the reply
///     case .release(let upTo): …                      // bytes of the reply that may be shown
///     case .breach(let finding): …                    // nothing more may go out
///     }
///
/// It asks no model and never waits: about one table step for each character. Held back is only what could still
/// become a breach: the beginning of a phrase, at most as long as the longest phrase, or, for the detectors of personal
/// data and secrets, the word that is being written. What it finds does not depend on how a text is cut into pieces.
///
/// One value watches one reply; make a copy, from the same compiled value, for each.
public struct FloorWatch: Sendable {
    private let inputSide: FloorSide?
    private let outputSide: FloorSide?
    private var scan: FloorScan?

    /// Compiles what `clauses` look for. Clauses that only name guard models leave nothing to do here.
    ///
    /// - Complexity: O(length of all phrases).
    public init(_ clauses: [FloorClause]) {
        inputSide = CompiledFloors.side(.input, of: clauses)
        outputSide = CompiledFloors.side(.output, of: clauses)
        scan = outputSide.map { FloorScan($0, stopsAtBreach: true) }
    }

    /// Whether any clause looks at what people say.
    public var watchesInput: Bool { inputSide != nil }

    /// Whether any clause looks at what models say.
    public var watchesOutput: Bool { outputSide != nil }

    // MARK: What people say

    /// What a person's words break or call for, strictest first; each clause at most once for each way of noticing.
    ///
    /// - Complexity: O(length of the text).
    public func input(_ text: String) -> [FloorFinding] {
        Self.whole(text, inputSide)
    }

    /// What a whole reply breaks, strictest first.
    ///
    /// - Complexity: O(length of the text).
    public func output(_ text: String) -> [FloorFinding] {
        Self.whole(text, outputSide)
    }

    private static func whole(_ text: String, _ side: FloorSide?) -> [FloorFinding] {
        guard let side else { return [] }
        var scan = FloorScan(side, stopsAtBreach: false)
        var text = text
        text.withUTF8 { scan.take($0) }
        scan.finish()
        return scan.findings.sorted { ($1.strictness, $0.at) < ($0.strictness, $1.at) }
    }

    // MARK: What a model says, as it says it

    /// Takes the next piece of the reply.
    ///
    /// - Returns: how much of the reply so far may be shown, or the breach that ends it. After a breach, the same again.
    public mutating func take(_ text: String) -> FloorVerdict {
        var text = text
        return text.withUTF8 { take($0) }
    }

    /// Takes the next bytes of the reply, which may be cut inside a character.
    public mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) -> FloorVerdict {
        guard scan != nil else {
            unwatched += bytes.count
            return .release(upTo: unwatched)
        }
        scan?.take(bytes)
        return verdict
    }

    /// The reply is over: decides on everything that was held back.
    public mutating func finish() -> FloorVerdict {
        guard scan != nil else { return .release(upTo: unwatched) }
        scan?.finish()
        if let breach = scan?.breach { return .breach(breach) }
        return .release(upTo: scan?.count ?? 0)
    }

    /// What was found in the reply so far, notes included.
    public var findings: [FloorFinding] { scan?.findings ?? [] }

    private var unwatched = 0

    private var verdict: FloorVerdict {
        guard let scan else { return .release(upTo: unwatched) }
        if let breach = scan.breach { return .breach(breach) }
        return .release(upTo: scan.releasable)
    }
}
