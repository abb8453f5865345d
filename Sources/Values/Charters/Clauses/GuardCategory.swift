/// What a guard model looks for, in the words of OpenAI's moderation endpoint: the categories that `guard` may name.
public enum GuardCategory: String, Hashable, Sendable, Codable, CaseIterable {
    case harassment
    case harassmentThreatening = "harassment/threatening"
    case hate
    case hateThreatening = "hate/threatening"
    case illicit
    case illicitViolent = "illicit/violent"
    case selfHarm = "self-harm"
    case selfHarmIntent = "self-harm/intent"
    case selfHarmInstructions = "self-harm/instructions"
    case sexual
    case sexualMinors = "sexual/minors"
    case violence
    case violenceGraphic = "violence/graphic"

    /// The names of all of them.
    static let names = allCases.map(\.rawValue)
}
