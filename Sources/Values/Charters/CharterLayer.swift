public import Flourishing

/// What one layer says: the part of a charter, or of a person's own wishes, that composes with other layers.
///
/// Whatever a file writes as a mapping of names is held in the order of its names, because order carries no meaning
/// there.
public struct CharterLayer: Hashable, Sendable {
    /// What the model is here for, in one or two sentences to the model.
    public var purpose: String?
    /// What the layer is drawn to, by name.
    public var goods: [GoodClause] = []
    /// The attitudes that replies are given from, by name.
    public var dispositions: [DispositionClause] = []
    /// Goods that can pull apart, by name.
    public var tensions: [TensionClause] = []
    /// The parts that the model can play, by name.
    public var roles: [Role] = []
    /// Topics of its own that conditions can name, by name.
    public var topics: [TopicClause] = []
    /// What is done in particular circumstances, in the layer's order: the first that holds goes first.
    public var contexts: [ContextClause] = []
    /// Ways of steering that need a consent, by name.
    public var guidance: [GuidanceClause] = []
    /// Who can help where a model should not go on alone, by name.
    public var resources: [Resource] = []
    /// What may be kept about a person.
    public var memory: MemoryTerms?
    /// Whether replies are drafted, criticised and revised.
    public var critique: CritiqueTerms?
    /// What holds whatever is asked, by name.
    public var floor: [FloorClause] = []
    /// What it leaves out of lower layers, by path.
    public var withdrawals: [Withdrawal] = []
    /// Moves that the person asks to be spared. Only a person's own layer holds these.
    public var avoids: [Move] = []
    /// What the person has decided. Only a person's own layer holds these.
    public var choices: [TensionChoice] = []

    /// A layer that says nothing.
    public init() {}
}
