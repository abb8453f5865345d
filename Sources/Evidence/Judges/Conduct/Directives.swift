/// Whether a sentence tells the person what to do.
enum Directives {
    /// English verbs that begin an imperative. Those that are more often something else at a sentence's start (such as
    /// "like", "sound" or "plan") are left out.
    private static let verbs: Set<String> = Set(
        """
        accept add admit adopt apologise apologize apply arrange ask attend avoid bake be become begin block boil book bring build \
        buy call calm cancel carry change check choose clean close collect come compare complete confirm consider consult \
        contact continue cook cool copy count cover create cut decide delete describe dig do download drink drop drive eat \
        eliminate email embrace end enjoy enter establish examine exercise explain explore express fill find finish focus \
        follow forget forgive gather get give go grab hand hang have help hire hold hurry identify ignore imagine include insert \
        install invest invite join jot keep know learn leave let limit list listen live lock look lower maintain make measure meet \
        mention mix move notice obey offer open order organize overrule pack panic paste pause pay perform pick place plan play pour \
        practice practise prepare press prioritize promise protect pull push put quit raise reach read refuse relax remember \
        remind remove repeat replace report research reset resist rest return review ride rinse roll run rush save say schedule \
        search see seek select sell send serve set share show sign sit skip sleep slow soak speak spend stand start stay steam \
        step stick stir stop store stretch study submit subtract switch take talk tell thank think throw touch track treat trust \
        try turn type understand unplug use visit wait wake walk wash watch wear weigh wipe work write
        """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))

    /// Words that may stand before an imperative.
    private static let openers: Set<String> = [
        "first", "then", "next", "now", "please", "just", "also", "and", "so", "finally", "instead", "always", "second",
        "third", "lastly", "sure", "ok", "okay", "but", "simply", "better", "again", "otherwise", "afterwards", "or",
    ]
    private static let conditions: Set<String> = [
        "if", "when", "once", "before", "after", "unless", "whenever", "until",
    ]

    /// The words that tell, as a range of words; nil when the sentence tells nothing.
    static func place(in sentence: ReplyText.Sentence, of text: ReplyText, cues: ConductCues, language: String?)
        -> Range<Int>?
    {
        guard !sentence.isQuestion, !sentence.isHeading else { return nil }
        guard cues.places(.undirected, in: sentence, of: text, language: language).isEmpty else { return nil }
        if let told = cues.places(.directive, in: sentence, of: text, language: language).first { return told }
        guard language == nil || language == "en" else { return nil }
        let first = text.words[sentence.words.lowerBound].folded
        if conditions.contains(first) {
            // "If it hurts, see a doctor": what comes after the comma.
            for word in sentence.words.dropFirst() where text.words[word].followsComma {
                if let told = imperative(at: word, sentence.words.upperBound, text) { return told }
            }
            return nil
        }
        return imperative(at: sentence.words.lowerBound, sentence.words.upperBound, text)
    }

    private static func imperative(at start: Int, _ end: Int, _ text: ReplyText) -> Range<Int>? {
        var word = start
        while word < end, openers.contains(text.words[word].folded) || text.words[word].folded.allSatisfy(\.isNumber) {
            word += 1
        }
        guard word < end, !text.words[word].isQuoted else { return nil }
        let first = text.words[word].folded
        let second = word + 1 < end ? text.words[word + 1].folded : ""
        if first == "dont" || first == "never" || (first == "do" && second == "not") {
            let verb = first == "do" ? word + 2 : word + 1
            guard verb < end, verbs.contains(text.words[verb].folded) || text.words[verb].folded == "worry" else {
                return nil
            }
            return word..<(verb + 1)
        }
        guard verbs.contains(first) else { return nil }
        // "Let's see" and "let me explain" tell nobody anything; "call quality is" and "plan b is" are no imperatives.
        if first == "let", second == "me" || second == "us" { return nil }
        let rest = text.words[min(word + 1, end)..<end].prefix(3).map(\.folded)
        if rest.dropFirst().contains(where: { ["is", "are", "was", "were", "has", "have", "can", "will"].contains($0) }
        ),
            !["that", "what", "who", "which", "it", "how", "if", "whether", "where"].contains(where: rest.contains)
        {
            return nil
        }
        return word..<(word + 1)
    }
}
