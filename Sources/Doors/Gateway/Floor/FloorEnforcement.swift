import Charters
import Counsel

/// The floor of one charter, ready to be enforced on every message: what is watched, and what is said instead.
struct FloorEnforcement: Sendable {
    /// Compiled once; every reply watches with a copy.
    let watch: FloorWatch
    /// Asked about the clauses that name categories; nil when none does.
    let guardian: FloorGuard?
    private let charter: String
    private let clauses: [String: FloorClause]
    private let resources: [String: Resource]

    /// The floor of a charter; nil when none of its clauses says how a breach is noticed.
    ///
    /// - Parameter model: the guard model, if one is configured. Clauses that need one and find none fail closed.
    /// - Parameter heed: told of every question to the guard what kept it from answering, or nil when it answered.
    init?(
        _ compiled: CompiledCharter, guardedBy model: (any GuardModel)? = nil, terms: GuardTerms = GuardTerms(),
        heed: @escaping @Sendable (GuardUnavailable?) -> Void = { _ in }
    ) {
        watch = FloorWatch(compiled.floor)
        guardian = FloorGuard(compiled.floor, model: model, terms: terms, heed: heed)
        guard watch.watchesInput || watch.watchesOutput || guardian != nil else { return nil }
        charter = compiled.id
        clauses = Dictionary(compiled.floor.map { ($0.id, $0) }) { first, _ in first }
        resources = Dictionary(compiled.resources.map { ($0.id, $0) }) { first, _ in first }
    }

    /// Whether anything is looked at on a side.
    func looks(at side: FloorClause.Detection.Side) -> Bool {
        (side == .input ? watch.watchesInput : watch.watchesOutput) || guardian?.watches(side) == true
    }

    /// What the person reads in place of what broke a clause: the charter's own words, with those who can help, or a
    /// plain sentence that says what happened and why.
    ///
    /// - Parameter language: what the person speaks, as it was asked for or read. The charter's words are said in it where
    ///   it has them in it, and Trellis's own words for somebody in danger.
    func words(_ finding: FloorFinding, in language: String? = nil) -> String {
        let clause = clauses[finding.clause]
        var parts = clause?.instead(in: language) ?? []
        if finding.isUnjudged {
            parts = [unjudged(finding)]
        } else if finding.action == .blocked {
            let rule = clause.map { ": \($0.rule)" } ?? ""
            parts.insert(
                "This reply was held back. The charter \(charter) has the rule “\(finding.clause)”\(rule)", at: 0)
        } else if parts.isEmpty {
            parts = [
                finding.side == FloorClause.Detection.Side.input.rawValue
                    ? "The charter \(charter) has a rule for this (“\(finding.clause)”), and so no model was asked."
                    : "What I was about to say breaks a rule of the charter \(charter) (“\(finding.clause)”), so I won't say it."
            ]
        }
        // Whoever can help is named in every case: it harms nobody, and somebody may need it. Those whom Trellis's own
        // floor names come last, so that nothing said behind them can call them off.
        let base = BaseFloor.clause(finding.clause)?.to ?? []
        let named = (clause?.to ?? []).filter { !base.contains($0) } + base
        parts += named.compactMap { resources[$0]?.says }
        return CrisisWords.spoken(parts, in: language).joined(separator: "\n\n")
    }

    /// The clauses for when a life may be in danger, as found by the reading of the situation: what a person
    /// says outright must not depend on which of two lists of phrases has it.
    var dangers: [FloorFinding] {
        clauses.values.filter {
            $0.severity > .note && $0.detection.detectors.contains(FloorDetector.dangerToLife.rawValue)
                && $0.detection.sides.contains(.input)
        }.sorted { $0.id < $1.id }.map {
            FloorFinding(
                clause: $0.id, severity: $0.severity, side: .input, detector: FloorFinding.situation, at: 0)
        }
    }

    private func unjudged(_ finding: FloorFinding) -> String {
        let rule = "the rule “\(finding.clause)” of the charter \(charter)"
        return switch finding.detector {
        case FloorFinding.guardMissing:
            "This can't be answered here: \(rule) asks for a check by a guard model, and none is set up. Trying again "
                + "won't help; whoever runs this service can mend it."
        case FloorFinding.unknownDetector:
            "This can't be answered here: \(rule) asks for a check that this version of Trellis doesn't have. Trying "
                + "again won't help; whoever runs this service can mend it."
        default:
            "This can't be answered now: \(rule) asks for a check that could not be made. Please try again in a moment."
        }
    }

    /// What a model is told about its draft when it may try once more.
    func criticism(_ finding: FloorFinding) -> String {
        let rule = clauses[finding.clause]?.rule ?? finding.clause
        return
            "Your last reply broke this rule: \(rule) Write the reply again so that it keeps the rule. Give the new reply "
            + "only, and don't mention this correction."
    }

    /// What is done about a breach when the model can't be asked again.
    func settled(_ finding: FloorFinding) -> FloorFinding {
        var finding = finding
        if finding.action == .revised { finding.action = .replaced }
        // A charter may make a clause of Trellis's own that hands over stricter, and must not turn help into silence.
        if finding.action == .blocked, BaseFloor.clause(finding.clause)?.severity == .handOver {
            finding.action = .handedOver
        }
        return finding
    }

    /// The breaches of one text that are answered: what Trellis's own floor says comes first, whatever else is stricter,
    /// and then what is strictest. Clauses of one severity speak together: a charter's own words may name nearer help.
    ///
    /// - Parameter breaches: Breaches, strictest first.
    func answered(_ breaches: [FloorFinding]) -> [FloorFinding] {
        let others = breaches.filter { BaseFloor.clause($0.clause) == nil }
        let own = breaches.filter { BaseFloor.clause($0.clause) != nil }
        guard let strictest = breaches.first?.strictness else { return [] }
        return own + others.filter { $0.strictness == strictest }
    }
}

extension FloorFinding {
    /// Whether the model should write its reply once more. Where a guard gave no judgement, there is nothing to tell it.
    var callsForRevision: Bool { action == .revised && !isUnjudged }
}
