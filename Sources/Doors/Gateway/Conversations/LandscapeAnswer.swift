import Deliberation

/// The landscape of a conversation as the API shows it.
struct LandscapeAnswer: Encodable {
    /// A share of people, never without its interval of 95%.
    struct Share: Encodable {
        let value: Double
        let lower: Double
        let upper: Double

        init(_ share: ShareEstimate) { (value, lower, upper) = (share.value, share.lower, share.upper) }
    }

    /// A statement that all groups take a side on, or that divides them.
    struct Ground: Encodable {
        let statement: Int
        let words: String
        /// The share of each group in `groups` that agrees, in that order, of those who voted on it; of everybody where there
        /// are no groups.
        let agreement: [Share]
    }

    struct Held: Encodable {
        let statement: Int
        let words: String
        let stance: String
        let share: Share
    }

    struct Group: Encodable {
        let number: Int
        let people: Int
        /// What sets it apart.
        let holds: [Held]
    }

    struct Basis: Encodable {
        /// Whether there are votes enough to speak of groups.
        let isEnough: Bool
        let words: String
    }

    let conversation: String
    /// The number of the newest vote in it.
    let event: Int64
    /// Votes that were only taken up since the whole was reckoned.
    let votesSince: Int
    let people: Int
    let votes: Int
    let basis: Basis
    let groups: [Group]
    let withoutGroup: Int
    /// What isn't told because too few people hold it; left out where everything is told.
    let untold: String?
    let agreed: [Ground]
    let refused: [Ground]
    let divisive: [Ground]

    init(_ reading: LandscapeReading, of id: ConversationID, limit: Int) {
        let landscape = reading.landscape
        let assignment = landscape.assignment()
        let count = landscape.groupCount
        let ground = TellableGround(landscape)
        let words = { (column: Int) in reading.statements[column].words }
        let number = { (column: Int) in reading.statements[column].number }
        let made = { (one: CommonGround.Statement) in
            Ground(
                statement: number(one.statement), words: words(one.statement), agreement: one.agreement.map(Share.init))
        }
        conversation = id.description
        event = reading.event
        votesSince = landscape.votesSince
        people = landscape.votes.participantCount
        votes = landscape.votes.voteCount
        basis = Basis(isEnough: landscape.basis.isEnough, words: landscape.basis.description)
        groups =
            count < 2
            ? []
            : ground.groups.enumerated().map { place, group in
                Group(
                    number: group + 1, people: ground.people[place],
                    holds: ground.representative(at: place, limit).map {
                        Held(
                            statement: number($0.statement), words: words($0.statement),
                            stance: VoteAnswer.word($0.stance), share: Share($0.share))
                    })
            }
        withoutGroup = count < 2 ? 0 : assignment.count { $0 < 0 }
        untold = ground.remark
        agreed = ground.shared(.agree, limit).map { made($0.statement) }
        refused = ground.shared(.disagree, limit).map { made($0.statement) }
        divisive = ground.divisive(limit).map(made)
    }
}
