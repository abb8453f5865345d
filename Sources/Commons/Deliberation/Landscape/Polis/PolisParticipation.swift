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
        var inside = Set((previous?.participants ?? []).filter { $0 < votes.participantCount })
        let people = (0..<votes.participantCount).filter { votes.voteCount(of: $0) > 0 }
        for person in people where votes.voteCount(of: person) >= least { inside.insert(person) }
        if inside.count < 15 {
            let others = people.filter { !inside.contains($0) }
                .sorted { (votes.voteCount(of: $1), $0) < (votes.voteCount(of: $0), $1) }
            inside.formUnion(others.prefix(15 - inside.count))
        }
        participants = inside.sorted()
    }

    /// These people and nobody else.
    public init(participants: [Int]) { self.participants = Set(participants).sorted() }
}
