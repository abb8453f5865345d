public import Charters
import Flourishing
import Models

/// A charter's examples, run as tests: in the situation of each, is the model told the clause, and is the move made that
/// its authors expect?
///
/// Every example's message is read by ``CueReader`` and answered by ``MoveRules``, as in a real conversation; no model
/// is asked. What only an application knows (age, channel, hour, language) is set so that the clause's condition can
/// hold; topics and risk have to be read from the message.
public struct CharterTrial: Sendable {
    /// One example, and how it went.
    public struct Case: Hashable, Sendable, Codable {
        /// The clause, as in `goods/understanding`.
        public let path: String
        /// Which of the clause's examples it is, from 1.
        public let example: Int
        /// What the person says.
        public let person: String
        /// Whether the model is told the clause.
        public let tellsClause: Bool
        /// The role that is played: the one that the clause is about, else the one that was asked for.
        public let role: String?
        /// The move that is made.
        public let move: String
        /// The move that the authors expect. Nil when they don't say.
        public let expectedMove: String?
        /// Whether another clause has the same scene: then neither shows what is its own.
        public let repeats: String?
        /// What went wrong, in words. Empty when nothing did.
        public let problems: [String]
        /// What the model is told, for trying it on a model.
        public let brief: String
        /// A reply that shows the clause.
        public let shows: String
        /// A reply that fails it, when the authors gave one.
        public let fails: String?

        /// Whether all went as the authors expect.
        public var passes: Bool { problems.isEmpty }
    }

    /// Every example, in the order goods, dispositions, tensions, floor.
    public let cases: [Case]
    /// Which clauses have examples.
    public let coverage: CharterCoverage

    /// Runs the examples of a charter.
    ///
    /// - Parameters:
    ///   - layer: The clauses whose examples are run: a charter's own, or a whole stack's.
    ///   - stack: What governs.
    ///   - role: The role that is played; nil as in ``CharterStack/compiled(role:)``. A clause that is only for another
    ///     role is tried in that one.
    /// - Throws: ``CharterError`` when there is no role of that name.
    /// - Complexity: O(*n*) in the examples, some ten microseconds for each.
    public init(of layer: CharterLayer, under stack: CharterStack, role: String? = nil) throws(CharterError) {
        let asked = try stack.compiled(role: role)
        var inRoles: [String: CompiledCharter] = [:]
        let reader = CueReader()
        var seen: [String: String] = [:]
        var cases: [Case] = []
        for clause in layer.exemplified {
            var compiled = asked
            if let role = clause.when?.onlyRole(besides: asked.role) {
                if let known = inRoles[role] { compiled = known } else { compiled = try stack.compiled(role: role) }
                inRoles[role] = compiled
            }
            for (index, example) in clause.examples.enumerated() {
                let repeats = seen.updateValue(clause.path, forKey: example.person + "\u{0}" + example.shows)
                cases.append(
                    Self.run(
                        example, number: index + 1, of: clause, repeating: repeats == clause.path ? nil : repeats,
                        under: compiled, reader))
            }
        }
        self.cases = cases
        coverage = CharterCoverage(of: layer)
    }

    /// Whether every example went as its authors expect.
    public var passes: Bool { cases.allSatisfy(\.passes) }

    private static func run(
        _ example: Example, number: Int, of clause: Exemplified, repeating: String?, under charter: CompiledCharter,
        _ reader: CueReader
    ) -> Case {
        var known = Circumstances(role: charter.role)
        clause.when?.suppose(in: &known)
        let situation = reader.reading(
            of: Conversation(turns: [ChatTurn(.user, example.person)]), known: known, charter: charter)
        let choice = MoveRules.choose(situation: situation, charter: charter)
        let brief = charter.brief(
            for: BriefRequest(
                circumstances: situation.circumstances, move: choice.move, moveSentence: choice.sentence,
                tension: choice.tension, resources: choice.resources))
        let tells = brief.clauses.contains(clause.path)
        var problems: [String] = []
        if !tells {
            if clause.path.hasPrefix("tensions/") {
                problems.append(
                    "the model isn't told this tension: "
                        + (choice.tension.map { "`\($0.id)` was seen to be at stake" }
                            ?? "no tension was seen to be at stake"))
            } else if let when = clause.when, when.holds(in: situation.circumstances) != true {
                let topics = (situation.circumstances.topics ?? []).sorted().joined(separator: ", ")
                problems.append(
                    "the model isn't told this clause: it counts only \(when.words), and the topics that were read are: \(topics.isEmpty ? "none" : topics)"
                )
            } else {
                problems.append("the model isn't told this clause: a layer above leaves it out or says it otherwise")
            }
        }
        if let expected = example.move, expected != choice.move {
            problems.append("the move is \(choice.move.rawValue), not \(expected.rawValue): \(choice.reason)")
        }
        if let repeating { problems.append("`\(repeating)` has the same scene") }
        return Case(
            path: clause.path, example: number, person: example.person, tellsClause: tells,
            role: charter.role,
            move: choice.move.rawValue, expectedMove: example.move?.rawValue, repeats: repeating, problems: problems,
            brief: brief.text, shows: example.shows, fails: example.fails)
    }
}

/// A clause that can have examples.
private struct Exemplified {
    let path: String
    let when: Condition?
    let examples: [Example]
}

extension CharterLayer {
    fileprivate var exemplified: [Exemplified] {
        goods.map { Exemplified(path: "goods/\($0.id)", when: $0.when, examples: $0.examples) }
            + dispositions.map { Exemplified(path: "dispositions/\($0.id)", when: $0.when, examples: $0.examples) }
            + tensions.map { Exemplified(path: "tensions/\($0.id)", when: $0.when, examples: $0.examples) }
            + floor.map { Exemplified(path: "floor/\($0.id)", when: nil, examples: $0.examples) }
    }
}

extension Condition {
    /// Sets what only an application knows so that the condition can hold, where nothing is known yet.
    fileprivate func suppose(in circumstances: inout Circumstances) {
        switch self {
        case .age(let age): circumstances.age = circumstances.age ?? age
        case .channel(let channel): circumstances.channel = circumstances.channel ?? channel
        case .hours(let from, _): circumstances.hour = circumstances.hour ?? from
        case .language(let language): circumstances.language = circumstances.language ?? language
        case .all(let conditions): for condition in conditions { condition.suppose(in: &circumstances) }
        case .any(let conditions): conditions.first?.suppose(in: &circumstances)
        case .not(let condition): condition.supposeNot(in: &circumstances)
        case .topic, .role, .risk: break
        }
    }

    /// The same for a condition that must not hold, where that is plain.
    private func supposeNot(in circumstances: inout Circumstances) {
        switch self {
        case .age(let age): circumstances.age = circumstances.age ?? AgeBand.allCases.first { $0 != age }
        case .channel(let channel):
            circumstances.channel = circumstances.channel ?? (channel == "chat" ? "email" : "chat")
        case .hours(_, let until): circumstances.hour = circumstances.hour ?? until % 24
        case .language(let language):
            circumstances.language = circumstances.language ?? (language == "en" ? "de" : "en")
        case .any(let conditions): for condition in conditions { condition.supposeNot(in: &circumstances) }
        case .not(let condition): condition.suppose(in: &circumstances)
        case .all, .topic, .role, .risk: break
        }
    }
}
