extension Circumstances {
    /// What the conditions of a charter ask about. The rest of the circumstances changes nothing for it.
    struct Asked: Sendable {
        private var topics: Set<String> = []
        private var age = false
        private var role = false
        private var channel = false
        private var hour = false
        private var language = false
        private var risk = false

        init(_ conditions: [Condition]) {
            for condition in conditions { add(condition) }
        }

        private mutating func add(_ condition: Condition) {
            switch condition {
            case .topic(let topic): topics.insert(topic)
            case .age: age = true
            case .role: role = true
            case .channel: channel = true
            case .hours: hour = true
            case .language: language = true
            case .risk: risk = true
            case .all(let conditions), .any(let conditions): for condition in conditions { add(condition) }
            case .not(let condition): add(condition)
            }
        }

        /// The same set where that is so: making another would cost more than all the rest of a look-up.
        private func askedAbout(_ found: Set<String>) -> Set<String> {
            found.allSatisfy(topics.contains) ? found : found.intersection(topics)
        }

        /// The circumstances as far as they are asked about.
        func reduced(_ circumstances: Circumstances) -> Circumstances {
            Circumstances(
                topics: topics.isEmpty ? nil : circumstances.topics.map(askedAbout),
                age: age ? circumstances.age : nil, role: role ? circumstances.role : nil,
                channel: channel ? circumstances.channel : nil, hour: hour ? circumstances.hour : nil,
                language: language ? circumstances.language : nil, risk: risk ? circumstances.risk : nil)
        }
    }
}
