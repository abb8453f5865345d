import Testing

@testable import Memory

@Suite("Words are read in any script")
struct WordReaderTests {
    @Test(
        "a text is cut into folded words",
        arguments: [
            ("Caroline's LGBTQ+ group, 2023!", "caroline s lgbtq group 2023"),
            ("L'école d’été à Orléans", "l ecole d ete a orleans"),
            ("Straße, Ægir, Øre, Łódź, œuvre", "strasse aegir ore lodz oeuvre"),
            ("Cafe\u{301} naïve", "cafe naive"),
            ("Мы ещё Живём", "мы еще живем"),
            ("Αθήνα ΟΔΟΣ", "αθηνα οδοσ"),
            ("ＡＢＣ１２", "abc12"),
            ("我喜欢你", "我喜 喜欢 欢你"),
            ("我", "我"),
            ("I ❤️ 東京 and tea", "i 東京 and tea"),
            ("한국어 책", "한국 국어 책"),
            ("สวัสดี", "สว วั ัส สด ดี"),
            ("हिन्दी भाषा", "हिन्दी भाषा"),
            ("", ""), ("—…!?", ""),
        ] as [(String, String)])
    func cut(_ text: String, _ words: String) {
        #expect(WordReader.words(text).joined(separator: " ") == words)
    }

    @Test(
        "a text's form: whether it asks, and about how many tokens it takes",
        arguments: [
            ("Are you there?", true, true, 5), ("He asked: \"Really?\" ", true, true, 7),
            ("Why? Because.", true, false, 5),
            ("我好吗？", true, true, 4), ("هل؟", true, true, 3), ("No.", false, false, 1), ("", false, false, 0),
            ("« Quoi ? »", true, true, 5),
        ] as [(String, Bool, Bool, Int)])
    func form(_ text: String, _ holds: Bool, _ ends: Bool, _ tokens: Int) {
        let form = TextForm(text)
        #expect(form.holdsQuestion == holds && form.endsAsQuestion == ends)
        #expect(form.tokens == tokens + TextForm.frame)
    }

    @Test("an endless word is cut, and nothing crashes on any characters")
    func odd() {
        let words = WordReader.words(String(repeating: "a", count: 10_000))
        #expect(words.map(\.utf8.count) == [WordReader.longestWord])
        var generator = RecallSeed(seed: 7)
        for _ in 0..<500 {
            let scalars = (0..<30).compactMap { _ in Unicode.Scalar(UInt32.random(in: 0...0x3_0000, using: &generator))
            }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars)
            let words = WordReader.words(String(text))
            #expect(words.allSatisfy { !$0.isEmpty && $0.utf8.count <= WordReader.longestWord + 12 })
        }
    }

    private static let words = """
        caresses ponies ties caress cats feed agreed plastered bled motoring sing conflated troubled sized hopping \
        tanned falling hissing fizzed failing filing happy sky relational conditional rational valenci digitizer \
        conformabli radicalli differentli vileli analogousli vietnamization predication operator feudalism \
        decisiveness hopefulness callousness formaliti sensitiviti sensibiliti triplicate formative formalize \
        electriciti electrical hopeful goodness revival allowance inference airliner gyroscopic adjustable \
        defensible irritant replacement adjustment dependent adoption homologou communism activate angulariti \
        homologous effective bowdlerize probate rate cease controll roll is ox painting paintings painted
        """
    private static let stems = """
        caress poni ti caress cat feed agre plaster bled motor sing conflat troubl size hop tan fall hiss fizz fail \
        file happi sky relat condit ration valenc digit conform radic differ vile analog vietnam predic oper feudal \
        decis hope callous formal sensit sensibl triplic form formal electr electr hope good reviv allow infer \
        airlin gyroscop adjust defens irrit replac adjust depend adopt homolog commun activ angular homolog effect \
        bowdler probat rate ceas control roll is ox paint paint paint
        """

    @Test(
        "English words come to their stems as in Porter's own vocabulary",
        arguments: zip(words.split(separator: " "), stems.split(separator: " ")))
    func stem(_ word: Substring, _ stem: Substring) {
        var stemmer = PorterStemmer()
        stemmer.word = Array(word.utf8)
        stemmer.stem()
        #expect(String(decoding: stemmer.word, as: UTF8.self) == String(stem))
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014, doi 10.1145/2660193.2660195): the same numbers for the same seed.
struct RecallSeed: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
