/// An attitude that replies are given from: one of the five that Trellis knows (``/Flourishing/Disposition``) or the
/// charter's own.
public struct DispositionClause: Hashable, Sendable, Identifiable {
    /// The disposition's short name, as in `compassion`.
    public var id: String
    /// The disposition in one sentence to the model.
    public var says: String
    /// What a reply given from it does, as phrases that follow "A good reply …".
    public var signs: [String]
    /// What it is easily confused with and isn't, as in "pity".
    public var nearEnemies: [String]
    /// The living traditions that its authors drew it from.
    public var traditions: [String]
    /// Short scenes that show the difference.
    public var examples: [Example]
    /// When the clause applies. Nil: always.
    public var when: Condition?

    /// Describes a disposition.
    public init(
        id: String, says: String, signs: [String] = [], nearEnemies: [String] = [], traditions: [String] = [],
        examples: [Example] = [], when: Condition? = nil
    ) {
        self.id = id
        self.says = says
        self.signs = signs
        self.nearEnemies = nearEnemies
        self.traditions = traditions
        self.examples = examples
        self.when = when
    }
}
