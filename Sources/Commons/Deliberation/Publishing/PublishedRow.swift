import Charters

/// What is published under somebody's number, so that they can see whether it is what they said.
public struct PublishedRow: Sendable, Hashable, Codable {
    /// One answer.
    public struct Answer: Sendable, Hashable, Codable {
        /// The statement in its words, the clause by its name and in the words that were voted on, or what a proposal
        /// changes.
        public let of: String
        /// `agree`, `disagree`, `pass`; in the second vote `yes`, `no`, `abstain`.
        public let said: String
    }

    /// In which file.
    public let file: String
    /// The number.
    public let code: String
    /// The answers, in the order of the file.
    public let answers: [Answer]

    /// Every row under a number: none, or one.
    public static func all(_ code: String, in files: [String: [UInt8]]) -> [PublishedRow] {
        [vote(code, in: files), ballot(code, in: files)].compactMap { $0 }
    }

    private static func vote(_ code: String, in files: [String: [UInt8]]) -> PublishedRow? {
        guard let votes = files[PublicationFile.votes.rawValue], let number = Int(code),
            let read = try? PolisConversation(
                .init(participantsVotes: votes, comments: files[PublicationFile.statements.rawValue])),
            let row = read.participants.firstIndex(of: number)
        else { return nil }
        return PublishedRow(
            file: PublicationFile.votes.rawValue, code: code,
            answers: read.votes.votes(of: row).map { vote in
                let statement = read.statements[vote.statement]
                let said =
                    switch vote.stance {
                    case .agree: "agree"
                    case .disagree: "disagree"
                    case .pass: "pass"
                    }
                return Answer(of: "#\(statement.id) \(statement.text)", said: said)
            })
    }

    private static func ballot(_ code: String, in files: [String: [UInt8]]) -> PublishedRow? {
        let clauses = DraftTerms(canonical: files[PublicationFile.terms.rawValue] ?? [])?.clauses
        let questions = clauses?.map(\.name) ?? [AmendmentRound.question]
        let words = words(of: clauses, in: files)
        guard let bytes = files[PublicationFile.ballots.rawValue],
            let box = try? BallotBox(bytes, questions: questions),
            let ballot = box.ballots.first(where: { $0.participant == code })
        else { return nil }
        return PublishedRow(
            file: PublicationFile.ballots.rawValue, code: code,
            answers: zip(questions, ballot.answers).compactMap { question, answer in
                answer.map { Answer(of: question + (words[question].map { ": \($0)" } ?? ""), said: $0.rawValue) }
            })
    }

    /// What each question of the second vote was about, by its name.
    private static func words(of clauses: [PlannedClause]?, in files: [String: [UInt8]]) -> [String: String] {
        guard let clauses else {
            let diff = String(decoding: files[PublicationFile.diff.rawValue] ?? [], as: UTF8.self)
            return [AmendmentRound.question: diff.split(whereSeparator: \.isWhitespace).joined(separator: " ")]
        }
        let file = PublicationFile.draft.rawValue
        guard let draft = try? Charter.read(files[file] ?? [], file: file).charter else { return [:] }
        return clauses.reduce(into: [:]) { $0[$1.name] = draft.words(at: $1.path)?.says }
    }
}
