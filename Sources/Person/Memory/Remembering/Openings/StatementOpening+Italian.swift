import Consents

extension StatementOpening {
    static let italian: Language = {
        let l = "it"
        return Language(
            openings: [
                group(
                    .remember(.fact), l,
                    [
                        "ricorda che", "ricordati che", "ricordati di",
                        "non dimenticare che", "annota che",
                    ],
                    unless: ["quando", "come"]),
                group(.remember(.fact), l, ["tieni presente che", "tieni a mente che"], only: .ofThemselves),
                group(.remember(.goal), l, ["il mio obiettivo è", "la mia meta è", "il mio sogno è"]),
                group(.remember(.commitment), l, ["prometto di", "prometto che", "mi impegno a", "ho deciso di"]),
                group(.remember(.commitment), l, ["d'ora in poi", "da oggi", "da domani"], keepsAll: true),
                group(
                    .remember(.preference), l, ["preferisco"], keepsAll: true,
                    unless: ["non dirlo", "non dire", "non rispondere", "non parlarne", "il tuo", "la tua"],
                    unlessOnly: ["questo", "quello", "quella", "questa"]),
                group(.remember(.value), l, ["la cosa più importante per me è", "quello che conta per me è"]),
                group(.remember(.skill), l, ["ho imparato a"], only: .plainly),
                group(
                    .forget, l,
                    [
                        "dimentica che", "dimentica quello che ho detto su",
                        "cancella quello che sai su",
                    ]),
                group(
                    .forgetEverything, l,
                    [
                        "dimentica tutto quello che sai di me", "dimentica tutto su di me", "dimentica tutto",
                        "cancella tutto quello che sai di me",
                    ],
                    needs: .nothing),
                group(
                    .pause, l, ["non ricordare questa conversazione", "non ricordare questo", "questo resti tra noi"],
                    needs: .nothing),
                group(.resume, l, ["puoi ricordare di nuovo"], needs: .nothing),
                group(.show, l, ["cosa sai di me", "che cosa sai di me", "cosa ricordi di me"], needs: .nothing),
            ],
            fillers: [
                "per favore", "e", "no", "anche", "ma", "allora", "ciao", "sì", "puoi", "potresti", "ah", "a proposito",
            ],
            endings: ["per favore", "adesso", "ora", "grazie"])
    }()
}
