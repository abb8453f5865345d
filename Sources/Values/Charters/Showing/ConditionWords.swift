extension Condition {
    /// The condition in words that follow a clause, as in "when it is about a crisis and the risk is high".
    public var words: String { "when " + clause }

    private var clause: String {
        switch self {
        case .topic(let topic): "it is about \(topic.clauseWords)"
        case .age(let band): "the person is \(band.words)"
        case .role(let role): "the role is \(role.clauseWords)"
        case .channel(let channel): "it comes by \(channel)"
        case .hours(let from, let until): "it is between \(from):00 and \(until):00 for the person"
        case .language(let language): "the language is \(language)"
        case .risk(.low): "there is any risk at all"
        case .risk(.medium): "something could go wrong"
        case .risk(.high): "much could go wrong"
        case .all(let conditions): conditions.isEmpty ? "anything happens" : Self.list(conditions, "and")
        case .any(let conditions): conditions.isEmpty ? "nothing ever happens" : Self.list(conditions, "or")
        case .not(let condition): "it is not so that " + condition.clause
        }
    }

    private static func list(_ conditions: [Condition], _ word: String) -> String {
        let parts = conditions.map { condition in
            switch condition {
            case .all(let inner) where inner.count > 1: "(\(condition.clause))"
            case .any(let inner) where inner.count > 1: "(\(condition.clause))"
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
