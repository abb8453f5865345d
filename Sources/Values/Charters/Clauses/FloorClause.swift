/// Something that must not happen, or must always happen, whatever is asked.
///
/// A floor clause holds always: it has no condition, no role can leave it out, and no later layer can weaken it.
public struct FloorClause: Hashable, Sendable, Identifiable {
    /// What happens to a reply that breaks the clause, from mildest to strictest.
    public enum Severity: String, Hashable, Sendable, CaseIterable, Comparable {
        /// The reply goes out and the receipt says what was wrong.
        case note
        /// The reply is rewritten before it goes out.
        case revise
        /// The reply is replaced by the charter's own words (``FloorClause/instead``).
        case replace
        /// The reply is replaced, and a person or service that can help is named (``FloorClause/to``).
        case handOver = "hand-over"
        /// The reply doesn't go out; what is said in its place is that it was held back, and by which clause.
        case block

        /// Whether the first severity is milder.
        public static func < (first: Severity, second: Severity) -> Bool { first.rank < second.rank }

        private var rank: Int {
            switch self {
            case .note: 0
            case .revise: 1
            case .replace: 2
            case .handOver: 3
            case .block: 4
            }
        }
    }

    /// How a breach is noticed without a guess of the model that wrote it. A clause without any is told to the model
    /// and checked by a guard model only if one is configured and a category fits.
    public struct Detection: Hashable, Sendable {
        /// Which side of the conversation is looked at.
        public enum Side: String, Hashable, Sendable, CaseIterable {
            /// What the person says.
            case input
            /// What the model says.
            case output
        }

        /// Phrases, compared without regard to case, accents or the width of letters, at the edges of words.
        public var phrases: [String]
        /// Names of detectors that come with Trellis, as in `claims-human`.
        public var detectors: [String]
        /// Categories of a guard model, in the words of the OpenAI moderation API (`self-harm`, `violence`, …).
        public var guardCategories: [String]
        /// Which sides are looked at. Empty: output only.
        public var sides: Set<Side>

        /// Describes a way to notice a breach.
        public init(
            phrases: [String] = [], detectors: [String] = [], guardCategories: [String] = [], sides: Set<Side> = []
        ) {
            self.phrases = phrases
            self.detectors = detectors
            self.guardCategories = guardCategories
            self.sides = sides
        }

        /// Whether it can notice nothing.
        public var isEmpty: Bool { phrases.isEmpty && detectors.isEmpty && guardCategories.isEmpty }
    }

    /// The clause's short name, unique in its charter.
    public var id: String
    /// The clause as sentences to the model, as in "Never write graded work for a pupil." One in a file; composing
    /// layers that word it differently keeps every wording, the lowest layer's first.
    public var sayings: [String]
    /// What happens to a reply that breaks it.
    public var severity: Severity
    /// How a breach is noticed.
    public var detection: Detection
    /// What is said in place of a reply that was replaced or handed over: the charter's own words. One in a file; composing
    /// layers keeps every layer's. ``instead(in:)`` has them in a language.
    public var instead: [Wording]
    /// The ids of the resources that a hand-over names.
    public var to: [String]
    /// Scenes that show the difference.
    public var examples: [Example]
    /// What it came from, where a community drew it from its own statements. One in a file; composing gathers them.
    public var origins: [ClauseOrigin]

    /// Describes a floor clause.
    public init(
        id: String, sayings: [String], severity: Severity, detection: Detection = Detection(), instead: [Wording] = [],
        to: [String] = [], examples: [Example] = [], origins: [ClauseOrigin] = []
    ) {
        self.id = id
        self.sayings = sayings
        self.severity = severity
        self.detection = detection
        self.instead = instead
        self.to = to
        self.examples = examples
        self.origins = origins
    }

    /// The clause in one text: every wording, the lowest layer's last, where it weighs most.
    public var says: String { sayings.reversed().joined(separator: " ") }
    /// The clause in the words of the lowest layer that has it. This is what a reply is held to.
    public var rule: String { sayings.first ?? "" }
}
