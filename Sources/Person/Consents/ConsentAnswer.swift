import Foundation

/// What a person's message says to a question of yes or no.
///
/// Read by rule alone, from whole messages that mean one thing: "yes", "Ja, gerne.", "いいえ". Everything longer, mixed,
/// hedged or merely polite is unclear, and what is unclear changes nothing. A yes that nobody meant would steer a person
/// against their will; a yes that was missed costs one more word.
public enum ConsentAnswer: String, Hashable, Sendable, CaseIterable {
    /// A clear yes.
    case yes
    /// A clear no.
    case no
    /// Anything else.
    case unclear

    /// Reads a message.
    ///
    /// - Parameters:
    ///   - text: the message as the person wrote it.
    ///   - language: the language of the conversation as a primary subtag of BCP 47, when it is known. Then a word
    ///     means what it means there: "no" is no word of refusal in Polish. Without it, a word that says yes in one
    ///     language and something else in another is unclear.
    /// - Complexity: O(1): a message of more than 60 bytes is unclear unread.
    public static func read(_ text: String, language: String? = nil) -> ConsentAnswer {
        guard text.utf8.count <= 60 else { return .unclear }
        let words = normalized(text)
        guard !words.isEmpty else { return .unclear }
        let subtag = language.map { String($0.lowercased().prefix { $0 != "-" && $0 != "_" }) }
        if let subtag, let known = ConsentPhrases.byLanguage[subtag] {
            return known[words] ?? ConsentPhrases.byLanguage["en"]?[words] ?? .unclear
        }
        return ConsentPhrases.everywhere[words] ?? .unclear
    }

    /// The message in lower case, with one space between words, without full stops, commas and exclamation marks.
    /// A question mark, a quotation mark, an ellipsis or anything else that may change the meaning stays, and then no
    /// phrase fits.
    static func normalized(_ text: String) -> String {
        let text = text.precomposedStringWithCompatibilityMapping.lowercased()
        guard !text.contains(".."), !text.contains("。。") else { return "" }
        var words = ""
        var isSpaced = false
        for character in text {
            if character.isWhitespace {
                isSpaced = !words.isEmpty
            } else if Self.silent.contains(character) {
                // A comma between words is a space; at the end, nothing.
                isSpaced = !words.isEmpty
            } else {
                if isSpaced { words.append(" ") }
                isSpaced = false
                words.append(character == "’" ? "'" : character)
            }
        }
        return words
    }

    private static let silent: Set<Character> = [
        ".", ",", "!", "。", "、", "，", "！", "،", "।", "¡",
    ]
}
