import Flourishing

extension CharterStack {
    /// The problems that only show when the layers lie on each other: an attempt to weaken the floor or to take back a
    /// decision that was given to the person, a tension between goods that nobody names, somebody to hand over to whom
    /// nobody describes, a wish that the floor will refuse.
    ///
    /// Nothing that a warning names has an effect: the floor stays as strict as it was. What an error names would leave
    /// a promise that nobody keeps.
    ///
    /// - Returns: Errors and warnings, the lowest layer's first, each at its place in its own file. (A layer that wasn't
    ///   read is named in place of a file.) A stack with an error must not come into force.
    /// - Complexity: O(*n* log *n*) in the size of the stack.
    public func check() -> [Diagnostic] {
        var check = StackCheck(stack: self)
        return check.diagnostics()
    }
}

/// One walk through a stack, from the floor up.
struct StackCheck {
    let stack: CharterStack
    private var found: [Diagnostic] = []

    /// What the layers below the one that is looked at say: the floor's clauses, those whom it names as help and who says
    /// who they are, the tensions that are the person's, with who gave them, and the names of everything else.
    private(set) var floor: [String: FloorBelow] = [:]
    private(set) var helpers: [String: String] = [:]
    private(set) var resources: [String: [(resource: Resource, name: String)]] = [:]
    private(set) var given: [String: String] = [:]
    private var clauses: [Withdrawal.Section: Set<String>] = [:]
    /// Where each layer's clauses stand, for layers that a problem was found in.
    private var places: [ObjectIdentifier: SourcePlaces.Index] = [:]

    /// The tensions that are the person's to decide, as they come into force.
    let yours: [String: TensionClause]

