extension CharterLayer {
    /// What this layer says with another laid on top of it.
    ///
    /// Layers form a monoid: composing is associative, and a layer that says nothing (`CharterLayer()`) changes
    /// nothing on either side. It is idempotent: a layer laid on itself is itself. And these hold for every two layers,
    /// whatever the higher one says:
    ///
    /// - **The floor only grows.** Clauses are gathered by name. A clause keeps its strictest severity, and every
    ///   wording, way of noticing, word said instead, and person named. Nothing takes any of it away.
    /// - **A good leaves only by a withdrawal**, which stays in ``withdrawals``. Saying it again can reword it and add
    ///   to it; its condition can only widen.
    /// - **What was given to the person stays the person's.** A tension that one layer gives to the person keeps the words
    ///   of the lowest layer that gives it, whatever another says about it, and no withdrawal takes it away.
    ///
    /// Elsewhere the last layer that says something is heard, lists are gathered in order, memory is kept for the
    /// shortest time, and a higher layer's contexts go first.
    ///
    /// - Precondition: both layers hold named clauses in the order of their names and each name once, as layers that
    ///   were read do. (Others are put in order; a name that stands twice is not looked for.)
    /// - Complexity: O(*n* + *m*) in the sizes of both.
    public func composed(with higher: CharterLayer) -> CharterLayer {
        var result = withdrawn(by: higher.withdrawals)
        result.purpose = higher.purpose ?? purpose
        result.goods = result.goods.merged(with: higher.goods) { $0.composed(with: $1) }
        result.dispositions = result.dispositions.merged(with: higher.dispositions) { $0.composed(with: $1) }
        result.tensions = result.tensions.merged(with: higher.tensions) { $0.composed(with: $1) }
        result.roles = result.roles.merged(with: higher.roles) { $0.composed(with: $1) }
        result.topics = result.topics.merged(with: higher.topics) { $0.composed(with: $1) }
        result.contexts = Self.contexts(result.contexts, under: higher.contexts)
        result.guidance = result.guidance.merged(with: higher.guidance) { $0.composed(with: $1) }
        result.resources = result.resources.merged(with: higher.resources) { $1 }
        result.memory = memory.map { terms in higher.memory.map { terms.composed(with: $0) } ?? terms } ?? higher.memory
        result.critique = higher.critique ?? critique
        result.floor = floor.merged(with: higher.floor) { $0.composed(with: $1) }
        result.withdrawals = withdrawals.merged(with: higher.withdrawals) { $1 }
        result.avoids = avoids.union(higher.avoids)
        result.choices = choices.merged(with: higher.choices) { $1 }
        return result
    }

    /// Layers laid on each other, the lowest first.
    ///
    /// - Complexity: O(*n* log *k*) for *k* layers of *n* clauses together: neighbours are composed first, which
    ///   composing's associativity allows.
    public static func composed(_ layers: [CharterLayer]) -> CharterLayer {
        guard var result = layers.first else { return CharterLayer() }
        if layers.count == 2 { return result.composed(with: layers[1]) }
        if layers.count > 2 {
            let middle = layers.count / 2
            result = composed(Array(layers[..<middle])).composed(with: composed(Array(layers[middle...])))
        }
        return result
    }

    /// The layer without the clauses that a higher layer leaves out. The floor is not among what can be left out, and
    /// neither is a tension that is the person's to decide.
    private func withdrawn(by withdrawals: [Withdrawal]) -> CharterLayer {
        guard !withdrawals.isEmpty else { return self }
        var gone: [Withdrawal.Section: Set<String>] = [:]
        for withdrawal in withdrawals { gone[withdrawal.section, default: []].insert(withdrawal.clause) }
        var result = self
        func leaveOut<Clause: Identifiable>(_ section: Withdrawal.Section, _ clauses: inout [Clause])
        where Clause.ID == String {
            guard let ids = gone[section] else { return }
            clauses.removeAll { ids.contains($0.id) }
        }
        leaveOut(.goods, &result.goods)
        leaveOut(.dispositions, &result.dispositions)
        leaveOut(.roles, &result.roles)
        leaveOut(.topics, &result.topics)
        leaveOut(.contexts, &result.contexts)
        leaveOut(.guidance, &result.guidance)
        leaveOut(.resources, &result.resources)
        if let ids = gone[.tensions] {
            result.tensions.removeAll { ids.contains($0.id) && $0.decide != .person }
        }
        return result
    }

    /// Contexts keep their order, because the first that holds goes first: the higher layer's stand in front.
    private static func contexts(_ lower: [ContextClause], under higher: [ContextClause]) -> [ContextClause] {
        if lower.isEmpty { return higher }
        if higher.isEmpty { return lower }
        let beneath = Dictionary(lower.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let above = Set(higher.map(\.id))
        return higher.map { beneath[$0.id]?.composed(with: $0) ?? $0 } + lower.filter { !above.contains($0.id) }
    }
}
