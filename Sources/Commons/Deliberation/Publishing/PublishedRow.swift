/// What is published under somebody's number, so that they can see whether it is what they said.
public struct PublishedRow: Sendable, Hashable, Codable {
    /// One answer.
    public struct Answer: Sendable, Hashable, Codable {
        /// The statement in its words, or the clause by its name.
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
        let questions =
            DraftTerms(canonical: files[PublicationFile.terms.rawValue] ?? [])?.clauses.map(\.name)
            ?? [AmendmentRound.question]
        guard let bytes = files[PublicationFile.ballots.rawValue],
            let box = try? BallotBox(bytes, questions: questions),
            let ballot = box.ballots.first(where: { $0.participant == code })
        else { return nil }
        return PublishedRow(
            file: PublicationFile.ballots.rawValue, code: code,
            answers: zip(questions, ballot.answers).compactMap { question, answer in
                answer.map { Answer(of: question, said: $0.rawValue) }
            })
    }
}
