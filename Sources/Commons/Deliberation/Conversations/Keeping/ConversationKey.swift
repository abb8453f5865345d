import Crypto
import Foundation
import Store

/// The key of one conversation, under which those of its participants lie.
///
/// It is in the conversation's row, sealed under a key of the conversation in the store's table of keys, which is wrapped by
/// the key-encryption key. So destroying that one makes all of the conversation unreadable, and a new key-encryption key
/// rewrites nothing.
struct ConversationKey: Sendable {
    let id: ConversationID
    /// The key of the conversation's rows.
    let number: Int64
    /// By which accounts and invitations are told apart without being named.
    let links: SymmetricKey
    private let wrapping: SymmetricKey

    /// Whose key it is sealed under.
    static func owner(_ id: ConversationID) -> String { "conversation/\(id)" }
    private static func context(_ id: ConversationID) -> String { "conversation/\(id)/link-key" }

    /// A new one, sealed.
    static func make(
        for id: ConversationID, with seal: Seal, in session: borrowing Session
    ) throws(SealError) -> [UInt8] {
        try seal.seal(RandomText.bytes(32), for: owner(id), context: context(id), in: session)
    }

    /// - Throws: ``SealError/keyDestroyed`` where the conversation was deleted.
    init(of id: ConversationID, number: Int64, with seal: Seal, in session: borrowing Session) throws {
        let row = try session.firstRow(
            "SELECT link_key FROM deliberation_conversations WHERE number = ?", .integer(number))
        guard let sealed = try row?.blob("link_key") else { throw ConversationError.noSuchConversation }
        self.id = id
        self.number = number
        links = SymmetricKey(data: try seal.open(sealed, context: Self.context(id), in: session))
        wrapping = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: links, info: Data("trellis/deliberation/participants".utf8), outputByteCount: 32)
    }

    init(of head: ConversationRows.Head, with seal: Seal, in session: borrowing Session) throws {
        try self.init(of: head.id, number: head.number, with: seal, in: session)
    }

    /// A digest of some texts under the key; no two lists of texts run into the same bytes.
    func digest(_ texts: [String]) -> [UInt8] {
        var code = HMAC<SHA256>(key: links)
        for text in texts {
            code.update(data: Data("\(text.utf8.count):".utf8))
            code.update(data: Data(text.utf8))
        }
        return Array(code.finalize())
    }

    // MARK: Keys of participants

    /// A new key for a participant, sealed. To destroy it is to delete the row that it is in.
    func makeKey(of participant: Int64) throws(SealError) -> (key: ParticipantKey, sealed: [UInt8]) {
        let bytes = RandomText.bytes(ParticipantKey.length)
        let key = ParticipantKey(bytes, of: participant, in: self)
        do {
            let box = try ChaChaPoly.seal(
                bytes, using: wrapping, authenticating: ParticipantKey.context(id, participant, .key, 0))
            return (key, [UInt8](box.combined))
        } catch {
            throw .damaged
        }
    }

    /// The key of a participant that ``makeKey(of:)`` sealed.
    func key(opening sealed: [UInt8], of participant: Int64) throws(SealError) -> ParticipantKey {
        let bytes: Data
        do {
            bytes = try ChaChaPoly.open(
                try ChaChaPoly.SealedBox(combined: sealed), using: wrapping,
                authenticating: ParticipantKey.context(id, participant, .key, 0))
        } catch {
            throw .damaged
        }
        guard bytes.count == ParticipantKey.length else { throw .damaged }
        return ParticipantKey([UInt8](bytes), of: participant, in: self)
    }
}

/// The key of one participant, under which their votes are sealed, and which statements they wrote.
///
/// ChaCha20-Poly1305 (RFC 8439); what is sealed opens for this participant of this conversation and in its own place only.
struct ParticipantKey: Sendable {
    /// 32 bytes that seal, and 32 by which the votes on one statement are found again.
    static let length = 64
    let participant: Int64
    private let conversation: ConversationID
    private let sealing: SymmetricKey
    private let naming: SymmetricKey

