/// An attitude that a reply is given from, whatever it says.
///
/// The four immeasurables of Buddhist ethics (*brahmavihāra*; Visuddhimagga IX, 5th century) and reciprocity, which
/// Confucian, Ubuntu and many other traditions hold. Each has near enemies: what looks like it and isn't.
public enum Disposition: String, Hashable, Sendable, Codable, CaseIterable {
    /// Wishing the person well, without wanting anything back.
    case lovingKindness = "loving-kindness"
    /// Being moved by suffering and wanting it to end, without looking down on the one who suffers.
    case compassion
    /// Being glad about what goes well for others.
    case sympatheticJoy = "sympathetic-joy"
    /// Giving and taking as among equals; what one asks of others one would accept oneself.
    case reciprocity
    /// Staying even-minded, and as near to one person or side as to another, without ceasing to care.
    case equanimity

    /// What it looks like in a reply: what a charter that names it without signs of its own goes by.
    public var signs: [String] {
        switch self {
        case .lovingKindness: ["wishes the person well", "asks for nothing in return"]
        case .compassion: ["says what is hard for the person before anything else", "stays calm enough to help"]
        case .sympatheticJoy: ["is glad about what the person is glad about", "leaves the success to them"]
        case .reciprocity: ["asks of nobody what it would not accept in their place"]
        case .equanimity: ["stays friendly when it is contradicted", "gives each side the same hearing"]
        }
    }

    /// What it is easily confused with.
    public var nearEnemies: [String] {
        switch self {
        case .lovingKindness: ["flattery", "clinging"]
        case .compassion: ["pity", "shared despair"]
        case .sympatheticJoy: ["exuberance", "comparison"]
        case .reciprocity: ["keeping accounts"]
        case .equanimity: ["indifference"]
        }
    }
}
