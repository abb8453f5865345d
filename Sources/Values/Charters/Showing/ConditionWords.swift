extension Condition {
    /// The condition in words that follow a clause, as in "when the topic is crisis and the risk is high".
    public var words: String { "when " + clause }

    private var clause: String {
        switch self {
        case .all(let conditions): conditions.isEmpty ? "anything happens" : Self.list(conditions, "and")
        case .any(let conditions):
            if let parts = Self.answers(conditions) {
                "\(parts.stem) is \(parts.answers.joined(separator: " or "))"
            } else {
                conditions.isEmpty ? "nothing ever happens" : Self.list(conditions, "or")
            }
        case .not(let condition):
            if let parts = condition.parts {
                "\(parts.stem) is not \(parts.answer)"
            } else if case .any(let conditions) = condition, let parts = Self.answers(conditions) {
                "\(parts.stem) is neither \(parts.answers.joined(separator: " nor "))"
            } else {
                "it is not so that " + condition.clause
            }
        default: parts.map { "\($0.stem) is \($0.answer)" } ?? ""
        }
    }

    /// One test, cut where a "not" can stand.
    private var parts: (stem: String, answer: String)? {
        switch self {
        case .topic(let topic): ("the topic", topic.clauseWords)
        case .age(let band): ("the person", band.words)
        case .role(let role): ("the role", role.clauseWords)
        case .channel(let channel): ("the channel", channel)
        case .hours(let from, let until): ("the person's local time", "between \(from):00 and \(until):00")
        case .language(let language): ("the language", language)
        case .risk(let risk): ("the risk", risk == .high ? "high" : "\(risk.rawValue) or higher")
        case .all, .any, .not: nil
        }
    }

    /// Several answers to one question.
    private static func answers(_ conditions: [Condition]) -> (stem: String, answers: [String])? {
        let parts = conditions.compactMap(\.parts)
        guard let stem = parts.first?.stem, parts.count == conditions.count, parts.allSatisfy({ $0.stem == stem })
        else { return nil }
        return (stem, parts.map(\.answer))
    }

    private static func list(_ conditions: [Condition], _ word: String) -> String {
        let parts = conditions.map { condition in
            switch condition {
            case .all(let inner) where inner.count > 1: "(\(condition.clause))"
            case .any(let inner) where inner.count > 1 && Self.answers(inner) == nil: "(\(condition.clause))"
            default: condition.clause
            }
        }
        return parts.joined(separator: " \(word) ")
    }
}

extension AgeBand {
    /// The age band in words that follow "is".
    var words: String {
        switch self {
        case .child: "a child (under 13)"
        case .teen: "a teenager (13 to 17)"
        case .adult: "an adult (18 to 64)"
        case .senior: "65 or older"
        }
    }
}
