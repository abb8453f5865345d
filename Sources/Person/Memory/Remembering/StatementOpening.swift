import Consents
import Foundation

/// How a sentence begins that asks something of a memory, in one language.
struct StatementOpening: Sendable {
    enum Needs: Sendable { case words, nothing, either }

    let act: PlainStatement.Act
    let language: String
    let folded: [Character]
    let needs: Needs
    /// Whether the opening itself is part of what is remembered: "From now on I get up at six."
    let keepsAll: Bool
    /// Words that may not follow.
    private let bars: [[Character]]

    func isBarred(by sentence: Sentence, at start: Int) -> Bool { bars.contains { sentence.has($0, at: start) } }

    /// Every opening, the longest first, so that "forget everything" is not read as to forget "everything".
    static let all: [StatementOpening] = languages.flatMap(\.openings).sorted {
        ($0.folded.count, String($1.folded)) > ($1.folded.count, String($0.folded))
    }
    /// Words that may stand before an opening.
    static let fillers: [[Character]] = languages.flatMap(\.fillers).map(Sentence.folded)
        .sorted { $0.count > $1.count }
    /// The fillers that ask politely: with one of them a question mark is no question.
    static let requests = Set(
        [
            "could you", "can you", "would you", "will you", "kannst du", "könntest du", "könnten sie", "puedes",
            "podrías", "peux-tu", "tu peux", "pourrais-tu", "puoi", "potresti", "pode", "podes", "poderia",
        ].map(Sentence.folded))
    /// Words that may follow where nothing is needed.
    static let endings: [[Character]] = languages.flatMap(\.endings).map(Sentence.folded)
        .sorted { $0.count > $1.count }

    private struct Language {
        let openings: [StatementOpening]
        let fillers: [String]
        let endings: [String]
    }

    private static let languages = [english, german, spanish, french, italian, portuguese]

    private static func group(
        _ act: PlainStatement.Act, _ language: String, _ texts: [String], needs: Needs = .words, keepsAll: Bool = false,
        unless bars: [String] = []
    ) -> [StatementOpening] {
        texts.map { text in
            StatementOpening(
                act: act, language: language, folded: Sentence.folded(text), needs: needs, keepsAll: keepsAll,
                bars: bars.map(Sentence.folded))
        }
    }

