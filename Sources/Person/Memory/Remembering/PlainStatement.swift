import Foundation

/// What a person asks of their memory in plain words: "remember that…", "my goal is…", "from now on…", "forget that…".
///
/// Read without a model, the same for the same words, in English, German, Spanish, French, Italian and Portuguese. Only
/// a sentence that begins so counts (after "please", "and" and the like), so a question ("do you remember…?"), a
/// quotation, code, or a story in which somebody says it asks for nothing.
///
/// ```swift
/// PlainStatement.all(in: "My goal is to run 10 km by May. Please remember that I'm left-handed.")
/// // .remember(.goal), "run 10 km by May"; .remember(.fact), "I'm left-handed"
/// ```
public struct PlainStatement: Hashable, Sendable {
    /// What is asked.
    public enum Act: Hashable, Sendable {
        /// To remember ``words``, as what.
        case remember(MemoryItem.Kind)
        /// To forget what ``words`` are about.
        case forget
        /// To forget everything.
        case forgetEverything
        /// To remember nothing more of this conversation.
        case pause
        /// To remember again.
        case resume
        /// To say what is remembered; about ``words``, or, where they are empty, everything.
        case show
    }

    /// What is asked.
    public let act: Act
    /// The person's own words for it, without the asking and without the mark that ends the sentence; empty where the act
    /// needs none.
    public let words: String
    /// The language of the asking, as a primary subtag of BCP 47.
    public let language: String

    /// All that a message asks, in its order.
    ///
    /// - Complexity: O(*n*) sentences with a few hundred openings each. Of a message above ``longest`` bytes only that
    ///   much is read.
    public static func all(in message: String) -> [PlainStatement] {
        let text = message.utf8.count > longest ? String(message.prefix(longest / 4)) : message
        return Sentence.all(in: text).compactMap(statement)
    }

    /// Bytes of a message that are read.
    public static let longest = 16_384

    private static func statement(_ sentence: Sentence) -> PlainStatement? {
        var from = 0
        var isRequest = false
        // "And please also remember…": what stands before the asking says nothing.
        while let filler = StatementOpening.fillers.first(where: { sentence.has($0, at: from) }) {
            from += filler.count
            isRequest = isRequest || StatementOpening.requests.contains(filler)
            from = sentence.pastGap(from)
        }
        guard let opening = StatementOpening.all.first(where: { sentence.has($0.folded, at: from) }) else { return nil }
        let start = sentence.pastGap(from + opening.folded.count)
        // "Remember when we…" tells of the past, and "my goal is what?" asks.
        if opening.isBarred(by: sentence, at: start) { return nil }
        if sentence.isQuestion, !isRequest, opening.act != .show { return nil }
        let words = sentence.words(from: start)
        switch opening.needs {
        case .words where words.isEmpty: return nil
        case .nothing where !words.isEmpty && !sentence.restIsPolite(from: start): return nil
        default: break
        }
        let keeps = opening.needs == .nothing ? "" : (opening.keepsAll ? sentence.words(from: from) : words)
        return PlainStatement(act: opening.act, words: keeps, language: opening.language)
    }
}

/// A sentence with its letters folded for comparing, and the way back to the person's own.
struct Sentence {
    private let letters: [Character]
    private let folded: [Character]
    /// Whether it ends with a question mark.
    let isQuestion: Bool

    /// The sentences of a text, without code, quotations and quoted lines.
    static func all(in text: String) -> [Sentence] {
        var sentences: [Sentence] = []
        var letters: [Character] = []
        var inCode = false
        var quote: Character?
        func end(_ mark: Character?) {
            let sentence = Sentence(letters, mark: mark)
            if !sentence.letters.isEmpty { sentences.append(sentence) }
            letters.removeAll(keepingCapacity: true)
        }
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.drop(while: \.isWhitespace).hasPrefix("```") {
                inCode.toggle()
                continue
            }
            if inCode || line.drop(while: \.isWhitespace).hasPrefix(">") { continue }
            var previous: Character = " "
            let characters = Array(line)
            for (index, character) in characters.enumerated() {
                defer { previous = character }
                if let open = quote {
                    // What somebody is quoted with stands in the words, but begins no sentence.
                    letters.append(character)
                    if character == Self.closing(open) { quote = nil }
                    continue
                }
                if Self.closing(character) != nil, previous.isWhitespace || "([".contains(previous) {
                    quote = character
                    letters.append(character)
                    continue
                }
                let next = index + 1 < characters.count ? characters[index + 1] : " "
                let endsHere =
                    "!?…;。！？".contains(character)
                    || (character == "." && (next.isWhitespace || "\"”»)".contains(next))
                        && !Self.isAbbreviation(letters))
                if endsHere { end(character) } else { letters.append(character) }
            }
            quote = nil
            end(nil)
        }
        return sentences
    }

    private static func closing(_ open: Character) -> Character? {
        switch open {
        case "\"": "\""
        case "“": "”"
        case "„": "“"
        case "«": "»"
        case "»": "«"
        case "‘": "’"
        default: nil
        }
    }

    /// Whether a full stop after these letters ends no sentence: "z. B.", "e.g.", "Dr.", "3." before a month.
    private static func isAbbreviation(_ letters: [Character]) -> Bool {
        let word = letters.reversed().prefix { !$0.isWhitespace }.reversed()
        if word.count == 1 || (word.count <= 2 && word.allSatisfy(\.isNumber)) { return true }
        let text = String(word).lowercased()
        return text.contains(".")
            || ["dr", "mr", "mrs", "ms", "st", "sr", "sra", "vs", "etc", "bzw", "ca"].contains(text)
    }

    private init(_ all: [Character], mark: Character?) {
        var rest = all[...]
        while let first = rest.first, first.isWhitespace || "-*•–—·,.([¿¡".contains(first) { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace || ",.".contains(last) { rest.removeLast() }
        letters = Array(rest)
        folded = letters.map(Self.folded)
        isQuestion = mark == "?" || mark == "？"
    }

    /// A letter without case and accents, and one apostrophe for all.
    static func folded(_ character: Character) -> Character {
        if character.isASCII { return Character(character.lowercased()) }
        if "’‘ʼ´`".contains(character) { return "'" }
        if character.isWhitespace { return " " }
        let lower = character.lowercased().decomposedStringWithCanonicalMapping
        return lower.unicodeScalars.first.map(Character.init) ?? character
    }

    static func folded(_ text: String) -> [Character] { text.map(folded) }

    /// Whether these letters stand at a place, and a word ends after them.
    func has(_ pattern: [Character], at start: Int) -> Bool {
        let end = start + pattern.count
        guard end <= folded.count, folded[start..<end].elementsEqual(pattern) else { return false }
        guard let last = pattern.last, end < folded.count else { return true }
        return !(last.isLetter || last.isNumber) || !(folded[end].isLetter || folded[end].isNumber)
    }

    /// The place of the next word.
    func pastGap(_ start: Int) -> Int {
        var at = start
        while at < folded.count, folded[at].isWhitespace || ",:;–—-".contains(folded[at]) { at += 1 }
        return at
    }

    /// The person's words from a place on.
    func words(from start: Int) -> String { String(letters[min(start, letters.count)...]) }

    /// Whether nothing but politeness or "now" follows.
    func restIsPolite(from start: Int) -> Bool {
        var at = start
        while at < folded.count {
            guard let word = StatementOpening.endings.first(where: { has($0, at: at) }) else { return false }
            at = pastGap(at + word.count)
        }
        return true
    }
}
