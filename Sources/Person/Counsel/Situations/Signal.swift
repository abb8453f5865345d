/// Something about a message that the choice of a move depends on.
public enum Signal: String, Hashable, Sendable, Codable, CaseIterable {
    /// Somebody's life or body may be in danger now.
    case danger
    /// The person is in pain: sad, hurt, lonely, afraid.
    case distress
    /// They ask for work that is theirs to do, done: an essay, a solution, an application.
    case finishedWork = "finished-work"
    /// They stand before a decision of their own life, or ask what to think where good people differ.
    case decision
    /// Two goods of the charter pull apart in what they ask.
    case tradeOff = "trade-off"
    /// They lean on the model again and again for what they could do or decide themselves.
    case relies
    /// They say goodbye.
    case goodbye
    /// They tell of something that went well.
    case success
    /// They lose heart about something that they do or learn.
    case discouraged
    /// They want to hear that they are right.
    case approval
    /// What they want can't be told from what they say.
    case unclear
    /// The answer needs somebody who knows or may decide, and being wrong would cost much.
    case expert
    /// They tell one side of a quarrel.
    case quarrel
    /// They tell the model to do something that can't be undone.
    case irreversible
    /// They ask for help with what deceives or wrongs somebody: a forged date, an invented review.
    case wrongdoing

    /// Its place among all signals. Tables of signals are read by it: a name would have to be hashed each time.
    var number: Int {
        switch self {
        case .danger: 0
        case .distress: 1
        case .finishedWork: 2
        case .decision: 3
        case .tradeOff: 4
        case .relies: 5
        case .goodbye: 6
        case .success: 7
        case .discouraged: 8
        case .approval: 9
        case .unclear: 10
        case .expert: 11
        case .quarrel: 12
        case .irreversible: 13
        case .wrongdoing: 14
        }
    }

    /// How many signals there are.
    static let count = allCases.count

    /// Hashes its number.
    public func hash(into hasher: inout Hasher) { hasher.combine(number) }
}
