/// The signs that an item is what was looked for, each as a number.
package struct Signs: Sendable, Hashable {
    /// BM25, as a share of the best item's; the same of the turns before, after, and two away.
    package var lexical: Float = 0
    package var lexicalBefore: Float = 0
    package var lexicalAfter: Float = 0
    package var lexicalTwoBefore: Float = 0
    package var lexicalTwoAfter: Float = 0
    /// How much nearer in meaning than items are on average, in standard deviations; likewise of its neighbours.
    package var meaning: Float = 0
    package var meaningBefore: Float = 0
    package var meaningAfter: Float = 0
    package var meaningTwoBefore: Float = 0
    package var meaningTwoAfter: Float = 0
    /// Which share of the question's words it holds, by rarity; the same with the turns beside it.
    package var coverage: Float = 0
    package var windowCoverage: Float = 0
    /// 1 when somebody whom the question names said it, −1 when somebody else did.
    package var speaker: Float = 0
    /// 1 when it happened when the question says, down to −1 the further away; 0 when the question says nothing of time.
    package var time: Float = 0
    /// It names a time, and the question asks for one; and when the question doesn't.
    package var tellsAskedTime: Float = 0
    package var tellsTime: Float = 0
    /// It ends as a question; it holds one; the turn before ends as one.
    package var isQuestion: Float = 0
    package var holdsQuestion: Float = 0
    package var answersQuestion: Float = 0
    /// The logarithm of one more than its words.
    package var length: Float = 0

    /// All of them, by name, in the order in which they are weighed.
    package static var all: [(name: String, path: WritableKeyPath<Signs, Float>)] {
        [
            ("lexical", \.lexical), ("lexicalBefore", \.lexicalBefore), ("lexicalAfter", \.lexicalAfter),
            ("lexicalTwoBefore", \.lexicalTwoBefore), ("lexicalTwoAfter", \.lexicalTwoAfter), ("meaning", \.meaning),
            ("meaningBefore", \.meaningBefore), ("meaningAfter", \.meaningAfter),
            ("meaningTwoBefore", \.meaningTwoBefore), ("meaningTwoAfter", \.meaningTwoAfter),
            ("coverage", \.coverage), ("windowCoverage", \.windowCoverage), ("speaker", \.speaker), ("time", \.time),
            ("tellsAskedTime", \.tellsAskedTime), ("tellsTime", \.tellsTime), ("isQuestion", \.isQuestion),
            ("holdsQuestion", \.holdsQuestion), ("answersQuestion", \.answersQuestion), ("length", \.length),
        ]
    }

    package init() {}
}

/// How the signs are weighed against each other.
///
/// A linear model. The weights of the signs were fitted by `Benchmarks/recall.sh`, which prints them, on three dialogues of
/// LoCoMo (Maharana et al. 2024, arXiv 2402.17753), listwise: the softmax over all turns of a dialogue against the evidence
/// (Cao et al. 2007, doi 10.1145/1273496.1273513). Nothing was fitted to the other three; the benchmark shows what each
/// part adds on both halves. The other numbers were set by hand, because no data at hand speaks of them.
package struct Ranking: Sendable, Hashable {
    // MARK: Fitted

    /// The weight of each sign.
    package var weights = Signs()
    /// Whether the names of people who speak are left out of the words that are looked for. They stand in what is said
    /// to them, not in what they say.
    package var leavesOutNames = true
    /// What turns the sum into a likelihood (Platt 1999): steepness and offset.
    package var steepness: Float = 1
    package var offset: Float = 0

    // MARK: Set by hand

    /// A value, goal or commitment.
    var reflective: Float = 0.4
    /// A commitment or goal that is due within a week or was within the last two days.
    var due: Float = 1
    /// Said in the conversation that is going on.
    var sameConversation: Float = 0.3
    /// It was true once and isn't any more, and the question names no time.
    var ended: Float = -1.2
    /// For each unit by which confidence falls short of 1.
    var doubt: Float = -0.8
    /// How much of the weight of the question's own words those of the purpose have.
    var purposeShare: Float = 0.25

    /// For what the person pinned.
    var pinned: Float = 0.7

    package init() {}

    /// The sum of the signs by weight.
    @inline(__always)
    package func sum(_ signs: Signs) -> Float {
        let words =
            weights.lexical * signs.lexical + weights.lexicalBefore * signs.lexicalBefore
            + weights.lexicalAfter * signs.lexicalAfter + weights.lexicalTwoBefore * signs.lexicalTwoBefore
            + weights.lexicalTwoAfter * signs.lexicalTwoAfter
        let meaning =
            weights.meaning * signs.meaning + weights.meaningBefore * signs.meaningBefore
            + weights.meaningAfter * signs.meaningAfter + weights.meaningTwoBefore * signs.meaningTwoBefore
            + weights.meaningTwoAfter * signs.meaningTwoAfter
        let cover = weights.coverage * signs.coverage + weights.windowCoverage * signs.windowCoverage
        let circumstances =
            weights.speaker * signs.speaker + weights.time * signs.time
            + weights.tellsAskedTime * signs.tellsAskedTime + weights.tellsTime * signs.tellsTime
        let form =
            weights.isQuestion * signs.isQuestion + weights.holdsQuestion * signs.holdsQuestion
            + weights.answersQuestion * signs.answersQuestion + weights.length * signs.length
        return words + meaning + cover + circumstances + form
    }

    /// What the neighbours add to the sum.
    func neighbours(_ signs: Signs) -> Float {
        weights.lexicalBefore * signs.lexicalBefore + weights.lexicalAfter * signs.lexicalAfter
            + weights.lexicalTwoBefore * signs.lexicalTwoBefore + weights.lexicalTwoAfter * signs.lexicalTwoAfter
            + weights.windowCoverage * (signs.windowCoverage - signs.coverage)
    }

    /// The weights in use.
    package static let fitted: Ranking = {
        var ranking = Ranking()
        let values: [Float] = [
            2.205, 0.544, -0.637, 1.242, 0.962, 0.704, 0.296, 0.27, 0.168, 0.107, -1.191, 4.903, 1.307, 2.344, 2.298,
            0.518, -0.539, 0.234, 0.359, 0.833,
        ]
        (ranking.steepness, ranking.offset) = (0.798, -10.228)
        for (sign, value) in zip(Signs.all, values) { ranking.weights[keyPath: sign.path] = value }
        return ranking
    }()
}
