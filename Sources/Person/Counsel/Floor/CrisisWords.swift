/// The words of Trellis's own floor for somebody in danger, in the languages that the reader knows.
///
/// Whoever is in danger should not have to read English first. Only Trellis's own words are said in another language: a
/// charter's words are its community's, and stand as they were written. Numbers of the country where a language is mostly
/// spoken are added; none is left out.
public enum CrisisWords {
    /// A text of Trellis's floor in a language; nil when it isn't one of these texts, or the language isn't known.
    ///
    /// - Parameter language: a primary subtag of BCP 47, as in ``Charters/Circumstances/language``.
    public static func translation(of text: String, to language: String?) -> String? {
        guard let language, let words = byLanguage[language] else { return nil }
        switch text {
        case english.instead: return words.instead
        case english.emergency: return words.emergency
        default: return nil
        }
    }

    /// What the floor says, in a language. Where a charter names nearer help in place of Trellis's, it follows Trellis's
    /// numbers in that language: to name help twice harms nobody.
    public static func spoken(_ parts: [String], in language: String?) -> [String] {
        guard let language, parts.contains(english.instead), let help = translation(of: english.emergency, to: language)
        else { return parts }
        var spoken: [String] = []
        for part in parts {
            spoken.append(translation(of: part, to: language) ?? part)
            if part == english.instead, !parts.contains(english.emergency) { spoken.append(help) }
        }
        return spoken
    }

    /// The languages, without English.
    public static let languages = byLanguage.keys.sorted()

    /// What stands in `floor.yaml`. A test compares.
    static let english = (
        instead:
            "It sounds as if you or someone else may be in danger. I am an AI and can't be there, so please reach a "
            + "person now, and tell someone close to you.",
        emergency:
            "Emergency services: 112 in Europe, India, South Africa and many other places, 911 in North America, 999 in the "
            + "United Kingdom, 000 in Australia, 119 in Japan, Korea and Taiwan, 110 or 120 in mainland China. Crisis lines "
            + "in your country: findahelpline.com; for children: childhelplineinternational.org."
    )

