import Consents

extension StatementOpening {
    static let french: Language = {
        let l = "fr"
        return Language(
            openings: [
                group(
                    .remember(.fact), l,
                    [
                        "souviens-toi que", "souviens toi que", "souviens-toi de", "souvenez-vous que",
                        "rappelle-toi que",
                        "rappelle toi que", "retiens que", "retenez que", "n'oublie pas que", "n'oubliez pas que",
                    ], unless: ["quand", "comment", "ce"]),
                group(
                    .remember(.fact), l, ["note que", "notez que", "garde en tête que", "sache que"],
                    only: .ofThemselves),
                group(
                    .remember(.goal), l,
                    [
                        "mon objectif est de", "mon objectif c'est de", "mon objectif est", "mon but est de",
                        "mon but est",
                        "mon but c'est de", "mon objectif cette année est de", "je me suis fixé comme objectif de",
                        "je me suis fixée comme objectif de", "mon rêve est de", "mon rêve c'est de",
                    ]),
                group(
                    .remember(.commitment), l,
                    [
                        "je promets de", "je promets que", "je m'engage à", "j'ai décidé de", "j'ai promis de",
                        "je te promets de",
                    ]),
                group(
                    .remember(.commitment), l,
                    [
                        "à partir de maintenant", "dorénavant", "désormais", "dès maintenant", "à partir d'aujourd'hui",
                        "à partir de demain", "dès demain",
                    ],
                    keepsAll: true),
                group(
                    .remember(.preference), l, ["je préfère", "j'aime que tu", "je n'aime pas que tu"], keepsAll: true,
                    unless: [
                        "ne pas le dire", "ne pas répondre", "ne pas en parler", "ne rien dire", "ne pas dire",
                        "ne pas partager", "le premier", "la première", "le second", "la seconde", "le deuxième",
                        "la deuxième", "l'autre", "ton", "ta", "tes", "votre", "vos", "l'option", "le garder pour moi",
                    ], unlessOnly: ["ça", "cela", "celui-ci", "celle-ci", "celui-là", "celle-là"]),
                group(
                    .remember(.value), l,
                    [
                        "ce qui compte le plus pour moi, c'est", "ce qui compte le plus pour moi c'est",
                        "ce qui compte pour moi, c'est", "ce qui compte pour moi c'est",
                        "le plus important pour moi, c'est",
                        "le plus important pour moi c'est", "le plus important pour moi est",
                    ]),
                group(
                    .remember(.skill), l, ["je sais maintenant", "j'ai appris à"], only: .plainly,
                    unless: [
                        "que", "qu'il", "qu'elle", "ce que", "pourquoi", "qui", "où", "quand", "comment", "quoi",
                        "la réponse",
                    ]),
                group(
                    .forget, l,
                    [
                        "oublie que", "oubliez que", "oublie ce que j'ai dit sur", "oublie ce que je t'ai dit sur",
                        "oublie ce que je t'ai dit de", "oublie cette histoire de", "efface ce que tu sais sur",
                        "efface ce que tu sais de", "ne retiens pas que",
                    ], unless: ["pas"]),
                group(
                    .forgetEverything, l,
                    [
                        "oublie tout ce que tu sais sur moi", "oublie tout ce que tu sais de moi",
                        "oublie tout sur moi",
                        "oubliez tout ce que vous savez sur moi", "oublie tout", "oubliez tout",
                        "efface tout ce que tu sais sur moi", "efface tout ce que tu sais de moi", "efface ma mémoire",
                    ], needs: .nothing),
                group(
                    .pause, l,
                    [
                        "ne retiens pas ça", "ne retiens pas cela", "ne retiens pas cette conversation",
                        "ne retiens rien",
                        "ne garde pas cette conversation", "n'enregistre pas cette conversation", "arrête de retenir",
                        "ça reste entre nous",
                    ], needs: .nothing),
                group(
                    .resume, l, ["tu peux de nouveau retenir", "tu peux à nouveau retenir", "recommence à retenir"],
                    needs: .nothing),
                group(
                    .show, l,
                    [
                        "que sais-tu de moi", "que sais-tu sur moi", "qu'est-ce que tu sais de moi",
                        "qu'est-ce que tu sais sur moi",
                        "qu'as-tu retenu de moi", "qu'as-tu retenu", "de quoi te souviens-tu",
                        "montre-moi ce que tu sais de moi",
                        "montre-moi ce que tu as retenu",
                    ], needs: .nothing),
                group(
                    .show, l,
                    ["que sais-tu de mon", "que sais-tu de ma", "que sais-tu de mes", "qu'est-ce que tu sais de"]),
            ],
            fillers: [
                "s'il te plaît", "s'il te plait", "s'il vous plaît", "stp", "et", "aussi", "non", "attends", "mais",
                "alors", "ok",
                "bonjour",
                "oui", "bon", "peux-tu", "tu peux", "pourrais-tu", "ah", "au fait", "d'accord",
            ],
            endings: ["s'il te plaît", "s'il te plait", "s'il vous plaît", "stp", "maintenant", "merci", "encore"])
    }()
}
