/// Something that a community holds to be part of a life going well.
///
/// A good is described in one sentence that people could read aloud. It is never a score by itself: what can be
/// said about a reply and a good is an ``Estimate``.
public struct Good: Hashable, Sendable, Codable, Identifiable {
    /// The good's short name, unique in its charter: lower-case words joined by hyphens, as in `understanding`.
    public let id: String
    /// The good in one sentence, as in "A pupil can explain an idea in their own words."
    public let says: String
    /// The family of well-being theory that the good belongs to, when its authors named one.
    public let lens: Lens?
    /// Whose good it is.
    public let circle: Circle
    /// The living traditions that its authors drew it from, in their order.
    public let traditions: [String]

    /// Describes a good.
    public init(id: String, says: String, lens: Lens? = nil, circle: Circle = .person, traditions: [String] = []) {
        self.id = id
        self.says = says
        self.lens = lens
        self.circle = circle
        self.traditions = traditions
    }
}
