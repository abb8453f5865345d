public import Charters
import Flourishing

/// Chooses the one move that a reply makes, by explicit rules in a fixed order.
///
/// The first rule that applies and whose move is open goes. Open is what the role allows and the person didn't ask to be
/// spared; handing over, deferring and answering always are. Equal input gives equal output: no clock, no chance, no
/// model.
public enum MoveRules {
    /// Chooses the move.
    ///
    /// - Parameters:
    ///   - situation: What was read.
    ///   - charter: The charter in force, for the role that is played.
    ///   - liveGuidance: Leave for the guidance to which this person's consent is live, as the ledger of consents gives
    ///     it. No other guidance can speak or make a move.
    public static func choose(
        situation: Situation, charter: CompiledCharter, liveGuidance: Set<GuidancePermit> = []
    ) -> MoveChoice {
        let scene = Scene(situation: situation, charter: charter, liveGuidance: liveGuidance)
        let open = Set(charter.allowedMoves)
        var passed: [MoveChoice.Alternative] = []
        var chosen: Proposal?
        for rule in MoveRule.all {
            for proposal in rule.proposals(scene) {
                guard open.contains(proposal.move) || proposal.move.isAlwaysOpen else {
                    if !passed.contains(where: { $0.move == proposal.move }) {
                        passed.append(MoveChoice.Alternative(move: proposal.move, whyNot: closed(proposal, scene)))
                    }
                    continue
                }
                if let chosen {
                    if proposal.move != chosen.move, !passed.contains(where: { $0.move == proposal.move }) {
                        passed.append(
                            MoveChoice.Alternative(
                                move: proposal.move, whyNot: "\(proposal.reason) But this came first: \(chosen.reason)")
                        )
                    }
                } else {
                    chosen = proposal
                }
            }
        }
        // The last rule always proposes an answer, and an answer is always open.
        let proposal = chosen ?? MoveRule.plainAnswer
        return choice(proposal, passed.filter { $0.move != proposal.move }, scene)
    }

    private static func choice(
        _ proposal: Proposal, _ alternatives: [MoveChoice.Alternative], _ scene: Scene
    ) -> MoveChoice {
        var alternatives = alternatives
        if proposal.move != .answer, !alternatives.contains(where: { $0.move == .answer }) {
            alternatives.append(
                MoveChoice.Alternative(
                    move: .answer, whyNot: "A plain answer would have passed this by: \(proposal.reason)"))
        }
        let resources = scene.charter.resources.filter { proposal.resources.contains($0.id) }
        let guidance = scene.guidance.map(\.id)
        // A tension that the person decides is told with whatever move; the sentence on the move names it only when
        // the move lays it out.
        let tension = scene.situation.tradeOff
        return MoveChoice(
            move: proposal.move, reason: proposal.reason, rule: proposal.rule, alternatives: alternatives,
            tension: tension, guidance: guidance, resources: resources.map(\.id), context: proposal.context,
            sentence: proposal.move.sentence(
                resources: resources, tension: proposal.move == .offerPerspectives ? tension : nil))
    }

    private static func closed(_ proposal: Proposal, _ scene: Scene) -> String {
        let role = scene.charter.role.map { "the role \($0)" } ?? "the charter"
        return "\(proposal.reason) But \(role) doesn't make this move here, or you asked to be spared it."
    }
}

/// What the rules look at.
struct Scene {
    let situation: Situation
    let charter: CompiledCharter
    let liveGuidance: Set<GuidancePermit>

    /// The guidance that speaks: its consent is live and its condition, if any, is known to hold.
    var guidance: [GuidanceClause] {
        guard !liveGuidance.isEmpty else { return [] }
        let agreed = Set(liveGuidance.lazy.filter { $0.charter == charter.id }.map(\.guidance))
        return charter.guidance.filter { clause in
            agreed.contains(clause.id) && (clause.when?.holds(in: circumstances) ?? true)
        }
    }

    /// The tension at stake, where it is the person's to decide and they haven't.
    var undecided: TensionClause? {
        guard let tension = situation.tradeOff, tension.decide == .person,
            charter.choices.first(where: { $0.id == tension.id })?.choose == nil
        else { return nil }
        return tension
    }

    /// The circumstances, with the role that the charter was compiled for.
    var circumstances: Circumstances {
        var circumstances = situation.circumstances
        circumstances.role = circumstances.role ?? charter.role
        return circumstances
    }
}

/// What one rule would have the reply do.
struct Proposal {
    let move: Move
    let reason: String
    let rule: String
    var resources: [String] = []
    var context: String?
}
