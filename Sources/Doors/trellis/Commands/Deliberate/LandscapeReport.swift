import Deliberation

/// What `trellis deliberate landscape` says, for JSON and for the page.
struct LandscapeReport: Encodable {
    /// How it was reckoned.
    enum Mathematics: String, Encodable {
        case trellis
        case polis
    }

    /// A statement that people agree with although they differ in everything else.
    struct Bridge: Encodable {
        let statement: DeliberatedConversation.Named
        /// Community Notes' score, from about -1 to 1, with its interval of 95%.
        let score: Score

        struct Score: Encodable {
            let value: Double
            let lower: Double
            let upper: Double
        }
    }

    let conversation: DeliberatedConversation.Size
    let mathematics: Mathematics
    /// Groups, and what they share: its members stand beside those of the report in JSON.
    let told: ToldLandscape<DeliberatedConversation.Named>
    /// By bridging score, the highest first.
    let bridging: [Bridge]
    /// What to show next to somebody who comes new; empty by Polis's mathematics, which draws it anew each time.
    let next: [DeliberatedConversation.Named]
    let remarks: [String]

    enum CodingKeys: String, CodingKey { case conversation, mathematics, bridging, next, remarks }

    func encode(to encoder: any Encoder) throws {
        try told.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(conversation, forKey: .conversation)
        try container.encode(mathematics, forKey: .mathematics)
        try container.encode(bridging, forKey: .bridging)
        try container.encode(next, forKey: .next)
        try container.encode(remarks, forKey: .remarks)
    }
}

extension LandscapeReport {
    /// The landscape with groups that may be none, and how far each can be trusted.
    ///
    /// - Parameters:
    ///   - samples: so often people are drawn again for each group; 0 leaves that question open.
    ///   - limit: so many statements in each list.
    init(_ source: DeliberatedConversation, samples: Int, seed: UInt64, limit: Int) {
        let landscape = OpinionLandscape(
            source.conversation.votes, moderation: source.moderation, settings: LandscapeSettings(seed: seed))
        let told = ToldLandscape(landscape, limit: limit, naming: source.named)
        self.init(
            source, .trellis,
            samples > 0 && landscape.groupCount > 1
                ? told.judged(by: GroupExamination(landscape, replicates: samples, seed: seed), of: landscape) : told,
            limit: limit, next: NextStatements(landscape, limit: limit, seed: seed).statements)
    }

    /// The landscape as Polis reckons it.
    init(polis source: DeliberatedConversation, limit: Int) {
        let landscape = PolisLandscape(source.conversation.votes, moderation: source.moderation)
        self.init(
            source, .polis,
            ToldLandscape(
                landscape, people: source.conversation.votes.participantCount, limit: limit, naming: source.named),
            limit: limit)
    }

    private init(
        _ source: DeliberatedConversation, _ mathematics: Mathematics,
        _ told: ToldLandscape<DeliberatedConversation.Named>, limit: Int, next: [Int] = []
    ) {
        conversation = source.size
        self.mathematics = mathematics
        self.told = told
        remarks = source.conversation.remarks
        self.next = next.map(source.named)
        let scores = Bridging(source.conversation.votes, rejected: source.moderation.rejected).scores
        let tallies = source.conversation.votes.tallies
        let rated = scores.enumerated().compactMap { statement, score in
            tallies[statement].seen < TellableGround.fewestPeople ? nil : score.map { (statement, $0) }
        }
        bridging = rated.sorted { ($1.1.lower, $0.0) < ($0.1.lower, $1.0) }.prefix(limit).map { statement, score in
            Bridge(
                statement: source.named(statement),
                score: .init(value: score.value, lower: score.lower, upper: score.upper))
        }
    }
}
