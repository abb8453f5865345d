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
        /// The share of each group that agrees, of those who voted on it.
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
    let agreed: [Ground]
    let refused: [Ground]
    let divisive: [Ground]

    init(_ reading: LandscapeReading, of id: ConversationID, limit: Int) {
        let landscape = reading.landscape
        let assignment = landscape.assignment()
        let count = landscape.groupCount
        let ground = CommonGround(landscape.groupVotes(), rejected: landscape.moderation.rejected)
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
            : (0..<count).map { group in
                Group(
                    number: group + 1, people: assignment.count { $0 == group },
                    holds: ground.representative(of: group, limit).map {
                        Held(
                            statement: number($0.statement), words: words($0.statement),
                            stance: VoteAnswer.word($0.stance), share: Share($0.share))
                    })
            }
        withoutGroup = count < 2 ? 0 : assignment.count { $0 < 0 }
        let all = ground.statements.count
        agreed = ground.agreed(all).filter { one in
            one.votes.allSatisfy { $0.seen > 0 && 2 * $0.agreed > $0.seen }
        }.prefix(limit).map(made)
        refused = ground.refused(all).filter { one in
            one.votes.allSatisfy { $0.seen > 0 && 2 * $0.disagreed > $0.seen }
        }.prefix(limit).map(made)
        divisive = count < 2 ? [] : ground.divisive(limit).map(made)
    }
}
