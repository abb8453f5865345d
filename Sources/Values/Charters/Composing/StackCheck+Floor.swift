/// What the layers below say about one clause of the floor.
struct FloorBelow {
    /// The lowest layer that has it.
    let name: String
    private(set) var severity = FloorClause.Severity.note
    private(set) var sayings: [String] = []
    private(set) var instead: [FloorClause.Wording] = []

    init(_ name: String) {
        self.name = name
    }

    mutating func add(_ clause: FloorClause) {
        severity = max(severity, clause.severity)
        sayings = sayings.union(clause.sayings)
        instead = instead.union(clause.instead)
    }
}

// What a layer says about the floor below it. None of it takes anything from that floor, and its author should know.
extension StackCheck {
    /// Above this many clauses look-alikes are searched for only of Trellis's own: each would be compared with each.
    private static let mostCompared = 64

    mutating func checkFloor(of layer: StackLayer) {
        guard !layer.layer.floor.isEmpty, layer.kind != .floor else { return }
        let names = floor.count <= Self.mostCompared ? floor.keys.sorted() : BaseFloor.layer.floor.map(\.id)
        for clause in layer.layer.floor {
            guard let lower = floor[clause.id] else {
                if let near = nearMiss(of: clause.id, among: names) {
                    warn(
                        layer, at: { $0.span(ofClause: "floor/\(clause.id)") }, "floor-look-alike",
                        "`floor/\(clause.id)` looks like `\(near)` of \(floor[near]?.name ?? "a layer below"), and is a clause of its own.",
                        help:
                            "To add to `\(near)`, write exactly that name. For another clause, choose a name that nobody mistakes."
                    )
                }
                continue
            }
            if clause.severity < lower.severity {
                warn(
                    layer, at: { $0.span(of: .severity, clause.id) }, "weakens-floor",
                    "`floor/\(clause.id)` says `severity: \(clause.severity.rawValue)`, and \(lower.name) says `\(lower.severity.rawValue)`. A floor can't be weakened, so `\(lower.severity.rawValue)` stays.",
                    help: "Write `severity: \(lower.severity.rawValue)` or a stricter one, or leave the clause out.")
            }
            let isReworded = clause.sayings.contains { !lower.sayings.contains($0) }
            if isReworded || (!lower.instead.isEmpty && clause.instead.contains { !lower.instead.contains($0) }) {
                warn(
                    layer, at: { $0.span(ofClause: "floor/\(clause.id)") }, "rewords-floor",
                    isReworded
                        ? "`floor/\(clause.id)` says in other words what \(lower.name) says. Both are told, and a reply is held to the words of \(lower.name), which stand last."
                        : "`floor/\(clause.id)` has words of its own under `instead`. Those of \(lower.name) are said before them all the same.",
                    help: isReworded
                        ? "To say more, write a clause with a name of its own. To add only to the rest of this one, repeat: `says: \(lower.sayings[0])`"
                        : "Leave `instead` out, or see to it that both can be read one after the other.")
            }
        }
    }

    /// Who helps, in other words than a floor below means: those are kept, and should not be talked round.
    mutating func checkResources(of layer: StackLayer) {
        for resource in layer.layer.resources {
            guard let name = helpers[resource.id], let below = resources[resource.id],
                let last = below.last(where: { !$0.resource.isPlaceholder }),
                !below.contains(where: { $0.resource.says == resource.says })
            else { continue }
            warn(
                layer, at: { $0.span(ofClause: "resources/\(resource.id)") }, "weakens-floor",
                "`resources/\(resource.id)` says in other words who helps where the floor of \(name) hands over. People read both, and those of \(last.name) last.",
                help:
                    "To add help near by, give it a name of its own, and write that name behind `to` in the floor clause or in a context."
            )
        }
    }
}