    private static let byLanguage: [String: (instead: String, emergency: String)] = [
        "de": (
            "Es klingt, als ob du oder jemand anderes in Gefahr sein könnte. Ich bin eine KI und kann nicht bei dir sein. "
                + "Bitte wende dich jetzt an einen Menschen, und sag es jemandem, der dir nahesteht.",
            "Notruf: 112 in Europa, Indien, Südafrika und vielen anderen Ländern, 911 in Nordamerika, 999 im Vereinigten "
                + "Königreich, 000 in Australien, 119 in Japan, Korea und Taiwan, 110 oder 120 in Festlandchina. "
                + "Krisentelefone in deinem Land: findahelpline.com; für Kinder: childhelplineinternational.org."
        ),
        "es": (
            "Parece que tú u otra persona podría estar en peligro. Soy una IA y no puedo estar ahí, así que por favor "
                + "habla ahora con una persona, y díselo a alguien cercano.",
            "Emergencias: 112 en Europa, India, Sudáfrica y muchos otros lugares, 911 en Norteamérica y en varios países de "
                + "América Latina, 999 en el Reino Unido, 000 en Australia, 119 en Japón, Corea y Taiwán, 110 o 120 en "
                + "China continental. Líneas de ayuda en tu país: findahelpline.com; para niños: "
                + "childhelplineinternational.org."
        ),
        "fr": (
            "On dirait que toi ou quelqu'un d'autre est peut-être en danger. Je suis une IA et je ne peux pas être là : "
                + "parle maintenant à une personne, s'il te plaît, et dis-le à quelqu'un de proche.",
            "Urgences : 112 en Europe, en Inde, en Afrique du Sud et dans beaucoup d'autres pays, 911 en Amérique du Nord, "
                + "999 au Royaume-Uni, 000 en Australie, 119 au Japon, en Corée et à Taïwan, 110 ou 120 en Chine "
                + "continentale. Lignes d'écoute dans ton pays : findahelpline.com ; pour les enfants : "
                + "childhelplineinternational.org."
        ),
        "pt": (
            "Parece que você ou outra pessoa pode estar em perigo. Sou uma IA e não posso estar aí, por isso fale agora "
                + "com uma pessoa, por favor, e conte a alguém próximo.",
            "Emergência: 112 na Europa, em Portugal, na Índia, na África do Sul e em muitos outros lugares, 192 e 190 no "
                + "Brasil (188 para conversar), 911 na América do Norte, 999 no Reino Unido, 000 na Austrália, 119 no Japão, "
                + "na Coreia e em Taiwan, 110 ou 120 na China continental. Linhas de apoio no seu país: findahelpline.com; "
                + "para crianças: childhelplineinternational.org."
        ),
        "it": (
            "Sembra che tu o qualcun altro possa essere in pericolo. Sono un'IA e non posso essere lì, quindi per favore "
                + "parla subito con una persona, e dillo a qualcuno che ti è vicino.",
            "Emergenze: 112 in Europa, India, Sudafrica e in molti altri luoghi, 911 in Nord America, 999 nel Regno Unito, "
                + "000 in Australia, 119 in Giappone, Corea e Taiwan, 110 o 120 nella Cina continentale. Linee di aiuto nel "
                + "tuo Paese: findahelpline.com; per i bambini: childhelplineinternational.org."
        ),
        "ar": (
            "يبدو أنك أو شخصًا آخر قد يكون في خطر. أنا ذكاء اصطناعي ولا أستطيع أن أكون معك، لذلك تواصل الآن من فضلك مع إنسان، "
                + "وأخبر شخصًا قريبًا منك.",
            "الطوارئ: 112 في أوروبا والهند وجنوب أفريقيا وفي أماكن كثيرة أخرى، و911 في أمريكا الشمالية، و999 في المملكة المتحدة، "
                + "و000 في أستراليا، و119 في اليابان وكوريا وتايوان، و110 أو 120 في الصين. "
                + "خطوط المساعدة في بلدك: findahelpline.com؛ وللأطفال: childhelplineinternational.org."
        ),
        "zh": (
            "听起来你或别人可能有危险。我是人工智能，不能到你身边，所以请现在就联系一个人，并告诉你亲近的人。",
            "紧急电话：中国大陆120（急救）、110（报警），"
                + "欧洲、印度、南非和许多其他地方112，北美911，英国999，澳大利亚000，日本、韩国和台湾119。"
                + "你所在国家的心理援助热线：findahelpline.com；儿童求助：childhelplineinternational.org。"
        ),
        "ja": (
            "あなた、または誰かが危険な状態にあるかもしれません。私はAIなのでそばに行くことができません。今すぐ人に連絡し、身近な人に話してください。",
            "緊急の電話：日本は119（救急）、110（警察）、韓国と台湾は119、ヨーロッパ、インド、南アフリカと多くの国は112、北米は911、"
                + "イギリスは999、オーストラリアは000、中国本土は120または110。お住まいの国の相談窓口：findahelpline.com、"
                + "子どもの相談：childhelplineinternational.org。"
        ),
        "hi": (
            "लगता है कि आप या कोई और ख़तरे में हो सकता है। मैं एक एआई हूँ और वहाँ नहीं आ सकता, इसलिए कृपया अभी किसी इंसान से संपर्क करें, "
                + "और अपने किसी करीबी को बताएँ।",
            "आपातकालीन सेवाएँ: भारत, यूरोप, दक्षिण अफ़्रीका और कई अन्य जगहों पर 112, उत्तरी अमेरिका में 911, यूनाइटेड किंगडम में 999, "
                + "ऑस्ट्रेलिया में 000, जापान, कोरिया और ताइवान में 119, चीन में 110 या 120। "
                + "आपके देश की हेल्पलाइन: findahelpline.com; बच्चों के लिए: childhelplineinternational.org."
        ),
    ]
}