    private static let english: Language = {
        let l = "en"
        return Language(
            openings: group(
                .remember(.fact), l,
                [
                    "remember that", "remember this", "remember", "keep in mind that", "keep in mind", "note that",
                    "make a note that", "make a note", "don't forget that", "don't forget", "do not forget that",
                    "never forget that", "save this", "for future reference",
                ],
                unless: [
                    "when", "how", "what", "the time", "to breathe", "about", "me", "who", "where", "if", "whether",
                ])
                + group(
                    .remember(.goal), l,
                    [
                        "my goal is to", "my goal is", "my aim is to", "my aim is", "my goal for this year is to",
                        "my goal this year is to", "my goal now is to", "i set myself the goal of",
                        "i've set myself the goal of",
                        "i am working towards", "i'm working towards", "my dream is to",
                    ], unless: ["what", "not clear", "unclear"])
                + group(
                    .remember(.commitment), l,
                    [
                        "i promise to", "i promise that i", "i promise i'll", "i commit to", "i'm committing to",
                        "i've decided to", "i have decided to", "i've promised to", "i have promised to", "hold me to",
                    ])
                + group(
                    .remember(.commitment), l, ["from now on", "starting today", "starting tomorrow", "as of today"],
                    keepsAll: true)
                + group(
                    .remember(.preference), l,
                    [
                        "i prefer", "i'd rather you", "i like it when you", "i don't like it when you", "please always",
                        "please never",
                    ],
                    keepsAll: true)
                + group(
                    .remember(.value), l,
                    [
                        "what matters most to me is", "what matters to me is", "what i care about most is",
                        "the most important thing to me is", "the most important thing for me is", "i value",
                    ])
                + group(.remember(.skill), l, ["i can now", "i've learned to", "i have learned to", "i've learnt to"])
                + group(
                    .forget, l,
                    [
                        "forget that", "forget what i said about", "forget what i told you about", "forget about",
                        "forget",
                        "please forget that", "don't remember that", "don't remember", "delete what you know about",
                        "erase what you know about", "stop remembering that", "remove from your memory that",
                        "remove from your memory", "it's no longer true that", "it is no longer true that",
                    ], unless: ["it", "me not", "this question", "to"])
                + group(
                    .forgetEverything, l,
                    [
                        "forget everything about me", "forget everything you know about me",
                        "forget everything i told you",
                        "forget everything", "forget all about me", "delete everything you know about me",
                        "erase everything you know about me", "erase my memory", "delete my memory", "wipe my memory",
                        "delete all my memories",
                    ], needs: .nothing)
                + group(
                    .pause, l,
                    [
                        "don't remember anything i say", "stop remembering", "stop remembering things",
                        "pause remembering",
                        "pause your memory", "pause memory", "off the record", "this is off the record",
                        "keep this off the record", "what i say now is off the record",
                        "remember nothing of this", "remember nothing of this conversation",
                    ]
                        + ["don't remember", "do not remember", "don't keep", "don't save"].flatMap { not in
                            [
                                "this", "any of this", "anything of this", "this conversation", "this chat",
                                "anything from this conversation", "anything in this conversation",
                                "anything of this conversation", "anything about this conversation",
                                "anything from this chat", "anything here",
                            ].map { "\(not) \($0)" }
                        }, needs: .nothing)
                + group(
                    .resume, l,
                    [
                        "you can remember again", "you may remember again", "start remembering again",
                        "resume remembering", "resume memory", "remember again", "back on the record",
                        "remember things again",
                    ], needs: .nothing)
                + group(
                    .show, l,
                    [
                        "what do you remember about me", "what do you know about me",
                        "what have you remembered about me",
                        "show me what you remember", "show me what you know about me", "show my memory",
                        "what do you remember", "tell me what you remember about me",
                    ], needs: .nothing)
                + group(
                    .show, l, ["what do you remember about", "what do you know about my", "what do you remember of"]),
            fillers: [
                "please", "and", "also", "but", "so", "ok", "okay", "oh", "hey", "hi", "yes", "well", "now",
                "could you",
                "can you", "would you", "will you", "i want you to", "i'd like you to", "you should", "then",
                "actually",
                "thanks", "by the way", "btw", "one more thing", "just",
            ],
            endings: [
                "please", "now", "for now", "for today", "thanks", "thank you", "ok", "from now on", "for a while",
                "in this conversation", "again",
            ])
    }()

