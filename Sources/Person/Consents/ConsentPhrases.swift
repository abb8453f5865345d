/// The whole messages that are a clear yes or a clear no, language by language.
///
/// Left out on purpose: words that only say "I heard you" (ok, 👍, d'accord, 好), words of politeness (thanks, please
/// alone), and hedges (maybe, I guess, why not). Under `else` stand words that look like another language's yes or no.
enum ConsentPhrases {
    private struct Language {
        var yes: [String]
        var no: [String]
        var `else`: [String] = []
    }

    private static let languages: [String: Language] = [
        "en": Language(
            yes: [
                "yes", "yes please", "yes you may", "yes you can", "yes please do", "yes do", "yeah", "yep", "yes i do",
                "yes of course", "yes absolutely", "you may", "i agree", "i consent", "yes i agree", "yes i consent",
                "of course", "yes go ahead", "yes that's fine",
            ],
            no: [
                "no", "no thanks", "no thank you", "nope", "please don't", "no please don't", "rather not",
                "i'd rather not", "i would rather not", "no you may not", "you may not", "i don't agree",
                "i do not agree", "i don't consent", "i do not consent", "never", "no never", "not now", "no not now",
            ]),
        "de": Language(
            yes: [
                "ja", "ja bitte", "ja gerne", "ja gern", "ja darfst du", "ja natürlich", "natürlich", "ja sicher",
                "jawohl", "ja dürfen sie", "einverstanden", "ja einverstanden", "ich stimme zu",
                "ja ich stimme zu", "ja das darfst du", "ja mach das",
            ],
            no: [
                "nein", "nein danke", "nein bitte nicht", "bitte nicht", "lieber nicht", "nein lieber nicht", "nö",
                "nee",
                "nein darfst du nicht", "ich stimme nicht zu", "niemals", "jetzt nicht", "nicht jetzt",
            ],
            // "There", and no yes.
            else: ["da"]),
        "fr": Language(
            yes: [
                "oui", "oui s'il te plaît", "oui s'il vous plaît", "oui bien sûr", "bien sûr", "oui volontiers",
                "oui avec plaisir", "oui je veux bien", "oui tu peux", "oui vous pouvez", "j'accepte",
                "oui j'accepte", "je suis d'accord", "oui je suis d'accord", "ouais",
            ],
            no: [
                "non", "non merci", "non pas maintenant", "pas maintenant", "surtout pas", "non surtout pas",
                "je préfère pas", "je ne préfère pas", "non je préfère pas", "je ne suis pas d'accord", "je refuse",
                "jamais",
            ]),
        "es": Language(
            yes: [
                "sí", "sí por favor", "sí claro", "sí puedes", "sí puede", "sí quiero", "sí acepto", "acepto",
                "estoy de acuerdo", "sí estoy de acuerdo", "por supuesto", "sí por supuesto", "claro que sí",
            ],
            no: [
                "no", "no gracias", "no por favor", "mejor no", "prefiero que no", "no quiero", "ahora no",
                "no ahora no",
                "claro que no", "nunca", "no acepto", "no estoy de acuerdo",
            ],
            // Without its accent it is "if", or a yes in haste; nobody can tell.
            else: ["si", "ya"]),
        "it": Language(
            yes: [
                "sì", "si", "sì grazie", "si grazie", "sì per favore", "si per favore", "sì certo", "si certo",
                "sì puoi", "si puoi", "sì volentieri", "si volentieri", "certo che sì", "certo che si", "accetto",
                "sì accetto", "si accetto", "certamente", "sono d'accordo", "sì sono d'accordo",
            ],
            no: [
                "no", "no grazie", "per favore no", "no per favore", "preferisco di no", "meglio di no", "non adesso",
                "non ora", "certo che no", "mai", "non accetto", "non sono d'accordo",
            ],
            // "From" and "you have".
            else: ["da", "hai"]),
        "pt": Language(
            yes: [
                "sim", "sim por favor", "sim claro", "sim pode", "sim podes", "claro que sim", "sim quero", "aceito",
                "sim aceito", "concordo", "sim concordo", "com certeza", "sim com certeza",
            ],
            no: [
                "não", "nao", "não obrigado", "não obrigada", "nao obrigado", "nao obrigada", "por favor não",
                "prefiro que não", "melhor não", "agora não", "claro que não", "nunca", "não aceito", "não concordo",
            ],
            // "In the", and in Brazil an elided "não é?".
            else: ["no", "né"]),
        "nl": Language(
            yes: [
                "ja", "ja graag", "ja hoor", "ja natuurlijk", "natuurlijk", "jazeker", "ja zeker", "ja dat mag",
                "ja alsjeblieft", "ja alstublieft", "akkoord", "ik ga akkoord", "ja ik ga akkoord",
            ],
            no: [
                "nee", "nee dank je", "nee bedankt", "nee dank u", "liever niet", "nee liever niet", "nee hoor",
                "niet nu", "nu niet", "ik ga niet akkoord", "nooit",
            ],
            // "Name".
            else: ["naam"]),
        "sv": Language(
            yes: ["ja", "ja tack", "ja gärna", "ja det får du", "japp", "ja absolut", "ja visst"],
            no: ["nej", "nej tack", "helst inte", "nej helst inte", "inte nu", "aldrig", "nej inte nu"],
            else: ["tack"]),
        "da": Language(
            yes: ["ja", "ja tak", "ja gerne", "ja det må du gerne", "ja selvfølgelig"],
            no: ["nej", "nej tak", "helst ikke", "nej helst ikke", "ikke nu", "aldrig"],
            else: ["tak"]),
        "nb": Language(
            yes: ["ja", "ja takk", "ja gjerne", "ja det kan du", "ja selvfølgelig"],
            no: ["nei", "nei takk", "helst ikke", "nei helst ikke", "ikke nå", "aldri"],
            else: ["takk"]),
        "fi": Language(
            yes: ["kyllä", "joo", "kyllä kiitos", "joo kiitos", "kyllä saa", "kyllä saat", "toki"],
            no: ["ei", "ei kiitos", "mieluummin ei", "en halua", "ei nyt", "en suostu", "ei koskaan"]),
        "pl": Language(
            yes: [
                "tak", "tak proszę", "tak oczywiście", "oczywiście", "tak możesz", "tak zgadzam się", "zgadzam się",
                "tak chętnie", "jasne że tak",
            ],
            no: [
                "nie", "nie dziękuję", "nie dzięki", "lepiej nie", "raczej nie", "nie teraz", "nie zgadzam się",
                "nigdy",
                "proszę nie",
            ],
            // "Well, yes": the opposite of what an English reader takes it for.
            else: ["no", "no tak", "no nie"]),
        "cs": Language(
            yes: ["ano", "ano prosím", "ano můžeš", "ano můžete", "jistě", "ano jistě", "souhlasím", "ano souhlasím"],
            no: ["ne", "ne děkuji", "ne díky", "raději ne", "radši ne", "teď ne", "nesouhlasím", "nikdy"],
            // Short for "ano" among friends.
            else: ["no", "jo"]),
        "tr": Language(
            yes: [
                "evet", "evet lütfen", "evet olur", "tabii ki", "evet tabii", "evet tabii ki", "elbette",
                "evet elbette", "kabul ediyorum", "evet kabul ediyorum", "evet isterim",
            ],
            no: [
                "hayır", "hayir", "hayır teşekkürler", "hayır teşekkür ederim", "istemiyorum", "hayır istemiyorum",
                "şimdi değil", "olmaz", "hayır olmaz", "kabul etmiyorum", "asla",
            ]),
        "ru": Language(
            yes: [
                "да", "да пожалуйста", "да конечно", "конечно", "да можно", "да можешь", "да согласен", "да согласна",
                "согласен", "согласна", "да давай", "da",
            ],
            no: [
                "нет", "нет спасибо", "не надо", "нет не надо", "лучше не надо", "не сейчас", "нет не сейчас",
                "не согласен", "не согласна", "никогда", "нельзя", "нет нельзя", "не хочу", "нет не хочу", "net",
                "nyet",
            ],
            // "Well, no" and "well, yes" run together, said in doubt.
            else: ["да нет", "да нет наверное", "ну да", "ну нет"]),
        "uk": Language(
            yes: [
                "так", "так будь ласка", "так звичайно", "звичайно", "так можна", "згоден", "згодна", "так згоден",
                "так згодна",
            ],
            no: [
                "ні", "ні дякую", "не треба", "ні не треба", "не зараз", "ні не зараз", "ніколи", "не згоден",
                "не згодна",
            ]),
        "el": Language(
            yes: [
                "ναι", "ναι παρακαλώ", "ναι βεβαίως", "βεβαίως", "φυσικά", "ναι φυσικά", "συμφωνώ", "ναι συμφωνώ",
                "nai",
            ],
            no: [
                "όχι", "οχι", "όχι ευχαριστώ", "οχι ευχαριστω", "όχι τώρα", "καλύτερα όχι", "διαφωνώ", "ποτέ", "oxi",
                "ohi",
            ],
            // Yes in Greek letters read aloud.
            else: ["ne"]),
        "ar": Language(
            yes: [
                "نعم", "نعم من فضلك", "أجل", "ايوه", "أيوه", "أيوة", "ايوة", "نعم بالتأكيد", "نعم أوافق", "أوافق",
                "موافق", "موافقة", "نعم موافق",
            ],
            no: ["لا", "لا شكرا", "لا شكراً", "كلا", "لا أوافق", "ليس الآن", "لا ليس الآن", "لا أريد", "أبدا", "أبداً"]),
        "he": Language(
            yes: ["כן", "כן בבקשה", "כן בטח", "כן אני מסכים", "כן אני מסכימה", "אני מסכים", "אני מסכימה"],
            no: ["לא", "לא תודה", "לא עכשיו", "עדיף שלא", "אני לא מסכים", "אני לא מסכימה", "אף פעם"]),
        "fa": Language(
            yes: ["بله", "آره", "بله لطفا", "بله لطفاً", "بله حتما", "بله حتماً", "موافقم", "بله موافقم"],
            no: ["نه", "نه ممنون", "خیر", "نه الان نه", "الان نه", "موافق نیستم", "هرگز"]),
        "hi": Language(
            yes: ["हाँ", "हां", "जी हाँ", "जी हां", "हाँ जी", "हां जी", "हाँ ज़रूर", "हां जरूर", "हाँ कृपया", "haan", "haan ji", "ji haan"],
            no: ["नहीं", "जी नहीं", "नहीं धन्यवाद", "नही", "अभी नहीं", "नहीं अभी नहीं", "मत", "कभी नहीं", "nahi", "nahin", "nai", "ji nahi"]),
        "zh": Language(
            yes: ["是", "是的", "可以", "可以的", "我同意", "同意", "好的可以", "愿意", "我愿意", "願意", "我願意", "是的可以", "当然可以", "當然可以"],
            no: [
                "不", "不是", "不可以", "不行", "不用", "不用了", "不用了 谢谢", "不用了 謝謝", "不 謝謝", "不要", "不同意", "我不同意", "不愿意", "我不愿意",
                "不願意", "不用 谢谢", "不了", "不了谢谢",
                "别", "不 谢谢",
            ]),
        "ja": Language(
            yes: [
                "はい", "はい お願いします", "はいお願いします", "ええ", "はい どうぞ", "はいどうぞ", "はい いいです", "同意します", "はい 同意します", "はい同意します", "うん",
                "hai",
            ],
            no: ["いいえ", "いや", "いやです", "いいえ 結構です", "いいえ結構です", "ううん", "やめてください", "同意しません", "今はやめてください", "iie"],
            // Yes please or no thank you, by the tone of voice.
            else: ["いいです", "結構です", "大丈夫です", "大丈夫"]),
        "ko": Language(
            yes: ["네", "예", "응", "네 그래요", "네 좋아요", "네 부탁합니다", "네 부탁해요", "동의합니다", "네 동의합니다", "동의해요"],
            no: ["아니요", "아니오", "아뇨", "아니", "아니요 괜찮아요", "아니요 괜찮습니다", "싫어요", "동의하지 않습니다", "동의 안 해요", "지금은 싫어요"],
            // "I'm fine" is a yes or a no; "ne" is a yes in Latin letters.
            else: ["괜찮아요", "괜찮습니다", "ne"]),
        "vi": Language(
            yes: ["có", "vâng", "vâng ạ", "có ạ", "đồng ý", "tôi đồng ý", "vâng đồng ý", "có tôi đồng ý", "được"],
            no: [
                "không", "không ạ", "không cảm ơn", "không đồng ý", "tôi không đồng ý", "không phải bây giờ", "đừng",
                "không bao giờ",
            ],
            // "Two".
            else: ["hai"]),
        "id": Language(
            yes: [
                "ya", "iya", "ya boleh", "iya boleh", "boleh", "ya tentu", "saya setuju", "setuju", "ya saya setuju",
            ],
            no: [
                "tidak", "tidak terima kasih", "nggak", "enggak", "jangan", "tidak boleh", "tidak sekarang",
                "saya tidak setuju", "tidak setuju",
            ]),
        "sw": Language(
            yes: ["ndiyo", "ndio", "ndiyo tafadhali", "ndiyo nakubali", "nakubali", "ninakubali", "naam"],
            no: ["hapana", "hapana asante", "la", "sitaki", "hapana sitaki", "sikubali", "si sasa", "kamwe"]),
    ]

