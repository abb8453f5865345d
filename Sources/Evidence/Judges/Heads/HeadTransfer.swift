/// How far what is learned from one file of statements holds for another: heads trained on each file, and on all others,
/// tried on the last part of each.
public struct HeadTransfer: Sendable, Hashable, Codable {
    /// One file tried.
    public struct Row: Sendable, Hashable, Codable {
        /// What the statements are about.
        public let tried: String
        /// The area (0.5 as a coin, below it the wrong way round) for the head trained on each file, in the order of
        /// ``HeadTransfer/names``; its own file by statements it never saw.
        public let byTrainedOn: [Double?]
        /// The area for a head trained on all other files together.
        public let trainedOnOthers: Double?
        /// How many statements it has to try heads on.
        public let statements: Int
        /// How many of them were left out for the head trained on all others, being near one that it learned from.
        public let leftOut: Int
    }

    /// The files by what they are about, good end up.
    public let names: [String]
    /// A row for each.
    public let rows: [Row]

    /// The files that are tried.
    public static let definitions = HeadDefinition.all + HeadDefinition.others

    /// Trains and tries.
    ///
    /// A statement that is near one that a head learned from in another file (by ``StatementSet/likeness``) is left out of
    /// what that head is tried on.
    ///
    /// - Parameter sets: For each definition its statements, with a vector for each statement.
    public init(_ sets: [(definition: HeadDefinition, statements: StatementSet, vectors: [[Float]])]) {
        let width = sets.first?.vectors.first?.count ?? 0
        let parts = sets.map { $0.statements.parts(seed: HeadTraining.seed) }
        var numbers: [String: Int32] = [:]
        let words = sets.map { set in
            set.statements.statements.map { StatementSet.words(of: $0.text, &numbers) }
        }
        func rows(_ set: Int, _ part: StatementSet.Part) -> [Int] {
            sets[set].statements.statements.indices.filter { parts[set][$0] == part }
        }
        func examples(_ chosen: [Int]) -> LabelledVectors {
            var all = LabelledVectors(width: width)
            for set in chosen {
                for row in rows(set, .train) {
                    all.add(
                        sets[set].vectors[row],
                        sets[set].statements.statements[row].matches == sets[set].definition.matchingIsGood)
                }
            }
            return all
        }
        /// The statements of one file that are near one which a head of another learned from.
        func near(_ tried: Int, _ trained: Int) -> Set<Int> {
            guard tried != trained else { return [] }
            let learned = rows(trained, .train).map { words[trained][$0] }
            return Set(
                rows(tried, .test).filter { row in
                    learned.contains { StatementSet.isNear($0, words[tried][row]) }
                })
        }
        let known = sets.indices.map { tried in sets.indices.map { near(tried, $0) } }
        func area(_ fit: LogisticRegression, trainedOn: [Int], on tried: Int) -> Double? {
            let left = trainedOn.reduce(into: Set<Int>()) { $0.formUnion(known[tried][$1]) }
            let scores = rows(tried, .test).filter { !left.contains($0) }.map { row in
                (
                    score: dot(fit.weights, sets[tried].vectors[row].map(Double.init)),
                    label: sets[tried].statements.statements[row].matches == sets[tried].definition.matchingIsGood
                )
            }
            return Separation.area(scores).map { HeadTraining.rounded($0) }
        }
        let alone = sets.indices.map { LogisticRegression(examples([$0]), penalty: HeadTraining.penalty) }
        names = sets.map(\.definition.name)
        self.rows = sets.indices.map { tried in
            let others = sets.indices.filter { $0 != tried }
            let together = LogisticRegression(examples(others), penalty: HeadTraining.penalty)
            return Row(
                tried: sets[tried].definition.name,
                byTrainedOn: sets.indices.map { area(alone[$0], trainedOn: [$0], on: tried) },
                trainedOnOthers: area(together, trainedOn: others, on: tried),
                statements: rows(tried, .test).count,
                leftOut: others.reduce(into: Set<Int>()) { $0.formUnion(known[tried][$1]) }.count)
        }
    }
}