    private static let german: Language = {
        let l = "de"
        return Language(
            openings: group(
                .remember(.fact), l,
                [
                    "merk dir, dass", "merk dir dass", "merk dir bitte, dass", "merk dir bitte", "merk dir",
                    "merke dir, dass",
                    "merke dir", "merken sie sich, dass", "merken sie sich bitte, dass", "merken sie sich",
                    "behalte, dass",
                    "behalt im kopf, dass", "vergiss nicht, dass", "vergiss bitte nicht, dass", "vergiss nicht",
                    "denk daran, dass", "denk dran, dass", "notier dir, dass", "notiere dir, dass", "notiere, dass",
                ], unless: ["wie", "was", "wann", "wo", "ob"])
                + group(
                    .remember(.goal), l,
                    [
                        "mein ziel ist es", "mein ziel ist, dass", "mein ziel ist", "mein ziel für dieses jahr ist",
                        "ich habe mir zum ziel gesetzt", "ich arbeite darauf hin", "mein traum ist es",
                        "mein traum ist",
                    ], unless: ["was", "unklar", "nicht klar"])
                + group(
                    .remember(.commitment), l,
                    [
                        "ich verspreche, dass ich", "ich verspreche", "ich habe mir vorgenommen", "ich nehme mir vor",
                        "ich habe beschlossen", "ich habe versprochen",
                    ])
                + group(
                    .remember(.commitment), l,
                    ["ab jetzt", "von jetzt an", "von nun an", "ab heute", "ab morgen", "ab sofort"],
                    keepsAll: true)
                + group(
                    .remember(.preference), l,
                    [
                        "ich bevorzuge", "mir ist lieber, wenn", "mir ist es lieber", "ich mag es, wenn du",
                        "ich mag es nicht, wenn du", "bitte immer", "bitte nie",
                    ],
                    keepsAll: true)
                + group(
                    .remember(.value), l,
                    [
                        "was mir am wichtigsten ist, ist", "am wichtigsten ist mir", "das wichtigste ist für mich",
                        "das wichtigste für mich ist", "wichtig ist mir",
                    ])
                + group(.remember(.skill), l, ["ich kann jetzt", "ich habe gelernt"])
                + group(
                    .forget, l,
                    [
                        "vergiss, dass", "vergiss bitte, dass", "vergiss dass", "vergiss, was ich über",
                        "vergessen sie, dass", "vergessen sie bitte, dass", "lösche, was du über",
                        "merk dir nicht, dass",
                        "es stimmt nicht mehr, dass", "vergiss das mit", "vergiss",
                    ], unless: ["nicht", "bitte nicht", "es", "mich nicht", "mein nicht"])
                + group(
                    .forgetEverything, l,
                    [
                        "vergiss alles über mich", "vergiss alles, was du über mich weißt", "vergiss alles",
                        "vergessen sie alles über mich", "vergessen sie alles", "lösche alles über mich",
                        "lösche alles, was du über mich weißt", "lösch alles über mich", "lösche mein gedächtnis",
                    ], needs: .nothing)
                + group(
                    .pause, l,
                    [
                        "merk dir das nicht", "merk dir nichts mehr", "merk dir nichts davon",
                        "merk dir dieses gespräch nicht",
                        "merk dir nichts", "merken sie sich das nicht", "hör auf, dir dinge zu merken",
                        "pausiere das merken", "das bleibt unter uns", "speichere dieses gespräch nicht",
                    ], needs: .nothing)
                + group(
                    .resume, l,
                    [
                        "du darfst dir wieder etwas merken", "du kannst dir wieder etwas merken",
                        "merk dir wieder etwas", "merk dir ab jetzt wieder alles",
                    ],
                    needs: .nothing)
                + group(
                    .show, l,
                    [
                        "was weißt du über mich", "was wissen sie über mich", "was hast du dir gemerkt",
                        "was hast du dir über mich gemerkt", "zeig mir, was du über mich weißt",
                        "zeig mir, was du dir gemerkt hast",
                    ], needs: .nothing)
                + group(.show, l, ["was weißt du über mein", "was weißt du noch über", "was weißt du über"]),
            fillers: [
                "bitte", "und", "auch", "aber", "also", "okay", "hallo", "ja", "gut", "kannst du", "könntest du",
                "könnten sie", "übrigens", "dann", "eigentlich", "noch etwas", "ach",
            ],
            endings: ["bitte", "jetzt", "danke", "mehr", "ab jetzt", "für heute", "wieder"])
    }()

