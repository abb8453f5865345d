/// The words and phrases that Trellis knows by itself.
enum BuiltInLexicon {
    /// All of them, read once.
    static let lexicon: CueLexicon = {
        var lexicon = CueLexicon()
        for text in [danger, figures, signals, requests, topics, values, manner, sideways, languages] {
            lexicon.add(text)
        }
        return lexicon
    }()
}
