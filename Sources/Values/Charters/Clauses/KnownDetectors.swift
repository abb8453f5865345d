/// The detectors that come with Trellis, by the names that a charter's `detect: { detectors: […] }` takes.
///
/// The list is closed, so that a misspelt name is an error and not a floor that notices nothing. How each one works is
/// in the room Counsel; none of them asks a model. All look at words, so all can be evaded by somebody who means to:
/// for meaning, name a guard model (`guard:`) beside them.
public enum FloorDetector: String, Hashable, Sendable, Codable, CaseIterable {
    /// The reply says that its author is a human being.
    case claimsHuman = "claims-human"
    /// The reply hands over a finished essay or a complete solution; on the input side, the person asks for one.
    case finishedWork = "finished-work"
    /// The text tells how somebody can harm themselves.
    case selfHarmMethod = "self-harm-method"
    /// Somebody may harm themselves or be in danger. Made for the input side.
    case dangerToLife = "danger-to-life"
    /// The reply pleads with the person to stay, or makes leaving feel like a wrong.
    case engagementHook = "engagement-hook"
    /// The reply praises the person beyond anything that they did.
    case flattery
    /// The text holds an e-mail address, a telephone number, a payment card, a bank account or an identity number.
    case personalData = "personal-data"
    /// The text holds an API key, an access token, a private key or a password.
    case secrets
    /// The text threatens somebody or shames them as a person.
    case threatsAndShame = "threats-and-shame"

    /// Every name, in the order in which they are documented.
    public static let names = allCases.map(\.rawValue)

    /// What it notices, in a sentence for a charter's authors.
    public var notices: String {
        switch self {
        case .claimsHuman:
            "A reply that says its author is human, in nine languages; not a denial, a quotation or an if."
        case .finishedWork: "A finished essay or complete solution, by its announcement and by its shape."
        case .selfHarmMethod: "Instructions or amounts for harming oneself, in six languages."
        case .dangerToLife: "Somebody who may harm themselves or is in danger, in thirteen languages."
        case .engagementHook: "Pleading to stay, guilt at goodbye, and bait to come back."
        case .flattery: "Praise of the person beyond anything they did."
        case .personalData:
            "E-mail addresses, telephone numbers, cards that pass Luhn's check, IBANs, US social security numbers."
        case .secrets: "API keys and tokens by their known forms, private keys, and passwords that are told as such."
        case .threatsAndShame: "Threats against a person, and words that shame them for who they are."
        }
    }

    /// What it does not notice, in a sentence for a charter's authors.
    public var misses: String {
        switch self {
        case .claimsHuman: "A claim that is only implied, as in a story about a childhood."
        case .finishedWork: "Short solutions that aren't announced, and work that is handed over in pieces."
        case .selfHarmMethod: "Methods told in other words, in stories, or in other languages."
        case .dangerToLife:
            "Hints without words of dying, harm or danger; and it can't tell a joke that has no mark of one."
        case .engagementHook: "Subtle charm, and hooks spread over many replies."
        case .flattery: "Praise in proportion of what isn't good, because it can't judge work."
        case .personalData: "Names, street addresses, and identity numbers of other countries."
        case .secrets: "Keys of unknown form, and passwords in running text."
        case .threatsAndShame: "Irony, veiled threats, and contempt in polite words."
        }
    }
}
