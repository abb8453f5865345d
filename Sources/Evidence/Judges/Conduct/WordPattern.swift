/// Phrases of one language that point to a signal, as text that people who speak the language can read and mend.
///
/// Phrases stand apart by semicolons. `(a|b)` is either, and an empty alternative leaves the words out; `…` stands for up
/// to ``reach`` words of the same sentence; `*` at the end of a word is any ending; `^` at the start is a sentence's start.
struct WordPattern: Sendable {
    /// How many words `…` reaches over.
    static let reach = 4

    /// One step of a phrase.
    private enum Step: Sendable {
        case word(Int32)
        case beginning(String)
        case gap
    }

    private let steps: [Step]
    private let isAtStart: Bool
    /// The word that a phrase begins with.
    let firstWord: Int32

    /// The phrases of a text, whose words get numbers. A phrase with a bracket that isn't closed is left out, which a test
    /// watches.
    static func all(_ text: String, _ numbers: inout WordNumbers) -> [WordPattern] {
        var patterns: [WordPattern] = []
        for phrase in text.split(whereSeparator: { $0 == ";" || $0 == "\n" }) {
            for reading in expanded(Array(phrase)) ?? [] {
                if let pattern = WordPattern(reading, &numbers) { patterns.append(pattern) }
            }
        }
        return patterns
    }

    private init?(_ phrase: String, _ numbers: inout WordNumbers) {
        var steps: [Step] = []
        var isAtStart = false
        for part in phrase.replacing("…", with: " … ").split(separator: " ") {
            if part == "…" {
                steps.append(.gap)
                continue
            }
            var part = part
            if part.first == "^" {
                isAtStart = true
                part = part.dropFirst()
            }
            let isOpen = part.last == "*"
            let word = ReplyText.folded(String(isOpen ? part.dropLast() : part))
            guard !word.isEmpty else { continue }
            steps.append(isOpen ? .beginning(word) : .word(numbers.add(word)))
        }
        guard case .word(let first)? = steps.first else { return nil }
        self.steps = steps
        self.isAtStart = isAtStart
        firstWord = first
    }

    /// The word that must follow it; nil when the phrase ends there, or goes on with a gap or an open ending.
    var secondWord: Int32? {
        if steps.count > 1, case .word(let word) = steps[1] { word } else { nil }
    }

    /// Every word of it, but those with an open ending.
    var words: [Int32] {
        steps.compactMap { step in
            if case .word(let word) = step { word } else { nil }
        }
    }

    /// Where the phrase ends when it begins at a word, outside quotation marks and within one sentence; nil if it doesn't.
    func end(from start: Int, in sentence: Range<Int>, of text: ReplyText) -> Int? {
        guard !isAtStart || start == sentence.lowerBound else { return nil }
        return end(of: 0, at: start, sentence.upperBound, text)
    }

    private func end(of step: Int, at word: Int, _ limit: Int, _ text: ReplyText) -> Int? {
        guard step < steps.count else { return word }
        if case .gap = steps[step] {
            for skipped in 0...Self.reach where word + skipped <= limit {
                if let found = end(of: step + 1, at: word + skipped, limit, text) { return found }
            }
            return nil
        }
        guard word < limit, !text.words[word].isQuoted else { return nil }
        switch steps[step] {
        case .word(let number): guard text.words[word].number == number else { return nil }
        case .beginning(let start): guard text.folded(text.words[word]).hasPrefix(start) else { return nil }
        case .gap: return nil
        }
        return end(of: step + 1, at: word + 1, limit, text)
    }

    /// Every reading of the alternatives in brackets; nil when they aren't balanced.
    private static func expanded(_ text: [Character]) -> [String]? {
        guard let open = text.firstIndex(of: "(") else { return text.contains(")") ? nil : [String(text)] }
        var depth = 0
        var bars = [open]
        for at in open..<text.count {
            switch text[at] {
            case "(": depth += 1
            case ")": depth -= 1
            case "|" where depth == 1: bars.append(at)
            default: break
            }
            guard depth == 0 else { continue }
            bars.append(at)
            guard let rests = expanded(Array(text[(at + 1)...])) else { return nil }
            let front = String(text[..<open])
            return zip(bars, bars.dropFirst()).flatMap { from, to in
                (expanded(Array(text[(from + 1)..<to])) ?? []).flatMap { middle in rests.map { front + middle + $0 } }
            }
        }
        return nil
    }
}
