/// Whose consents: a person as one application knows them.
public struct PersonKey: Hashable, Sendable, Codable {
    /// The application's name.
    public var application: String
    /// The person's pseudonym, never their name.
    public var person: String

    /// A person of an application, by their pseudonym.
    public init(application: String, person: String) {
        self.application = application
        self.person = person
    }
}
