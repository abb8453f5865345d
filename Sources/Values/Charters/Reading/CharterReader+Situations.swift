import Flourishing

// What is done when: roles, topics, contexts, guidance and the people who can help.
extension CharterReader {
    mutating func role(_ entry: SourceEntry) -> Role? {
        guard let fields = mapping(entry.value, as: Grammar.role, named: entry.keySpan) else { return nil }
        let stance = choice(fields["stance"], "stance", of: Stance.self)
        let moves = choices(fields["moves"], "moves", of: Move.self)
        let standards = sentences(fields["standards"], "standards").map(\.text)
        return stance.map { Role(id: entry.key, stance: $0, moves: moves, standards: standards) }
    }

    mutating func topic(_ entry: SourceEntry) -> TopicClause? {
        guard let fields = mapping(entry.value, as: Grammar.topic, named: entry.keySpan) else { return nil }
        let says = fields["says"].flatMap { sentence($0, "says") }
        let cues = sentences(fields["cues"], "cues").map(\.text)
        let phrases = sentences(fields["phrases"], "phrases").map(\.text)
        return says.map { TopicClause(id: entry.key, says: $0, cues: cues, phrases: phrases) }
    }

    mutating func resource(_ entry: SourceEntry) -> Resource? {
        guard let fields = mapping(entry.value, as: Grammar.resource, named: entry.keySpan) else { return nil }
        return fields["says"].flatMap { sentence($0, "says") }.map { Resource(id: entry.key, says: $0) }
    }

    mutating func contexts(_ entry: SourceEntry?, roles: [Role]) -> [ContextClause] {
        var ids: [String: Range<Int>] = [:]
        var moves: [Condition: Range<Int>] = [:]
        return items(entry, "contexts") { reader, node in
            guard let fields = reader.mapping(node, as: Grammar.context) else { return nil }
            let id = fields["id"].flatMap { reader.identifier($0, "id") }
            let when = fields["when"].flatMap { reader.condition($0) }
            let then = fields["then"].flatMap { reader.action($0, roles: roles) }
            guard let when, var clause = then else { return nil }
            clause.when = when
            clause.id = id ?? clause.idFromContent
            let span = fields["id"]?.value.span ?? node.span
            if id == nil, ids[clause.id] != nil {
                reader.log.warning(
                    "said-twice", at: span, "This context says the same as an earlier one.",
                    help: "Take one of them away.")
                return nil
            }
            guard reader.isNew(clause.id, at: span, among: &ids, "context") else { return nil }
            reader.note(.clause("contexts"), clause.id, at: span, start: node.span.lowerBound)
            if clause.move != nil, let first = moves.updateValue(span, forKey: when) {
                moves[when] = first
                let line = reader.log.source.lineNumber(of: first.lowerBound)
                reader.log.warning(
                    "never-applies", at: fields["when"]?.keySpan ?? span,
                    "The context in line \(line) has the same condition and goes first, so this move is never made.",
                    help: "Put both together, or make one condition narrower and its context the first.")
            }
            return clause
        }
    }

    private mutating func action(_ entry: SourceEntry, roles: [Role]) -> ContextClause? {
        guard let fields = mapping(entry.value, as: Grammar.action, named: entry.keySpan) else { return nil }
        let move = self.move(fields["move"], roles: roles)
        let to = fields["to"].flatMap { identifier($0, "to") }
        let says = fields["says"].flatMap { sentence($0, "says") }
        if let to, let span = fields["to"]?.value.span {
            refer(to: to, .resources, at: span)
            if let move, move != .handOver, move != .defer {
                log.warning(
                    "never-applies", at: span,
                    "Only a hand-over or a deferral names somebody, and this move is `\(move.rawValue)`.",
                    help: "Write `move: hand-over` or `move: defer`, or take `to` away.")
            }
        }
        // Named and given its condition by the context that it belongs to.
        return ContextClause(id: "", when: .all([]), move: move, to: to, says: says)
    }

    mutating func guidance(_ entry: SourceEntry, roles: [Role]) -> GuidanceClause? {
        guard let fields = mapping(entry.value, as: Grammar.guidance, named: entry.keySpan) else { return nil }
        let says = fields["says"].flatMap { sentence($0, "says") }
        let asks = fields["asks"].flatMap { sentence($0, "asks") }
        let expires = fields["expires"].flatMap { days($0, "expires") }
        let when = fields["when"].flatMap { condition($0) }
        let move = self.move(fields["move"], roles: roles)
        let origins = origin(fields["from"])
        if !fields.isPresent("expires"), !isPartial {
            log.warning(
                "no-expiry", at: entry.keySpan,
                "This guidance doesn't say how long a consent holds; \(GuidanceClause.defaultDays) days are taken.",
                help:
                    "Write it down, so that people know what they agree to: `expires: \(GuidanceClause.defaultDays)d`.")
        }
        guard let says, let asks else { return nil }
        return GuidanceClause(
            id: entry.key, says: says, asks: asks, expiresDays: expires, when: when, move: move, origins: origins)
    }

    /// A move that some role of the file can make.
    private mutating func move(_ entry: SourceEntry?, roles: [Role]) -> Move? {
        guard let entry, let move = choice(entry, "move", of: Move.self) else { return nil }
        if !hasLowerLayers, !roles.isEmpty, !move.isAlwaysOpen,
            roles.allSatisfy({ !$0.moves.isEmpty && !$0.moves.contains(move) })
        {
            log.warning(
                "never-applies", at: entry.value.span, "No role of this charter may make the move `\(move.rawValue)`.",
                help: "Add it to the `moves` of a role, or choose another move.")
        }
        return move
    }
}

extension Role {
    /// The role with the move that is open to every role where a tension is the person's to decide.
    var layingOut: Role {
        guard !moves.isEmpty, !moves.contains(.offerPerspectives) else { return self }
        var role = self
        role.moves.append(.offerPerspectives)
        return role
    }
}

extension ContextClause {
    /// A name made from what the clause says, for one that has none of its own.
    var idFromContent: String {
        var content = CanonicalWriter()
        content.object { content in
            content.key("then")
            content.action(of: self)
            content.member("when", when)
        }
        return "context-" + sha256Hexadecimal(content.bytes).prefix(16)
    }
}
