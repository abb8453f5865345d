public import Charters
import Flourishing
import Judges

extension Suite {
    /// A charter's own examples as a suite: each scene of a good, a disposition or a tension is a scenario of one message.
    ///
    /// - Returns: Nil when none of these clauses has an example.
    public init?(examplesOf charter: CompiledCharter) {
        var scenarios: [Scenario] = []
        func add(_ examples: [Example], of clause: String, goods: [String]) {
            for (index, example) in examples.enumerated() {
                scenarios.append(
                    Scenario(
                        id: examples.count == 1 ? clause : "\(clause)-\(index + 1)", says: [example.person],
                        goods: goods,
                        wise: example.move.map { [$0] } ?? []))
            }
        }
        for clause in charter.goods { add(clause.examples, of: clause.id, goods: [clause.id]) }
        for clause in charter.dispositions { add(clause.examples, of: clause.id, goods: [clause.id]) }
        let known = Set(charter.goods.map(\.id))
        for clause in charter.tensions where clause.between.allSatisfy(known.contains) {
            add(clause.examples, of: "between-\(clause.between.joined(separator: "-"))", goods: clause.between)
        }
        guard !scenarios.isEmpty else { return nil }
        var seen: Set<String> = []
        self.init(
            id: charter.id, version: charter.version, title: "The examples of \(charter.id)",
            about: "What the charter's authors put under its clauses: one message each.",
            limits:
                "The charter's authors wrote the examples, so a model under the charter is tried where they looked.",
            rubric: Rubric(charter), scenarios: scenarios.filter { seen.insert($0.id).inserted })
    }
}
