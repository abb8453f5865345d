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
