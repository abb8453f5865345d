/// What a Pabulib file means: an election, with who voted and what was officially chosen.
public struct PabulibReading: Hashable, Sendable {
    /// The election.
    public let election: BudgetElection
    /// Who cast each ballot, in the order of the ballots. Files exist that use an id twice.
    public let voters: [String]
    /// What the column `selected` says of each project. Nil without a column, and where a cell is empty.
    ///
    /// 0 is not funded, 1 funded, 2 funded later, by money left elsewhere, and 3 funded for other reasons.
    public let selectionCodes: [Int?]
    /// What is doubtful but didn't keep the file from being read; at most ``mostRemarks``.
    public let remarks: [PabulibProblem]

    /// The most remarks that are kept.
    public static let mostRemarks = 100

    /// The projects that were officially funded by the vote (code 1), in rising order. Nil if the file doesn't say.
    public var selected: [Int]? {
        guard selectionCodes.contains(where: { $0 != nil }) else { return nil }
        return selectionCodes.indices.filter { selectionCodes[$0] == 1 }
    }
}

extension PabulibFile {
    /// What the file means.
    ///
    /// - Throws: ``PabulibProblem`` for the first thing without which there is no election: no budget or kind of vote,
    ///   a cost that is no number, a vote for a project that isn't there, points that don't match the vote.
    /// - Complexity: linear in the length.
    public func reading() throws(PabulibProblem) -> PabulibReading {
        var interpreter = PabulibInterpreter(file: self)
        return try interpreter.reading()
    }

    /// Writes an election down.
    ///
    /// - Parameters:
    ///   - election: each ballot becomes as many rows as it has weight.
    ///   - meta: what `META` tells besides `num_projects`, `num_votes`, `budget` and `vote_type`. Pabulib itself asks
    ///     for `description`, `country`, `unit`, `instance`, `rule`, `date_begin` and `date_end`.
    /// - Complexity: linear in the length of what is written.
    public init(_ election: BudgetElection, meta: [Entry] = []) {
        let own = [
            Entry(key: "num_projects", value: "\(election.projects.count)"),
            Entry(key: "num_votes", value: "\(election.voterWeight)"),
            Entry(key: "budget", value: "\(election.budget)"),
            Entry(key: "vote_type", value: election.kind.rawValue),
        ]
        let names = Set(own.map(\.key))
        var votes: [[String]] = []
        for ballot in election.ballots {
            let projects = ballot.projects.map { election.projects[$0].id }.joined(separator: ",")
            let points = election.kind.hasPoints ? [ballot.points.map(\.description).joined(separator: ",")] : []
            for _ in 0..<ballot.weight { votes.append(["\(votes.count + 1)", projects] + points) }
        }
        self.init(
            meta: meta.filter { !names.contains($0.key) } + own, projectColumns: ["project_id", "cost", "name"],
            projects: election.projects.map { [$0.id, "\($0.cost)", $0.name] },
            voteColumns: ["voter_id", "vote"] + (election.kind.hasPoints ? ["points"] : []), votes: votes)
    }
}
