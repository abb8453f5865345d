/// Signs that a conversation may have been steered by few hands with many accounts, for moderators to look into.
///
/// Four signs, each with its reason in words: votes that are nearly alike, bursts of newcomers who take one side, people
/// who only ever cast the same one vote, and the same order of statements. How often each is wrong was measured on real
/// conversations (``SuspiciousCluster/Kind/errorRate``).
///
/// Each sign asks how likely it would be if people voted independently of each other, given what is popular; of all that
/// is compared, one false sign in twenty conversations would come by chance. Real people aren't independent, so more do.
///
/// It isn't for removing anybody: see ``RemovalEffect`` for what would change. Somebody who knows how it works and has
/// patience can evade it, and a family at one table can set it off.
public struct ConversationSignals: Sendable {
    /// What was noticed, the most surprising first.
    public let clusters: [SuspiciousCluster]
    /// Whether times are known. Without them there is no telling of bursts, nor of the order in which people voted. Times
    /// that are all whole hours, as in the exports of conversations that are held here, are no times for this, nor is one
    /// moment for all, as where votes were brought in from elsewhere.
    public let hasTimes: Bool

    /// Fewer people than this are no cluster.
    public static let fewestPeople = 3
    /// For each sign, the chance of a false one in a conversation of people who vote independently.
    public static let chance = 0.05

    /// Looks for signs.
    ///
    /// - Parameters:
    ///   - votes: Who voted what.
    ///   - history: Votes with their times, the earliest first; empty where none are known.
    ///   - moderation: Votes on rejected statements say nothing.
    ///   - groups: The group of each person, or -1: people of one opinion vote alike without any plot.
    ///   - groupCount: How many groups there are.
    /// - Complexity: each person with eight votes or more is compared with up to 5,000 others, in time proportional to
    ///   the others' votes; the rest is linear in the votes.
    public init(
        _ votes: VoteMatrix, history: [TimedVote] = [], moderation: StatementModeration = .init(), groups: [Int] = [],
        groupCount: Int = 0
    ) {
        let known = votes.filter { _, statement, _ in !moderation.rejected.contains(statement) }
        let course = VotingCourse(history, people: votes.participantCount, rejected: moderation.rejected)
        hasTimes = history.contains { !$0.time.isMultiple(of: 3_600_000) && $0.time != history[0].time }
        var found = AlikeVotes.clusters(known, groups: groups, groupCount: groupCount)
        found += OneVotePeople(known, course).clusters
        if hasTimes {
            found += NewcomerBursts(known, course).clusters
            found += Lockstep(course, statementCount: votes.statementCount).clusters
        }
        clusters = found.sorted { ($1.surprise, $0.people[0]) < ($0.surprise, $1.people[0]) }
    }
}

/// How people went through a conversation.
struct VotingCourse {
    /// For each person the statements in the order in which they first voted on them, with the times.
    private(set) var steps: [[(statement: Int, time: Int)]]

    init(_ history: [TimedVote], people: Int, rejected: Set<Int>) {
        steps = Array(repeating: [], count: people)
        var seen: Set<Int> = []
        for entry in history {
            let vote = entry.vote
            guard steps.indices.contains(vote.participant), !rejected.contains(vote.statement),
                seen.insert(vote.participant << 24 | vote.statement).inserted
            else { continue }
            steps[vote.participant].append((vote.statement, entry.time))
        }
    }
}
