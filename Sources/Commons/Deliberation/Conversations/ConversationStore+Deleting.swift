import Store

extension ConversationStore {
    /// The tables that hold something of a conversation, by its number.
    private static let tables = [
        "moderators", "statements", "near", "decisions", "participants", "authorships", "links", "invitations", "spent",
        "vote_events",
    ].map { "deliberation_" + $0 }

    /// Deletes a conversation for good: its statements, votes and decisions, who took part, and the key under which those of
    /// its participants lie. There is no undo.
    ///
    /// Nothing of it is in the store's rows afterwards, nor in backups made later; the write-ahead log is emptied as after
    /// a withdrawal (``finishWithdrawals()``).
    public func delete(
        _ id: ConversationID, of application: String? = nil, by overseer: Overseer
    ) async throws(ConversationError) {
        try await write { [seal] session in
            let head = try ConversationRows.head(id, of: application, in: session)
            _ = try overseer.name(in: head.number, session)
            try seal.destroyKey(of: ConversationKey.owner(id), in: session)
            for table in Self.tables {
                try session.run("DELETE FROM \(table) WHERE conversation = ?", .integer(head.number))
            }
            try session.run("DELETE FROM deliberation_conversations WHERE number = ?", .integer(head.number))
            try LogUpkeep.note(in: session)
        }
        living.forget(id)
        await upkeep.begin()
    }

    /// Takes invitations back that nobody used yet.
    ///
    /// - Parameter codes: which; nil for all of them. One that was used, or isn't one of this conversation, stays as it is.
    /// - Returns: how many were taken back.
    public func revokeInvitations(
        _ codes: [ConversationSecret]? = nil, to id: ConversationID, of application: String? = nil,
        by overseer: Overseer
    ) async throws(ConversationError) -> Int {
        if let codes, codes.count > Self.invitationLimit {
            throw .unfit("invitations", "At most \(Self.invitationLimit) invitations are taken back at once.")
        }
        return try await write { [seal] session in
            let head = try ConversationRows.head(id, of: application, in: session)
            _ = try overseer.name(in: head.number, session)
            let unused = "DELETE FROM deliberation_invitations WHERE conversation = ? AND is_used = 0"
            guard let codes else { return try session.run(unused, .integer(head.number)) }
            let key = try ConversationKey(of: head, with: seal, in: session)
            return try session.runBatch(
                unused + " AND code = ?",
                codes.map { [.integer(head.number), .blob(key.digest(["invitation", $0.reveal()]))] })
        }
    }
}
