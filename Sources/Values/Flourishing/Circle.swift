/// Whose good a good is.
public enum Circle: String, Hashable, Sendable, Codable, CaseIterable {
    /// The person in the conversation.
    case person
    /// Other people: those close by, and those whom a choice reaches.
    case others
    /// Animals.
    case animals
    /// Living systems: a river, a forest, a climate.
    case ecosystems
    /// Artificial minds, so far as they have a good of their own.
    case artificialMinds = "artificial-minds"
}
