import Store

/// Somebody who just joined, with the secret by which they are known from now on; it is told only now.
public struct JoinedParticipant: Sendable {
    /// Who they are in the conversation.
    public let participant: ConversationParticipant
    /// What they show from now on. Whoever loses it can't vote as the same person again.
    public let secret: ConversationSecret
}

/// An account somewhere else, as an ID token that was checked names it.
public struct ProvedIdentity: Sendable, Hashable {
    /// Who vouches for it.
    public let issuer: String
    /// What they call the account.
    public let subject: String
    /// The token that proved it, which does so once; nil where nobody could send it again.
    public let token: UsedToken?

    /// A token by its digest, so that it is known again.
    public struct UsedToken: Sendable, Hashable {
        /// A digest of all that its issuer signed. The signature may be written in several ways.
        public let digest: [UInt8]
        /// Until when it would be taken, in milliseconds since 1970.
        public let until: Int64

        /// A token that was checked.
        public init(digest: [UInt8], until: Int64) {
            self.digest = digest
            self.until = until
        }
    }

    /// An account whose token was checked.
    public init(issuer: String, subject: String, token: UsedToken? = nil) {
        self.issuer = issuer
        self.subject = subject
        self.token = token
    }
}

extension ConversationStore {
    /// The most invitations that are made at once.
    public static let invitationLimit = 10_000

    /// Makes invitations. Each lets one person in, once; only their digests are kept, and never who used them.
    public func invite(
        _ count: Int, to id: ConversationID, of application: String? = nil, by moderator: Overseer
    ) async throws(ConversationError) -> [ConversationSecret] {
        guard (1...Self.invitationLimit).contains(count) else {
            throw .unfit("count", "From 1 to \(Self.invitationLimit) invitations are made at once.")
        }
        let codes = (0..<count).map { _ in ConversationSecret.make(.invitation) }
        try await write { [self] session in
            let head = try ConversationRows.head(id, of: application, in: session)
            _ = try moderator.name(in: head.number, session)
            try offers(.invitation, head)
            let key = try ConversationKey(of: head, with: seal, in: session)
            try session.runBatch(
                "INSERT INTO deliberation_invitations (conversation, code, is_used) VALUES (?, ?, 0)",
                codes.map { [.integer(head.number), .blob(key.digest(["invitation", $0.reveal()]))] })
        }
        return codes
    }

    /// Lets somebody in who was invited.
    public func join(
        _ id: ConversationID, of application: String? = nil, with invitation: ConversationSecret
    ) async throws(ConversationError) -> JoinedParticipant {
        try await write { [self] session in
            let head = try openHead(id, application, .invitation, in: session)
            let key = try ConversationKey(of: head, with: seal, in: session)
            let code = key.digest(["invitation", invitation.reveal()])
            let changed = try session.run(
                """
                UPDATE deliberation_invitations SET is_used = 1 WHERE conversation = ? AND code = ? AND is_used = 0
                """, .integer(head.number), .blob(code))
            guard changed == 1 else {
                let known = try session.firstRow(
                    "SELECT is_used FROM deliberation_invitations WHERE conversation = ? AND code = ?",
                    .integer(head.number), .blob(code))
                throw known == nil ? ConversationError.unknownInvitation : .usedInvitation
            }
            return try add(to: key, link: nil, in: session)
        }
    }

    /// What somebody has to work on before they may come in without an invitation.
    public func challenge(
        for id: ConversationID, of application: String? = nil, at moment: Int64
    ) async throws(ConversationError) -> ProofOfWork.Challenge {
        try await read { [self] session in
            let head = try openHead(id, application, .proofOfWork, in: session)
            return work.challenge(for: id, bits: head.terms.proofBits, at: moment)
        }
    }

    /// Lets somebody in who worked for it.
    public func join(
        _ id: ConversationID, of application: String? = nil, with challenge: String, solution: String,
        at moment: Int64
    ) async throws(ConversationError) -> JoinedParticipant {
        try await write { [self] session in
            let head = try openHead(id, application, .proofOfWork, in: session)
            let proof: (digest: [UInt8], until: Int64)
            do throws(ProofOfWork.Problem) {
                proof = try work.check(challenge, solution, for: id, at: moment)
            } catch {
                throw ConversationError.unfitProof(error)
            }
            try session.run(
                "DELETE FROM deliberation_spent WHERE conversation = ? AND held_until < ?", .integer(head.number),
                .integer(moment - ProofOfWork.period))
            let added = try session.run(
                """
                INSERT INTO deliberation_spent (conversation, challenge, held_until) VALUES (?, ?, ?)
                ON CONFLICT (conversation, challenge) DO NOTHING
                """, .integer(head.number), .blob(proof.digest), .integer(proof.until))
            guard added == 1 else { throw ConversationError.unfitProof(.spent) }
            return try add(to: ConversationKey(of: head, with: seal, in: session), link: nil, in: session)
        }
    }

