extension Receipt {
    /// What stands for the move where the floor's own words were the reply and nobody was handed over to.
    public static let floorMove = "floor"

    /// Whether the message went to a model.
    var wasAskedOfModel: Bool { attempts > 0 }

    /// Whether a clause of the floor decided what was said, and not a choice of moves.
    var isFloorsAnswer: Bool { moveRule?.hasPrefix("floor/") == true }

    /// Notes that a clause of the floor decided what was said.
    ///
    /// What the model had been asked for before, if it was asked, stands among the alternatives.
    public mutating func noteAnswer(of finding: FloorFinding) {
        if finding.side == "output", moveRule != nil {
            let tried = Alternative(
                move: move, whyNot: "The model was asked for it, and what it wrote could not be said.")
            alternatives = [tried] + (alternatives ?? []).filter { $0.move != move }
        }
        move = finding.action == .handedOver ? "hand-over" : Self.floorMove
        moveRule = "floor/\(finding.clause)"
        moveReason = Self.reason(finding)
    }

    private static func reason(_ finding: FloorFinding) -> String {
        let isInput = finding.side == "input"
        let clause = "the limit “\(finding.clause)”"
        if finding.isUnjudged {
            let why = finding.detector == FloorFinding.guardMissing ? "none is set up here" : "it could not be asked"
            return "\(clause.asBeginning) needs a guard model, and \(why), so "
                + (isInput ? "no model was asked for a reply." : "the model's reply was held back.")
        }
        let what = isInput ? "What was written touched \(clause)" : "What the model wrote broke \(clause)"
        let so =
            finding.action == .blocked && !isInput
            ? "it was held back, and that was said instead" : "the charter's own words were said instead"
        return what + (isInput ? ", so no model was asked: \(so)." : ", so \(so).")
    }
}

extension String {
    /// With a capital at its beginning.
    fileprivate var asBeginning: String { prefix(1).uppercased() + dropFirst() }
}
