/// What one detector looks for in one language: phrases that speak for a breach, and what around them speaks against.
struct FloorCues: Sendable {
    /// What a quotation means for a phrase inside it.
    enum Quotation: Sendable {
        /// Nothing: quoted words count.
        case counts
        /// Quoted words don't count.
        case cancels
        /// Quoted words don't count when one of these words stands shortly before: `song`, `novel`, `translate`.
        case cancelsAfter([String])
    }

    /// Phrases. `(a|b|)` stands for each of its parts, so that `i(m| am) human` is two phrases.
    var phrases: [String]
    /// Harmless phrases that take back every one of ``phrases`` that they overlap: `human made`.
    var exceptions: [String] = []
    /// Words that cancel a phrase when they stand up to ``reach`` words before it in the same sentence: `not`.
    var negations: [String] = []
    /// How many words back a negation reaches.
    var reach = 4
    /// What a quotation means.
    var quotation = Quotation.counts

    /// Every phrase that a pattern with alternatives stands for.
    static func expanded(_ pattern: String) -> [String] {
        guard let open = pattern.firstIndex(of: "("),
            let close = pattern[open...].firstIndex(of: ")")
        else { return [pattern] }
        let rest = expanded(String(pattern[pattern.index(after: close)...]))
        let parts = pattern[pattern.index(after: open)..<close].split(separator: "|", omittingEmptySubsequences: false)
        return parts.flatMap { part in rest.map { pattern[..<open] + part + $0 } }
    }
}