    private static let spanish: Language = {
        let l = "es"
        return Language(
            openings: group(
                .remember(.fact), l,
                [
                    "recuerda que", "recuerda", "recuerde que", "acuérdate de que", "acuérdate que", "acuérdate de",
                    "ten en cuenta que", "ten presente que", "no olvides que", "no te olvides de que", "apunta que",
                    "anota que", "toma nota de que",
                ], unless: ["cuando", "como", "cómo", "cuándo", "qué", "quién", "aquella"])
                + group(
                    .remember(.goal), l,
                    [
                        "mi objetivo es", "mi meta es", "mi objetivo para este año es", "mi meta para este año es",
                        "me he propuesto", "mi sueño es",
                    ], unless: ["qué"])
                + group(
                    .remember(.commitment), l,
                    ["prometo que", "prometo", "me comprometo a", "he decidido", "he prometido", "decidí"])
                + group(
                    .remember(.commitment), l,
                    [
                        "a partir de ahora", "de ahora en adelante", "desde ahora", "a partir de hoy",
                        "a partir de mañana", "desde hoy",
                    ],
                    keepsAll: true)
                + group(
                    .remember(.preference), l, ["prefiero", "me gusta que me", "no me gusta que me"], keepsAll: true)
                + group(
                    .remember(.value), l,
                    ["lo que más me importa es", "lo más importante para mí es", "lo que me importa es", "valoro"])
                + group(.remember(.skill), l, ["ya sé", "he aprendido a", "ahora sé", "aprendí a"])
                + group(
                    .forget, l,
                    [
                        "olvida que", "olvida lo que dije sobre", "olvida lo que te dije sobre", "olvida lo de",
                        "olvídate de que",
                        "olvídate de", "olvide que", "borra lo que sabes de", "borra lo que sabes sobre",
                        "ya no es verdad que",
                        "ya no es cierto que", "no recuerdes que",
                    ], unless: ["no"])
                + group(
                    .forgetEverything, l,
                    [
                        "olvida todo lo que sabes de mí", "olvida todo lo que sabes sobre mí", "olvida todo sobre mí",
                        "olvídate de todo lo que sabes de mí", "olvídalo todo", "olvida todo", "olvide todo",
                        "borra todo lo que sabes de mí", "borra todo lo que sabes sobre mí", "borra mi memoria",
                    ], needs: .nothing)
                + group(
                    .pause, l,
                    [
                        "no recuerdes esto", "no recuerdes esta conversación", "no guardes esta conversación",
                        "no recuerdes nada de esto", "deja de recordar", "esto queda entre nosotros",
                        "pausa la memoria",
                    ], needs: .nothing)
                + group(
                    .resume, l, ["puedes volver a recordar", "vuelve a recordar", "ya puedes recordar"], needs: .nothing
                )
                + group(
                    .show, l,
                    [
                        "qué sabes de mí", "qué sabes sobre mí", "qué recuerdas de mí", "qué recuerdas sobre mí",
                        "muéstrame lo que recuerdas", "muéstrame lo que sabes de mí", "qué recuerdas",
                    ], needs: .nothing)
                + group(.show, l, ["qué recuerdas de mi", "qué sabes de mi", "qué recuerdas sobre"]),
            fillers: [
                "por favor", "y", "también", "pero", "entonces", "vale", "hola", "sí", "bueno", "puedes", "podrías",
                "quiero que", "ah", "además", "por cierto", "ahora",
            ],
            endings: ["por favor", "ahora", "gracias", "otra vez", "de nuevo"])
    }()

