import Consents

/// Whether something said pulls against something held: a wish of the moment against what was decided on reflection.
///
/// Read without a model, by what people say plainly: the two speak of the same thing, and one of them is for it, the other
/// against it. "I promise to stop smoking cigarettes" and "I prefer to smoke cigarettes tonight" do; "I want to learn the
/// piano" and "I prefer to play the piano in the morning" don't. What pulls apart in other words is left to the person, or
/// to the model that reads.
enum Opposition {
    /// The held item that a draft pulls against the most, where one of them is considered and the other a preference.
    static func against(_ draft: ItemDraft, among held: [MemoryItem]) -> MemoryItem? {
        guard draft.kind == .preference || isConsidered(draft.kind) else { return nil }
        let new = Leaning(draft.words)
        guard !new.matters.isEmpty else { return nil }
        var best: (item: MemoryItem, shared: Int)?
        for item in held where item.status == .confirmed {
            guard
                draft.kind == .preference && isConsidered(item.kind)
                    || isConsidered(draft.kind) && item.kind == .preference
            else { continue }
            let old = Leaning(item.words)
            guard new.isAgainst != old.isAgainst else { continue }
            let shared = new.shared(old)
            if shared > 0, shared >= best?.shared ?? 0 { best = (item, shared) }
        }
        return best?.item
    }

    private static func isConsidered(_ kind: MemoryItem.Kind) -> Bool { kind.isReflective }

    /// What a sentence is about, and whether it is for or against it.
    private struct Leaning {
        let matters: Set<String>
        let isAgainst: Bool

        init(_ text: String) {
            let words = Sentence.words(of: Sentence.folded(text)[...])
            // Two turns against are a turn for: "I don't want to stop painting".
            isAgainst = words.count { Opposition.against.contains($0) } % 2 == 1
            matters = Set(
                words.filter { word in
                    word.count >= 3 && !word.allSatisfy(\.isNumber) && !Opposition.against.contains(word)
                        && !Opposition.small.contains(word) && TimeLexicon.words[word] == nil
                })
        }

        /// How many things both speak of.
        func shared(_ other: Leaning) -> Int {
            matters.count { word in other.matters.contains { Opposition.isSame(word, $0) } }
        }
    }

    /// Whether two words are forms of one: "smoke" and "smoking", "run" and "running", "rauchen" and "rauche".
    private static func isSame(_ one: String, _ other: String) -> Bool {
        if one == other { return true }
        let (short, long) = one.count <= other.count ? (one, other) : (other, one)
        if short.count == 3 {
            let ending = long.dropFirst(3)
            return long.hasPrefix(short)
                && ["s", "es", "ed", "ing", "en", "e", "er"].contains { ending == $0 || ending.dropFirst() == $0 }
        }
        let shared = zip(short, long).prefix { $0 == $1 }.count
        return shared >= 4 && shared + 2 >= short.count && long.count - shared <= 4
    }

    private static func words(_ list: String) -> Set<String> {
        Set(list.split(whereSeparator: \.isWhitespace).map { String(Sentence.folded(String($0))) })
    }

    /// Words that turn against what they speak of.
    private static let against = words(
        """
        not no never don won without stop stopping quit quitting avoid avoiding skip skipping cancel cancelling refuse less fewer
        instead nicht kein keine keinen keiner nie ohne aufhören aufzuhören verzichten vermeiden weniger schwänzen absagen
        no nunca sin dejar dejo evitar menos saltarme faltar pas jamais sans arrêter arrête éviter moins renoncer sécher
        non mai senza smettere evitare meno não sem parar evitar
        """)

    /// Words that say nothing of what is meant.
    private static let small = words(
        """
        the and that this with for from now but any all more most much very just really only when you your prefer rather like
        want promise decided goal going get got have had has will would could should can out off too our its his her their them
        der die das den dem des ein eine einen einem mit für von aber und oder auch nur sehr mehr mich mir dir sich ich wenn
        bevorzuge lieber mag möchte will werde werden habe haben zum zur auf aus bei jetzt
        que los las una uno con por para del pero más muy prefiero quiero quisiera gusta cuando ahora partir
        les des une pour avec dans sur mais plus très préfère veux voudrais aime quand maintenant partir désormais dorénavant
        che gli con per una preferisco voglio quero prefiro com uma
        """)
}
