import Charters
import Flourishing

/// One rule: when it applies, the move that it proposes, and why, in words for the person.
struct MoveRule: Sendable {
    /// Its name, which stands in receipts.
    let name: String
    /// What it proposes in a scene: nothing, or moves in order.
    let proposals: @Sendable (Scene) -> [Proposal]

    /// A rule with one move and one reason.
    init(_ name: String, _ move: Move, _ reason: String, when applies: @escaping @Sendable (Scene) -> Bool) {
        self.name = name
        proposals = { scene in applies(scene) ? [Proposal(move: move, reason: reason, rule: name)] : [] }
    }

    init(_ name: String, proposals: @escaping @Sendable (Scene) -> [Proposal]) {
        self.name = name
        self.proposals = proposals
    }

    /// The rules, in the order in which they are asked.
    static let all: [MoveRule] = [
        danger, yours, contexts, guided, goodbye, success, tradeOff, quarrel, decision, expert, wrongdoing,
        irreversible, finishedWork, reliance, approval, discouraged, distress, unclear, answer,
    ]

    // MARK: The rules

    /// Danger goes before everything, whatever the role. The charter's own contexts say who helps; without one the
    /// sentence names the emergency number.
    static let danger = MoveRule("danger") { scene in
        guard scene.situation.shows(.danger) else { return [] }
        let named = scene.charter.contexts.filter {
            $0.move == .handOver && $0.when.holds(in: scene.circumstances) == true
        }
        return [
            Proposal(
                move: .handOver, reason: "Somebody may be in danger, and then a person should help.", rule: "danger",
                resources: named.compactMap(\.to), context: named.first?.id)
        ]
    }

    /// A tension that is the person's to decide, and that they haven't: no context and no guidance can decide it for them
    /// by choosing another move. A context may still bring in somebody who can help or who knows.
    static let yours = MoveRule("trade-off") { scene in
        guard let tension = scene.undecided,
            ![.handOver, .defer].contains(MoveRule.contexts.proposals(scene).first?.move)
        else { return [] }
        return [laidOut(tension)]
    }

    /// What the charter says for these circumstances, highest layer first.
    static let contexts = MoveRule("contexts") { scene in
        scene.charter.contexts.compactMap { clause in
            guard clause.when.holds(in: scene.circumstances) == true,
                let move = clause.move ?? (clause.to == nil ? nil : .handOver)
            else { return nil }
            return Proposal(
                move: move, reason: "The charter says what to do here, under \(clause.id).",
                rule: "contexts/\(clause.id)", resources: clause.to.map { [$0] } ?? [], context: clause.id)
        }
    }

    /// What the person agreed to be guided by.
    static let guided = MoveRule("guidance") { scene in
        scene.guidance.compactMap { clause in
            // Without a condition a guidance speaks in every reply, but moves none of them.
            guard let move = clause.move, clause.when != nil else { return nil }
            return Proposal(
                move: move, reason: "You agreed to this guidance: \(clause.id).", rule: "guidance/\(clause.id)")
        }
    }

    static let goodbye = MoveRule("goodbye", .stepBack, "You are saying goodbye, and a goodbye should be let be one.") {
        $0.situation.shows(.goodbye) && !$0.situation.followsDanger
    }

    static let success = MoveRule("success", .celebrate, "You tell of something that went well.") {
        $0.situation.shows(.success) && !$0.situation.followsDanger
    }

    /// A tension of the charter is at stake. Where the person decides it and hasn't, both goods are laid out.
    static let tradeOff = MoveRule("trade-off") { scene in
        guard let tension = scene.situation.tradeOff else { return [] }
        if scene.undecided != nil { return [laidOut(tension)] }
        // What was decided is told to the model beside the answer; no move needs to lay it out again.
        return [
            Proposal(
                move: .answer,
                reason: "This sets \(tension.goods) against each other, and it is said how to weigh them.",
                rule: "trade-off/\(tension.id)")
        ]
    }

    private static func laidOut(_ tension: TensionClause) -> Proposal {
        Proposal(
            move: .offerPerspectives,
            reason: "This sets \(tension.goods) against each other, and weighing them is yours.",
            rule: "trade-off/\(tension.id)")
    }

    static let expert = MoveRule(
        "expert", .defer, "Being wrong here could cost much, and somebody who knows or may decide should."
    ) { $0.situation.shows(.expert) }

    static let wrongdoing = MoveRule(
        "wrongdoing", .challenge, "Somebody could be deceived or wronged by this, and that should be said first."
    ) { $0.situation.shows(.wrongdoing) }

    static let irreversible = MoveRule(
        "irreversible", .ask, "This can't be undone, so it is checked with you first."
    ) { $0.charter.stance == .delegate && $0.situation.shows(.irreversible) }

    static let finishedWork = MoveRule(
        "finished-work", .scaffold, "This is work to learn by, so you get a step to stand on and not the result."
    ) { $0.charter.stance == .tutor && $0.situation.shows(.finishedWork) }

    static let reliance = MoveRule(
        "reliance", .stepBack, "You have asked for much that you can do or decide yourself, and that should stay yours."
    ) { $0.charter.stance != .delegate && $0.situation.shows(.relies) && !$0.situation.followsDanger }

    static let approval = MoveRule(
        "approval", .challenge, "You hope to hear that you are right, and an honest view serves you better."
    ) { $0.charter.stance != .mediator && $0.situation.shows(.approval) }

    /// For a mediator one side of a quarrel is never the whole of it; but there are no two sides to helping to spy.
    static let quarrel = MoveRule(
        "quarrel", .offerPerspectives, "There is another side to this, and a mediator lays out both."
    ) { scene in
        scene.charter.stance == .mediator
            && (scene.situation.shows(.approval) || scene.situation.shows(.quarrel))
            && !scene.situation.shows(.wrongdoing)
    }

    static let decision = MoveRule(
        "decision", .offerPerspectives, "This is a decision for you to make, so you get the views side by side."
    ) { $0.situation.shows(.decision) }

    static let discouraged = MoveRule("discouraged", .encourage, "You are losing heart about something that you do.") {
        $0.situation.shows(.discouraged)
    }

    static let distress = MoveRule(
        "distress", .ask, "This is hard for you, and listening comes before advice."
    ) { $0.situation.shows(.distress) }

    static let unclear = MoveRule("unclear", .ask, "It isn't clear yet what you need.") { $0.situation.shows(.unclear) }

    static let answer = MoveRule("answer") { _ in [plainAnswer] }

    static let plainAnswer = Proposal(
        move: .answer, reason: "You asked for something, and nothing speaks against answering plainly.", rule: "answer")
}

extension TensionClause {
    /// Its goods in words.
    fileprivate var goods: String { between.map { $0.replacing("-", with: " ") }.joined(separator: " and ") }
}
