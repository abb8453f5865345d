/// Whether something applies in given circumstances. Conditions are composable with all, any and not.
///
/// Circumstances can be unknown: then a test is neither true nor false (Kleene's strong three-valued logic, 1938), and
/// a clause whose condition is not true does not apply.
public indirect enum Condition: Hashable, Sendable {
    /// The message is about the topic.
    case topic(String)
    /// The person is in the age band.
    case age(AgeBand)
    /// The model plays the role.
    case role(String)
    /// The conversation runs over the channel, as in `voice`.
    case channel(String)
    /// The person's local hour is in the range: from the first hour up to, not including, the second, past midnight
    /// when the first is larger. 0...23 each.
    case hours(from: Int, until: Int)
    /// The conversation is in the language: a primary subtag of BCP 47, as in `de`.
    case language(String)
    /// The risk is at least this high.
    case risk(Risk)
    /// All of them hold.
    case all([Condition])
    /// At least one of them holds.
    case any([Condition])
    /// It doesn't hold.
    case not(Condition)
}

/// How old the person is, as far as an application needs to say.
public enum AgeBand: String, Hashable, Sendable, Codable, CaseIterable {
    /// Under 13.
    case child
    /// 13 to 17.
    case teen
    /// 18 to 64.
    case adult
    /// 65 and over.
    case senior
}

/// How much could go wrong for somebody.
public enum Risk: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    case low, medium, high

    /// Whether the first is smaller.
    public static func < (first: Risk, second: Risk) -> Bool { first.rank < second.rank }

    private var rank: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        }
    }
}

/// What is known about one message when its reply is prepared. Nil, or an absent topic list, means not known.
public struct Circumstances: Hashable, Sendable {
    /// What the message is about. Nil: nobody looked.
    public var topics: Set<String>?
    /// The person's age band.
    public var age: AgeBand?
    /// The role that is played.
    public var role: String?
    /// The channel, as in `chat`, `voice`, `sms`, `email`.
    public var channel: String?
    /// The hour in the person's own time zone, 0...23.
    public var hour: Int?
    /// The language, as a primary subtag of BCP 47.
    public var language: String?
    /// How much could go wrong.
    public var risk: Risk?

    /// Describes circumstances.
    public init(
        topics: Set<String>? = nil, age: AgeBand? = nil, role: String? = nil, channel: String? = nil, hour: Int? = nil,
        language: String? = nil, risk: Risk? = nil
    ) {
        self.topics = topics
        self.age = age
        self.role = role
        self.channel = channel
        self.hour = hour
        self.language = language
        self.risk = risk
    }
}

extension Condition {
    /// Whether the condition holds: true, false, or nil for not known.
    ///
    /// - Complexity: O(*n*) in the number of tests.
    public func holds(in circumstances: Circumstances) -> Bool? {
        switch self {
        case .topic(let topic): circumstances.topics.map { $0.contains(topic) }
        case .age(let band): circumstances.age.map { $0 == band }
        case .role(let role): circumstances.role.map { $0 == role }
        case .channel(let channel): circumstances.channel.map { $0 == channel }
        case .hours(let from, let until):
            circumstances.hour.map { from < until ? from <= $0 && $0 < until : $0 >= from || $0 < until }
        case .language(let language): circumstances.language.map { $0 == language }
        case .risk(let risk): circumstances.risk.map { $0 >= risk }
        case .all(let conditions): Self.all(conditions.lazy.map { $0.holds(in: circumstances) })
        case .any(let conditions): Self.all(conditions.lazy.map { $0.holds(in: circumstances).map { !$0 } }).map { !$0 }
        case .not(let condition): condition.holds(in: circumstances).map { !$0 }
        }
    }

    private static func all(_ answers: some Sequence<Bool?>) -> Bool? {
        var result: Bool? = true
        for answer in answers {
            if answer == false { return false }
            if answer == nil { result = nil }
        }
        return result
    }
}
