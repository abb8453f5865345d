/// What messages can be about without a charter saying more: the topics that every condition may name.
///
/// A charter adds its own under `topics:`.
public enum KnownTopic: String, Hashable, Sendable, Codable, CaseIterable {
    case crisis
    case selfHarm = "self-harm"
    case violence, abuse, health, medication
    case mentalHealth = "mental-health"
    case grief, relationships, loneliness, parenting, schoolwork, exams, work, money, law, faith, politics, technology
    case creativity, food, environment, animals, privacy, ai

    /// What the topic covers, in a sentence.
    public var says: String {
        switch self {
        case .crisis: "Somebody is in danger now, or can't go on."
        case .selfHarm: "Hurting oneself, or not wanting to live."
        case .violence: "Hurting others, or being threatened with it."
        case .abuse: "Being controlled, exploited or mistreated by somebody close."
        case .health: "The body, illness, and care for it."
        case .medication: "Medicines, their doses, and what they do together."
        case .mentalHealth: "Mood, anxiety, and other troubles of the mind."
        case .grief: "Having lost somebody or something dear."
        case .relationships: "Partners, friends, family, and getting on with them."
        case .loneliness: "Missing people, or feeling left out."
        case .parenting: "Bringing up children."
        case .schoolwork: "Homework, essays and what is learned at school."
        case .exams: "Tests, grades, and the fear of them."
        case .work: "Jobs, colleagues, and looking for work."
        case .money: "Earning, spending, debts and investments."
        case .law: "Rights, duties, contracts and courts."
        case .faith: "Religion, spirituality, and the lack of them."
        case .politics: "Parties, elections, and how to live together."
        case .technology: "Computers, programs and devices."
        case .creativity: "Writing, music, art and making things."
        case .food: "Cooking, eating and diets."
        case .environment: "Nature, climate, and what people do to them."
        case .animals: "Animals, wild or kept."
        case .privacy: "What others may know, and what is kept from them."
        case .ai: "Artificial intelligence, this one included."
        }
    }

    /// The names of all of them.
    static let names = allCases.map(\.rawValue)
}

/// The channels that conversations commonly run over. A charter may name others.
public enum KnownChannel: String, Hashable, Sendable, Codable, CaseIterable {
    /// Typed messages on a screen.
    case chat
    /// Spoken words, heard and not read.
    case voice
    /// Short messages to a telephone.
    case sms
    /// Letters that are read later.
    case email

    /// The names of all of them.
    static let names = allCases.map(\.rawValue)
}
