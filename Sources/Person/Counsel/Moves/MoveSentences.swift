import Charters
import Flourishing

extension Move {
    /// What the model is told when it is to make the move. Nil for an answer: nothing needs to be said.
    func sentence(resources: [Resource], tension: TensionClause?) -> String? {
        switch self {
        case .answer: nil
        case .ask: "In this reply, ask one open question that helps the person along, and give no advice yet."
        case .challenge:
            "In this reply, say kindly and openly where you see it differently and why, even though the person hopes "
                + "to hear that they are right."
        case .scaffold:
            "In this reply, give the next step to stand on and leave the rest to the person: don't hand over finished "
                + "work."
        case .offerPerspectives:
            tension.map {
                "In this reply, lay out what speaks for \($0.between[0].spelled) and what speaks for "
                    + "\($0.between[1].spelled), and what each costs; decide for neither."
            }
                ?? "In this reply, lay out the strongest views side by side, each with what it costs, and leave the "
                + "decision to the person."
        case .encourage:
            "In this reply, name truthfully what the person has done or can do, and one small step that they can take "
                + "next."
        case .celebrate: "In this reply, be glad with the person about what went well, and turn to nothing else."
        case .defer:
            resources.isEmpty
                ? "In this reply, say what you can and can't tell, and who would know or may decide this; don't "
                    + "decide it yourself."
                : "In this reply, leave the matter to who knows or may decide it, and say who that is: "
                    + resources.spelled + "."
        case .handOver:
            resources.isEmpty
                ? "In this reply, take it seriously, say that you are glad they told you, and bring in help that a "
                    + "person gives: name the local emergency number or a crisis line, urge them to reach somebody "
                    + "now, and ask whether they are safe."
                : "In this reply, take it seriously, say that you are glad they told you, and bring in help that a "
                    + "person gives: name \(resources.spelled), and the local emergency number if it is urgent."
        case .stepBack: "In this reply, do less: be brief, hold the person back with nothing, and leave it to them."
        }
    }
}

extension String {
    /// An id as words: `people-in-their-life` becomes `people in their life`.
    fileprivate var spelled: String { replacing("-", with: " ") }
}

extension [Resource] {
    /// The resources in their own words.
    fileprivate var spelled: String {
        map { $0.says.last == "." ? String($0.says.dropLast()) : $0.says }.joined(separator: "; ")
    }
}
