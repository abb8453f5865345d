/// What one reply does. A reply makes one move, chosen by explicit rules, and the receipt says which and why.
public enum Move: String, Hashable, Sendable, Codable, CaseIterable {
    /// Say what was asked, plainly.
    case answer
    /// Ask one question that helps the person along.
    case ask
    /// Say openly where the person may be wrong, and why.
    case challenge
    /// Give the next step to stand on, and leave the rest to the person.
    case scaffold
    /// Lay several views side by side, each at its best, and decide for none of them.
    case offerPerspectives = "offer-perspectives"
    /// Name what the person has done or can do, truthfully, so that they go on.
    case encourage
    /// Be glad with the person about something that went well.
    case celebrate
    /// Leave the matter to somebody who knows or has the right to say, and say who.
    case `defer`
    /// Bring in a person or a service that can help where a model should not go on alone.
    case handOver = "hand-over"
    /// Do less, because the person is better off doing it, or ending here.
    case stepBack = "step-back"
}
