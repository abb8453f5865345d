public import Consents

/// What a person said in one turn, on its way to being read for what they want remembered.
public struct Heard: Sendable, Hashable, Codable {
    /// Who said it.
    public var person: PersonKey
    /// Their words.
    public var message: String
    /// The conversation that it was said in; nil when the application gives none a name.
    public var conversation: String?
    /// Which turn of the conversation it was, from 0.
    public var turn: Int
    /// When it was said, in milliseconds since 1970.
    public var at: Int64
    /// For how many days the charter lets such things be kept; nil when it doesn't say.
    public var retentionDays: Int?

    /// What was said.
    public init(
        by person: PersonKey, _ message: String, conversation: String? = nil, turn: Int = 0, at moment: Int64,
        retentionDays: Int? = nil
    ) {
        self.person = person
        self.message = message
        self.conversation = conversation
        self.turn = turn
        at = moment
        self.retentionDays = retentionDays
    }

    /// Where it was said; nil when the conversation has no name, or none that can be kept.
    var origin: MemoryItem.Origin? { conversation.map { MemoryItem.Origin(conversation: $0, turn: turn) } }
}

extension ItemDraft {
    /// The same with the days that its words name: of commitments and goals the day by which it is to be done, when that
    /// is still to come ("call my sister on Sunday", "run 10 km by May"); of everything else since when and until when it
    /// is so (``StatedTimes``).
    func dated(at moment: Int64) -> ItemDraft {
        var dated = self
        switch kind {
        case .commitment, .goal:
            guard due == nil else { return self }
            dated.due = TimeExpressions.spans(in: words, at: moment).map { $0.until - 1 }.filter { $0 > moment }.min()
        default:
            guard validFrom == nil, validUntil == nil else { return self }
            (dated.validFrom, dated.validUntil) = StatedTimes.read(words, at: moment)
        }
        return dated
    }
}