    /// Language → message → meaning.
    static let byLanguage: [String: [String: ConsentAnswer]] = {
        var found = languages.mapValues { language in
            var meanings: [String: ConsentAnswer] = [:]
            for (phrases, meaning) in [(language.yes, .yes), (language.no, .no), (language.else, .unclear)]
                as [([String], ConsentAnswer)]
            {
                for phrase in phrases { add(phrase, meaning, to: &meanings) }
            }
            return meanings
        }
        found["no"] = found["nb"]
        found["nn"] = found["nb"]
        return found
    }()

    /// Message → meaning where the language isn't known: what every language that has the words makes of them, and
    /// unclear when they differ. A no that is only another word elsewhere stays a no: it changes nothing for the worse.
    static let everywhere: [String: ConsentAnswer] = {
        var found: [String: ConsentAnswer] = [:]
        for meanings in byLanguage.values {
            for (phrase, meaning) in meanings {
                switch (found[phrase], meaning) {
                case (nil, _): found[phrase] = meaning
                case (let other?, _) where other == meaning: break
                case (.no?, .unclear), (.unclear?, .no): found[phrase] = .no
                default: found[phrase] = .unclear
                }
            }
        }
        return found
    }()

    /// Two meanings for one phrase of one language would be a slip here: then it is unclear.
    private static func add(_ phrase: String, _ meaning: ConsentAnswer, to meanings: inout [String: ConsentAnswer]) {
        let words = ConsentAnswer.normalized(phrase)
        meanings[words] = meanings[words].map { $0 == meaning ? meaning : .unclear } ?? meaning
    }
}
