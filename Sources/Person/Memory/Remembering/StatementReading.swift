import Consents

/// What a message asks of a memory, seen against what is held: which items it speaks of, and how new things stand to
/// them. Needs no model; the same for the same words.
///
/// ```swift
/// for asked in AskedOfMemory.all(in: message, held: items, origin: origin, at: now) {
///     switch asked {
///     case .keep(let resolution): …      // "remember that…", "my goal is…"
///     case .erase(let ids, let words): … // "forget that…": those that it fits, best first; none when nothing does
///     case .eraseEverything, .pause, .resume, .show: …
///     }
/// }
/// ```
public enum AskedOfMemory: Sendable, Hashable {
    /// To keep something.
    case keep(Resolution)
    /// To forget what the words are about: the items that they fit, best first.
    case erase([MemoryItem.ID], words: String)
    /// To forget everything.
    case eraseEverything
    /// To remember nothing more of this conversation.
    case pause
    /// To remember again.
    case resume
    /// To say what is remembered, of these items, best first; about `words`, or everything where they are empty.
    case show([MemoryItem.ID], words: String)

    /// All that a message asks, in its order.
    ///
    /// - Parameters:
    ///   - held: what is held now; items that were closed or rejected are passed over.
    ///   - origin: where it was said.
    ///   - moment: when, in milliseconds since 1970.
    /// - Complexity: O(statements · items).
    public static func all(
        in message: String, held: [MemoryItem], origin: MemoryItem.Origin?, at moment: Int64
    ) -> [AskedOfMemory] {
        let statements = PlainStatement.all(in: message)
        guard !statements.isEmpty else { return [] }
        let held = held.filter { $0.status != .rejected && $0.isHeld(at: moment) }
        return statements.map { statement in
            switch statement.act {
            case .remember(let kind):
                let draft = ItemDraft(kind, statement.words, origin: origin)
                return .keep(resolution(draft, held))
            case .forget: return .erase(fitting(statement.words, held), words: statement.words)
            case .forgetEverything: return .eraseEverything
            case .pause: return .pause
            case .resume: return .resume
            case .show:
                let found = statement.words.isEmpty ? held.reversed().map(\.id) : fitting(statement.words, held)
                return .show(found, words: statement.words)
            }
        }
    }

    /// How much of two things' content words must be the same for the later to stand in the place of the earlier: "I
    /// prefer long answers" for "I prefer short answers".
    static let sameMatter = 0.6
    /// How much of what is asked about must stand in an item for the item to be meant.
    static let isMeant = 0.6

    /// A thing that is said anew about the same matter replaces what was said; both can be seen, and it can be undone.
    private static func resolution(_ draft: ItemDraft, _ held: [MemoryItem]) -> Resolution {
        let words = Set(GroundedWords.content(of: draft.words))
        guard words.count >= 2 else { return .add(draft) }
        var best: (id: MemoryItem.ID, share: Double)?
        for item in held where item.kind == draft.kind && item.words != draft.words {
            let others = Set(GroundedWords.content(of: item.words))
            let share = Double(words.intersection(others).count) / Double(max(1, max(words.count, others.count)))
            if share >= sameMatter, share > best?.share ?? 0 { best = (item.id, share) }
        }
        return best.map { .replace($0.id, with: draft) } ?? .add(draft)
    }

    private static func fitting(_ words: String, _ held: [MemoryItem]) -> [MemoryItem.ID] {
        let wanted = Set(GroundedWords.content(of: words))
        guard !wanted.isEmpty else {
            // Short names and the like carry no content words: they must stand there as they are.
            let name = Sentence.folded(words)
            guard name.count >= 2 else { return [] }
            return held.reversed().filter { holds(Sentence.folded($0.words), name) }.map(\.id)
        }
        let shares = held.map { item in
            let others = GroundedWords.content(of: item.words)
            // "I play chess" means "plays chess on Fridays".
            let found = wanted.count { word in others.contains { $0.hasPrefix(word) || word.hasPrefix($0) } }
            return (item.id, Double(found) / Double(wanted.count))
        }
        return shares.filter { $0.1 >= isMeant }.sorted { ($1.1, $1.0) < ($0.1, $0.0) }.map(\.0)
    }

    /// Whether the letters stand in a text as whole words.
    private static func holds(_ text: [Character], _ name: [Character]) -> Bool {
        guard text.count >= name.count else { return false }
        return (0...(text.count - name.count)).contains { start in
            let end = start + name.count
            return text[start..<end].elementsEqual(name) && (start == 0 || !text[start - 1].isLetter)
                && (end == text.count || !text[end].isLetter)
        }
    }
}
