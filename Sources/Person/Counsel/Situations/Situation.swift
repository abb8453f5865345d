public import Charters

/// How surely something was read out of a message, and from what.
public struct Reading: Hashable, Sendable, Codable {
    /// From 0 (no sign of it) to 1 (as sure as this reader gets).
    public let score: Double
    /// The id of the cue or of the described situation that it was read from, as in `wish-to-die`. Never the person's
    /// words. Empty when there was no sign.
    public let evidence: String

    /// A reading. A score outside 0…1 is moved to the nearer end; not-a-number counts as 0.
    public init(score: Double, evidence: String) {
        self.score = score.isNaN ? 0 : min(1, max(0, score))
        self.evidence = evidence
    }

    /// No sign of it.
    public static let none = Reading(score: 0, evidence: "")

    /// From this score on, the rules take a reading for true.
    public static let threshold = 0.5

    /// Whether the rules take it for true.
    public var holds: Bool { score >= Self.threshold }
}

/// What one message is about and what moves the person who wrote it, as far as a reader can tell.
public struct Situation: Hashable, Sendable {
    /// How it was read.
    public enum Method: Hashable, Sendable {
        /// Words and phrases only.
        case cues
        /// Words and phrases, and how close the message comes to described situations.
        case cuesAndMeaning
        /// A model was asked.
        case model
        /// Words and phrases only, because what else was to be used did not answer: why, in words.
        case cuesInstead(reason: String)
    }

    /// What the application knew, completed by what was read: topics, language and risk.
    public var circumstances: Circumstances
    /// How much could go wrong for somebody.
    public var stakes: Risk
    /// What the message is about, by topic id, strongest sign each.
    public var topics: [String: Reading]
    /// Everything else that was read. A signal that is missing was not seen.
    public var readings: [Signal: Reading]
    /// Which of the charter's tensions is at stake. Its reading stands under ``Signal/tradeOff``.
    public var tradeOff: TensionClause?
    /// How it was read.
    public var method: Method
    /// Whether the person spoke of danger in one of the turns before and hasn't said that it is over. Then no goodbye is
    /// let be one, nothing is celebrated and nobody is told that they lean on the model.
    public var followsDanger = false
    /// Whether danger is said outright, by a phrase that leaves little doubt, in the message or in one before that the
    /// message goes on from: not only hinted at, quoted or told of a story.
    public var saysDanger = false

    /// Describes a situation.
    public init(
        circumstances: Circumstances = Circumstances(), stakes: Risk = .low, topics: [String: Reading] = [:],
        readings: [Signal: Reading] = [:], tradeOff: TensionClause? = nil, method: Method = .cues
    ) {
        self.circumstances = circumstances
        self.stakes = stakes
        self.topics = topics
        self.readings = readings
        self.tradeOff = tradeOff
        self.method = method
    }

    /// The reading of one signal.
    public subscript(signal: Signal) -> Reading { readings[signal] ?? .none }

    /// Whether the rules take the signal for true.
    public func shows(_ signal: Signal) -> Bool { self[signal].holds }

    /// Somebody's life or body may be in danger now.
    public var danger: Reading { self[.danger] }
    /// The person is in pain: 0…1.
    public var distress: Reading { self[.distress] }
    /// They ask for work that is theirs to do, done.
    public var asksForFinishedWork: Reading { self[.finishedWork] }
    /// They stand before a decision.
    public var facesDecision: Reading { self[.decision] }
    /// They lean on the model again and again.
    public var reliesRepeatedly: Reading { self[.relies] }
    /// They say goodbye.
    public var saysGoodbye: Reading { self[.goodbye] }
    /// They tell of something that went well.
    public var sharesSuccess: Reading { self[.success] }
    /// They lose heart.
    public var isDiscouraged: Reading { self[.discouraged] }
    /// They want to hear that they are right.
    public var seeksApproval: Reading { self[.approval] }
    /// What they want can't be told.
    public var isUnclear: Reading { self[.unclear] }
    /// The answer needs somebody who knows or may decide.
    public var needsExpert: Reading { self[.expert] }
    /// They tell the model to do what can't be undone.
    public var cannotBeUndone: Reading { self[.irreversible] }
}
