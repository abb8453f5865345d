/// Whom Polis puts into groups.
///
/// Those with at least seven votes, or with a vote on every statement while there are fewer. Below fifteen people, those
/// with the most votes fill the places. Whoever is in stays in.
public struct PolisParticipation: Sendable, Hashable {
    /// The people in it, ascending.
    public let participants: [Int]

    /// Applies the rule. Between equals, whoever came earlier fills a place: Polis's own order isn't defined there.
    ///
    /// - Parameter previous: Who was in already.
    public init(_ votes: VoteMatrix, previous: PolisParticipation? = nil) {
        let columns = votes.tallies.count { $0.seen > 0 }
        let least = min(7, columns)
        var isInside = (0..<votes.participantCount).map { votes.voteCount(of: $0) >= max(least, 1) }
        for person in previous?.participants ?? [] where person < isInside.count { isInside[person] = true }
        let missing = 15 - isInside.count { $0 }
        if missing > 0 {
            let others = isInside.indices.filter { !isInside[$0] && votes.voteCount(of: $0) > 0 }
                .sorted { (votes.voteCount(of: $1), $0) < (votes.voteCount(of: $0), $1) }
            for person in others.prefix(missing) { isInside[person] = true }
        }
        participants = isInside.indices.filter { isInside[$0] }
    }

    /// These people and nobody else.
    public init(participants: [Int]) { self.participants = Set(participants).sorted() }
}
