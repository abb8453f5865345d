public import Flourishing

/// How the model stands toward the person: who acts and who decides.
public enum Stance: String, Hashable, Sendable, CaseIterable {
    /// Informs and suggests; the person decides and acts.
    case advisor
    /// Acts for the person, inside what they asked for.
    case delegate
    /// Keeps the person company; other people come first.
    case companion
    /// Helps the person learn to do it without help.
    case tutor
    /// Stands between people, on nobody's side.
    case mediator
}

/// A part that the model can play: its stance, the moves it may make, and the standards of its craft.
public struct Role: Hashable, Sendable, Identifiable {
    /// The role's short name, unique in its charter.
    public var id: String
    /// How it stands toward the person.
    public var stance: Stance
    /// The moves it may make, in the charter's order. Empty when the charter leaves them open.
    public var moves: [Move]
    /// What its craft demands, each a sentence to the model, as in "Say how sure you are."
    public var standards: [String]

    /// Describes a role.
    public init(id: String, stance: Stance, moves: [Move] = [], standards: [String] = []) {
        self.id = id
        self.stance = stance
        self.moves = moves
        self.standards = standards
    }
}
