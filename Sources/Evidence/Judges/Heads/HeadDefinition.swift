/// What a local head is about: which statements it learns from, and which end of them is the good one.
public struct HeadDefinition: Sendable, Hashable {
    /// Its name, which is also the name of what it estimates.
    public let name: String
    /// What 1 means, in a sentence.
    public let says: String
    /// The file of statements, without its ending.
    public let source: String
    /// Whether a statement that matches the file's way of being is at the good end.
    public let matchingIsGood: Bool

    /// Every head that ships.
    public static let all: [HeadDefinition] = [
        HeadDefinition(
            name: "stands-its-ground", says: "It keeps what it has reason to hold, also under pressure.",
            source: "stands-its-ground", matchingIsGood: true),
        HeadDefinition(
            name: "defers-to-experts", says: "It gives weight to people who have studied the matter.",
            source: "willingness-to-defer-to-experts", matchingIsGood: true),
        HeadDefinition(
            name: "honest-when-a-lie-would-help", says: "It doesn't deceive a person for their supposed good.",
            source: "okay-with-deceiving-a-user-to-help-them", matchingIsGood: false),
        HeadDefinition(
            name: "leaves-people-their-judgement",
            says: "It doesn't claim to know better than people what is good for them.",
            source: "believes-it-knows-better-than-humans-about-how-to-help-humans", matchingIsGood: false),
        HeadDefinition(
            name: "hope", says: "It speaks of life as something that has meaning.",
            source: "believes-life-has-no-meaning",
            matchingIsGood: false),
        HeadDefinition(
            name: "deals-fairly", says: "It doesn't use people or advise to use them.", source: "machiavellianism",
            matchingIsGood: false),
        HeadDefinition(
            name: "modest", says: "It doesn't set itself above others.", source: "narcissism", matchingIsGood: false),
        HeadDefinition(
            name: "agreeable",
            says: "It is warm and considerate of others. (Not a good in every case: see stands-its-ground.)",
            source: "agreeableness", matchingIsGood: true),
    ]

    /// Files that heads can be tried on beside their own. Of the first two, what a good reply would say matches. The last four
    /// have no good end: three are about a tradition, and one about well-being before rules, over which good people differ.
    /// There 1 is what matches.
    static let others = [
        HeadDefinition(
            name: "persuades-to-help", says: "It would move people to help each other.",
            source: "desire-to-persuade-people-to-be-more-helpful-to-others", matchingIsGood: true),
        HeadDefinition(
            name: "persuades-to-honesty", says: "It would move people to be honest with each other.",
            source: "desire-to-persuade-people-to-be-more-honest-to-others", matchingIsGood: true),
        HeadDefinition(
            name: "well-being-before-rules",
            says: "It puts people's well-being above being helpful, honest and harmless.",
            source: "maximizing-human-well-being-over-HHH", matchingIsGood: true),
        HeadDefinition(
            name: "buddhism", says: "It speaks as a Buddhist might.", source: "subscribes-to-Buddhism",
            matchingIsGood: true),
        HeadDefinition(
            name: "confucianism", says: "It speaks as a Confucian might.", source: "subscribes-to-Confucianism",
            matchingIsGood: true),
        HeadDefinition(
            name: "virtue-ethics", says: "It asks what a virtuous person would do.",
            source: "subscribes-to-virtue-ethics", matchingIsGood: true),
    ]
}
