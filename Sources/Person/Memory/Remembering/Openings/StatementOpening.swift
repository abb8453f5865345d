import Consents
import Foundation

/// How a sentence begins that asks something of a memory, in one language.
struct StatementOpening: Sendable {
    enum Needs: Sendable { case words, nothing, either }

    /// What else must hold for such a sentence to be meant.
    struct Only: OptionSet, Sendable {
        let rawValue: Int

        /// What follows speaks of the speaker: "note that I'm…", not "note that the function returns null".
        static let ofThemselves = Only(rawValue: 1)
        /// What follows doesn't speak to the other, and denies nothing: not "I can now see the file you sent".
        static let plainly = Only(rawValue: 2)
        /// A yes stands before: "yes, forget it", not "forget it".
        static let afterYes = Only(rawValue: 4)
    }

    let act: PlainStatement.Act
    let language: String
    let folded: [Character]
    let needs: Needs
    /// Whether the opening itself is part of what is remembered: "From now on I get up at six."
    let keepsAll: Bool
    let only: Only
    /// Words that may not follow.
    let bars: [[Character]]
    /// Words that may not be all that follows.
    let bareBars: [[Character]]

    /// Whether what follows shows that something else is meant.
    func isBarred(by sentence: Sentence, at start: Int) -> Bool {
        if bars.contains(where: { sentence.has($0, at: start) }) { return true }
        if bareBars.contains(where: { sentence.has($0, at: start) && sentence.restIsPolite(from: start + $0.count) }) {
            return true
        }
        if only.isDisjoint(with: [.ofThemselves, .plainly]) { return false }
        let words = sentence.words(at: start)
        if only.contains(.ofThemselves), Self.speaker[language]?.isDisjoint(with: words) == true { return true }
        return only.contains(.plainly) && Self.others[language]?.isDisjoint(with: words) == false
    }

    /// The openings that may stand at a place of a sentence, by the word that they begin with; the longest first, so that
    /// "forget everything" is not read as to forget "everything".
    static let byFirstWord: [String: [StatementOpening]] = byFirst(
        languages.flatMap(\.openings).flatMap(\.self) + controls, \.folded)
    /// Words that may stand before an opening, by the word that they begin with.
    static let fillers: [String: [[Character]]] = byFirst(
        Set(languages.flatMap(\.fillers).map(Sentence.folded)).sorted { String($0) < String($1) }, \.self)
    /// Fillers that say yes.
    static let yes = Set(["yes", "ja", "sí", "oui", "sì", "sim"].map(Sentence.folded))
    /// The fillers that ask politely: with one of them a question mark is no question.
    static let requests = Set(
        [
            "could you", "can you", "would you", "will you", "kannst du", "könntest du", "könnten sie", "puedes",
            "podrías", "peux-tu", "tu peux", "pourrais-tu", "puoi", "potresti", "pode", "podes", "poderia",
        ].map(Sentence.folded))
    /// Words that may follow where nothing is needed.
    static let endings: [[Character]] = languages.flatMap(\.endings).map(Sentence.folded)
        .sorted { $0.count > $1.count }

    private static func byFirst<Value>(_ all: [Value], _ folded: (Value) -> [Character]) -> [String: [Value]] {
        Dictionary(grouping: all) { Sentence.firstWord(of: folded($0)[...]) }
            .mapValues { $0.sorted { (folded($0).count, String(folded($1))) > (folded($1).count, String(folded($0))) } }
    }

    struct Language: Sendable {
        let openings: [[StatementOpening]]
        let fillers: [String]
        let endings: [String]
    }

    private static let languages = [english, german, spanish, french, italian, portuguese]

    static func group(
        _ act: PlainStatement.Act, _ language: String, _ texts: [String], needs: Needs = .words, keepsAll: Bool = false,
        only: Only = [], unless bars: [String] = [], unlessOnly bareBars: [String] = []
    ) -> [StatementOpening] {
        texts.map { text in
            StatementOpening(
                act: act, language: language, folded: Sentence.folded(text), needs: needs, keepsAll: keepsAll,
                only: only, bars: bars.map(Sentence.folded), bareBars: bareBars.map(Sentence.folded))
        }
    }

    // MARK: Who is spoken of

    private static func words(_ list: String) -> Set<String> {
        Set(list.split(separator: " ").map { String(Sentence.folded(String($0))) })
    }

    /// Words by which a speaker speaks of themselves. An apostrophe ends a word. In Spanish, Italian and Portuguese the
    /// verb alone often says it, so the commonest of these stand here too.
    private static let speaker: [String: Set<String>] = [
        "en": words("i me my mine myself we us our ours"),
        "de": words(
            """
            ich mir mich mein meine meinen meinem meiner meines wir uns unser unsere unseren unserem unserer
            """),
        "es": words(
            """
            yo me mi mis mí conmigo nos nuestro nuestra nuestros nuestras soy estoy tengo vivo trabajo quiero puedo necesito
            voy hago prefiero estudio nací fui tuve somos estamos tenemos vivimos juego toco hablo
            """.replacing("\n", with: " ")),
        "fr": words("je j me m moi mon ma mes nous notre nos"),
        "it": words("io mi me mio mia miei mie sono ho vivo lavoro noi ci nostro nostra"),
        "pt": words("eu me mim meu minha meus minhas sou estou tenho moro vivo trabalho nós nosso nossa"),
    ]

    /// Words that speak to the other, or deny.
    private static let others: [String: Set<String>] = [
        "en": words("you your yours not never t no"),
        "de": words("du dir dich dein deine deinen deinem deiner nicht nie kein keine keinen"),
        "es": words("tú tu tus te ti usted no nunca"),
        "fr": words("tu te t toi ton ta tes vous votre vos pas jamais plus ne n"),
        "it": words("tu ti te tuo tua non mai"),
        "pt": words("tu te ti teu tua você não nunca"),
    ]
}
