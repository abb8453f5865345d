/// Puts the files of a Polis export together.
struct PolisReading {
    typealias Statement = PolisConversation.Statement

    var topic = ""
    var about = ""
    var statements: [Statement] = []
    var participants: [Int] = []
    var groups: [Int] = []
    var votes: VoteMatrix
    var history: [TimedVote] = []
    var remarks: [String] = []

    init(_ files: PolisConversation.Files) throws(ImportProblem) {
        let matrix = try files.participantsVotes.map { bytes throws(ImportProblem) in try PolisVoteMatrixFile(bytes) }
        let record = try files.votes.map { bytes throws(ImportProblem) in try PolisVotesFile(bytes) }
        let comments = try files.comments.map { bytes throws(ImportProblem) in try PolisCommentsFile(bytes) }
        guard matrix != nil || record != nil else {
            throw ImportProblem(
                file: "participants-votes.csv", line: 1, column: 1, message: "There are no votes.",
                help: "Give participants-votes.csv or votes.csv of the export.")
        }
        let rows = comments?.statements ?? [:]
        let ids = Set(matrix?.statements ?? []).union(record?.cast.map(\.statement) ?? []).union(rows.keys).sorted()
        statements = ids.map { id in
            Statement(id: id, text: rows[id]?.text ?? "", decision: rows[id]?.decision ?? .undecided)
        }
        let known = matrix?.participants ?? []
        let all = Set(known)
        let others = Set(record?.cast.map(\.participant) ?? []).subtracting(all).sorted()
        participants = matrix == nil ? others : known
        groups = matrix?.groups ?? []
        let column = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
        let row = Dictionary(uniqueKeysWithValues: participants.enumerated().map { ($1, $0) })
        let place = { (votes: [PolisVote]) -> [CastVote] in
            votes.compactMap { vote in
                guard let participant = row[vote.participant], let statement = column[vote.statement] else {
                    return nil
                }
                return CastVote(
                    participant: participant, statement: statement, stance: vote.stance, importance: vote.importance)
            }
        }
        let chosen = place(matrix.map { Self.weighed($0.cast, by: record?.cast ?? []) } ?? record?.cast ?? [])
        do throws(VoteMatrixError) {
            votes = try VoteMatrix(chosen, participantCount: participants.count, statementCount: ids.count)
            if matrix != nil, let record {
                let last = try VoteMatrix(
                    place(record.cast), participantCount: participants.count, statementCount: ids.count)
                compare(last, people: others.count)
            }
        } catch {
            throw ImportProblem(
                file: matrix == nil ? "votes.csv" : "participants-votes.csv", line: 1, column: 1,
                message: "\(error)", help: "Split the conversation, or check the file.")
        }
        if let record {
            history = zip(record.cast, record.times).compactMap { vote, time in
                place([vote]).first.map { TimedVote(vote: $0, time: time) }
            }
        }
        remark(on: rows, hasComments: comments != nil)
        if let bytes = files.summary {
            let summary = try PolisSummaryFile(bytes)
            topic = summary.values["topic"] ?? ""
            about = summary.values["conversation-description"] ?? ""
        }
    }

    /// The votes of one file with the importance that the other has for the same vote.
    private static func weighed(_ votes: [PolisVote], by record: [PolisVote]) -> [PolisVote] {
        guard record.contains(where: { $0.importance != nil }) else { return votes }
        var said: [Int: [Int: PolisVote]] = [:]
        for vote in record { said[vote.participant, default: [:]][vote.statement] = vote }
        return votes.map { vote in
            var vote = vote
            if let other = said[vote.participant]?[vote.statement], other.stance == vote.stance {
                vote.importance = other.importance
            }
            return vote
        }
    }

    /// Both files of votes should say the same.
    private mutating func compare(_ last: VoteMatrix, people: Int) {
        var differing = 0
        for person in participants.indices {
            let (first, second) = (votes.votes(of: person), last.votes(of: person))
            if first == second { continue }
            let said = Dictionary(uniqueKeysWithValues: first.map { ($0.statement, $0.stance) })
            let recorded = Dictionary(uniqueKeysWithValues: second.map { ($0.statement, $0.stance) })
            differing += Set(said.keys).union(recorded.keys).count { said[$0] != recorded[$0] }
        }
        if differing > 0 {
            remarks.append(
                "participants-votes.csv and votes.csv differ in \(differing == 1 ? "one vote" : "\(differing) votes"). The former was taken."
            )
        }
        if people > 0 {
            remarks.append(
                "votes.csv has \(people == 1 ? "one person" : "\(people) people") who "
                    + "\(people == 1 ? "isn't" : "aren't") in participants-votes.csv, and so nowhere here.")
        }
    }

    private mutating func remark(
        on rows: [Int: (text: String, decision: PolisConversation.Decision)], hasComments: Bool
    ) {
        guard hasComments else {
            remarks.append("There is no comments.csv, so statements have no words and none is left out by moderation.")
            return
        }
        let silent = statements.count { rows[$0.id] == nil }
        if silent > 0 {
            remarks.append(
                "comments.csv doesn't have \(silent == 1 ? "one statement" : "\(silent) statements") that "
                    + "\(silent == 1 ? "was" : "were") voted on. \(silent == 1 ? "It has" : "They have") no words here."
            )
        }
    }
}
