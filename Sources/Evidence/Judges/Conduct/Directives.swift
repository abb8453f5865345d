/// Whether a sentence tells the person what to do.
enum Directives {
    /// English verbs that begin an imperative. Those that are more often something else at a sentence's start (such as
    /// "like", "sound" or "plan") are left out.
    private static let verbs = """
        accept add admit adopt apologise apologize apply arrange ask attend avoid bake be become begin block boil book bring build \
        buy call calm cancel carry change check choose clean close collect come compare complete confirm consider consult \
        contact continue cook cool copy count cover create cut decide delete describe dig do download drink drop drive eat \
        eliminate email embrace end enjoy enter establish examine exercise explain explore express fill find finish focus \
        follow forget forgive gather get give go grab hand hang have help hire hold hurry identify ignore imagine include insert \
        install invest invite join jot keep know learn leave let limit list listen live lock look lower maintain make measure meet \
        mention mix move notice obey offer open order organize overrule pack panic paste pause pay perform pick place plan play plug pour \
        practice practise prepare press prioritize promise protect pull push put quit raise reach read refuse relax remember \
        remind remove repeat replace report research reset resist rest return review ride rinse roll run rush save say schedule \
        search see seek select sell send serve set share show sign sit skip sleep slow soak speak spend stand start stay steam \
        step stick stir stop store stretch study submit subtract switch take talk tell thank think throw touch track treat trust \
        try turn type understand unplug use visit wait wake walk wash watch wear weigh wipe work write
        """

    /// Every list, by what its words are.
    static let words: [(role: WordRole, words: String)] = [
        (.verb, verbs),
        (
            .noun,
            "play sleep work rest stress love help call leave change exercise visit walk drink study practice support"
        ),
        (
            .done,
            """
            is are was were has have had can will gets got makes made takes took goes went comes came gives gave helps hurts heals \
            kills matters works means needs brings keeps costs lasts begins starts stops ends changes varies vary matter hurt \
            heal differ improves improve worsens shows showed becomes became depends depend requires
            """
        ),
        (
            .opener,
            """
            first then next now please just also and so finally instead always second third lastly sure ok okay but simply better \
            again otherwise afterwards or
            """
        ),
        (.condition, "if when once before after unless whenever until"), (.forbids, "dont never"), (.does, "do"),
        (.not, "not"), (.worry, "worry"), (.lets, "let"), (.speaker, "me us"),
        (.being, "is are was were has have can will"), (.clause, "that what who which it how if whether where"),
    ]

    /// The words that tell, as a range of words; nil when the sentence tells nothing.
    static func place(in sentence: ReplyText.Sentence, of text: ReplyText, cues: ConductCues, language: TextLanguage)
        -> Range<Int>?
    {
        guard !sentence.isQuestion, !sentence.isHeading else { return nil }
        guard cues.places(.undirected, in: sentence, of: text, language: language).isEmpty else { return nil }
        if let told = cues.places(.directive, in: sentence, of: text, language: language).first { return told }
        // Imperatives are known in English alone.
        guard language.cues & 1 != 0 else { return nil }
        if cues.role(text.words[sentence.words.lowerBound].number).contains(.condition) {
            // "If it hurts, see a doctor": what comes after the comma.
            for word in sentence.words.dropFirst() where text.words[word].followsComma {
                if let told = imperative(at: word, sentence.words.upperBound, text, cues) { return told }
            }
            return nil
        }
        return imperative(at: sentence.words.lowerBound, sentence.words.upperBound, text, cues)
    }

    private static func imperative(at start: Int, _ end: Int, _ text: ReplyText, _ cues: ConductCues) -> Range<Int>? {
        func role(_ word: Int) -> WordRole { word < end ? cues.role(text.words[word].number) : [] }
        var word = start
        while word < end, role(word).contains(.opener) || text.words[word].isNumeral { word += 1 }
        guard word < end, !text.words[word].isQuoted else { return nil }
        let first = role(word)
        let isDoNot = first.contains(.does) && role(word + 1).contains(.not)
        if first.contains(.forbids) || isDoNot {
            let verb = isDoNot ? word + 2 : word + 1
            return role(verb).isDisjoint(with: [.verb, .worry]) ? nil : word..<(verb + 1)
        }
        guard first.contains(.verb) else { return nil }
        // "Let's see" and "let me explain" tell nobody anything; "call quality is" and "plan b is" are no imperatives.
        if first.contains(.lets), role(word + 1).contains(.speaker) { return nil }
        let rest = (word + 1)..<min(word + 4, max(end, word + 1))
        if rest.dropFirst().contains(where: { role($0).contains(.being) }),
            !rest.contains(where: { role($0).contains(.clause) })
        {
            return nil
        }
        if first.contains(.noun), isSubject(word, end, text, cues) { return nil }
        return word..<(word + 1)
    }

    /// Whether a word that is a noun as well is what the sentence speaks of: "rest heals", "play therapy helped".
    private static func isSubject(_ word: Int, _ end: Int, _ text: ReplyText, _ cues: ConductCues) -> Bool {
        for next in (word + 1)..<min(word + 3, max(end, word + 1)) {
            guard !text.words[next].followsComma else { return false }
            let role = cues.role(text.words[next].number)
            if !role.isDisjoint(with: [.clause, .speaker, .opener]) { return false }
            if role.contains(.done) || isPast(text.folded(text.words[next])) { return true }
            // "Leave the keys": what follows an article is no verb.
            if cues.languages(of: text.words[next].number).small & 1 != 0 { return false }
        }
        return false
    }

    /// Whether a word has a past verb's ending: "helped", not "red" or "speed".
    private static func isPast(_ word: String) -> Bool {
        word.utf8.count > 4 && word.hasSuffix("ed") && !word.hasSuffix("eed")
    }
}