    private static let french: Language = {
        let l = "fr"
        return Language(
            openings: group(
                .remember(.fact), l,
                [
                    "souviens-toi que", "souviens toi que", "souviens-toi de", "souvenez-vous que", "rappelle-toi que",
                    "rappelle toi que", "retiens que", "retenez que", "n'oublie pas que", "n'oubliez pas que",
                    "note que",
                    "notez que", "garde en tête que", "sache que",
                ], unless: ["quand", "comment", "ce"])
                + group(
                    .remember(.goal), l,
                    [
                        "mon objectif est de", "mon objectif c'est de", "mon objectif est", "mon but est de",
                        "mon but est",
                        "mon but c'est de", "mon objectif cette année est de", "je me suis fixé comme objectif de",
                        "je me suis fixée comme objectif de", "mon rêve est de", "mon rêve c'est de",
                    ])
                + group(
                    .remember(.commitment), l,
                    [
                        "je promets de", "je promets que", "je m'engage à", "j'ai décidé de", "j'ai promis de",
                        "je te promets de",
                    ])
                + group(
                    .remember(.commitment), l,
                    [
                        "à partir de maintenant", "dorénavant", "désormais", "dès maintenant", "à partir d'aujourd'hui",
                        "à partir de demain", "dès demain",
                    ],
                    keepsAll: true)
                + group(
                    .remember(.preference), l, ["je préfère", "j'aime que tu", "je n'aime pas que tu"], keepsAll: true)
                + group(
                    .remember(.value), l,
                    [
                        "ce qui compte le plus pour moi, c'est", "ce qui compte le plus pour moi c'est",
                        "ce qui compte pour moi, c'est", "ce qui compte pour moi c'est",
                        "le plus important pour moi, c'est",
                        "le plus important pour moi c'est", "le plus important pour moi est",
                    ])
                + group(.remember(.skill), l, ["je sais maintenant", "j'ai appris à"])
                + group(
                    .forget, l,
                    [
                        "oublie que", "oubliez que", "oublie ce que j'ai dit sur", "oublie ce que je t'ai dit sur",
                        "oublie ce que je t'ai dit de", "oublie cette histoire de", "efface ce que tu sais sur",
                        "efface ce que tu sais de", "ne retiens pas que", "il n'est plus vrai que",
                        "ce n'est plus vrai que",
                    ], unless: ["pas"])
                + group(
                    .forgetEverything, l,
                    [
                        "oublie tout ce que tu sais sur moi", "oublie tout ce que tu sais de moi",
                        "oublie tout sur moi",
                        "oubliez tout ce que vous savez sur moi", "oublie tout", "oubliez tout",
                        "efface tout ce que tu sais sur moi", "efface tout ce que tu sais de moi", "efface ma mémoire",
                    ], needs: .nothing)
                + group(
                    .pause, l,
                    [
                        "ne retiens pas ça", "ne retiens pas cela", "ne retiens pas cette conversation",
                        "ne retiens rien",
                        "ne garde pas cette conversation", "n'enregistre pas cette conversation", "arrête de retenir",
                        "ça reste entre nous",
                    ], needs: .nothing)
                + group(
                    .resume, l, ["tu peux de nouveau retenir", "tu peux à nouveau retenir", "recommence à retenir"],
                    needs: .nothing)
                + group(
                    .show, l,
                    [
                        "que sais-tu de moi", "que sais-tu sur moi", "qu'est-ce que tu sais de moi",
                        "qu'est-ce que tu sais sur moi",
                        "qu'as-tu retenu de moi", "qu'as-tu retenu", "de quoi te souviens-tu",
                        "montre-moi ce que tu sais de moi",
                        "montre-moi ce que tu as retenu",
                    ], needs: .nothing)
                + group(
                    .show, l,
                    ["que sais-tu de mon", "que sais-tu de ma", "que sais-tu de mes", "qu'est-ce que tu sais de"]),
            fillers: [
                "s'il te plaît", "s'il te plait", "s'il vous plaît", "stp", "et", "aussi", "mais", "alors", "ok",
                "bonjour",
                "oui", "bon", "peux-tu", "tu peux", "pourrais-tu", "ah", "au fait", "d'accord",
            ],
            endings: ["s'il te plaît", "s'il te plait", "s'il vous plaît", "stp", "maintenant", "merci", "encore"])
    }()

