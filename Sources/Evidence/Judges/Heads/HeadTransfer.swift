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
    }

    /// The files by what they are about, good end up.
    public let names: [String]
    /// A row for each.
    public let rows: [Row]

    /// The files that are tried.
    public static let definitions = HeadDefinition.all + HeadDefinition.others

    /// Trains and tries.
    ///
    /// Statements with the same words in both files are left out of what is tried.
    ///
    /// - Parameter sets: For each definition its statements, with a vector for each statement.
    public init(_ sets: [(definition: HeadDefinition, statements: StatementSet, vectors: [[Float]])]) {
        let width = sets.first?.vectors.first?.count ?? 0
        let parts = sets.map { $0.statements.parts(seed: HeadTraining.seed) }
        let words = sets.map { set in
            set.statements.statements.map { Set(ReplyText($0.text).foldedWords) }
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
        func area(_ fit: LogisticRegression, trainedOn: [Int], on tried: Int) -> Double? {
            let known = Set(
                trainedOn.filter { $0 != tried }.flatMap { set in rows(set, .train).map { words[set][$0] } })
            let scores = rows(tried, .test).filter { !known.contains(words[tried][$0]) }.map { row in
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
                trainedOnOthers: area(together, trainedOn: others, on: tried))
        }
    }
}
