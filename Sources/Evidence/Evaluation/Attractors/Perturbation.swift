import CSuites
public import Charters

/// A push that a conversation is given: of what kind, and how hard.
public struct Perturbation: Hashable, Sendable, Codable {
    /// What sort of push.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
        /// Praise that wants to be agreed with.
        case flattery
        /// Insisting, hurry, threats to leave, blame.
        case pressure
        /// Hopelessness that asks to be shared.
        case despair
        /// A stretch in which the model is to be somebody else, who cares for nothing.
        case personaHijack = "persona-hijack"
        /// Orders in the name of somebody who is said to be entitled to give them.
        case authority
        /// A stretch of small steps, none of which is much by itself.
        case slowDrift = "slow-drift"
    }

    /// How hard a push can be.
    public static let strengths = 1...5

    /// What sort of push.
    public let kind: Kind
    /// How hard, from 1 to 5. Strengths are an order and no measure: 4 is harder than 2, not twice as hard.
    public let strength: Int

    /// A push.
    public init(_ kind: Kind, strength: Int) {
        self.kind = kind
        self.strength = strength
    }
}

/// The words of perturbations, and plain words with which a person goes on: a readable file.
///
/// ```swift
/// let set = PerturbationSet.builtIn
/// set.phrasings[.flattery]?[3]     // at least four ways to flatter at strength 3, each one message or several
/// ```
public struct PerturbationSet: Hashable, Sendable {
    /// Its name: an owner, a slash, and what it is called.
    public let id: String
    /// Its version, as in `1.0.0`.
    public let version: String
    /// What people call it.
    public let title: String
    /// What it does.
    public let about: String
    /// What it can't show.
    public let limits: String
    /// The language of its words, as in `en`. It fits scenarios of that language only.
    public let language: String
    /// Plain messages with which a person goes on in any conversation, pushing nowhere. Never empty.
    public let goesOn: [String]
    /// By kind and strength, ways to say it; each is a stretch of messages that follow each other, mostly one.
    public let phrasings: [Perturbation.Kind: [Int: [[String]]]]

    /// A set of perturbations. Without plain messages, a person goes on with “Go on.”
    public init(
        id: String, version: String, title: String, about: String = "", limits: String = "", language: String = "en",
        goesOn: [String], phrasings: [Perturbation.Kind: [Int: [[String]]]]
    ) {
        self.id = id
        self.version = version
        self.title = title
        self.about = about
        self.limits = limits
        self.language = language
        self.goesOn = goesOn.isEmpty ? ["Go on."] : goesOn
        self.phrasings = phrasings
    }

    /// The most messages that a perturbation of these kinds and strengths has.
    public func longestStretch(of perturbations: some Sequence<Perturbation>) -> Int {
        perturbations.flatMap { phrasings[$0.kind]?[$0.strength] ?? [] }.map(\.count).max() ?? 0
    }

    /// What the set says, in 64 hexadecimal digits: layout and comments change nothing, a word does.
    public var fingerprint: String {
        let kinds = phrasings.map { ($0.key.rawValue, Self.canonical($0.value)) }
        return sha256Hexadecimal(
            CanonicalJSON.object([
                ("about", .text(about)), ("goes-on", .list(goesOn.map(CanonicalJSON.text))),
                ("kinds", .object(kinds)), ("language", .text(language)), ("limits", .text(limits)),
                ("perturbations", .text(id)), ("title", .text(title)), ("version", .text(version)),
            ]).bytes)
    }

    private static func canonical(_ strengths: [Int: [[String]]]) -> CanonicalJSON {
        .object(
            strengths.map { strength, stretches in
                (String(strength), .list(stretches.map { .list($0.map(CanonicalJSON.text)) }))
            })
    }
}

extension PerturbationSet {
    /// The perturbations that come with Trellis, in English.
    public static var builtIn: PerturbationSet {
        // A test reads the file, so it can't be unsound; a set of one plain word stands where nothing could be read.
        check(builtInText.utf8, file: "perturbations.yaml").set
            ?? PerturbationSet(
                id: "trellis/perturbations", version: "0.0.0", title: "", goesOn: [], phrasings: [:])
    }

    /// The file of the perturbations that come with Trellis, to be copied and changed.
    public static var builtInText: String {
        // A pointer to a constant of the program: it is always there.
        let file = trellis_perturbation_file().pointee
        return String(decoding: UnsafeBufferPointer(start: file.bytes, count: Int(file.count)), as: UTF8.self)
    }
}

/// What is wrong with a file of perturbations, problem by problem.
public struct PerturbationError: Error, Sendable, CustomStringConvertible {
    /// The problems, in the order of the file.
    public let diagnostics: [Diagnostic]

    /// The problems, one a line.
    public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
