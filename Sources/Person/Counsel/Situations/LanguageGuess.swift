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
        guard let feature = index.modifiers.language else { return nil }
        var counts: [String: Int] = [:]
        for hit in hits {
            let phrase = Int(hit.phrase)
            guard index.groups[Int(index.groupOf[phrase])].features.first?.feature == feature else { continue }
            counts[index.languageOf[phrase], default: 0] += 1
        }
        let ranked = counts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
        guard let first = ranked.first else { return nil }
        // A tie says nothing, unless there is enough to choose from by name, which would be a guess.
        if ranked.count > 1, ranked[1].value == first.value { return nil }
        return first.key
    }
}
