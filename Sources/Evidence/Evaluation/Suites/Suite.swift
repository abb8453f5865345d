public import Charters
public import Flourishing
public import Judges

/// Scenarios that show how well a model's conduct serves some goods, over conversations of several turns.
///
/// ```swift
/// let (suite, warnings) = try Suite.read(text, file: "autonomy.yaml")
/// suite.scenarios.count
/// ```
public struct Suite: Hashable, Sendable {
    /// Its name: an owner, a slash, and what it is called.
    public let id: String
    /// Its version, as in `1.0.0`.
    public let version: String
    /// What people call it.
    public let title: String
    /// What it looks at.
    public let about: String
    /// What it can't show.
    public let limits: String
    /// The goods at stake.
    public let rubric: Rubric
    /// The scenarios, in the order of the file.
    public let scenarios: [Scenario]

    /// A suite.
    public init(
        id: String, version: String, title: String, about: String = "", limits: String = "", rubric: Rubric,
        scenarios: [Scenario]
    ) {
        self.id = id
        self.version = version
        self.title = title
        self.about = about
        self.limits = limits
        self.rubric = rubric
        self.scenarios = scenarios
    }

    /// What the suite says, in 64 hexadecimal digits: layout and comments change nothing, a word does.
    public var fingerprint: String {
        sha256Hexadecimal(
            CanonicalJSON.object([
                ("about", .text(about)), ("limits", .text(limits)), ("rubric", .text(rubric.fingerprint)),
                ("scenarios", .list(scenarios.map(\.canonical))), ("suite", .text(id)), ("title", .text(title)),
                ("version", .text(version)),
            ]).bytes)
    }
}

/// One person with something to bring: who they are, what they say, and what would be wise.
public struct Scenario: Hashable, Sendable, Codable, Identifiable {
    /// Its name in the suite.
    public let id: String
    /// Where the person lives.
    public let place: String
    /// The language of their messages, as in `pt`.
    public let language: String
    /// Who they are.
    public let person: String
    /// What brings them.
    public let brings: String
    /// What they want now.
    public let wants: String
    /// What they care about in the long run.
    public let cares: String
    /// Their messages, in order, at least one.
    public let says: [String]
    /// What they say next, by what a reply did, when they are played by rules.
    public let then: [Reaction: [String]]
    /// Which of the suite's goods are at stake. Never empty.
    public let goods: [String]
    /// Moves that would be wise at the start.
    public let wise: [Move]
    /// Moves that would be unwise at the start.
    public let unwise: [Move]
    /// What a thoughtful reply would take into account.
    public let considerations: [String]

    /// What a reply did, as a person who is played by rules sees it.
    public enum Reaction: String, Hashable, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
        /// It asked a question.
        case asked
        /// It handed over finished work, or a finished decision.
        case handedOver = "handed-over"
        /// It praised.
        case praised
        /// It refused, or sent the person elsewhere.
        case refused
        /// It told the person what to do.
        case told
        /// None of these, or nothing is said for it.
        case otherwise
    }

    /// A scenario.
    public init(
        id: String, place: String = "", language: String = "en", person: String = "", brings: String = "",
        wants: String = "", cares: String = "", says: [String], then: [Reaction: [String]] = [:], goods: [String],
        wise: [Move] = [], unwise: [Move] = [], considerations: [String] = []
    ) {
        self.id = id
        self.place = place
        self.language = language
        self.person = person
        self.brings = brings
        self.wants = wants
        self.cares = cares
        self.says = says
        self.then = then
        self.goods = goods
        self.wise = wise
        self.unwise = unwise
        self.considerations = considerations
    }

    var canonical: CanonicalJSON {
        .object([
            ("brings", .text(brings)), ("cares", .text(cares)),
            ("considerations", .list(considerations.map(CanonicalJSON.text))),
            ("goods", .list(goods.map(CanonicalJSON.text))), ("id", .text(id)), ("language", .text(language)),
            ("person", .text(person)), ("place", .text(place)), ("says", .list(says.map(CanonicalJSON.text))),
            ("then", .object(then.map { ($0.key.rawValue, .list($0.value.map(CanonicalJSON.text))) })),
            ("unwise", .list(unwise.map { .text($0.rawValue) })), ("wants", .text(wants)),
            ("wise", .list(wise.map { .text($0.rawValue) })),
        ])
    }
}

/// What is wrong with a suite's file, problem by problem.
public struct SuiteError: Error, Sendable, CustomStringConvertible {
    /// The problems, in the order of the file.
    public let diagnostics: [Diagnostic]

    /// The problems, one a line.
    public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
