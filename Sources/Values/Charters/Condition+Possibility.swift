extension Condition {
    /// Whether there are circumstances in which it holds, as far as can be told without trying all of them.
    ///
    /// False is certain: then the clause can never apply. True may be wrong where several lists of alternatives only
    /// rule each other out together.
    ///
    /// - Complexity: O(*n*²) in the number of tests at most, nearly always O(*n*).
    var canHold: Bool {
        if isPlainlyPossible { return true }
        var circumstances = Possibility()
        return circumstances.admit(self)
    }

    /// The role that a clause has to be tried in, because its condition can't hold in the one that is played.
    ///
    /// - Parameter role: The role that is played. Nil: none.
    /// - Returns: Nil where it can hold, and where it names no role in which it could.
    public func onlyRole(besides role: String?) -> String? {
        func canHold(in role: String) -> Bool { Condition.all([self, .role(role)]).canHold }
        let roles = names.roles
        guard !roles.isEmpty, !(role.map(canHold) ?? false) else { return nil }
        return roles.sorted().first(where: canHold)
    }

    /// Whether it can be seen at once that it can hold, as it nearly always can: tests of different kinds don't rule each
    /// other out, and one of several of a kind can always be.
    private var isPlainlyPossible: Bool {
        guard case .all(let parts) = self else { return kindOfTests != 0 }
        var seen: UInt8 = 0
        for part in parts {
            let kind = part.kindOfTests
            guard kind != 0, seen & kind == 0 else { return false }
            seen |= kind
        }
        return true
    }

    /// One bit for the kind of a test, or of all tests of which one must hold. Zero for everything else.
    private var kindOfTests: UInt8 {
        switch self {
        case .topic: 1
        case .age: 2
        case .role: 4
        case .channel: 8
        case .hours: 16
        case .language: 32
        case .risk: 64
        case .any(let parts):
            if case .any? = parts.first {
                0
            } else {
                parts.dropFirst().allSatisfy { $0.kindOfTests == parts.first?.kindOfTests }
                    ? parts.first?.kindOfTests ?? 0 : 0
            }
        case .all, .not: 0
        }
    }
}

/// The circumstances that are still possible when some conditions hold.
private struct Possibility {
    /// One bit for each age band, hour and height of risk.
    private var ages = (1 << AgeBand.allCases.count) - 1
    private var hours = (1 << 24) - 1
    private var risks = (1 << Risk.allCases.count) - 1
    private var role = OneName()
    private var channel = OneName()
    private var language = OneName()
    private var topicsThere: Set<String> = []
    private var topicsAbsent: Set<String> = []

    /// Something that has exactly one name at a time.
    private struct OneName {
        /// The names that it can have. Nil: any but the excluded.
        var allowed: Set<String>?
        var excluded: Set<String> = []

        mutating func narrow(to name: String, holds: Bool) -> Bool {
            if holds {
                guard allowed?.contains(name) ?? true, !excluded.contains(name) else { return false }
                allowed = [name]
                return true
            }
            excluded.insert(name)
            allowed?.remove(name)
            return allowed?.isEmpty != true
        }
    }

    /// Takes in that a condition holds. False when that is impossible.
    mutating func admit(_ condition: Condition) -> Bool {
        admit([(condition, true)])
    }

    private mutating func admit(_ wanted: [(Condition, holds: Bool)]) -> Bool {
        var open = wanted
        var choices: [[(Condition, holds: Bool)]] = []
        while let (condition, holds) = open.popLast() {
            switch condition {
            case .not(let inner): open.append((inner, !holds))
            case .all(let parts) where holds, .any(let parts) where !holds: open += parts.map { ($0, holds) }
            case .all(let parts), .any(let parts): choices.append(parts.map { ($0, holds) })
            default: if !narrow(condition, holds: holds) { return false }
            }
        }
        for choice in choices {
            let branches = choice.compactMap { part in
                var branch = self
                return branch.admit([part]) ? branch : nil
            }
            guard let first = branches.first else { return false }
            // What every branch rules out is ruled out.
            ages = branches.reduce(0) { $0 | $1.ages }
            hours = branches.reduce(0) { $0 | $1.hours }
            risks = branches.reduce(0) { $0 | $1.risks }
            for name in [\Possibility.role, \.channel, \.language] {
                let allowed = branches.map { $0[keyPath: name].allowed }
                if allowed.allSatisfy({ $0 != nil }) {
                    self[keyPath: name].allowed = allowed.reduce(into: []) { $0.formUnion($1 ?? []) }
                }
            }
            topicsThere.formUnion(branches.dropFirst().reduce(first.topicsThere) { $0.intersection($1.topicsThere) })
            topicsAbsent.formUnion(
                branches.dropFirst().reduce(first.topicsAbsent) { $0.intersection($1.topicsAbsent) })
        }
        return true
    }

    private mutating func narrow(_ condition: Condition, holds: Bool) -> Bool {
        switch condition {
        case .topic(let topic):
            if holds { topicsThere.insert(topic) } else { topicsAbsent.insert(topic) }
            return !(holds ? topicsAbsent : topicsThere).contains(topic)
        case .age(let age):
            return Self.narrow(&ages, to: 1 << (AgeBand.allCases.firstIndex(of: age) ?? 0), holds: holds)
        case .risk(let risk):
            let least = Risk.allCases.firstIndex(of: risk) ?? 0
            return Self.narrow(&risks, to: risks & ~((1 << least) - 1), holds: holds)
        case .hours(let from, let until):
            let bits = (0..<24).filter { from < until ? from <= $0 && $0 < until : $0 >= from || $0 < until }
            return Self.narrow(&hours, to: bits.reduce(0) { $0 | 1 << $1 }, holds: holds)
        case .role(let name): return role.narrow(to: name, holds: holds)
        case .channel(let name): return channel.narrow(to: name, holds: holds)
        case .language(let name): return language.narrow(to: name, holds: holds)
        case .all, .any, .not: return true
        }
    }

    private static func narrow(_ possible: inout Int, to bits: Int, holds: Bool) -> Bool {
        possible &= holds ? bits : ~bits
        return possible != 0
    }
}
