import Charters

/// `finished-work`: on the output side the words that announce finished work (its shape is ``WorkShape``'s matter); on
/// the input side the words that ask for it. Help with one's own work is none: an outline, a first step, feedback.
extension FloorDetector {
    static let workAnnouncements: [FloorCues] = [
        FloorCues(
            phrases: [
                "(here is|heres|below is|ive written|i have written|i wrote) (your|the|an) (complete |full |finished |final |)(essay|term paper|research paper|book report|homework|lab report|thesis|dissertation|coursework|take home exam)",
                "(here is|heres|below is|this is) (your|the|a) (complete|full|finished|complete worked|fully worked) (solution|answer key|code|program|proof|answer|assignment|report|paper)",
                "(you can|just|simply|ready to) (submit|hand in|turn in) (this|it|the following)",
                "ready to (submit|hand in|turn in|be submitted|be handed in)",
                "(copy and paste|copy paste) (this|it|the following) (into your|as your|for your)",
                "(answers to all|all the answers to) (your|the) (homework|questions|problems|exercises)",
            ],
            exceptions: [
                "(your|the|a|an) (essay|thesis|term paper|research paper|lab report|dissertation|book report|homework) (outline|structure|prompt|question|questions|plan|template|rubric|topic|topics|checklist|statement|idea|ideas|help|feedback|draft you|you wrote|guide|planner|with my comments)",
                "before (you are |youre |its |it is |)ready to (submit|hand in|turn in)",
            ],
            negations: [
                "not", "never", "wont", "cant", "isnt", "dont", "before", "until", "when", "once", "if", "arent",
            ], reach: 4, quotation: .cancels),
        FloorCues(
            phrases: [
                "(aqui tienes|aqui esta|he escrito) (tu|el|un) (ensayo|trabajo completo|ensayo completo|informe completo)",
                "(voici|jai ecrit|jai redige) (ta|votre|la|une|le) (dissertation|redaction|dissertation complete|devoir complet|corrige complet)",
                "(hier ist|ich habe) (dein|deinen|der|den|ein|einen) (vollstandiger |vollstandigen |fertiger |fertigen |)(aufsatz|essay|hausarbeit) (geschrieben|)",
                "hier ist (dein|der|ein) (vollstandiger |fertiger |)(aufsatz|essay)",
                "hier ist die (vollstandige|komplette) (losung|hausaufgabe)",
                "(aqui esta|escrevi) (a sua|sua|a|o seu|o) (redacao|ensaio|trabalho completo)",
                "ecco (il tuo|il|la tua|un) (tema|saggio|tema completo|relazione completa)",
            ], exceptions: ["(dissertation|redaction) (plan|corrigee par toi)"],
            negations: ["no", "ne", "pas", "nicht", "nao", "non"], reach: 3, quotation: .cancels),
    ]

    static let workRequests: [FloorCues] = [
        FloorCues(
            phrases: [
                "(write|do|finish|complete) my (whole |entire |english |history |math |maths |science |biology |physics |chemistry |)(essay|homework|assignment|paper|term paper|thesis|dissertation|lab report|book report|coursework|exam|test|quiz|report|problem set|worksheet)",
                "write (me |)(an|a|the|my) (whole |full |complete |short |long |500 word |1000 word |)(essay|term paper|book report|dissertation|thesis)",
                "(solve|answer) (this|these|all|all of these|all these|my) (whole |)(questions|problems|exercises|homework|assignment|quiz|test|exam|problem set|worksheet) for me",
                "just (give|tell) me the (answer|answers|solution|solutions|final answer)",
                "(write|do) (it|this|everything) for me", "so (that |)i can (just |)(hand it in|turn it in|submit it)",
            ],
            exceptions: [
                "(write|finish) my (essay|paper|thesis|report) (outline|plan|introduction with me)",
                "write (me |)(an|a|the) essay (question|prompt|outline|plan|rubric)",
            ],
            negations: [
                "i", "ill", "ive", "help", "helping", "how", "dont", "not", "never", "learn", "before", "after",
                "while", "without",
            ], reach: 3, quotation: .cancels),
        FloorCues(
            phrases: [
                "(escribe|escribeme|haz|hazme|escribir|hacer) (mi|mis|el|un|la) (ensayo|tarea|deberes|trabajo|redaccion)",
                "(ecris|ecrivez|redige|redigez|fais|faites) (ma|mon|mes|une) (dissertation|redaction|devoirs|devoir|expose|essai)",
                "(schreib|schreibe|mach|mache|schreiben sie|machen sie) (mir |bitte |)(meinen|meine|einen|mein) (aufsatz|hausaufgaben|hausarbeit|essay|referat)",
                "(escreva|escreve|faca|faz) (a |o |)(minha|meu|uma|um) (redacao|licao|trabalho|dever|ensaio)",
                "(scrivi|scrivimi|fai|fammi) (il |)(mio|un|i miei) (tema|compiti|saggio)",
            ],
            negations: [
                "ayudame", "ayuda", "como", "no", "aide", "aidez", "comment", "pas", "hilf", "wie", "nicht", "ajude",
                "ajuda", "nao", "aiuta", "aiutami", "come", "non",
            ], reach: 4, quotation: .cancels),
    ]
}
