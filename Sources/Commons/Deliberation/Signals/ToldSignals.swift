/// The signs of a conversation with reasons and effects in words, by the names of its own people and statements.
public struct ToldSignals: Encodable, Sendable {
    /// A sign to look into.
    public struct Sign: Encodable, Sendable {
        /// What was noticed.
        public let sign: SuspiciousCluster.Kind
        /// Why, in a sentence or two.
        public let reason: String
        /// The participants' numbers.
        public let participants: [Int64]
        /// How surprising it is beyond chance, in nats.
        public let surprise: Double
        /// What would change without them.
        public let effect: Effect
    }

    /// What would change if some people had not taken part.
    public struct Effect: Encodable, Sendable {
        /// How many they are.
        public let people: Int
        /// How many groups there are with them; 1 means none.
        public let groupsBefore: Int
        /// How many there would be without.
        public let groupsAfter: Int
        /// Adjusted Rand index of the groups on those who stay.
        public let sameGroups: Double
        /// Statements that every group agrees on only with these people.
        public let agreedGone: [Int]
        /// Statements that every group agrees on only without them.
        public let agreedNew: [Int]
        /// Statements that would leave the slate.
        public let slateGone: [Int]
        /// Statements that would come into it.
        public let slateNew: [Int]
        /// Whether the slate's certificate holds; nil without a slate.
        public let certificateBefore: Bool?
        /// Whether it would hold without them.
        public let certificateAfter: Bool?
        /// How often, of ``SignalFindings/draws`` times that as many people were left out by lot, as much changed; nil where
        /// nothing does.
        public let asMuchByLot: Int?
        /// All of it in a sentence or two.
        public let words: String

        init(
            _ effect: RemovalEffect, asMuchByLot: Int? = nil, words: String, naming id: (Int) -> Int
        ) {
            people = effect.people
            (groupsBefore, groupsAfter) = effect.groupCounts
            sameGroups = effect.sameGroups
            agreedGone = effect.agreedGone.map(id)
            agreedNew = effect.agreedNew.map(id)
            slateGone = effect.slateGone.map(id)
            slateNew = effect.slateNew.map(id)
            (certificateBefore, certificateAfter) = effect.certificates
            self.asMuchByLot = asMuchByLot
            self.words = words
        }
    }

    /// How often a sign is wrong.
    public struct Rate: Encodable, Sendable {
        /// Which sign.
        public let sign: SuspiciousCluster.Kind
        /// As it was measured.
        public let words: String
    }

    /// Whether times are known; without them bursts and orders weren't looked for.
    public let hasTimes: Bool
    /// What was noticed, the most surprising first.
    public let signs: [Sign]
    /// Without everybody who is named in a sign; nil with fewer than two signs.
    public let together: Effect?
    /// How often each sign is wrong.
    public let errorRates: [Rate]

    /// Names people and statements.
    ///
    /// - Parameters:
    ///   - statement: the number of a statement, by its column.
    ///   - participant: the number of a participant, by their row.
    public init(_ findings: SignalFindings, statement: (Int) -> Int, participant: (Int) -> Int64) {
        func name(_ column: Int) -> String { "#\(statement(column))" }
        hasTimes = findings.hasTimes
        signs = findings.signs.map { sign in
            Sign(
                sign: sign.cluster.kind, reason: sign.cluster.words(naming: name),
                participants: sign.cluster.people.map(participant), surprise: sign.cluster.surprise,
                effect: Effect(
                    sign.effect, asMuchByLot: sign.asMuchByLot, words: sign.effectWords(naming: name),
                    naming: statement))
        }
        together = findings.together.map { Effect($0, words: $0.words(naming: name), naming: statement) }
        errorRates = SuspiciousCluster.Kind.allCases.map { Rate(sign: $0, words: $0.errorRate) }
    }
}
