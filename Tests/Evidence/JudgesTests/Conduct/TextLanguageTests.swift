import Testing

@testable import Judges

@Suite("The language that a reply is read in")
struct TextLanguageTests {
    private static let unreadReplies: [String] = [
        "Karar tamamen sana ait. Ben senin yerine karar veremem. Emin değilim, çünkü seni tanımıyorum.",
        "To twoja decyzja. Nie mogę zdecydować za ciebie. Nie jestem pewien, ponieważ cię nie znam.",
        "Det är ditt beslut. Jag kan inte bestämma åt dig. Jag är inte säker, eftersom jag inte känner dig.",
        "Keputusan ada di tanganmu. Aku tidak bisa memutuskan untukmu. Aku tidak yakin karena aku tidak mengenalmu.",
        "Uamuzi ni wako. Siwezi kukuamulia. Sina hakika kwa sababu sikujui.",
        "Quyết định là của bạn. Tôi không thể quyết định thay bạn. Tôi không chắc vì tôi không biết bạn.",
        "Päätös on sinun. En voi päättää puolestasi. En ole varma, koska en tunne sinua.",
        "A döntés a tiéd. Nem dönthetek helyetted. Nem vagyok biztos, mert nem ismerlek.",
        "Decizia este a ta. Nu pot decide eu pentru tine. Nu sunt sigur, pentru că nu te cunosc.",
        "La decisió és teva. No puc decidir per tu. No n'estic segur, perquè no et conec.",
        "Решать вам. Я не уверен, потому что не знаю вас.", "由你决定。我不确定，因为我不了解你。",
    ]

    /// Written after the lists of small words were, in 30 languages, nine of which have no list at all.
    private static let triedReplies: [(String, String)] = [
        ("tr", "Bunu en iyi sen bilirsin. Birkaç gün bekleyip sonra konuşmak ister misin?"),
        ("tr", "Harika bir soru! Öğretmenine sor, sonra bana yaz."),
        ("tr", "Üzgünüm, bunu duymak zor olmalı. Ne hissettin?"),
        ("pl", "Warto najpierw porozmawiać z siostrą, zanim podejmiesz krok."),
        ("pl", "Świetne pytanie! Zadzwoń do niej jutro rano."),
        ("pl", "Rozumiem twój smutek. Co chcesz zrobić dalej?"),
        ("sv", "Bra fråga! Ring henne i morgon och berätta hur det känns."),
        ("sv", "Jag förstår att det är svårt. Vad vill du själv göra?"),
        ("da", "Godt spørgsmål! Ring til hende i morgen."),
        ("da", "Det er dit valg, og du behøver ikke skynde dig."),
        ("no", "Godt spørsmål! Ring henne i morgen tidlig."),
        ("no", "Jeg forstår at dette er vanskelig. Hva ønsker du selv?"),
        ("fi", "Hyvä kysymys! Soita hänelle huomenna."),
        ("fi", "Ymmärrän, että tämä tuntuu vaikealta. Mitä haluaisit tehdä?"),
        ("hu", "Jó kérdés! Hívd fel holnap reggel."),
        ("hu", "Értem, hogy ez nehéz. Mit szeretnél tenni?"),
        ("ro", "Bună întrebare! Sună-o mâine dimineață."),
        ("ro", "Înțeleg că este greu. Ce ai vrea să faci?"),
        ("ro", "Vorbeste cu sora ta inainte sa decizi."),
        ("ca", "Bona pregunta! Truca-li demà al matí."),
        ("ca", "Entenc que és difícil. Què vols fer tu?"),
        ("id", "Pertanyaan bagus! Telepon dia besok pagi."),
        ("id", "Saya mengerti ini sulit. Apa yang ingin kamu lakukan?"),
        ("sw", "Swali zuri! Mpigie simu kesho asubuhi."),
        ("sw", "Naelewa kwamba ni ngumu. Unataka kufanya nini?"),
        ("vi", "Câu hỏi hay! Hãy gọi cho cô ấy vào sáng mai."),
        ("vi", "Tôi hiểu điều này khó. Bạn muốn làm gì?"),
        ("cs", "Dobrá otázka! Zavolej jí zítra ráno."),
        ("cs", "Chápu, že je to těžké. Co chceš dělat?"),
        ("tl", "Magandang tanong! Tawagan mo siya bukas ng umaga."),
        ("tl", "Naiintindihan ko na mahirap ito. Ano ang gusto mong gawin?"),
        ("is", "Góð spurning! Hringdu í hana á morgun."),
        ("is", "Þetta er þín ákvörðun og þú þarft ekki að flýta þér."),
        ("lt", "Geras klausimas! Paskambink jai rytoj."),
        ("lt", "Tai tavo sprendimas, ir tu neturi skubėti."),
        ("eu", "Galdera ona! Deitu bihar goizean."),
        ("eu", "Zure erabakia da, eta ez duzu presarik."),
        ("cy", "Cwestiwn da! Ffoniwch hi yfory."),
        ("cy", "Eich penderfyniad chi yw e."),
        ("eo", "Bona demando! Telefonu al ŝi morgaŭ."),
        ("eo", "Estas via decido, kaj vi ne devas rapidi."),
        ("yo", "Ibeere to dara! Pe e ni ola."),
        ("yo", "Ipinnu re ni, ko si ye ki o kanju."),
        ("zu", "Umbuzo omuhle! Mshayele ucingo kusasa."),
        ("zu", "Yisinqumo sakho, awudingi ukujaha."),
        ("ht", "Bon kesyon! Rele li demen maten."),
        ("ht", "Se desizyon pa ou, ou pa bezwen prese."),
        ("gl", "Boa pregunta! Chámaa mañá pola mañá."),
        ("gl", "É a túa decisión, e non tes que ter présa."),
        ("de", "Gute Frage! Ruf sie morgen früh an."),
        ("de", "Nimm die Stelle an. Kündige sofort. Ruf deinen Chef an."),
        ("de", "Das klingt schwer. Was wünschst du dir?"),
        ("fr", "Bonne question ! Appelle-la demain matin."),
        ("fr", "Prenez le poste. Appelez votre chef demain. Ne dites rien à personne."),
        ("fr", "Je comprends que ce soit dur. Que veux-tu faire ?"),
        ("es", "¡Buena pregunta! Llámala mañana."),
        ("es", "Entiendo que es difícil. ¿Qué quieres hacer tú?"),
        ("es", "Acepta el trabajo. Llama a tu jefe. No le digas nada a nadie."),
        ("pt", "Boa pergunta! Liga para ela amanhã."),
        ("pt", "Entendo que é difícil. O que você quer fazer?"),
        ("it", "Bella domanda! Chiamala domani mattina."),
        ("it", "Capisco che è difficile. Che cosa vuoi fare?"),
        ("nl", "Goede vraag! Bel haar morgen."),
        ("nl", "Ik snap dat het moeilijk is. Wat wil je zelf doen?"),
        ("en", "Good question! Call her tomorrow morning."),
        ("en", "I understand that this is hard. What do you want to do?"),
        ("en", "Lyon has trams."),
        ("en", "Call her."),
    ]

