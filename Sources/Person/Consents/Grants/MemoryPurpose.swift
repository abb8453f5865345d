/// What a person's memory may be used for, each by a grant of its own.
public enum MemoryPurpose: String, Hashable, Sendable, Codable, CaseIterable {
    /// Keeping what the person says.
    case remember
    /// Telling the model what is remembered, to answer this person.
    case useInReplies = "use-in-replies"
    /// Following, for this person, how what they care about goes over time.
    case useForGrowth = "use-for-growth"
    /// Counting it together with other people's, so that nobody can be told from the sum.
    case shareInAggregate = "share-in-aggregate"
}
