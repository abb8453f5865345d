import Consents

extension StatementOpening {
    static let spanish: Language = {
        let l = "es"
        return Language(
            openings: [
                group(
                    .remember(.fact), l,
                    [
                        "recuerda que", "recuerda", "recuerde que", "acuérdate de que", "acuérdate que", "acuérdate de",
                        "no olvides que", "no te olvides de que", "apunta que",
                        "anota que", "toma nota de que",
                    ], unless: ["cuando", "como", "cómo", "cuándo", "qué", "quién", "aquella"]),
                group(.remember(.fact), l, ["ten en cuenta que", "ten presente que"], only: .ofThemselves),
                group(
                    .remember(.goal), l,
                    [
                        "mi objetivo es", "mi meta es", "mi objetivo para este año es", "mi meta para este año es",
                        "me he propuesto", "mi sueño es",
                    ], unless: ["qué"]),
                group(
                    .remember(.commitment), l,
                    ["prometo que", "prometo", "me comprometo a", "he decidido", "he prometido", "decidí"]),
                group(
                    .remember(.commitment), l,
                    [
                        "a partir de ahora", "de ahora en adelante", "desde ahora", "a partir de hoy",
                        "a partir de mañana", "desde hoy",
                    ],
                    keepsAll: true),
                group(
                    .remember(.preference), l, ["prefiero", "me gusta que me", "no me gusta que me"], keepsAll: true,
                    unless: [
                        "no decirlo", "no decir", "no contestar", "no responder", "no hablar", "no contarlo",
                        "no compartirlo", "la primera", "la segunda", "el primero", "el segundo", "la otra", "el otro",
                        "tu", "tus", "guardármelo", "la opción",
                    ], unlessOnly: ["eso", "esto", "ese", "esa", "este", "esta", "no"]),
                group(
                    .remember(.value), l,
                    ["lo que más me importa es", "lo más importante para mí es", "lo que me importa es", "valoro"],
                    unless: ["tu", "tus", "que me", "que hayas", "que te", "mucho que", "mucho tu", "su"],
                    unlessOnly: ["eso", "esto", "mucho eso"]),
                group(
                    .remember(.skill), l, ["ya sé", "he aprendido a", "ahora sé", "aprendí a"], only: .plainly,
                    unless: [
                        "que", "lo que", "qué", "por qué", "quién", "dónde", "cuándo", "cuál", "cómo", "de qué", "eso",
                        "la respuesta",
                    ]),
                group(
                    .forget, l,
                    [
                        "olvida que", "olvida lo que dije sobre", "olvida lo que te dije sobre", "olvida lo de",
                        "olvídate de que",
                        "olvídate de", "olvide que", "borra lo que sabes de", "borra lo que sabes sobre",
                        "no recuerdes que",
                    ], unless: ["no"]),
                group(
                    .forgetEverything, l,
                    [
                        "olvida todo lo que sabes de mí", "olvida todo lo que sabes sobre mí", "olvida todo sobre mí",
                        "olvídate de todo lo que sabes de mí", "olvídalo todo", "olvida todo", "olvide todo",
                        "borra todo lo que sabes de mí", "borra todo lo que sabes sobre mí", "borra mi memoria",
                    ], needs: .nothing),
                group(
                    .pause, l,
                    [
                        "no recuerdes esto", "no recuerdes esta conversación", "no guardes esta conversación",
                        "no recuerdes nada de esto", "deja de recordar", "esto queda entre nosotros",
                        "pausa la memoria",
                    ], needs: .nothing),
                group(
                    .resume, l, ["puedes volver a recordar", "vuelve a recordar", "ya puedes recordar"], needs: .nothing
                ),
                group(
                    .show, l,
                    [
                        "qué sabes de mí", "qué sabes sobre mí", "qué recuerdas de mí", "qué recuerdas sobre mí",
                        "muéstrame lo que recuerdas", "muéstrame lo que sabes de mí", "qué recuerdas",
                    ], needs: .nothing),
                group(.show, l, ["qué recuerdas de mi", "qué sabes de mi", "qué recuerdas sobre"]),
            ],
            fillers: [
                "por favor", "y", "no", "espera", "solo", "también", "pero", "entonces", "vale", "hola", "sí", "bueno",
                "puedes", "podrías",
                "quiero que", "ah", "además", "por cierto", "ahora",
            ],
            endings: ["por favor", "ahora", "gracias", "otra vez", "de nuevo"])
    }()
}
