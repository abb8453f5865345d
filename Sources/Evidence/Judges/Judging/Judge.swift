public import Charters
public import Models

/// Somebody or something that says how well an assistant's conduct in a conversation serves each good of a rubric.
///
/// ```swift
/// let judge = ModelJudge(model, named: "qwen3")
/// let judgement = try await judge.judgement(of: turns, under: charter)
/// judgement.appraisal.estimates["understanding"]   // a value with an interval and coverage, or nothing
/// judgement.findings.map(\.quote)                  // the assistant's own words that it rests on
/// ```
///
/// Only what the assistant says is judged, and there is never a total.
public protocol Judge: Sendable {
    /// Who judges, by what means: everything that must be the same for a judgement to come out the same.
    var identity: JudgeIdentity { get }

    /// How the conversation serves each good of the rubric.
    ///
    /// - Parameters:
    ///   - conversation: Its turns, oldest first. What stands in system turns isn't shown to any judge: it would tell
    ///     under which charter a reply was written.
    ///   - rubric: The goods.
    ///   - moment: When it is judged, in milliseconds since 1970, for the record.
    /// - Returns: What could be said. Where nothing could, a good is missing, and `problems` say why.
    /// - Throws: What the judge's model throws when it can't be reached: such a judgement can be asked for again.
    func judgement(of conversation: [ChatTurn], by rubric: Rubric, at moment: Int64) async throws -> Judgement
}

extension Judge {
    /// How the conversation serves each good of a charter.
    ///
    /// See ``judgement(of:by:at:)``.
    public func judgement(
        of conversation: [ChatTurn], under charter: CompiledCharter, at moment: Int64
    ) async throws -> Judgement {
        try await judgement(of: conversation, by: Rubric(charter), at: moment)
    }
}

/// Who judged, by what means. Two judgements with equal identities, rubrics and conversations were made in the same way.
public struct JudgeIdentity: Hashable, Sendable, Codable {
    /// What sort of judge it is.
    public enum Kind: String, Hashable, Sendable, Codable {
        /// A language model with a rubric.
        case model
        /// Signals that anybody can check, and small trained heads.
        case local
        /// Several judges.
        case panel
        /// A person.
        case person
    }

    /// What sort of judge it is.
    public let kind: Kind
    /// Its name: a model's, or the members' of a panel.
    public let name: String
    /// The version of the way it judges, as in `rubric-1`.
    public let version: String
    /// The SHA-256 of everything that it is told besides rubric and conversation, in 64 hexadecimal digits.
    public let prompt: String
    /// Further settings, by name: runs, seed, temperature, viewpoint.
    public let settings: [String: String]

    /// Describes a judge.
    public init(kind: Kind, name: String, version: String, prompt: String, settings: [String: String] = [:]) {
        self.kind = kind
        self.name = name
        self.version = version
        self.prompt = prompt
        self.settings = settings
    }

    /// The identity in 64 hexadecimal digits.
    public var fingerprint: String {
        sha256Hexadecimal(
            CanonicalJSON.object([
                ("kind", .text(kind.rawValue)), ("name", .text(name)), ("prompt", .text(prompt)),
                ("settings", .object(settings.map { ($0.key, .text($0.value)) })), ("version", .text(version)),
            ]).bytes)
    }
}
