public import Store

/// What can go wrong in a conversation, each with what to do next in its ``description``.
public enum ConversationError: Error, Hashable, Sendable {
    /// There is no such conversation here.
    case noSuchConversation
    /// There is no such statement in it.
    case noSuchStatement(Int)
    /// Something that was sent can't be taken: which part of it, and what it must be.
    case unfit(_ field: String, _ words: String)
    /// The conversation is closed.
    case closed
    /// Nobody comes in this way.
    case notOffered(JoiningWay, offered: Set<JoiningWay>)
    /// There is no such invitation.
    case unknownInvitation
    /// Somebody came in with this invitation already.
    case usedInvitation
    /// Somebody came in with this ID token already.
    case usedToken
    /// The conversation is closed, and moderators add nothing to it either.
    case closedToStatements
    /// A proof of work that doesn't hold, and why.
    case unfitProof(ProofOfWork.Problem)
    /// No participant of this conversation was shown.
    case notAParticipant
    /// No moderator of this conversation was shown.
    case notAModerator
    /// The statement is there already, in the same words.
    case duplicate(of: Int)
    /// Moderators took the statement out.
    case rejected(Int)
    /// Moderators haven't looked at the statement yet.
    case waiting(Int)
    /// The conversation doesn't ask how much a vote matters.
    case noImportance
    /// One person wrote as many statements as one may.
    case tooManyStatements(limit: Int)
    /// What was sealed can't be opened or sealed.
    case seal(SealError)
    /// The store failed. Nothing was written.
    case store(StoreError)
}

extension ConversationError: CustomStringConvertible {
    /// What happened, and what to do next.
    public var description: String {
        switch self {
        case .noSuchConversation:
            "There is no such conversation here. Check its id: cv_ and sixteen letters and digits."
        case .noSuchStatement(let number):
            "There is no statement \(number) in this conversation. Its list of statements shows the numbers."
        case .unfit(_, let words): words
        case .closed:
            "This conversation is closed: nobody joins, writes or votes any more. What was said can still be read, and anybody can still withdraw."
        case .notOffered(let way, let offered):
            offered.isEmpty
                ? "Nobody new can join this conversation."
                : "This conversation can't be joined by \(way.rawValue). Join it by "
                    + "\(offered.map(\.rawValue).sorted().joined(separator: " or "))."
        case .unknownInvitation:
            "There is no such invitation to this conversation. Copy the whole code: tin_ and 26 letters and digits."
        case .usedInvitation:
            "Somebody joined with this invitation already, and each lets in one person. If that was you, use the secret that you got then; otherwise ask for another invitation."
        case .usedToken:
            "Somebody joined with this ID token already, and each lets in once. Sign in again, and send the token that you get then."
        case .closedToStatements:
            "This conversation is closed, so no statement is added to it. Open it again first: `open` is true, or `trellis deliberate close ID --reopen`."
        case .unfitProof(let problem): problem.description
        case .notAParticipant:
            "This isn't the secret of a participant of this conversation. Join it, and show the secret that you get: tpt_ and 26 letters and digits."
        case .notAModerator:
            "This isn't the key of a moderator of this conversation. It was shown when the conversation was opened: tmd_ and 26 letters and digits. `trellis deliberate invite ID --moderator NAME` makes another."
        case .duplicate(let number):
            "Statement \(number) says the same in the same words. Vote on that one instead."
        case .rejected(let number):
            "Moderators took statement \(number) out, so nobody votes on it any more, nor writes it again. Ask for the next statement instead."
        case .waiting(let number):
            "Statement \(number) waits for a moderator, and can be voted on once it is accepted. Ask for the next statement instead."
        case .noImportance:
            "This conversation doesn't ask how much a vote matters. Leave the importance out."
        case .tooManyStatements(let limit):
            "You wrote \(limit) statements in this conversation, and one person may write no more. Vote on those of others."
        case .seal(let error): error.description
        case .store(let error): error.description
        }
    }

    init(any error: any Error, path: String) {
        switch error {
        case let error as ConversationError: self = error
        case let error as StoreError: self = .store(error)
        case let error as SealError: self = .seal(error)
        default: self = .store(.sql(code: 0, message: "\(error)", statement: nil))
        }
    }
}
