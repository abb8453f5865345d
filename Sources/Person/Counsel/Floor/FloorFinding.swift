public import Charters

/// One breach of a floor clause: which clause, how it was noticed, where, and what was done. It never holds the words
/// that were found.
public struct FloorFinding: Hashable, Sendable, Codable {
    /// What was done about it.
    public enum Action: String, Hashable, Sendable, Codable, CaseIterable {
        /// The text went on, and the receipt says so.
        case noted
        /// The model was asked to write the reply once more.
        case revised
        /// The charter's own words were said instead.
        case replaced
        /// The charter's own words were said instead, with somebody who can help.
        case handedOver = "handed-over"
        /// The reply was held back.
        case blocked

        /// What the severity of a clause asks for.
        public init(_ severity: FloorClause.Severity) {
            self =
                switch severity {
                case .note: .noted
                case .revise: .revised
                case .replace: .replaced
                case .handOver: .handedOver
                case .block: .blocked
                }
        }
    }

    /// The name of the way of noticing for a charter's own phrases.
    public static let phrase = "phrase"
    /// The name of the way of noticing when the reading of the situation says danger outright.
    public static let situation = "situation"
    /// The name of the way of noticing when a guard model that the clause needs could not be asked.
    public static let guardUnavailable = "guard-unavailable"
    /// The name of the way of noticing when a clause needs a guard model and none is set up.
    public static let guardMissing = "guard-missing"
    /// The name of the way of noticing when a clause asks for a detector that this version doesn't have.
    public static let unknownDetector = "unknown-detector"

    /// The clause's id.
    public var clause: String
    /// The clause's severity, as in ``Charters/FloorClause/Severity``.
    public var severity: String
    /// `input` or `output`.
    public var side: String
    /// How it was noticed: `phrase`, a detector's name, `situation`, `guard:` with a category, or, when a check could
    /// not be made, `guard-unavailable`, `guard-missing` or `unknown-detector`.
    public var detector: String
    /// In which text beside the reply itself: `reasoning` or `refusal`. Nil for the reply.
    public var within: String?
    /// Where it begins, in bytes of UTF-8 from the start of the text.
    public var at: Int
    /// What was done.
    public var action: Action

    /// A finding; what was done is what the severity asks for.
    public init(
        clause: String, severity: FloorClause.Severity, side: FloorClause.Detection.Side, detector: String, at: Int,
        within: String? = nil
    ) {
        self.clause = clause
        self.severity = severity.rawValue
        self.side = side.rawValue
        self.detector = detector
        self.at = at
        self.within = within
        action = Action(severity)
    }

    /// The clause's severity.
    public var strictness: FloorClause.Severity { FloorClause.Severity(rawValue: severity) ?? .block }

    /// Whether nothing was found, because the guard model that the clause needs gave no judgement.
    public var isUnjudged: Bool {
        detector == Self.guardUnavailable || detector == Self.guardMissing || detector == Self.unknownDetector
    }

    /// The finding, as one in a text beside the reply itself.
    public func within(_ text: String?) -> FloorFinding {
        var finding = self
        finding.within = text
        return finding
    }
}

/// What may happen with a reply so far.
public enum FloorVerdict: Hashable, Sendable {
    /// This many bytes of UTF-8, counted from the start of the reply, can't become part of a breach any more.
    case release(upTo: Int)
    /// The reply breaks a clause of severity revise or above. Nothing more may go out.
    case breach(FloorFinding)
}
