import Consents

extension StatementOpening {
    static let portuguese: Language = {
        let l = "pt"
        return Language(
            openings: [
                group(
                    .remember(.fact), l,
                    [
                        "lembra que", "lembre-se de que", "lembre-se que", "lembra-te de que", "lembra-te que",
                        "lembre que", "não esqueça que", "não esqueças que", "anota que", "anote que",
                    ],
                    unless: ["quando", "como"]),
                group(.remember(.fact), l, ["tenha em mente que"], only: .ofThemselves),
                group(
                    .remember(.goal), l,
                    [
                        "meu objetivo é", "o meu objetivo é", "minha meta é", "a minha meta é", "meu sonho é",
                        "o meu sonho é",
                    ]),
                group(
                    .remember(.commitment), l,
                    ["prometo que", "prometo", "me comprometo a", "comprometo-me a", "decidi"]),
                group(
                    .remember(.commitment), l,
                    ["a partir de agora", "de agora em diante", "a partir de hoje", "a partir de amanhã"],
                    keepsAll: true),
                group(
                    .remember(.preference), l, ["prefiro"], keepsAll: true,
                    unless: ["não dizer", "não responder", "não falar", "o teu", "a tua", "o seu", "a sua"],
                    unlessOnly: ["isso", "isto", "esse", "essa"]),
                group(.remember(.value), l, ["o mais importante para mim é", "o que mais importa para mim é"]),
                group(
                    .remember(.skill), l, ["aprendi a", "já sei"], only: .plainly,
                    unless: ["que", "o que", "porque", "quem"]),
                group(
                    .forget, l,
                    [
                        "esquece que", "esqueça que", "esquece o que eu disse sobre", "esqueça o que eu disse sobre",

                    ]),
                group(
                    .forgetEverything, l,
                    [
                        "esquece tudo o que sabes sobre mim", "esqueça tudo o que sabe sobre mim", "esquece tudo",
                        "esqueça tudo", "apaga tudo o que sabes sobre mim", "apague tudo o que sabe sobre mim",
                    ],
                    needs: .nothing),
                group(
                    .pause, l,
                    [
                        "não te lembres disto", "não guarde esta conversa", "não guardes esta conversa",
                        "não se lembre disso",
                    ], needs: .nothing),
                group(.resume, l, ["podes lembrar de novo", "pode lembrar de novo"], needs: .nothing),
                group(
                    .show, l,
                    [
                        "o que sabes sobre mim", "o que você sabe sobre mim", "o que lembras de mim",
                        "o que você lembra de mim",
                    ], needs: .nothing),
            ],
            fillers: [
                "por favor", "e", "não", "também", "mas", "então", "olá", "oi", "sim", "pode", "podes", "poderia", "ah",
                "aliás",
            ],
            endings: ["por favor", "agora", "obrigado", "obrigada"])
    }()
}
