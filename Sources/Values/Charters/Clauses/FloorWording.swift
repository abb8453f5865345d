extension FloorClause {
    /// What a layer says in place of a reply: its own words, and the same in other languages.
    public struct Wording: Hashable, Sendable, ExpressibleByStringLiteral {
        /// The words for everybody whose language has none of its own.
        public var text: String
        /// The same in languages, by their codes (primary subtags of BCP 47, as in ``Circumstances/language``).
        public var byLanguage: [String: String]

        /// Describes a wording.
        public init(_ text: String, byLanguage: [String: String] = [:]) {
            self.text = text
            self.byLanguage = byLanguage
        }

        /// Words that are the same in every language.
        public init(stringLiteral text: String) { self.init(text) }

        /// The words in a language; those for everybody where it has none, or isn't known.
        public func text(in language: String?) -> String { language.flatMap { byLanguage[$0] } ?? text }

        /// The key of the words for everybody, beside the codes of languages.
        static let everybody = "default"
    }

    /// What is said in place of a reply in a language, one text a layer, the lowest layer's first.
    ///
    /// Each layer speaks for itself: its words in that language, or those for everybody. So a higher layer that has words in
    /// a language takes nobody's place who has none in it.
    public func instead(in language: String?) -> [String] {
        var said: [String] = []
        for wording in instead {
            let text = wording.text(in: language)
            if !said.contains(text) { said.append(text) }
        }
        return said
    }
}
