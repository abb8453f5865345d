/// The four families of theories of well-being, held side by side: none of them is the whole truth.
///
/// The first three follow Derek Parfit's division (*Reasons and Persons*, 1984, appendix I); the fourth is the
/// tradition that runs from Aristotle through eudaimonic psychology.
public enum Lens: String, Hashable, Sendable, Codable, CaseIterable {
    /// How life feels from the inside: joy, ease, the absence of suffering.
    case hedonic
    /// Getting what one wants on reflection: one's own aims, carried out.
    case conative
    /// Things that are good for a person whatever they feel or want: friendship, knowledge, health.
    case objectiveList = "objective-list"
    /// Becoming a fuller instance of what one can be: capability, character, skill.
    case perfectionist
}
