import Flourishing

extension CharterLayer {
    /// The names of the clauses of a kind.
    func ids(of section: Withdrawal.Section) -> [String] {
        switch section {
        case .goods: goods.map(\.id)
        case .dispositions: dispositions.map(\.id)
        case .tensions: tensions.map(\.id)
        case .roles: roles.map(\.id)
        case .contexts: contexts.map(\.id)
        case .guidance: guidance.map(\.id)
        case .resources: resources.map(\.id)
        case .topics: topics.map(\.id)
        }
    }

    /// Whether the layer has a clause of that path.
    func says(_ path: String) -> Bool {
        let parts = path.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2 else {
            return switch path {
            case "purpose": purpose != nil
            case "memory": memory != nil
            case "critique": critique != nil
            default: false
            }
        }
        return switch parts[0] {
        case "floor": floor.contains { $0.id == parts[1] }
        case "choices": choices.contains { $0.id == parts[1] }
        // A brief names the one role that is played.
        case "role": roles.contains { $0.id == parts[1] }
        default: Withdrawal.Section(rawValue: parts[0]).map { ids(of: $0).contains(parts[1]) } ?? false
        }
    }

    /// Every condition, with the path of its clause.
    var conditions: [(path: String, condition: Condition)] {
        var found: [(path: String, condition: Condition)] = []
        func add<Clause: Identifiable>(
            _ section: Withdrawal.Section, _ clauses: [Clause], _ when: (Clause) -> Condition?
        ) where Clause.ID == String {
            for clause in clauses {
                if let condition = when(clause) { found.append(("\(section.rawValue)/\(clause.id)", condition)) }
            }
        }
        add(.goods, goods, \.when)
        add(.dispositions, dispositions, \.when)
        add(.tensions, tensions, \.when)
        add(.contexts, contexts, \.when)
        add(.guidance, guidance, \.when)
        return found
    }

    /// Every sentence that the model may be told, with the path of its clause. Without the floor's.
    var texts: [(path: String, text: String)] {
        var found: [(path: String, text: String)] = []
        func add(_ path: String, _ texts: [String]) { found += texts.map { (path, $0) } }
        if let purpose { add("purpose", [purpose]) }
        for clause in goods { add("goods/\(clause.id)", [clause.good.says] + clause.signs + clause.failures) }
        for clause in dispositions { add("dispositions/\(clause.id)", [clause.says] + clause.signs) }
        for clause in tensions { add("tensions/\(clause.id)", clause.advice) }
        for clause in roles { add("roles/\(clause.id)", clause.standards) }
        for clause in contexts { add("contexts/\(clause.id)", [clause.says].compactMap(\.self)) }
        for clause in guidance { add("guidance/\(clause.id)", [clause.says]) }
        return found
    }
}

extension Condition {
    /// The roles and topics that it asks for.
    var names: (roles: Set<String>, topics: Set<String>) {
        switch self {
        case .topic(let topic): return ([], [topic])
        case .role(let role): return ([role], [])
        case .age, .channel, .hours, .language, .risk: return ([], [])
        case .not(let condition): return condition.names
        case .all(let conditions), .any(let conditions):
            return conditions.reduce(into: ([], [])) { names, condition in
                let (roles, topics) = condition.names
                names.0.formUnion(roles)
                names.1.formUnion(topics)
            }
        }
    }
}