    init(stack: CharterStack) {
        self.stack = stack
        yours = Dictionary(
            stack.composed.tensions.filter { $0.decide == .person }.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    }

    mutating func diagnostics() -> [Diagnostic] {
        for layer in stack.layers {
            checkFloor(of: layer)
            checkResources(of: layer)
            checkTensions(of: layer)
            checkDecisions(in: layer)
            checkWithdrawals(of: layer)
            checkNames(in: layer)
            if layer.kind == .person { checkWishes(of: layer) }
            remember(layer)
        }
        checkWhole()
        return found
    }

    private mutating func remember(_ layer: StackLayer) {
        for clause in layer.layer.floor {
            floor[clause.id, default: FloorBelow(layer.name)].add(clause)
            for name in clause.to where helpers[name] == nil { helpers[name] = layer.name }
        }
        for resource in layer.layer.resources { resources[resource.id, default: []].append((resource, layer.name)) }
        for tension in layer.layer.tensions where tension.decide == .person && given[tension.id] == nil {
            given[tension.id] = layer.name
        }
        for section in Withdrawal.Section.allCases {
            clauses[section, default: []].formUnion(layer.layer.ids(of: section))
        }
    }

    // MARK: Each layer against those below. What it says about the floor: `StackCheck+Floor`.

    private mutating func checkTensions(of layer: StackLayer) {
        for tension in layer.layer.tensions where tension.decide != .person {
            guard let giver = given[tension.id] else { continue }
            takesBack(
                layer, at: { $0.span(of: .decision, tension.id) }, giver,
                "says `decide: \(tension.decide.rawValue)` for \(tension.asWritten)")
        }
    }

    private mutating func takesBack(
        _ layer: StackLayer, at place: (SourcePlaces.Index) -> Range<Int>?, _ giver: String, _ what: String
    ) {
        fail(
            layer, at: place, "takes-back-decision",
            "\(layer.name) \(what), which \(giver) gave to the person. What was given to a person can't be taken back.",
            help: "Write `decide: person`, or leave the tension out: \(giver) says it already.")
    }

    private mutating func checkWithdrawals(of layer: StackLayer) {
        for withdrawal in layer.layer.withdrawals {
            if withdrawal.section == .tensions, let giver = given[withdrawal.clause] {
                takesBack(
                    layer, at: { $0.span(of: .withdrawal, withdrawal.id) }, giver, "leaves out `\(withdrawal.id)`")
                continue
            }
            if withdrawal.section == .resources, let name = helpers[withdrawal.clause] {
                fail(
                    layer, at: { $0.span(of: .withdrawal, withdrawal.id) }, "floor-refuses",
                    "`without` names `\(withdrawal.id)`, whom the floor of \(name) names as help. They stay.",
                    help: "Take it out of `without`. You can name others beside them, under `to` of a floor clause.")
                continue
            }
            let known = clauses[withdrawal.section] ?? []
            guard !known.contains(withdrawal.clause) else { continue }
            let near = known.count <= 1_000 ? nearMiss(of: withdrawal.clause, among: known.sorted()) : nil
            warn(
                layer, at: { $0.span(of: .withdrawal, withdrawal.id) }, "withdraws-nothing",
                "`without` names `\(withdrawal.id)`, and no layer below has it.",
                help: near.map { "Did you mean `\($0)`?" } ?? "Take it out of `without`, or check its name.")
        }
    }

    /// Names of roles and topics in conditions. A role or topic that any layer has counts, also one that was left out
    /// later: then the clause rests, and its author is not to blame.
    private mutating func checkNames(in layer: StackLayer) {
        for (path, condition) in layer.layer.conditions {
            for role in condition.names.roles.sorted() where !Self.isKnown(role, in: \.roles, of: stack) {
                let names = stack.composed.roles.map(\.id)
                fail(
                    layer, at: { $0.span(of: .roles, role, inClause: path) }, "unknown-name",
                    "`\(path)` asks for the role `\(role)`, and no layer has it.",
                    help: nearMiss(of: role, among: names).map { "Did you mean `\($0)`?" }
                        ?? (names.isEmpty
                            ? "Add it under `roles:`, or take the condition away."
                            : "The roles are: \(names.joined(separator: ", "))."))
            }
            for topic in condition.names.topics.sorted()
            where !KnownTopic.names.contains(topic) && !Self.isKnown(topic, in: \.topics, of: stack) {
                let names = KnownTopic.names + stack.composed.topics.map(\.id)
                fail(
                    layer, at: { $0.span(of: .topics, topic, inClause: path) }, "unknown-name",
                    "`\(path)` asks for the topic `\(topic)`, and no layer has it.",
                    help: nearMiss(of: topic, among: names).map { "Did you mean `\($0)`?" }
                        ?? "Add it under `topics:` with what it is about, or take one of: \(KnownTopic.names.joined(separator: ", "))."
                )
            }
        }
    }

    private static func isKnown<Clause: Identifiable>(
        _ id: String, in section: KeyPath<CharterLayer, [Clause]>, of stack: CharterStack
    ) -> Bool where Clause.ID == String {
        stack.layers.contains { $0.layer[keyPath: section].contains { $0.id == id } }
    }

    private mutating func checkWishes(of layer: StackLayer) {
        for choice in layer.layer.choices {
            let tension = stack.beneathPerson.tensions.first { $0.id == choice.id }
            guard tension?.decide != .person else { continue }
            warn(
                layer, at: { $0.span(ofClause: "choices/\(choice.id)") }, "choice-without-effect",
                tension == nil
                    ? "A wish chooses in `\(choice.id)`, and no charter names this tension."
                    : "A wish chooses in `\(choice.id)`, and the charter doesn't leave this tension to the person.",
                help: "Take it out of `choices`, or ask whoever keeps the charter to give the tension to the person.")
        }
        for (path, text) in layer.layer.texts {
            let words = text.folded
            for clause in stack.beneathPerson.floor {
                guard let phrase = clause.detection.phrases.first(where: { words.contains($0.folded) }) else {
                    continue
                }
                warn(
                    layer, at: { $0.span(ofClause: path) }, "floor-refuses",
                    "`\(path)` asks for something that `floor/\(clause.id)` forbids: it says “\(phrase)”.",
                    help: "The floor holds whatever is wished. Word the wish without it.")
            }
        }
    }

    // MARK: The whole. What it calls good and poor, and which moves it closes: `StackCheck+Deeds`.

    private mutating func checkWhole() {
        checkDeeds()
        checkMoves()
        let whole = stack.composed
        if whole.purpose == nil {
            fail(
                stack.community, at: { $0.span(of: .heading, "") }, "no-purpose",
                "\(stack.community.name) says no `purpose`, and none of its parents does.",
                help: "Say in a sentence what the model is here for: `purpose: Help pupils learn to do without us.`")
        }
        let goods = Set(whole.goods.map(\.id))
        for tension in whole.tensions {
            for good in tension.between where !goods.contains(good) {
                failForLack(
                    of: .goods, good, in: "tensions/\(tension.id)",
                    "The tension \(tension.asWritten) names `\(good)`, and no layer has such a good"
                        + (whole.withdrawals.contains { $0.id == "goods/\(good)" } ? " any more." : "."),
                    help: nearMiss(of: good, among: goods.sorted()).map { "Did you mean `\($0)`?" }
                        ?? "Add the good under `goods:`, or keep the one that a layer below has.")
            }
        }
        let resources = whole.resources.map(\.id)
        let known = Set(resources)
        let named =
            whole.floor.flatMap { clause in clause.to.map { ("floor/\(clause.id)", $0) } }
            + whole.contexts.compactMap { clause in clause.to.map { ("contexts/\(clause.id)", $0) } }
        for (path, resource) in named where !known.contains(resource) {
            failForLack(
                of: .resources, resource, in: path,
                "`\(path)` hands over to `\(resource)`, and no layer says who that is.",
                help: nearMiss(of: resource, among: resources).map { "Did you mean `\($0)`?" }
                    ?? "Add it under `resources:` with who it is and how to reach them.")
        }
    }

    /// Notes that a clause refers to what isn't there: where a layer took it away, or where the clause names it.
    private mutating func failForLack(
        of kind: NameKind, _ name: String, in clause: String, _ message: String, help: String
    ) {
        let path = "\(kind.rawValue)/\(name)"
        if let layer = stack.layers.last(where: { $0.layer.withdrawals.contains { $0.id == path } }) {
            fail(layer, at: { $0.span(of: .withdrawal, path) }, "unknown-name", message, help: help)
        } else {
            let layer = stack.layers.last { $0.layer.says(clause) } ?? stack.community
            fail(layer, at: { $0.span(of: kind, name, inClause: clause) }, "unknown-name", message, help: help)
        }
    }

    mutating func fail(
        _ layer: StackLayer, at place: (SourcePlaces.Index) -> Range<Int>?, _ code: String, _ message: String,
        help: String
    ) {
        add(.error, layer, place, code, message, help)
    }

    mutating func warn(
        _ layer: StackLayer, at place: (SourcePlaces.Index) -> Range<Int>?, _ code: String, _ message: String,
        help: String
    ) {
        add(.warning, layer, place, code, message, help)
    }

    private mutating func add(
        _ severity: Diagnostic.Severity, _ layer: StackLayer, _ place: (SourcePlaces.Index) -> Range<Int>?,
        _ code: String, _ message: String, _ help: String
    ) {
        guard let file = layer.places else {
            found.append(
                Diagnostic(
                    severity: severity, file: layer.name, line: 0, column: 0, code: code, message: message, help: help))
            return
        }
        let index = places[ObjectIdentifier(file)] ?? SourcePlaces.Index(file)
        places[ObjectIdentifier(file)] = index
        found.append(file.problem(severity, code, at: place(index), message, help: help))
    }
}

extension TensionClause {
    /// The tension as people say it.
    var asWritten: String { between.map { "`\($0)`" }.joined(separator: " and ") }
}