    private static let italian: Language = {
        let l = "it"
        return Language(
            openings: group(
                .remember(.fact), l,
                [
                    "ricorda che", "ricordati che", "ricordati di", "tieni presente che", "tieni a mente che",
                    "non dimenticare che", "annota che",
                ],
                unless: ["quando", "come"])
                + group(.remember(.goal), l, ["il mio obiettivo è", "la mia meta è", "il mio sogno è"])
                + group(.remember(.commitment), l, ["prometto di", "prometto che", "mi impegno a", "ho deciso di"])
                + group(.remember(.commitment), l, ["d'ora in poi", "da oggi", "da domani"], keepsAll: true)
                + group(.remember(.preference), l, ["preferisco"], keepsAll: true)
                + group(.remember(.value), l, ["la cosa più importante per me è", "quello che conta per me è"])
                + group(.remember(.skill), l, ["ho imparato a"])
                + group(
                    .forget, l,
                    [
                        "dimentica che", "dimentica quello che ho detto su", "non è più vero che",
                        "cancella quello che sai su",
                    ])
                + group(
                    .forgetEverything, l,
                    [
                        "dimentica tutto quello che sai di me", "dimentica tutto su di me", "dimentica tutto",
                        "cancella tutto quello che sai di me",
                    ],
                    needs: .nothing)
                + group(
                    .pause, l, ["non ricordare questa conversazione", "non ricordare questo", "questo resti tra noi"],
                    needs: .nothing)
                + group(.resume, l, ["puoi ricordare di nuovo"], needs: .nothing)
                + group(.show, l, ["cosa sai di me", "che cosa sai di me", "cosa ricordi di me"], needs: .nothing),
            fillers: [
                "per favore", "e", "anche", "ma", "allora", "ciao", "sì", "puoi", "potresti", "ah", "a proposito",
            ],
            endings: ["per favore", "adesso", "ora", "grazie"])
    }()

    private static let portuguese: Language = {
        let l = "pt"
        return Language(
            openings: group(
                .remember(.fact), l,
                [
                    "lembra que", "lembre-se de que", "lembre-se que", "lembra-te de que", "lembra-te que",
                    "lembre que", "tenha em mente que", "não esqueça que", "não esqueças que", "anota que", "anote que",
                ],
                unless: ["quando", "como"])
                + group(
                    .remember(.goal), l,
                    [
                        "meu objetivo é", "o meu objetivo é", "minha meta é", "a minha meta é", "meu sonho é",
                        "o meu sonho é",
                    ])
                + group(
                    .remember(.commitment), l,
                    ["prometo que", "prometo", "me comprometo a", "comprometo-me a", "decidi"])
                + group(
                    .remember(.commitment), l,
                    ["a partir de agora", "de agora em diante", "a partir de hoje", "a partir de amanhã"],
                    keepsAll: true)
                + group(.remember(.preference), l, ["prefiro"], keepsAll: true)
                + group(.remember(.value), l, ["o mais importante para mim é", "o que mais importa para mim é"])
                + group(.remember(.skill), l, ["aprendi a", "já sei"])
                + group(
                    .forget, l,
                    [
                        "esquece que", "esqueça que", "esquece o que eu disse sobre", "esqueça o que eu disse sobre",
                        "já não é verdade que", "não é mais verdade que",
                    ])
                + group(
                    .forgetEverything, l,
                    [
                        "esquece tudo o que sabes sobre mim", "esqueça tudo o que sabe sobre mim", "esquece tudo",
                        "esqueça tudo", "apaga tudo o que sabes sobre mim", "apague tudo o que sabe sobre mim",
                    ],
                    needs: .nothing)
                + group(
                    .pause, l,
                    [
                        "não te lembres disto", "não guarde esta conversa", "não guardes esta conversa",
                        "não se lembre disso",
                    ], needs: .nothing)
                + group(.resume, l, ["podes lembrar de novo", "pode lembrar de novo"], needs: .nothing)
                + group(
                    .show, l,
                    [
                        "o que sabes sobre mim", "o que você sabe sobre mim", "o que lembras de mim",
                        "o que você lembra de mim",
                    ], needs: .nothing),
            fillers: [
                "por favor", "e", "também", "mas", "então", "olá", "oi", "sim", "pode", "podes", "poderia", "ah",
                "aliás",
            ],
            endings: ["por favor", "agora", "obrigado", "obrigada"])
    }()
}
