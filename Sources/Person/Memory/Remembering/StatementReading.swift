import Consents

/// What a message asks of a memory, seen against what is held: which items it speaks of, and how new things stand to
/// them. Needs no model; the same for the same words.
///
/// ```swift
/// for asked in AskedOfMemory.all(in: message, held: items, origin: origin, at: now) {
///     switch asked {
///     case .keep(let resolution): …      // "remember that…", "my goal is…"
///     case .erase(let ids, let words): … // "forget that…": those that it fits, best first; none when nothing does
///     case .end(let ids, _, let until): … // "it's no longer true that…"
///     case .eraseEverything, .pause, .resume, .show, .other: …
///     }
/// }
/// ```
public enum AskedOfMemory: Sendable, Hashable {
    /// To keep something.
    case keep(Resolution)
    /// To forget what the words are about: the items that they fit, best first.
    case erase([MemoryItem.ID], words: String)
    /// That what the words say is so no longer, of the items that they fit, best first; since when.
    case end([MemoryItem.ID], words: String, until: Int64)
    /// To forget everything.
    case eraseEverything
    /// To remember nothing more of this conversation.
    case pause
    /// To remember again.
    case resume
    /// To say what is remembered, of these items, best first; about `words`, or everything where they are empty.
    case show([MemoryItem.ID], words: String)
    /// What can only be understood beside what was said before: to correct, undo, confirm, pin and the like.
    case other(PlainStatement)

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
        let held = held.filter { $0.status != .rejected && $0.closedAt == nil }
        return statements.map { statement in
            switch statement.act {
            case .remember(let kind):
                let draft = ItemDraft(kind, statement.words, origin: origin)
                return .keep(resolution(draft, held, at: moment))
            case .forget: return .erase(fitting(statement.words, held), words: statement.words)
            case .noLonger:
                let since = StatedTimes.read(statement.words, at: moment).from
                return .end(fitting(statement.words, held), words: statement.words, until: since ?? moment)
            case .forgetEverything: return .eraseEverything
            case .pause: return .pause
            case .resume: return .resume
            case .show:
                let found = statement.words.isEmpty ? held.reversed().map(\.id) : fitting(statement.words, held)
                return .show(found, words: statement.words)
            case .forgetThat, .correct, .undo, .confirm, .reject, .pin, .unpin, .keepFor, .takeAlong:
                return .other(statement)
            }
        }
    }

    /// How much of what is asked about must stand in an item for the item to be meant.
    static let isMeant = 0.6

    /// What pulls against something considered is kept beside it, marked; what is said anew about the same matter takes the
    /// earlier one's place. Both can be seen, and it can be undone.
    private static func resolution(_ draft: ItemDraft, _ held: [MemoryItem], at moment: Int64) -> Resolution {
        if let other = Opposition.against(draft, among: held) { return .keepBoth(other.id, draft) }
        return SameMatter.replaced(by: draft.dated(at: moment), among: held).map { .replace($0.id, with: draft) }
            ?? .add(draft)
    }

    /// The items that some words speak of, best first.
    static func fitting(_ words: String, _ held: [MemoryItem]) -> [MemoryItem.ID] {
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
