import Charters

/// Everything that one side of the conversation is watched for, compiled once and shared by every reply.
///
/// A class, because it is large, never changes, and is held by every reply that is under way.
final class FloorSide: Sendable {
    /// A clause as far as a breach needs to know it.
    struct Watched: Sendable {
        let clause: String
        let severity: FloorClause.Severity
    }

    /// One way of noticing: a clause's own phrases, or the cues of a detector in one language.
    struct Rule: Sendable {
        /// The clauses that asked for it, strictest first.
        let clauses: [Watched]
        let detector: String
        /// The bit of ``words`` whose words cancel a match, and how far before it they count.
        var negations: UInt64 = 0
        var reach = 0
        /// Whether quoted matches don't count; if ``quotationWords`` is not 0, only after one of those words.
        var skipsQuotations = false
        var quotationWords: UInt64 = 0
        /// Whether harmless phrases can take a match back.
        var hasExceptions = false
    }

    struct Pattern: Sendable {
        let phrase: FoldedPhrase
        let rule: Int
        let isException: Bool
    }

    let side: FloorClause.Detection.Side
    let automaton: PhraseAutomaton
    let patterns: [Pattern]
    let rules: [Rule]
    /// Words that change what a match means, with the bit of every list that they are in.
    let words: WordLists
    /// Clauses that asked for detectors that work otherwise than by phrases.
    let personalData: [Watched]
    let secrets: [Watched]
    let finishedWork: [Watched]
    /// Clauses that asked for a detector that isn't known here. No text can be held to them, so each breaks them.
    let uncheckable: [Watched]

    /// Compiles one side. Nil when no clause looks at it.
    init?(_ clauses: [FloorClause], side: FloorClause.Detection.Side) {
        var builder = Builder()
        var detectors: [FloorDetector: [Watched]] = [:]
        var uncheckable: [Watched] = []
        for clause in clauses {
            let sides = clause.detection.sides
            guard sides.isEmpty ? side == .output : sides.contains(side) else { continue }
            let watched = Watched(clause: clause.id, severity: clause.severity)
            builder.add(clause.detection.phrases, of: watched)
            for name in Set(clause.detection.detectors) {
                if let detector = FloorDetector(rawValue: name) {
                    detectors[detector, default: []].append(watched)
                } else if !uncheckable.contains(where: { $0.clause == watched.clause }) {
                    // The charter's reader refuses names that aren't known. From anywhere else, the floor fails closed.
                    uncheckable.append(watched)
                }
            }
        }
        for detector in FloorDetector.allCases {
            guard let watching = detectors[detector]?.sorted(by: { $0.severity > $1.severity }) else { continue }
            for cues in detector.cues(for: side) { builder.add(cues, of: detector, for: watching) }
        }
        guard !builder.patterns.isEmpty || !detectors.isEmpty || !uncheckable.isEmpty else { return nil }
        self.uncheckable = uncheckable.sorted { $0.severity > $1.severity }
        self.side = side
        patterns = builder.patterns
        rules = builder.rules
        words = WordLists(builder.words)
        automaton = PhraseAutomaton(builder.patterns.map(\.phrase.symbols))
        personalData = detectors[.personalData]?.sorted { $0.severity > $1.severity } ?? []
        secrets = detectors[.secrets]?.sorted { $0.severity > $1.severity } ?? []
        finishedWork = side == .output ? detectors[.finishedWork]?.sorted { $0.severity > $1.severity } ?? [] : []
    }

    private struct Builder {
        var patterns: [Pattern] = []
        var rules: [Rule] = []
        var words: [WordHash: UInt64] = [:]
        private var lists: [[String]: UInt64] = [:]

        mutating func add(_ phrases: [String], of watched: Watched) {
            guard !phrases.isEmpty else { return }
            rules.append(Rule(clauses: [watched], detector: FloorFinding.phrase))
            for phrase in phrases {
                guard let folded = FoldedPhrase(phrase) else { continue }
                add(folded)
                if let spaced = folded.spacedOut { add(spaced) }
            }
        }

        mutating func add(_ cues: FloorCues, of detector: FloorDetector, for watching: [Watched]) {
            var rule = Rule(clauses: watching, detector: detector.rawValue)
            rule.negations = bit(cues.negations)
            rule.reach = cues.reach
            rule.hasExceptions = !cues.exceptions.isEmpty
            switch cues.quotation {
            case .counts: break
            case .cancels: rule.skipsQuotations = true
            case .cancelsAfter(let words):
                rule.skipsQuotations = true
                rule.quotationWords = bit(words)
            }
            rules.append(rule)
            for phrase in Set(cues.phrases.flatMap(FloorCues.expanded)).sorted() {
                if let folded = FoldedPhrase(phrase) { add(folded) }
            }
            for phrase in Set(cues.exceptions.flatMap(FloorCues.expanded)).sorted() {
                if let folded = FoldedPhrase(phrase) { add(folded, isException: true) }
            }
        }

        private mutating func add(_ phrase: FoldedPhrase, isException: Bool = false) {
            patterns.append(Pattern(phrase: phrase, rule: rules.count - 1, isException: isException))
        }

        /// The bit of a list of words; equal lists share one. There are fewer lists than bits.
        private mutating func bit(_ list: [String]) -> UInt64 {
            guard !list.isEmpty else { return 0 }
            if let known = lists[list] { return known }
            precondition(lists.count < 64, "a list of words has no bit left")
            let bit = UInt64(1) << UInt64(lists.count)
            lists[list] = bit
            for word in list { words[WordHash(word), default: 0] |= bit }
            return bit
        }
    }
}
