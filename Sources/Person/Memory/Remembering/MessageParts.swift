/// The parts of a message that may stand in a memory as they are: what the person tells, in their very words.
///
/// A sentence, and, where it has commas, each of its parts; of a question only what is said before it is asked ("I'm
/// allergic to nuts, so what can I bake?"). Code, quotations and texts that are only brought to be worked on are none
/// (``Sentence/all(in:)``).
enum MessageParts {
    /// How many are offered: a form with more choices is refused by some servers, and grows slow with others.
    static let most = 40
    /// The longest part that fits a memory, in characters.
    static let longest = 300

    /// The parts, in the order of the message; of more than ``most`` the last ones.
    ///
    /// - Complexity: O(*n*) in the length of the message.
    static func all(in message: String) -> [String] {
        var parts: [String] = []
        var seen: Set<String> = []
        for sentence in Sentence.all(in: message) {
            let words = sentence.words(from: 0)
            let clauses = words.split { ",，、".contains($0) }.map(trimmed)
            let told = sentence.isQuestion ? Array(clauses.dropLast()) : [trimmed(words[...])] + clauses
            for part in told where tells(part) && seen.insert(part).inserted { parts.append(part) }
        }
        return parts.suffix(most)
    }

    private static func trimmed(_ words: Substring) -> String {
        var words = words
        while let first = words.first, first.isWhitespace { words.removeFirst() }
        while let last = words.last, last.isWhitespace || ".:".contains(last) { words.removeLast() }
        return String(words)
    }

    /// Whether it is long enough to tell something, and not too long.
    private static func tells(_ part: String) -> Bool {
        guard part.count <= longest else { return false }
        let hasNoSpaces = part.unicodeScalars.contains { (0x3040...0x9FFF).contains($0.value) }
        return hasNoSpaces ? part.count >= 5 : part.count >= 8 && part.split(separator: " ").count >= 3
    }
}
