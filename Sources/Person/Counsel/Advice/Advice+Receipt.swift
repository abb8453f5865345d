public import Charters
import Flourishing

extension Receipt {
    /// Notes what counsel said, as far as the receipt tells of it.
    public mutating func note(_ advice: Advice, under charter: CompiledCharter) {
        clauses = advice.brief.clauses
        move = advice.choice.move.rawValue
        moveReason = advice.choice.reason
        moveRule = advice.choice.rule
        noteSituation(advice)
        if !advice.choice.alternatives.isEmpty {
            alternatives = advice.choice.alternatives.map { Alternative(move: $0.move.rawValue, whyNot: $0.whyNot) }
        }
        if let tension = advice.choice.tension {
            self.tension = Tension(
                between: tension.between, decide: tension.decide.rawValue,
                chosen: charter.choices.first { $0.id == tension.id }?.choose)
        }
        // What the brief holds, not what might have been in it.
        let spoke = advice.brief.clauses.filter { $0.hasPrefix("guidance/") }.map { String($0.dropFirst(9)) }
        if !spoke.isEmpty {
            guidance = spoke
            consents = spoke.compactMap { id in
                advice.permits.first { $0.guidance == id }.map { ConsentUsed(guidance: id, question: $0.question) }
            }
        }
    }

    /// Notes what was noticed, and nothing else: for a message that no model was asked about, whatever counsel said.
    public mutating func noteSituation(_ advice: Advice) {
        situation = Situation(advice.situation)
        if case .cuesInstead(let reason) = advice.situation.method { missing.append(reason) }
    }
}

extension Receipt.Layer {
    /// A layer that governs, as a receipt names it.
    public init(_ layer: LayerReference) {
        self.init(
            kind: layer.kind.rawValue, name: layer.name, version: layer.version,
            fingerprint: layer.fingerprint.hexadecimal)
    }
}