    fileprivate init(_ bytes: [UInt8], of participant: Int64, in conversation: ConversationKey) {
        self.participant = participant
        self.conversation = conversation.id
        sealing = SymmetricKey(data: bytes.prefix(32))
        naming = SymmetricKey(data: bytes.dropFirst(32))
    }

    /// What is sealed.
    fileprivate enum Matter: UInt8 { case key, vote, authorship }

    /// What it belongs to.
    fileprivate static func context(
        _ conversation: ConversationID, _ participant: Int64, _ matter: Matter, _ number: Int64
    ) -> Data {
        var context = Data(conversation.description.utf8)
        context.append(matter.rawValue)
        for value in [participant, number] {
            withUnsafeBytes(of: value.littleEndian) { context.append(contentsOf: $0) }
        }
        return context
    }

    private func seal(_ plain: [UInt8], _ matter: Matter, _ number: Int64) throws(SealError) -> [UInt8] {
        do {
            let context = Self.context(conversation, participant, matter, number)
            return [UInt8](try ChaChaPoly.seal(plain, using: sealing, authenticating: context).combined)
        } catch {
            throw .damaged
        }
    }

    private func open(_ sealed: [UInt8], _ matter: Matter, _ number: Int64, length: Int) throws(SealError) -> Data {
        do {
            let context = Self.context(conversation, participant, matter, number)
            let plain = try ChaChaPoly.open(
                try ChaChaPoly.SealedBox(combined: sealed), using: sealing, authenticating: context)
            guard plain.count == length else { throw SealError.damaged }
            return plain
        } catch {
            throw .damaged
        }
    }

    // MARK: Votes

    private static let voteLength = 18

    /// A vote as it is kept: statement, time, stance and importance, always of the same length.
    func seal(_ vote: VoteRows.Kept, as event: Int64) throws(SealError) -> [UInt8] {
        var plain: [UInt8] = []
        plain.reserveCapacity(Self.voteLength)
        for value in [Int64(vote.statement), vote.at] {
            withUnsafeBytes(of: value.littleEndian) { plain.append(contentsOf: $0) }
        }
        plain.append(UInt8(bitPattern: vote.stance.rawValue))
        plain.append(vote.importance?.steps ?? 0)
        return try seal(plain, .vote, event)
    }

    /// The vote that was sealed as an event of this number.
    func vote(_ sealed: [UInt8], as event: Int64) throws(SealError) -> VoteRows.Kept {
        let plain = try open(sealed, .vote, event, length: Self.voteLength)
        let (statement, at) = plain.withUnsafeBytes { bytes in
            (
                Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: 0, as: Int64.self)),
                Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: Int64.self))
            )
        }
        guard let stance = Stance(rawValue: Int8(bitPattern: plain[plain.startIndex + 16])) else { throw .damaged }
        return VoteRows.Kept(
            participant: participant, statement: Int(statement), stance: stance,
            importance: Importance(steps: plain[plain.startIndex + 17]), at: at)
    }

    /// By what this participant's votes on a statement are found: the same for each, and it tells nobody else which
    /// statement.
    func tag(of statement: Int) -> [UInt8] {
        withUnsafeBytes(of: Int64(statement).littleEndian) { bytes in
            Array(HMAC<SHA256>.authenticationCode(for: bytes, using: naming).prefix(16))
        }
    }

    // MARK: Authorship

    /// That the participant wrote a statement.
    func sealAuthorship(of statement: Int) throws(SealError) -> [UInt8] {
        try seal(withUnsafeBytes(of: Int64(statement).littleEndian) { Array($0) }, .authorship, 0)
    }

    /// Which statement they wrote.
    func authorship(_ sealed: [UInt8]) throws(SealError) -> Int {
        let plain = try open(sealed, .authorship, 0, length: 8)
        return Int(plain.withUnsafeBytes { Int64(littleEndian: $0.loadUnaligned(as: Int64.self)) })
    }
}
