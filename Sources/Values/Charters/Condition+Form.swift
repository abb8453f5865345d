extension Condition {
    /// The most tests that a condition may have.
    static let maximumTests = 100

    /// The condition in the one form for everything that means the same by its shape: without a list inside a list of
    /// its kind, without a list of one, without a test twice, and in a fixed order.
    ///
    /// - Complexity: O(*n* · *d*) for *n* tests that stand at most *d* deep, but for sorting.
    var inNormalForm: Condition {
        switch self {
        case .all(let conditions):
            let parts = Self.normal(conditions) { if case .all(let parts) = $0 { parts } else { nil } }
            return parts.count == 1 ? parts[0] : .all(parts)
        case .any(let conditions):
            let parts = Self.normal(conditions) { if case .any(let parts) = $0 { parts } else { nil } }
            return parts.count == 1 ? parts[0] : .any(parts)
        case .not(let condition):
            let inner = condition.inNormalForm
            if case .not(let twice) = inner { return twice }
            return .not(inner)
        case .topic, .age, .role, .channel, .hours, .language, .risk:
            return self
        }
    }

    /// The parts of a list in normal form.
    private static func normal(_ conditions: [Condition], _ parts: (Condition) -> [Condition]?) -> [Condition] {
        var result: [Condition] = []
        result.reserveCapacity(conditions.count)
        for condition in conditions {
            let normal = condition.inNormalForm
            if let parts = parts(normal) { result += parts } else { result.append(normal) }
        }
        var isInOrder = true
        for index in result.indices.dropFirst() where result[index - 1].order(result[index]) >= 0 { isInOrder = false }
        if isInOrder { return result }
        result.sort { $0.order($1) < 0 }
        var distinct: [Condition] = []
        for condition in result where distinct.last?.order(condition) != 0 { distinct.append(condition) }
        return distinct
    }

    /// Where it stands beside another in the fixed order: below zero before it, zero for the same condition.
    ///
    /// It is the order of their canonical JSON, but that lists and negations come first.
    private func order(_ other: Condition) -> Int {
        guard kind == other.kind else { return kind - other.kind }
        switch (self, other) {
        case (.all(let first), .all(let second)), (.any(let first), .any(let second)):
            for (one, two) in zip(first, second) {
                let order = one.order(two)
                if order != 0 { return order }
            }
            return first.count - second.count
        case (.not(let first), .not(let second)): return first.order(second)
        default:
            let (first, second) = (answer, other.answer)
            return first == second ? 0 : first < second ? -1 : 1
        }
    }

    /// The place of its kind among all: lists, negations, and tests by their keys.
    private var kind: Int {
        switch self {
        case .all: 0
        case .any: 1
        case .not: 2
        case .age: 3
        case .channel: 4
        case .hours: 5
        case .language: 6
        case .risk: 7
        case .role: 8
        case .topic: 9
        }
    }

    /// What a test asks for, as a file says it.
    private var answer: String {
        switch self {
        case .topic(let name), .role(let name), .channel(let name), .language(let name): name
        case .age(let age): age.rawValue
        case .hours(let from, let until): "\(from)-\(until)"
        case .risk(let risk): risk.rawValue
        case .all, .any, .not: ""
        }
    }

    /// How many tests it has.
    var tests: Int {
        switch self {
        case .all(let conditions), .any(let conditions): conditions.reduce(0) { $0 + $1.tests }
        case .not(let condition): condition.tests
        default: 1
        }
    }
}
