import Consents

/// What a person says to steer what is remembered already, beside remembering and forgetting.
extension StatementOpening {
    static let controls: [StatementOpening] = [
        noLonger, forgetThat, correct, undo, confirm, reject, pin, unpin, keepFor, takeAlong,
    ].flatMap(\.self)

    private static func each(
        _ act: PlainStatement.Act, needs: Needs = .nothing, only: Only = [], _ texts: KeyValuePairs<String, [String]>
    ) -> [StatementOpening] {
        texts.flatMap { group(act, $0.key, $0.value, needs: needs, only: only) }
    }

    private static let noLonger = each(
        .noLonger, needs: .words,
        [
            "en": [
                "it's no longer true that", "it is no longer true that", "it's not true anymore that",
                "it isn't true anymore that", "it's no longer the case that", "it is no longer the case that",
                "it's not the case anymore that",
            ],
            "de": [
                "es stimmt nicht mehr, dass", "es stimmt nicht mehr dass", "es ist nicht mehr so, dass",
                "es ist nicht mehr wahr, dass", "es gilt nicht mehr, dass", "es ist nicht mehr der fall, dass",
            ],
            "es": ["ya no es verdad que", "ya no es cierto que", "ya no es así que"],
            "fr": [
                "il n'est plus vrai que", "ce n'est plus vrai que", "c'est plus vrai que", "ce n'est plus le cas que",
                "il n'est plus exact que",
            ],
            "it": ["non è più vero che"],
            "pt": ["já não é verdade que", "não é mais verdade que"],
        ])

    private static let forgetThat = each(
        .forgetThat, only: .afterYes,
        [
            "en": ["forget it", "forget that", "forget this", "erase it", "erase that", "delete it", "delete that"],
            "de": ["vergiss es", "vergiss das", "lösche es", "lösche das", "lösch es", "lösch das"],
            "es": ["olvídalo", "olvida eso", "bórralo", "borra eso"],
            "fr": ["oublie-le", "oublie-la", "oublie ça", "oublie cela", "efface-le", "efface-la", "efface ça"],
            "it": ["dimenticalo", "cancellalo"],
            "pt": ["esquece isso", "esqueça isso", "apaga isso", "apague isso"],
        ])

    private static let correct = each(
        .correct, needs: .words, only: .ofThemselves,
        [
            "en": [
                "that's wrong", "that is wrong", "that's not right", "that isn't right", "that's not true",
                "that isn't true", "that's incorrect", "you got that wrong", "correction", "correct that",
                "correct that to",
            ],
            "de": ["das stimmt nicht", "das ist falsch", "das ist nicht richtig", "korrektur", "berichtige das"],
            "es": [
                "eso no es cierto", "eso no es verdad", "eso está mal", "eso es incorrecto", "no es cierto",
                "corrección", "corrige eso",
            ],
            "fr": [
                "c'est faux", "ce n'est pas vrai", "ce n'est pas exact", "c'est inexact", "correction", "corrige ça",
            ],
            "it": ["è sbagliato", "questo è sbagliato", "non è vero", "correzione"],
            "pt": ["isso está errado", "isso não é verdade", "correção"],
        ])

    private static let undo = each(
        .undo,
        [
            "en": ["undo that", "undo it", "undo this", "take that back"],
            "de": [
                "mach das rückgängig", "mache das rückgängig", "mach es rückgängig", "mach das wieder rückgängig",
                "nimm das zurück",
            ],
            "es": ["deshaz eso", "deshaz esto", "deshazlo"],
            "fr": ["annule ça", "annule cela", "annule-le"],
            "it": ["annulla", "annullalo"],
            "pt": ["desfaz isso", "desfaça isso"],
        ])

    private static let confirm = each(
        .confirm,
        [
            "en": ["confirm it", "confirm that", "confirm this"],
            "de": ["bestätige das", "bestätige es"],
            "es": ["confírmalo", "confirma eso"],
            "fr": ["confirme-le", "confirme ça", "confirme cela"],
            "it": ["confermalo"],
            "pt": ["confirma isso", "confirme isso"],
        ])

    private static let reject = each(
        .reject,
        [
            "en": ["reject it", "reject that", "reject this"],
            "de": ["lehne das ab", "lehne es ab", "verwirf das", "verwirf es"],
            "es": ["recházalo", "rechaza eso"],
            "fr": ["rejette-le", "rejette ça", "rejette cela"],
            "it": ["rifiutalo"],
            "pt": ["rejeita isso", "rejeite isso"],
        ])

    private static let pin = each(
        .pin,
        [
            "en": ["pin that", "pin it", "pin this"],
            "de": ["pinne das an", "pinn das an", "hefte das an", "hefte es an"],
            "es": ["fíjalo", "fija eso"],
            "fr": ["épingle ça", "épingle cela", "épingle-le"],
            "it": ["fissalo"],
            "pt": ["fixa isso", "fixe isso"],
        ])

    private static let unpin = each(
        .unpin,
        [
            "en": ["unpin that", "unpin it", "unpin this"],
            "de": ["hefte das nicht mehr an", "pinne das nicht mehr an"],
            "es": ["no lo fijes más", "ya no lo fijes"],
            "fr": ["désépingle ça", "désépingle cela", "désépingle-le"],
        ])

    /// What follows is read by ``RetentionWords``.
    private static let keepFor = each(
        .keepFor([], days: nil), needs: .words,
        [
            "en": ["keep", "only keep"],
            "de": ["behalte", "behalt", "bewahre"],
            "es": ["guarda", "conserva"],
            "fr": ["garde", "conserve"],
        ])

    private static let takeAlong = each(
        .takeAlong,
        [
            "en": [
                "export my memory", "export my memories", "download my memory", "download my memories",
                "export everything you remember about me", "export everything you know about me",
                "export what you remember about me", "export what you know about me",
                "give me a copy of my memory", "give me a copy of everything you know about me",
                "give me a copy of everything you remember about me",
            ],
            "de": [
                "exportiere mein gedächtnis", "exportiere alles, was du über mich weißt",
                "exportiere, was du über mich weißt", "gib mir eine kopie von allem, was du über mich weißt",
            ],
            "es": [
                "exporta mi memoria", "exporta todo lo que sabes de mí", "exporta todo lo que sabes sobre mí",
                "exporta lo que sabes de mí", "dame una copia de todo lo que sabes de mí",
            ],
            "fr": [
                "exporte ma mémoire", "exporte tout ce que tu sais de moi", "exporte tout ce que tu sais sur moi",
                "exporte ce que tu sais de moi", "donne-moi une copie de tout ce que tu sais de moi",
            ],
            "it": ["esporta la mia memoria"],
            "pt": ["exporta a minha memória", "exporte minha memória", "exporte a minha memória"],
        ])
}
