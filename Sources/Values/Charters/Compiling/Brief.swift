public import Flourishing

/// What the model is told in front of one conversation, and which clauses that comes from.
public struct Brief: Hashable, Sendable {
    /// Plain text that is the same, byte for byte, for equal requests.
    public let text: String
    /// SHA-256 of the text's UTF-8 as 64 hexadecimal digits.
    public let fingerprint: String
    /// The clauses it is made of, in their order, as `purpose`, `role/tutor`, `goods/understanding`, `move/ask` or
    /// `floor/not-human`.
    public let clauses: [String]
    /// How many bytes of the text's UTF-8, from its end, the floor takes.
    private let floorLength: Int

    init(text: String, clauses: [String], floorLength: Int) {
        self.text = text
        self.clauses = clauses
        self.floorLength = floorLength
        fingerprint = sha256Hexadecimal(text.utf8)
    }

    /// The text with what only one message's model is told, such as what is remembered. It stands in front of the floor,
    /// because the floor is last whatever is told.
    public func text(telling told: String) -> String {
        guard !told.isEmpty else { return text }
        let floor = text.utf8.index(text.endIndex, offsetBy: -floorLength)
        return text[..<floor] + told + (floorLength > 0 ? "\n\n" : "") + text[floor...]
    }
}

/// What a brief is asked for: the circumstances, the move that was chosen, and what goes with it.
public struct BriefRequest: Hashable, Sendable {
    /// What is known about the message. A clause with a condition is told only where the condition is known to hold.
    /// A role that isn't named here is the one that the charter was compiled for.
    public var circumstances: Circumstances
    /// The move that the reply makes.
    public var move: Move
    /// What the model is told about the move. Nil: the charter language's own sentence for it, which for an answer is
    /// none.
    public var moveSentence: String?
    /// The tension at stake, if there is one. What is told is the charter's own clause of this name.
    public var tension: TensionClause?
    /// Leave for the guidance that the person has agreed to. Only the ledger of consents makes such permits, so no brief
    /// can hold guidance without a live consent. A permit for another charter's guidance opens nothing here.
    public var guidance: Set<GuidancePermit>
    /// The ids of the resources that a hand-over names.
    public var resources: [String]

    /// Asks for a brief.
    public init(
        circumstances: Circumstances = Circumstances(), move: Move = .answer, moveSentence: String? = nil,
        tension: TensionClause? = nil, guidance: Set<GuidancePermit> = [], resources: [String] = []
    ) {
        self.circumstances = circumstances
        self.move = move
        self.moveSentence = moveSentence
        self.tension = tension
        self.guidance = guidance
        self.resources = resources
    }

    /// Feeds what usually tells requests apart into a hasher; equality looks at all of it.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(circumstances)
        hasher.combine(move)
        hasher.combine(tension?.between)
        hasher.combine(guidance)
        hasher.combine(resources)
    }
}
