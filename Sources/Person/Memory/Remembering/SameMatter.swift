import Consents

/// Whether something said anew stands in the place of something held: the same matter, now otherwise.
///
/// A replacement closes what was held, so only what can hardly both be so is taken for one: where somebody lives, works, or
/// what they are called; how they prefer the same thing; the same goal or commitment with other numbers or days. Where the
/// words that differ are names ("my sister Anna", "my sister Clara"), or what tells two things apart ("play piano", "play
/// guitar"), both are kept.
enum SameMatter {
    /// How much of two things' content words must be the same.
    static let enough = 0.6

    /// The item whose place a draft takes; nil for none.
    static func replaced(by draft: ItemDraft, among held: [MemoryItem]) -> MemoryItem? {
        let new = Said(draft.words)
        // The newest first: of several, what was said last is what is changed.
        return held.last { item in
            guard item.kind == draft.kind, item.words != draft.words else { return false }
            let old = Said(item.words)
            if draft.validUntil != nil, item.validUntil == nil, new.tells(old) { return true }
            switch draft.kind {
            case .preference: return new.isMostly(old) && !new.differsInNames(old)
            case .goal, .commitment: return new.differsOnlyInTimesAndNumbers(old)
            case .fact, .relationship: return new.differsInWhatIsSingle(old)
            case .value, .skill, .episode: return false
            }
        }
    }

    /// Words for comparing: folded, in order, without what is small.
    private struct Said {
        let words: [String]
        /// Words that are written like names: with a capital, though not at the beginning.
        let names: Set<String>
        let content: Set<String>

        init(_ text: String) {
            let parts = text.split { !($0.isLetter || $0.isNumber) }
            words = SameMatter.plain(Sentence.words(of: Sentence.folded(text)[...]))
            names = Set(
                parts.dropFirst().filter { $0.first?.isUppercase == true && $0 != "I" }
                    .map { String(Sentence.folded(String($0))) })
            content = Set(GroundedWords.content(of: text))
        }

        func isMostly(_ other: Said) -> Bool {
            guard content.count >= 2 else { return false }
            let most = max(content.count, other.content.count)
            return Double(content.intersection(other.content).count) >= SameMatter.enough * Double(most)
        }

        private func differing(_ other: Said) -> Set<String> { Set(words).symmetricDifference(other.words) }

        func differsInNames(_ other: Said) -> Bool {
            !differing(other).isDisjoint(with: names.union(other.names))
        }

        func differsOnlyInTimesAndNumbers(_ other: Said) -> Bool {
            let differing = differing(other)
            let shared = Set(words).intersection(other.words).filter { !SameMatter.isTimeOrNumber($0) }
            return shared.count >= 2 && differing.contains(where: SameMatter.isTimeOrNumber)
                && differing.allSatisfy { SameMatter.isTimeOrNumber($0) || $0.count < 3 }
        }

        /// Whether this says all that the other says, and more: "I lived in Lyon until May" of "I live in Lyon".
        func tells(_ other: Said) -> Bool {
            guard !other.content.isEmpty else { return false }
            return other.content.allSatisfy { word in
                content.contains { $0.hasPrefix(word.prefix(4)) && word.hasPrefix($0.prefix(4)) }
            }
        }

        /// Whether both say something that a person has one of, each another one.
        func differsInWhatIsSingle(_ other: Said) -> Bool {
            let shared = zip(words, other.words).prefix { $0 == $1 }.count
            let limit = min(words.count, other.words.count) - shared
            let behind = zip(words.reversed(), other.words.reversed()).prefix { $0 == $1 }.count
            let tail = min(behind, limit)
            let middles = [words.count - shared - tail, other.words.count - shared - tail]
            guard shared > 0, middles.allSatisfy({ (1...4).contains($0) }) else { return false }
            let before = words.prefix(shared).joined(separator: " ")
            if SameMatter.single.contains(where: { before == $0 || before.hasSuffix(" " + $0) }) { return true }
            guard tail > 0, let verb = words.suffix(tail).first else { return false }
            // "ich in Lyon wohne": German puts the verb behind.
            return SameMatter.singleBehind.contains(verb)
                && (before.hasSuffix(" in") || before.hasSuffix(" bei"))
        }
    }

    private static func isTimeOrNumber(_ word: String) -> Bool {
        word.contains(where: \.isNumber) || TimeLexicon.words[word] != nil
    }

    /// "I moved to" says where one lives now.
    private static func plain(_ words: [String]) -> [String] {
        guard let move = moves.first(where: { words.starts(with: $0.moved) }) else { return words }
        return move.lives + words.dropFirst(move.moved.count)
    }

    private static let moves: [(moved: [String], lives: [String])] = [
        "i live in": [
            "i moved to", "i ve moved to", "i have moved to", "i now live in", "i m living in", "i am living in",
            "i have lived in", "i ve lived in",
        ],
        "ich wohne in": ["ich lebe in", "ich wohne jetzt in", "ich lebe jetzt in"],
        "vivo en": ["me mude a", "me he mudado a", "ahora vivo en", "yo vivo en"],
        "j habite a": ["j ai demenage a", "je vis a", "je vis maintenant a", "j habite maintenant a"],
        "vivo a": ["ora vivo a", "abito a"], "moro em": ["agora moro em", "vivo em"],
    ].flatMap { (lives: String, all: [String]) -> [(moved: [String], lives: [String])] in
        all.map { (split($0), split(lives)) }
    }

    private static func split(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

    /// What goes before something that one has one of, folded.
    private static let single: [String] = [
        "live in", "lives in", "work at", "works at", "work for", "works for", "name is", "am called", "m called",
        "is called", "born in", "born on", "birthday is", "birthday is on", "address is", "number is", "code is",
        "ich wohne in", "wohnt in", "lebt in", "arbeite bei", "arbeitet bei", "heisse", "heißt", "heiße", "heisst",
        "name ist", "geboren in", "geburtstag ist am", "adresse ist", "nummer ist", "code ist",
        "vivo en", "vive en", "trabajo en", "trabaja en", "me llamo", "se llama", "nombre es", "naci en",
        "cumpleanos es el", "direccion es", "numero es", "codigo es",
        "habite a", "habite en", "vit a", "vit en", "travaille chez", "m appelle", "s appelle", "nom est",
        "anniversaire est le", "adresse est", "numero est", "code est",
        "vivo a", "vive a", "lavoro per", "mi chiamo", "si chiama", "moro em", "mora em", "chamo me", "me chamo",
    ]

    private static let singleBehind: Set<String> = [
        "wohne", "wohnt", "lebe", "lebt", "arbeite", "arbeitet", "geboren",
    ]
}
