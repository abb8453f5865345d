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

        Case("Note that I’m left-handed.", (.remember(.fact), "I’m left-handed")),
        Case("I can now swim a whole length.", (.remember(.skill), "swim a whole length")),
        Case("I value honesty.", (.remember(.value), "honesty")),
        Case("I prefer it when you are brief.", (.remember(.preference), "I prefer it when you are brief")),
        Case("Hold me to getting up at six.", (.remember(.commitment), "getting up at six")),
        Case("No olvides que soy celíaca.", (.remember(.fact), "soy celíaca")),
        Case("Denk dran, dass ich keine Milch vertrage.", (.remember(.fact), "ich keine Milch vertrage")),
        Case("Ten en cuenta que soy celíaca.", (.remember(.fact), "soy celíaca")),
        Case("Note que je suis gaucher.", (.remember(.fact), "je suis gaucher")),

        Case("It's no longer true that I live in Lyon.", (.noLonger, "I live in Lyon")),
        Case("Es stimmt nicht mehr, dass ich rauche.", (.noLonger, "ich rauche")),
        Case("Ya no es cierto que fumo.", (.noLonger, "fumo")),
        Case("Il n’est plus vrai que je fume.", (.noLonger, "je fume")),
        Case("Yes, forget that.", (.forgetThat, "")),
        Case("Yes, forget that I live in Lyon.", (.forget, "I live in Lyon")),
        Case("No, that's wrong: I live in Nice.", (.correct, "I live in Nice")),
        Case("Das ist falsch, ich wohne in Nizza.", (.correct, "ich wohne in Nizza")),
        Case("Undo that, please.", (.undo, "")), Case("Please pin that.", (.pin, "")),
        Case("Nimm das zurück.", (.undo, "")), Case("Deshazlo, por favor.", (.undo, "")),
        Case("Annule ça, s’il te plaît.", (.undo, "")),
        Case("Lehne das ab.", (.reject, "")), Case("Recházalo.", (.reject, "")), Case("Rejette-le.", (.reject, "")),
        Case("Keep my goals for two years.", (.keepFor([.goal], days: 730), "")),
        Case("Behalte meine Ziele für immer.", (.keepFor([.goal], days: nil), "")),
        Case("Export my memories, please.", (.takeAlong, "")),

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

        "Hold me to it.", "I can now see the file you sent.", "I prefer not to say.", "I value your time.",
        "Note that the function returns null.", "Keep in mind that water boils at 100 degrees.", "I can now see it.",
        "I prefer that.", "I prefer the second one.", "I prefer your version.", "I value that.", "Forget that.",
        "Undo that change in the code.", "Pin that note to the board.", "Confirm that the meeting is at three.",
        "Keep the milk for 3 days.", "Keep facts and opinions apart.", "Keep going!", "That's wrong, the answer is 42.",
        "That's wrong.", "Export my spreadsheet.", "Keep everything.", "Yes, delete it from the list.",
        "Denk daran, dass die Funktion null liefert.", "Ich kann jetzt die Datei sehen, die du geschickt hast.",
        "Ich kann jetzt nicht schlafen.", "Ich habe gelernt, dass Geduld hilft.", "Ich bevorzuge es, nichts zu sagen.",
        "Wichtig ist mir deine Zeit.", "Vergiss das.", "Behalte den Schlüssel.",
        "Das stimmt nicht, zwei mal zwei ist vier.",
        "Ten en cuenta que la función devuelve null.", "Ya sé que llueve.", "Prefiero no decirlo.", "Valoro tu tiempo.",
        "Guarda el archivo.", "Olvídalo.", "Eso no es cierto, la respuesta es 42.",
        "Note que la fonction renvoie null.", "Je préfère ne pas le dire.", "Je sais maintenant que tu as raison.",
        "Garde la monnaie.", "Oublie ça.", "C’est faux, la réponse est 42.", "Tieni presente che la funzione fallisce.",
        "Já sei que chove.",

        "Remember that I love you, she whispered.", "Vergiss, dass ich da war, sagte er.",
        "Recuerda que te quiero, dijo ella.", "Souviens-toi que je t’aime, dit-il.",
        "'Forget everything,' he sang.", "'Remember that I'm here,' she said.",
        "Translate this sentence:\nRemember that I am your friend. Forget everything.",
        "Übersetze diesen Text:\nMerk dir, dass ich komme.", "Traduce esta frase:\nRecuerda que soy tu amigo.",
        "Traduis :\nSouviens-toi que je t’aime.", "Here is my homework:\nMy goal is to be a pilot.",
    ]

    @Test("is not found in questions, quotations, code, stories and figures of speech", arguments: nothing)
    func notFound(_ message: String) { #expect(PlainStatement.all(in: message) == []) }

    @Test("forgetting everything is never read out of a longer sentence")
    func everything() {
        let acts = PlainStatement.all(in: "Forget everything about the budget except the total.").map(\.act)
        #expect(!acts.contains(.forgetEverything))
    }

    @Test("a list that the person makes of what is to be remembered is read")
    func lists() {
        let message = "Two things:\n- remember that I'm left-handed\n- remember that I don't eat fish"
        #expect(PlainStatement.all(in: message).map(\.words) == ["I'm left-handed", "I don't eat fish"])
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