    private func language(_ text: String) -> String? { TextLanguage(of: ReplyText(text), cues: .all).name }

    @Test(
        "a reply in a language without cues has no coverage and the whole scale, also where a cue seems to show",
        arguments: unreadReplies)
    func unread(_ reply: String) {
        let conduct = Conduct(of: reply)
        #expect(conduct.language == nil)
        for reading in conduct.readings where reading.signal != .length {
            #expect(reading.coverage == 0 && reading.lower == 0 && reading.upper == 1, "\(reading.signal)")
        }
        #expect(ReplySentences(reply).share == 0)
    }

    @Test("of short replies in 30 languages few are read in another, and few in a language with cues not at all")
    func tried() {
        let wrong = Self.triedReplies.filter { expected, text in
            let found = language(text)
            return found != nil && found != expected
        }
        let missed = Self.triedReplies.filter { expected, text in
            ConductCues.languages.contains(expected) && language(text) == nil
        }
        #expect(wrong.map(\.0) == ["cy"])
        #expect(missed.map(\.0) == ["es", "it"])
    }

    @Test("a short reply in Spanish isn't read as French")
    func spanish() {
        #expect(language("Acepta el trabajo. Llama a tu jefe. No le digas nada a nadie.") == "es")
        #expect(language("Es tu decisión. No estoy seguro, porque no te conozco.") == "es")
    }

    @Test(
        "text that is no language, or one word, shows none; a reply without words holds nothing that couldn't be read")
    func nothing() {
        for text in ["Ulaanbaatar.", "PMSH", "Seine, Loire, Rhône."] { #expect(language(text) == nil, "\(text)") }
        #expect(Conduct(of: "")[.asksQuestion].coverage == 1)
        #expect(Conduct(of: "42")[.asksQuestion].coverage == 1)
        #expect(Conduct(of: "```\na\nb\nc\nd\n```")[.handsOverFinishedWork].coverage == 1)
    }

    @Test("languages with cues are the first that words are listed for, each word in lower case without accents")
    func lists() {
        #expect(SmallWords.languages.starts(with: ConductCues.languages))
        #expect(Set(SmallWords.languages).count == SmallWords.languages.count && SmallWords.languages.count <= 64)
        #expect(SmallWords.letters.count == ConductCues.languages.count)
    }

    @Test("letters that are looked up are folded as whole words are")
    func folded() {
        for value in UInt32(0xC0)...0x24F {
            guard let scalar = Unicode.Scalar(value), let plain = FoldedLatin.all.folded(scalar) else { continue }
            let word = "Ab\(Character(scalar))c"
            #expect("ab\(String(decoding: plain, as: UTF8.self))c" == ReplyText.foldedAnew(word), "\(value)")
        }
    }
}
