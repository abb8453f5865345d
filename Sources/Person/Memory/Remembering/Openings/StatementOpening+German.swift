import Consents

extension StatementOpening {
    static let german: Language = {
        let l = "de"
        return Language(
            openings: [
                group(
                    .remember(.fact), l,
                    [
                        "merk dir, dass", "merk dir dass", "merk dir bitte, dass", "merk dir bitte", "merk dir",
                        "merke dir, dass",
                        "merke dir", "merken sie sich, dass", "merken sie sich bitte, dass", "merken sie sich",
                        "vergiss nicht, dass", "vergiss bitte nicht, dass", "vergiss nicht",
                        "notier dir, dass", "notiere dir, dass", "notiere, dass",
                    ], unless: ["wie", "was", "wann", "wo", "ob"]),
                group(
                    .remember(.fact), l,
                    ["denk daran, dass", "denk dran, dass", "behalte, dass", "behalt im kopf, dass"],
                    only: .ofThemselves),
                group(
                    .remember(.goal), l,
                    [
                        "mein ziel ist es", "mein ziel ist, dass", "mein ziel ist", "mein ziel für dieses jahr ist",
                        "ich habe mir zum ziel gesetzt", "ich arbeite darauf hin", "mein traum ist es",
                        "mein traum ist",
                    ], unless: ["was", "unklar", "nicht klar"]),
                group(
                    .remember(.commitment), l,
                    [
                        "ich verspreche, dass ich", "ich verspreche", "ich habe mir vorgenommen", "ich nehme mir vor",
                        "ich habe beschlossen", "ich habe versprochen",
                    ]),
                group(
                    .remember(.commitment), l,
                    ["ab jetzt", "von jetzt an", "von nun an", "ab heute", "ab morgen", "ab sofort"],
                    keepsAll: true),
                group(
                    .remember(.preference), l,
                    [
                        "ich bevorzuge", "mir ist lieber, wenn", "mir ist es lieber", "ich mag es, wenn du",
                        "ich mag es nicht, wenn du", "bitte immer", "bitte nie",
                    ], keepsAll: true,
                    unless: [
                        "es, nichts", "es, nicht", "nichts dazu", "nichts zu sagen", "das erste", "das zweite",
                        "die erste", "die zweite", "den ersten", "den zweiten", "das andere", "deine", "deinen", "dein",
                        "option", "variante",
                    ], unlessOnly: ["es", "das", "dies", "beides", "keins"]),
                group(
                    .remember(.value), l,
                    [
                        "was mir am wichtigsten ist, ist", "am wichtigsten ist mir", "das wichtigste ist für mich",
                        "das wichtigste für mich ist", "wichtig ist mir",
                    ], unless: ["deine", "dein", "dass du"], unlessOnly: ["das", "es", "nichts"]),
                group(
                    .remember(.skill), l, ["ich kann jetzt", "ich habe gelernt"], only: .plainly,
                    unless: [
                        "dass", "wie", "die datei", "das bild", "das sehen", "es sehen", "alles sehen", "los", "gehen",
                        "weiter", "endlich", "sehen", "hören", "schlafen",
                    ]),
                group(
                    .forget, l,
                    [
                        "vergiss, dass", "vergiss bitte, dass", "vergiss dass", "vergiss, was ich über",
                        "vergessen sie, dass", "vergessen sie bitte, dass", "lösche, was du über",
                        "merk dir nicht, dass",
                        "vergiss das mit", "vergiss",
                    ], unless: ["nicht", "bitte nicht", "es", "mich nicht", "mein nicht"], unlessOnly: ["das"]),
                group(
                    .forgetEverything, l,
                    [
                        "vergiss alles über mich", "vergiss alles, was du über mich weißt", "vergiss alles",
                        "vergessen sie alles über mich", "vergessen sie alles", "lösche alles über mich",
                        "lösche alles, was du über mich weißt", "lösch alles über mich", "lösche mein gedächtnis",
                    ], needs: .nothing),
                group(
                    .pause, l,
                    [
                        "merk dir das nicht", "merk dir nichts mehr", "merk dir nichts davon",
                        "merk dir dieses gespräch nicht",
                        "merk dir nichts", "merken sie sich das nicht", "hör auf, dir dinge zu merken",
                        "pausiere das merken", "das bleibt unter uns", "speichere dieses gespräch nicht",
                    ], needs: .nothing),
                group(
                    .resume, l,
                    [
                        "du darfst dir wieder etwas merken", "du kannst dir wieder etwas merken",
                        "merk dir wieder etwas", "merk dir ab jetzt wieder alles",
                    ],
                    needs: .nothing),
                group(
                    .show, l,
                    [
                        "was weißt du über mich", "was wissen sie über mich", "was hast du dir gemerkt",
                        "was hast du dir über mich gemerkt", "zeig mir, was du über mich weißt",
                        "zeig mir, was du dir gemerkt hast",
                    ], needs: .nothing),
                group(.show, l, ["was weißt du über mein", "was weißt du noch über", "was weißt du über"]),
            ],
            fillers: [
                "bitte", "und", "nein", "warte", "moment", "auch", "aber", "also", "okay", "hallo", "ja", "gut",
                "kannst du", "könntest du",
                "könnten sie", "übrigens", "dann", "eigentlich", "noch etwas", "ach",
            ],
            endings: ["bitte", "jetzt", "danke", "mehr", "ab jetzt", "für heute", "wieder"])
    }()
}
