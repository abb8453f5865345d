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
    /// For a ballot what it says that it was cast on: the fingerprint of the draft, or of both charters of a change.
    public var on: String?
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
        let terms = DraftTerms(canonical: files[PublicationFile.terms.rawValue] ?? [])
        // A change is voted on as a whole.
        let clauses = terms?.amends == nil ? terms?.clauses : nil
        let questions = clauses?.map(\.question) ?? [AmendmentRound.question]
        guard let bytes = files[PublicationFile.ballots.rawValue], let mark = BallotSubject.mark(in: bytes),
            let box = try? BallotBox(bytes, on: BallotSubject(mark: mark, questions: questions)),
            let ballot = box.ballots.first(where: { $0.participant == code })
        else { return nil }
        // Other words than those that the ballots name aren't what this person voted on.
        let words = subject(of: clauses, in: files)?.mark == mark ? words(of: clauses, in: files) : [:]
        return PublishedRow(
            file: PublicationFile.ballots.rawValue, code: code, on: mark,
            answers: zip(questions, ballot.answers).compactMap { question, answer in
                answer.map {
                    Answer(
                        of: "\(question): \(words[question] ?? "(other words than those published)")", said: $0.rawValue
                    )
                }
            })
    }

    /// What the published words ask. Nil where they can't be read.
    private static func subject(of clauses: [PlannedClause]?, in files: [String: [UInt8]]) -> BallotSubject? {
        let read = { (file: PublicationFile) in
            try? Charter.read(files[file.rawValue] ?? [], file: file.rawValue).charter
        }
        guard clauses != nil, let terms = DraftTerms(canonical: files[PublicationFile.terms.rawValue] ?? []) else {
            guard let old = read(.previous), let proposal = read(.proposal) else { return nil }
            return BallotSubject(proposal, changing: old)
        }
        return read(.draft).map { BallotSubject($0, terms: terms) }
    }

    /// What each question of the second vote was about, by its name.
    private static func words(of clauses: [PlannedClause]?, in files: [String: [UInt8]]) -> [String: String] {
        guard let clauses else {
            let diff = String(decoding: files[PublicationFile.diff.rawValue] ?? [], as: UTF8.self)
            return [AmendmentRound.question: diff.split(whereSeparator: \.isWhitespace).joined(separator: " ")]
        }
        let file = PublicationFile.draft.rawValue
        guard let draft = try? Charter.read(files[file] ?? [], file: file).charter else { return [:] }
        return clauses.reduce(into: [:]) { $0[$1.question] = draft.words(at: $1.path)?.says }
    }
}
