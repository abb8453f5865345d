/// What a remembered item is about. `Memory` calls it `MemoryItem.Kind`; a grant names kinds, so it stands here.
public enum MemoryKind: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    /// What the person wants to stand for: "I want to be patient with my children."
    case value
    /// What the person is working toward: "I want to pass the chemistry exam."
    case goal
    /// What the person said they will do, often by a day: "I'll call my sister on Sunday."
    case commitment
    /// What the person likes or wants for now: "short answers, please".
    case preference
    /// What the person can do without help: "solves linear equations unaided".
    case skill
    /// Who matters to the person, and how: "Nadia is my sister."
    case relationship
    /// What happened: "had the job interview".
    case episode
    /// Anything else that is so: "lives in Lyon".
    case fact

    /// Whether a person holds it on reflection, about what they want to want: values, goals and commitments.
    ///
    /// Second-order desires in Frankfurt's sense ("Freedom of the Will and the Concept of a Person", 1971). They weigh
    /// more than a passing wish when both speak to the same matter; both are shown.
    public var isReflective: Bool {
        switch self {
        case .value, .goal, .commitment: true
        case .preference, .skill, .relationship, .episode, .fact: false
        }
    }

    /// In the order of the cases.
    public static func < (left: MemoryKind, right: MemoryKind) -> Bool { left.number < right.number }

    /// The place among the cases. Kept in sealed records, so a case never changes its place.
    public var number: UInt8 {
        switch self {
        case .value: 0
        case .goal: 1
        case .commitment: 2
        case .preference: 3
        case .skill: 4
        case .relationship: 5
        case .episode: 6
        case .fact: 7
        }
    }
}
