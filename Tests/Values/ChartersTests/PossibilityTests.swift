import Testing

@testable import Charters

@Suite("Whether a condition can ever hold")
struct PossibilityTests {
    /// Every combination of circumstances that the random conditions below can tell apart.
    private static let everything: [Circumstances] = {
        var all: [Circumstances] = []
        for topics in [[], ["work"], ["money"], ["work", "money"]] as [Set<String>] {
            for age in AgeBand.allCases {
                for role in ["tutor", "judge", "other"] {
                    for hour in [0, 6, 8, 20] {
                        for risk in Risk.allCases {
                            all.append(Circumstances(topics: topics, age: age, role: role, hour: hour, risk: risk))
                        }
                    }
                }
            }
        }
        return all
    }()

    private func random(depth: Int, using generator: inout SeededGenerator) -> Condition {
        let parts = { (generator: inout SeededGenerator) in
            (0..<Int.random(in: 1...3, using: &generator)).map { _ in self.random(depth: depth - 1, using: &generator) }
        }
        switch Int.random(in: 0..<(depth > 0 ? 9 : 5), using: &generator) {
        case 0: return .topic(["work", "money"].randomElement(using: &generator) ?? "")
        case 1: return .age(AgeBand.allCases.randomElement(using: &generator) ?? .adult)
        case 2: return .role(["tutor", "judge"].randomElement(using: &generator) ?? "")
        case 3: return .hours(from: Bool.random(using: &generator) ? 6 : 18, until: 7)
        case 4: return .risk(Risk.allCases.randomElement(using: &generator) ?? .low)
        case 5, 6: return .all(parts(&generator))
        case 7: return .any(parts(&generator))
        default: return .not(random(depth: depth - 1, using: &generator))
        }
    }

    @Test("is denied only where it holds in no circumstances, and nearly always there", arguments: UInt64(0)..<10)
    func truth(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var (impossible, found) = (0, 0)
        for _ in 0..<300 {
            let condition = random(depth: 3, using: &generator)
            let holdsSomewhere = Self.everything.contains { condition.holds(in: $0) == true }
            if holdsSomewhere {
                #expect(condition.canHold, "\(condition)")
            } else {
                impossible += 1
                if !condition.canHold { found += 1 }
            }
        }
        #expect(impossible > 2)
        #expect(found * 10 >= impossible * 8, "\(found) of \(impossible)")
    }

    @Test("and the condition's normal form holds exactly where it does", arguments: UInt64(0)..<10)
    func normalForm(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let unknown = Circumstances(age: .teen)
        for _ in 0..<100 {
            let condition = random(depth: 3, using: &generator)
            let normal = condition.inNormalForm
            #expect(normal.inNormalForm == normal)
            for circumstances in Self.everything + [unknown] {
                #expect(normal.holds(in: circumstances) == condition.holds(in: circumstances), "\(condition)")
            }
        }
    }
}
