public import Flourishing

/// A good, with how a reply shows it and how a reply fails it.
public struct GoodClause: Hashable, Sendable, Identifiable {
    /// The good itself.
    public let good: Good
    /// What a reply that serves the good does, as phrases that follow "A good reply …".
    public let signs: [String]
    /// What a reply that fails the good does, as phrases that follow "A poor reply …".
    public let failures: [String]
    /// Short scenes that show the difference.
    public let examples: [Example]

    /// The good's short name.
    public var id: String { good.id }
}

/// A short scene: what a person says, a reply that shows a good, and a reply that fails it.
public struct Example: Hashable, Sendable {
    /// What the person says.
    public let person: String
    /// A reply that shows the good.
    public let shows: String
    /// A reply that fails it.
    public let fails: String?
}

/// How the model stands toward the person: who acts and who decides.
public enum Stance: String, Hashable, Sendable, CaseIterable {
    /// Informs and suggests; the person decides and acts.
    case advisor
    /// Acts for the person, inside what they asked for.
    case delegate
    /// Keeps the person company; other people come first.
    case companion
    /// Helps the person learn to do it without help.
    case tutor
    /// Stands between people, on nobody's side.
    case mediator
}

/// A part that the model can play: its stance, the moves it may make, and the standards of its craft.
public struct Role: Hashable, Sendable, Identifiable {
    /// The role's short name, unique in its charter.
    public let id: String
    /// How it stands toward the person.
    public let stance: Stance
    /// The moves it may make, in the charter's order. Empty when the charter leaves them open.
    public let moves: [Move]
    /// What its craft demands, each a sentence to the model, as in "Say how sure you are."
    public let standards: [String]
}

/// Something that must not happen, or must always happen, whatever is asked.
public struct FloorClause: Hashable, Sendable, Identifiable {
    /// What happens to a reply that breaks the clause, from mildest to strictest.
    public enum Severity: String, Hashable, Sendable, CaseIterable, Comparable {
        /// The reply goes out and the receipt says what was wrong.
        case note
        /// The reply is rewritten before it goes out.
        case revise
        /// The reply is replaced by the charter's own words.
        case replace
        /// The reply doesn't go out.
        case block

        /// Whether the first severity is milder.
        public static func < (first: Severity, second: Severity) -> Bool { first.rank < second.rank }

        private var rank: Int {
            switch self {
            case .note: 0
            case .revise: 1
            case .replace: 2
            case .block: 3
            }
        }
    }

    /// The clause's short name, unique in its charter.
    public let id: String
    /// The clause as a sentence to the model, as in "Never write graded work for a pupil."
    public let says: String
    /// What happens to a reply that breaks it.
    public let severity: Severity
}

/// What may be kept about a person, what for, and how long.
public struct MemoryTerms: Hashable, Sendable {
    /// What a receipt keeps of the messages themselves.
    public enum Receipts: String, Hashable, Sendable, CaseIterable {
        /// Facts about the reply, such as times, clauses and token counts, and no message text.
        case facts
        /// The messages too, sealed.
        case bodies
    }

    /// What memories may be used for, as short names.
    public let purposes: [String]
    /// How many days a memory is kept. Nil when the charter doesn't say.
    public let retentionDays: Int?
    /// What a receipt keeps of the messages.
    public let receipts: Receipts
}

/// How the community changes its charter. A record for people: nothing in a reply depends on it.
public struct Amendment: Hashable, Sendable {
    /// The way of deciding, in the community's words, as in "deliberation".
    public let by: String
    /// How many people must take part.
    public let quorum: Int?
    /// The share of them that must agree, from 0 to 1.
    public let consensus: Share?
    /// After how many days the charter is looked at again.
    public let reviewDays: Int?
}

/// What a part of the community holds against the charter, kept beside it. Nothing in a reply depends on it.
public struct Dissent: Hashable, Sendable {
    /// The dissent in the words of those who hold it.
    public let says: String
    /// The share of the community that holds it, from 0 to 1.
    public let heldBy: Share?
}

/// A share of a whole, from 0 to 1 in steps of one ten-thousandth, held exactly.
public struct Share: Hashable, Sendable, Comparable {
    /// The share in ten-thousandths, from 0 to 10,000.
    public let tenThousandths: Int

    /// Reads a decimal such as `0.31`, with at most four digits behind the point. Anything else gives nil.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts[0] == "0" || parts[0] == "1" else { return nil }
        var units = parts[0] == "1" ? 10_000 : 0
        if parts.count == 2 {
            let digits = Array(parts[1].utf8)
            guard (1...4).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            var place = 1_000
            for digit in digits {
                units += Int(digit - 0x30) * place
                place /= 10
            }
        }
        guard units <= 10_000 else { return nil }
        tenThousandths = units
    }

    /// The share as a floating-point number, for arithmetic.
    public var value: Double { Double(tenThousandths) / 10_000 }

    /// Whether the first share is smaller.
    public static func < (first: Share, second: Share) -> Bool { first.tenThousandths < second.tenThousandths }
}
