public import Charters
public import Flourishing

/// The move that a reply makes, why, and what else was possible.
public struct MoveChoice: Hashable, Sendable {
    /// A move that was possible and wasn't made.
    public struct Alternative: Hashable, Sendable {
        /// The move.
        public let move: Move
        /// Why not, in words.
        public let whyNot: String
    }

    /// The move.
    public let move: Move
    /// Why, in a sentence for the person.
    public let reason: String
    /// The rule that chose it, as in `danger` or `contexts/late-cramming`.
    public let rule: String
    /// What else was possible, and why it wasn't chosen.
    public let alternatives: [Alternative]
    /// The tension that the reply lays out, if one is at stake.
    public let tension: TensionClause?
    /// The ids of the guidance that speaks: only of those with a live consent.
    public let guidance: [String]
    /// The ids of the resources that are named.
    public let resources: [String]
    /// The id of the context that chose the move, if one did.
    public let context: String?
    /// What the model is told about the move. Nil for a plain answer.
    public let sentence: String?
}
