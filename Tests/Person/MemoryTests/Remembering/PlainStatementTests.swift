import Consents
import Testing

@testable import Memory

@Suite("What is asked of a memory in plain words")
struct PlainStatementTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let message: String
        let acts: [PlainStatement.Act]
        let words: [String]

        init(_ message: String, _ asked: (PlainStatement.Act, String)...) {
            self.message = message
            acts = asked.map(\.0)
            words = asked.map(\.1)
        }

        var testDescription: String { message }
    }

    static let asked: [Case] = [
        Case("Remember that I'm allergic to penicillin.", (.remember(.fact), "I'm allergic to penicillin")),
        Case("ok, and please remember I moved to Leeds", (.remember(.fact), "I moved to Leeds")),
        Case(
            "Could you keep in mind that my daughter is called Noor?", (.remember(.fact), "my daughter is called Noor")),
        Case("My goal is to run 10 km by May.", (.remember(.goal), "run 10 km by May")),
        Case(
            "It rained. My goal is to run 10 km. Please remember that I'm left-handed!",
            (.remember(.goal), "run 10 km"), (.remember(.fact), "I'm left-handed")),
        Case("From now on I'm getting up at six.", (.remember(.commitment), "From now on I'm getting up at six")),
        Case("I've decided to stop smoking", (.remember(.commitment), "stop smoking")),
        Case(
            "I prefer short answers, without lists.", (.remember(.preference), "I prefer short answers, without lists")),
        Case(
            "What matters most to me is that my children feel safe.",
            (.remember(.value), "that my children feel safe")),
        Case("I can now do the exercises without help.", (.remember(.skill), "do the exercises without help")),
        Case("Forget that I ever mentioned Tom.", (.forget, "I ever mentioned Tom")),
        Case("please forget what I said about my sister", (.forget, "my sister")),
        Case("Forget everything!", (.forgetEverything, "")),
        Case("Forget everything you know about me, please.", (.forgetEverything, "")),
        Case("Don’t remember this conversation.", (.pause, "")),
        Case("this is off the record", (.pause, "")),
        Case("You can remember again now.", (.resume, "")),
        Case("What do you know about me?", (.show, "")),
        Case("What do you remember about my job?", (.show, "my job")),
        Case("- remember that rent is due on the 1st", (.remember(.fact), "rent is due on the 1st")),

        Case("Merk dir bitte, dass ich keine Milch vertrage.", (.remember(.fact), "ich keine Milch vertrage")),
        Case("Mein Ziel ist es, bis Mai 10 km zu laufen.", (.remember(.goal), "bis Mai 10 km zu laufen")),
        Case("Ab jetzt stehe ich um sechs auf.", (.remember(.commitment), "Ab jetzt stehe ich um sechs auf")),
        Case("Am wichtigsten ist mir meine Familie.", (.remember(.value), "meine Familie")),
        Case("Vergiss, dass ich Tom erwähnt habe.", (.forget, "ich Tom erwähnt habe")),
        Case("Vergiss alles über mich!", (.forgetEverything, "")),
        Case("Merk dir das nicht.", (.pause, "")),
        Case("Was weißt du über mich?", (.show, "")),
        Case("vergiss nicht, dass am Montag Elternabend ist", (.remember(.fact), "am Montag Elternabend ist")),

        Case("Recuerda que soy celíaca.", (.remember(.fact), "soy celíaca")),
        Case("Mi meta es leer veinte libros este año.", (.remember(.goal), "leer veinte libros este año")),
        Case("A partir de ahora no fumo.", (.remember(.commitment), "A partir de ahora no fumo")),
        Case("Lo más importante para mí es la salud.", (.remember(.value), "la salud")),
        Case("Olvida que te hablé de Juan.", (.forget, "te hablé de Juan")),
        Case("Olvida todo lo que sabes de mí, por favor.", (.forgetEverything, "")),
        Case("¿Qué sabes de mí?", (.show, "")),

        Case("Souviens-toi que je suis végétarienne.", (.remember(.fact), "je suis végétarienne")),
        Case("Mon objectif est de parler japonais.", (.remember(.goal), "parler japonais")),
        Case("Dorénavant je me couche à dix heures.", (.remember(.commitment), "Dorénavant je me couche à dix heures")),
        Case("Le plus important pour moi, c’est d’être juste.", (.remember(.value), "d’être juste")),
        Case("Oublie que je t’ai parlé de Marc.", (.forget, "je t’ai parlé de Marc")),
        Case("Oublie tout ce que tu sais sur moi.", (.forgetEverything, "")),
        Case("Que sais-tu de moi ?", (.show, "")),

        Case("Ricordati che sono allergico alle noci.", (.remember(.fact), "sono allergico alle noci")),
        Case("Esqueça tudo, por favor.", (.forgetEverything, "")),
    ]

    @Test("is found, with the person's own words", arguments: asked)
    func found(_ asked: Case) {
        let statements = PlainStatement.all(in: asked.message)
        #expect(statements.map(\.act) == asked.acts)
        #expect(statements.map(\.words) == asked.words)
    }

    static let nothing = [
        "Do you remember that film with the whale?", "Remember when we talked about Lyon?", "remember how it felt",
        "I can't remember that word.", "She said: \"Remember that you are loved.\"", "“Forget everything”, he sang.",
        "> remember that the meeting moved", "```\nremember that x = 1\n```", "Forget it.", "Forget me not",
        "What is my goal?", "My goal is what, exactly?", "Never mind", "Should I forget that he hurt me?",
        "I'll never forget that day", "Merkwürdig, dass es regnet", "Vergiss es.",
        "Erinnerst du dich, dass ich in Lyon war?",
        "¿Recuerda que ayer llovió?", "Oublie pas", "Remember", "From now on?", "", "   ", "...", "remember that",
        "Forget everything I have learned in school is what they ask of us.", "Don't forget to breathe?",
    ]

    @Test("is not found in questions, quotations, code, stories and figures of speech", arguments: nothing)
    func notFound(_ message: String) { #expect(PlainStatement.all(in: message) == []) }

    @Test("forgetting everything is never read out of a longer sentence")
    func everything() {
        let acts = PlainStatement.all(in: "Forget everything about the budget except the total.").map(\.act)
        #expect(!acts.contains(.forgetEverything))
    }

    @Test("any bytes are read without a crash, and long ones within bounds")
    func anyBytes() {
        var generator = SystemRandomNumberGenerator()
        let pieces = [
            "remember that ", "forget ", "\"", "“", "```\n", "\n", ". ", "\u{0}", "\u{202E}", "👩‍👩‍👧", "é", "e\u{301}", "?",
            "> ",
        ]
        for _ in 0..<300 {
            let text = (0..<Int.random(in: 0..<40, using: &generator))
                .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            for statement in PlainStatement.all(in: text) {
                #expect(statement.words.isEmpty || text.contains(statement.words))
            }
        }
        let long = String(repeating: "remember that a ", count: 100_000)
        #expect(PlainStatement.all(in: long).count <= 1)
    }
}
