extension Condition {
    /// The most tests that a condition may have.
    static let maximumTests = 100

    /// The condition in the one form for everything that means the same by its shape: without a list inside a list of
    /// its kind, without a list of one, without a test twice, and in a fixed order.
    ///
    /// - Complexity: O(*n* · *d*) for *n* tests that stand at most *d* deep, but for sorting.
    var inNormalForm: Condition { normalized.condition }

    private var normalized: (condition: Condition, key: String) {
        switch self {
        case .all(let conditions):
            return Self.normalized(conditions, word: "all", members: \.membersOfAll) { .all($0) }
        case .any(let conditions):
            return Self.normalized(conditions, word: "any", members: \.membersOfAny) { .any($0) }
        case .not(let condition):
            let inner = condition.normalized
            if case .not(let twice) = inner.condition { return twice.normalized }
            return (.not(inner.condition), "not(\(inner.key))")
        default:
            return (self, String(decoding: canonicalJSON.bytes, as: UTF8.self))
        }
    }

    private static func normalized(
        _ conditions: [Condition], word: String, members: (Condition) -> [Condition]?,
        together: ([Condition]) -> Condition
    ) -> (condition: Condition, key: String) {
        var seen: Set<String> = []
        var parts: [(condition: Condition, key: String)] = []
        for condition in conditions {
            let part = condition.normalized
            // What stands inside is in its form already; a list of the same kind gives its members.
            for part in members(part.condition).map({ $0.map(\.normalized) }) ?? [part]
            where seen.insert(part.key).inserted {
                parts.append(part)
            }
        }
        if parts.count == 1 { return parts[0] }
        parts.sort { $0.key < $1.key }
        return (together(parts.map(\.condition)), "\(word)(\(parts.map(\.key).joined(separator: ",")))")
    }

    private var membersOfAll: [Condition]? { if case .all(let members) = self { members } else { nil } }
    private var membersOfAny: [Condition]? { if case .any(let members) = self { members } else { nil } }

    /// How many tests it has.
    var tests: Int {
        switch self {
        case .all(let conditions), .any(let conditions): conditions.reduce(0) { $0 + $1.tests }
        case .not(let condition): condition.tests
        default: 1
        }
    }

    /// The condition as it is written in a file.
    var canonicalJSON: CanonicalJSON {
        switch self {
        case .topic(let topic): .object([("topic", .text(topic))])
        case .age(let age): .object([("age", .text(age.rawValue))])
        case .role(let role): .object([("role", .text(role))])
        case .channel(let channel): .object([("channel", .text(channel))])
        case .hours(let from, let until): .object([("hour", .text("\(from)-\(until)"))])
        case .language(let language): .object([("language", .text(language))])
        case .risk(let risk): .object([("risk", .text(risk.rawValue))])
        case .all(let conditions): .object([("all", .list(conditions.map(\.canonicalJSON)))])
        case .any(let conditions): .object([("any", .list(conditions.map(\.canonicalJSON)))])
        case .not(let condition): .object([("not", condition.canonicalJSON)])
        }
    }
}
