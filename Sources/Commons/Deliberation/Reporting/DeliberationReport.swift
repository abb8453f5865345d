public import SocialChoice

/// All that a conversation's votes say, for one page: the map, groups and what each holds in its own words, common ground,
/// what divides, a slate with its certificates, dissent, signs of manipulation, and how much to trust each number.
///
/// ```swift
/// let page = DeliberationReport(conversation).html
/// ```
///
/// It is written for people, so that nobody is told of singly: no ids of participants, no position of a single person,
/// and nothing that fewer than five people hold (``TellableGround``, ``ToldSlate``).
public struct DeliberationReport: Sendable {
    /// What goes into a report.
    public struct Settings: Sendable, Hashable {
        /// How many statements the slate has; fewer where there are fewer.
        public var seats: Int
        /// How often people are drawn anew to see whether groups are real; 0 leaves that open.
        public var samples: Int
        /// How many statements each list has at most.
        public var limit: Int
        /// What every draw follows from.
        public var seed: UInt64
        /// How many sets of statements each check of the slate may look at.
        public var work: Int

        /// Five seats, sixty draws, eight statements in a list.
        public init(seats: Int = 5, samples: Int = 60, limit: Int = 8, seed: UInt64 = 1, work: Int = 100_000) {
            self.seats = max(1, seats)
            self.samples = max(0, samples)
            self.limit = max(1, limit)
            self.seed = seed
            self.work = max(1, work)
        }
    }

    /// What it was made with.
    public let settings: Settings
    /// What the conversation is about; may be empty.
    public let topic: String
    /// What people were told of it; may be empty.
    public let about: String
    /// The statements with their words.
    public let statements: [PolisConversation.Statement]
    /// What is doubtful about the votes that were read.
    public let remarks: [String]
    /// Where people stand.
    public let landscape: OpinionLandscape
    /// How sure groups are; nil if it wasn't asked, or there are none.
    public let examination: GroupExamination?
    /// The group of each person, or -1.
    public let groups: [Int]
    /// What groups of five people or more share and what divides them.
    public let ground: TellableGround
    /// What people agree on although they differ.
    public let bridging: Bridging
    /// The slate as it is told; nil where there is nothing to choose from.
    public let told: ToldSlate?
    /// Each axiom with what was found of the slate.
    public let certificates: [(axiom: RepresentationAxiom, certificate: Certificate)]
    /// Signs of manipulation with what hangs on them.
    public let signals: SignalFindings

    /// Works a report out.
    ///
    /// - Complexity: the examination's searches for groups, and one landscape for each sign of manipulation.
    public init(
        _ conversation: PolisConversation, moderation: StatementModeration? = nil, settings: Settings = .init()
    ) {
        let moderation = moderation ?? conversation.moderation()
        self.settings = settings
        topic = conversation.topic
        about = conversation.description
        statements = conversation.statements
        remarks = conversation.remarks
        let landscape = OpinionLandscape(
            conversation.votes, moderation: moderation, settings: LandscapeSettings(seed: settings.seed))
        self.landscape = landscape
        examination =
            settings.samples > 0 && landscape.groupCount > 1
            ? GroupExamination(landscape, replicates: settings.samples, seed: settings.seed) : nil
        groups = landscape.assignment()
        ground = TellableGround(landscape)
        bridging = Bridging(conversation.votes, rejected: moderation.rejected)
        let open = conversation.votes.tallies.indices.count {
            conversation.votes.tallies[$0].agreed > 0 && !moderation.rejected.contains($0)
        }
        let slate = try? Slate(
            of: conversation.votes, moderation: moderation, groups: groups, groupCount: landscape.groupCount,
            seats: min(settings.seats, max(open, 1)))
        told = slate.map { ToldSlate($0, landscape: landscape) }
        certificates = RepresentationAxiom.allCases.compactMap { axiom in
            slate.map { (axiom, $0.certificate(of: axiom, limit: WorkLimit(nodes: settings.work))) }
        }
        signals = SignalFindings(landscape, history: conversation.history, seats: min(settings.seats, max(open, 1)))
    }

    /// The slate; nil where there is nothing to choose from.
    public var slate: Slate? { told?.slate }

    /// "17 people", or that they are fewer than five.
    static func people(_ count: Int) -> String {
        count > 0 && count < TellableGround.fewestPeople ? "Fewer than five people" : "\(count) people"
    }

    /// Whether there are groups to speak of.
    var hasGroups: Bool { landscape.groupCount > 1 }

    /// What a statement is called in a sentence.
    func name(_ statement: Int) -> String { "#\(statements[statement].id)" }
}