    /// Lets somebody in who has an account somewhere else. Who comes again is the same participant, and the secret that
    /// they got before is over; they can do that in a closed conversation too, to see what they said or to withdraw.
    ///
    /// - Throws: ``ConversationError/usedToken`` for a token that was taken before, here or in another conversation.
    public func join(
        _ id: ConversationID, of application: String? = nil, as identity: ProvedIdentity, at moment: Int64
    ) async throws(ConversationError) -> JoinedParticipant {
        try await write { [self] session in
            let head = try ConversationRows.head(id, of: application, in: session)
            try offers(.identity, head)
            if let token = identity.token { try Self.use(token, at: moment, in: session) }
            let key = try ConversationKey(of: head, with: seal, in: session)
            let link = key.digest(["oidc", identity.issuer, identity.subject])
            let known = try session.firstRow(
                "SELECT participant FROM deliberation_links WHERE conversation = ? AND link = ?",
                .integer(head.number), .blob(link))
            guard let known else {
                guard head.isOpen else { throw ConversationError.closed }
                return try add(to: key, link: link, in: session)
            }
            let opened = try seal.open(
                try known.blob("participant"), context: Self.participantContext(id, link), in: session)
            guard let number = Int64(String(decoding: opened, as: UTF8.self)) else { throw SealError.damaged }
            let secret = ConversationSecret.make(.participant)
            try session.run(
                "UPDATE deliberation_participants SET secret = ? WHERE conversation = ? AND number = ?",
                .blob(secret.digest), .integer(head.number), .integer(number))
            return JoinedParticipant(participant: ConversationParticipant(number: number), secret: secret)
        }
    }

    /// Takes a participant out: their votes, that they wrote what they wrote, their secret, and what joined them to an
    /// account. The statements stay, because others voted on them.
    ///
    /// Nothing of it is in the store's rows afterwards, nor in backups made later. What was written before stays in the
    /// write-ahead log while somebody reads what was there then; it goes as soon as they are done, also when the process
    /// ends meanwhile (``finishWithdrawals()``). This works in a closed conversation too.
    public func withdraw(
        _ secret: ConversationSecret, from id: ConversationID, of application: String? = nil
    ) async throws(ConversationError) {
        try await write { [self] session in
            let head = try ConversationRows.head(id, of: application, in: session)
            let participant = try ConversationRows.participant(secret, of: head.number, in: session)
            let row = try session.firstRow(
                "SELECT link FROM deliberation_participants WHERE conversation = ? AND number = ?",
                .integer(head.number), .integer(participant))
            if let sealed = try row?.optionalBlob("link") {
                let link = try seal.open(sealed, context: Self.linkContext(id, participant), in: session)
                try session.run(
                    "DELETE FROM deliberation_links WHERE conversation = ? AND link = ?", .integer(head.number),
                    .blob(link))
            }
            try ParticipantRows.delete(participant, in: head.number, session)
            try session.run(
                """
                UPDATE deliberation_conversations SET withdrawn = withdrawn + 1, revision = revision + 1
                WHERE number = ?
                """, .integer(head.number))
            try LogUpkeep.note(in: session)
        }
        await upkeep.begin()
    }

    // MARK: Underneath

    /// Remembers a token as used until nobody would take it any more.
    private static func use(
        _ token: ProvedIdentity.UsedToken, at moment: Int64, in session: borrowing Session
    ) throws {
        try session.run("DELETE FROM deliberation_tokens WHERE held_until < ?", .integer(moment - ProofOfWork.period))
        let added = try session.run(
            "INSERT INTO deliberation_tokens (token, held_until) VALUES (?, ?) ON CONFLICT (token) DO NOTHING",
            .blob(token.digest), .integer(token.until))
        guard added == 1 else { throw ConversationError.usedToken }
    }

    private func openHead(
        _ id: ConversationID, _ application: String?, _ way: JoiningWay, in session: borrowing Session
    ) throws -> ConversationRows.Head {
        let head = try ConversationRows.head(id, of: application, in: session)
        guard head.isOpen else { throw ConversationError.closed }
        try offers(way, head)
        return head
    }

    private func offers(_ way: JoiningWay, _ head: ConversationRows.Head) throws {
        guard head.terms.ways.contains(way) else {
            throw ConversationError.notOffered(way, offered: head.terms.ways)
        }
    }

    /// Adds a participant under a number that nobody has yet.
    private func add(
        to conversation: ConversationKey, link: [UInt8]?, in session: borrowing Session
    ) throws -> JoinedParticipant {
        let secret = ConversationSecret.make(.participant)
        let (id, owner) = (conversation.id, ConversationKey.owner(conversation.id))
        var draws = SystemRandomNumberGenerator()
        while true {
            // Below 2³¹, so that every reader of JSON and CSV has the number exactly.
            let number = Int64.random(in: 0..<(1 << 31), using: &draws)
            let sealed = try link.map { link in
                try seal.seal(link, for: owner, context: Self.linkContext(id, number), in: session)
            }
            guard
                try ParticipantRows.add(
                    number, secret: secret.digest, link: sealed, to: conversation, in: session)
            else { continue }
            if let link {
                let participant = try seal.seal(
                    Array("\(number)".utf8), for: owner, context: Self.participantContext(id, link), in: session)
                try session.run(
                    "INSERT INTO deliberation_links (conversation, link, participant) VALUES (?, ?, ?)",
                    .integer(conversation.number), .blob(link), .blob(participant))
            }
            return JoinedParticipant(participant: ConversationParticipant(number: number), secret: secret)
        }
    }

    private static func linkContext(_ id: ConversationID, _ participant: Int64) -> String {
        "conversation/\(id)/participant/\(participant)"
    }

    private static func participantContext(_ id: ConversationID, _ link: [UInt8]) -> String {
        "conversation/\(id)/link/\(RandomText.text(link))"
    }
}
