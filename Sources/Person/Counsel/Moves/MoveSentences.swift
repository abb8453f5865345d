import Charters
import Flourishing

extension Move {
    /// What the model is told: the charter language's own sentence, and in it, where there are any, the two goods at
    /// stake or the resources in their own words. Nil for an answer.
    func sentence(resources: [Resource], tension: TensionClause?) -> String? {
        switch self {
        case .offerPerspectives where tension != nil:
            tension.map {
                "In this reply, say what speaks for \($0.between[0].spelled) and what speaks for "
                    + "\($0.between[1].spelled), each at its best, and what each choice costs, and decide for none."
            }
        case .defer where !resources.isEmpty:
            "In this reply, leave the matter to who knows or has the right to say, and say who that is: "
                + "\(resources.spelled)."
        case .handOver where !resources.isEmpty:
            "In this reply, first of all point to who can help now: \(resources.spelled); and to the local emergency "
                + "number when it is urgent."
        case .handOver:
            "In this reply, first of all point to a person or a service that can help now: the local emergency number, "
                + "a crisis line, somebody near."
        default: sentence
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
