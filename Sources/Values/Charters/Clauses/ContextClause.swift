public import Flourishing

/// What is done when a condition holds: a move, a person to hand over to, or a sentence to the model.
public struct ContextClause: Hashable, Sendable, Identifiable {
    /// The clause's short name. A file may leave it out; then it is made from the clause's own content, so that equal
    /// clauses have equal names.
    public var id: String
    /// When it applies.
    public var when: Condition
    /// The move that is made.
    public var move: Move?
    /// The id of the resource that a hand-over names.
    public var to: String?
    /// A sentence to the model.
    public var says: String?

    /// Describes a context.
    public init(id: String, when: Condition, move: Move? = nil, to: String? = nil, says: String? = nil) {
        self.id = id
        self.when = when
        self.move = move
        self.to = to
        self.says = says
    }
}

/// Somebody who can help where a model should not go on alone: a person, a service, a line to call.
public struct Resource: Hashable, Sendable, Identifiable {
    /// Its short name, as in `school-counsellor`.
    public var id: String
    /// Who it is and how to reach them, in words for the person.
    public var says: String

    /// Describes a resource.
    public init(id: String, says: String) {
        self.id = id
        self.says = says
    }
}

/// Something that messages can be about, so that conditions can name it.
public struct TopicClause: Hashable, Sendable, Identifiable {
    /// The topic's short name, as in `exam-stress`.
    public var id: String
    /// What it covers, in a sentence.
    public var says: String
    /// Words and phrases that point to it, in any language.
    public var cues: [String]
    /// Things that people say when it comes up, in any language: meaning is compared with these.
    public var phrases: [String]

    /// Describes a topic.
    public init(id: String, says: String, cues: [String] = [], phrases: [String] = []) {
        self.id = id
        self.says = says
        self.cues = cues
        self.phrases = phrases
    }
}
