/// Tells the language of a text by its script, and where the script has many languages by its small words.
enum LanguageGuess {
    /// The primary subtag of the language, or nil when it doesn't show.
    static func language(of text: FoldedText, hits: [CueTrie.Hit], index: CueIndex) -> String? {
        let scripts = text.scripts
        // Japanese mixes three scripts; a kana says so.
        if scripts.kana > 0, scripts.kana * 10 >= scripts.han { return "ja" }
        let others = [
            (scripts.han, "zh"), (scripts.hangul, "ko"), (scripts.arabic, "ar"), (scripts.devanagari, "hi"),
            (scripts.cyrillic, "ru"), (scripts.greek, "el"), (scripts.hebrew, "he"), (scripts.thai, "th"),
        ]
        if let most = others.max(by: { $0.0 < $1.0 }), most.0 > 0, most.0 * 3 >= scripts.latin { return most.1 }
        var counts = [Int](repeating: 0, count: index.languages.count)
        for hit in hits {
            let phrase = Int(hit.phrase)
            guard case .language = index.groups[Int(index.groupOf[phrase])].kind else { continue }
            counts[Int(index.languageOf[phrase])] += 1
        }
        guard let most = counts.max(), most > 0 else { return nil }
        // A tie says nothing, unless there is enough to choose from by name, which would be a guess.
        guard counts.count(where: { $0 == most }) == 1, let number = counts.firstIndex(of: most) else { return nil }
        return index.languages[number]
    }
}
