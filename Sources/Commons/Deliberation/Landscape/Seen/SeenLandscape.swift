/// The landscape of a conversation that is held here, as somebody gets to see it.
public struct SeenLandscape: Sendable, Encodable {
    /// A statement by its number and words.
    public struct Named: Sendable, Encodable, Hashable {
        /// Its number in the conversation.
        public let number: Int
        /// What it says.
        public let words: String
    }

    /// Which conversation.
    public let conversation: String
    /// The number of the newest vote in it.
    public let event: Int64
    /// When it was taken, in milliseconds since 1970: no later vote is in it.
    public internal(set) var asOf: Int64
    /// So many people must vote, change a vote or leave before another one is shown; 0 where it is always the newest.
    public let renewedAfter: Int
    /// Votes that were only taken up since the whole was reckoned.
    public let votesSince: Int
    /// How many people voted.
    public let people: Int
    /// How many votes count.
    public let votes: Int
    /// Groups, how sure they are, and what they share. Its members stand beside the others in JSON.
    public internal(set) var told: ToldLandscape<Named>

    init(_ reading: LandscapeReading, of id: ConversationID, limit: Int, renewedAfter: Int, at moment: Int64) {
        let landscape = reading.landscape
        conversation = id.description
        event = reading.event
        asOf = moment
        self.renewedAfter = renewedAfter
        votesSince = landscape.votesSince
        people = reading.peopleCount
        votes = reading.voteCount
        told = ToldLandscape(landscape, limit: limit) { column in
            let statement = reading.statements[column]
            return Named(number: statement.number, words: statement.words)
        }
    }

    /// The same without statements that moderators took out since, and with at most so many in each list.
    func showing(_ limit: Int, without hidden: Set<Int>) -> SeenLandscape {
        func shown<One>(_ list: [One], _ statement: (One) -> Named) -> [One] {
            Array(list.filter { !hidden.contains(statement($0).number) }.prefix(limit))
        }
        var seen = self
        seen.told.agreed = shown(told.agreed, \.statement)
        seen.told.refused = shown(told.refused, \.statement)
        seen.told.divisive = shown(told.divisive, \.statement)
        for place in told.groups.indices {
            seen.told.groups[place].holds = shown(told.groups[place].holds, \.statement)
        }
        return seen
    }

    private enum CodingKeys: String, CodingKey {
        case conversation, event, asOf, renewedAfter, votesSince, people, votes
    }

    /// One object, with the members of ``told`` in it.
    public func encode(to encoder: any Encoder) throws {
        try told.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(conversation, forKey: .conversation)
        try container.encode(event, forKey: .event)
        try container.encode(asOf, forKey: .asOf)
        try container.encode(renewedAfter, forKey: .renewedAfter)
        try container.encode(votesSince, forKey: .votesSince)
        try container.encode(people, forKey: .people)
        try container.encode(votes, forKey: .votes)
    }
}
