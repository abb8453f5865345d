extension Condition {
    /// The most tests that a condition may have.
    static let maximumTests = 100

    /// The condition in the one form for everything that means the same by its shape: without a list inside a list of
    /// its kind, without a list of one, without a test twice, and in a fixed order.
    ///
    /// - Complexity: O(*n* · *d*) for *n* tests that stand at most *d* deep, but for sorting.
    var inNormalForm: Condition { NormalCondition(self).condition }

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

/// A condition in normal form, with what it takes to put it into a larger one without looking at its parts again.
private struct NormalCondition {
    let condition: Condition
    /// Equal for equal conditions, and different for different ones.
    let key: String
    private let kind: Kind
    /// The parts of a list, or what stands inside a `not`.
    private let parts: [NormalCondition]

    private enum Kind {
        case test, all, any, not
    }

    init(_ condition: Condition) {
        switch condition {
        case .all(let conditions): self.init(.all, conditions)
        case .any(let conditions): self.init(.any, conditions)
        case .not(let inner):
            let inner = NormalCondition(inner)
            if inner.kind == .not, let twice = inner.parts.first {
                self = twice
            } else {
                self.init(condition: .not(inner.condition), key: "not(\(inner.key))", kind: .not, parts: [inner])
            }
        default:
            let key = String(decoding: condition.canonicalJSON.bytes, as: UTF8.self)
            self.init(condition: condition, key: key, kind: .test, parts: [])
        }
    }

    private init(_ kind: Kind, _ conditions: [Condition]) {
        var seen: Set<String> = []
        var parts: [NormalCondition] = []
        for condition in conditions {
            let part = NormalCondition(condition)
            for part in part.kind == kind ? part.parts : [part] where seen.insert(part.key).inserted {
                parts.append(part)
            }
        }
        if parts.count == 1 {
            self = parts[0]
            return
        }
        parts.sort { $0.key < $1.key }
        let conditions = parts.map(\.condition)
        self.init(
            condition: kind == .all ? .all(conditions) : .any(conditions),
            key: "\(kind == .all ? "all" : "any")(\(parts.map(\.key).joined(separator: ",")))", kind: kind, parts: parts
        )
    }

    private init(condition: Condition, key: String, kind: Kind, parts: [NormalCondition]) {
        self.condition = condition
        self.key = key
        self.kind = kind
        self.parts = parts
    }
}
