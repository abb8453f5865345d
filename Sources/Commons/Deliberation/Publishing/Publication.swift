public import Charters

/// A charter, or a change to one, with all that anybody needs to check how it came about: a set of files with a manifest
/// that its publisher signs.
///
/// Rows get new numbers each time something is published, drawn by chance, and stand in an order drawn by chance; what
/// was drawn is kept nowhere but in ``codes``, which the caller may give to the people and then forget.
public struct Publication: Sendable {
    /// The number that finds a person's row.
    public struct Code: Sendable, Hashable {
        /// What the source calls the person.
        public let participant: String
        /// The number of their row in the file.
        public let code: Int
        /// In which file.
        public let file: PublicationFile
    }

    /// The files by their names.
    public let files: [String: [UInt8]]
    /// The numbers of people's rows.
    public let codes: [Code]

    /// Why something can't be published.
    public enum Refusal: Error, Sendable, Hashable, CustomStringConvertible {
        /// A signature isn't under the charter that is published.
        case strangeSignature(String)
        /// The publisher's name isn't one visible line.
        case unclearName
        /// The manifest couldn't be signed.
        case cannotSign
        /// A change that wasn't taken has no charter.
        case notTaken

        /// What is wrong and what to do.
        public var description: String {
            switch self {
            case .strangeSignature(let signer):
                "A signature, of \(importExcerpt(signer)), isn't under this charter as it stands. Let them sign it again."
            case .unclearName: "The publisher's name is one visible line of at most 200 characters. Write it so."
            case .cannotSign: "The manifest couldn't be signed with this key."
            case .notTaken: "The proposal wasn't taken, so there is no new charter to publish."
            }
        }
    }

    /// Publishes a charter made from a conversation.
    ///
    /// - Parameters:
    ///   - withVotes: Publish who voted what, row by row. Without, nobody can reckon the slate again.
    ///   - ballotsHeldBack: Ballots that were left out because somebody didn't agree to publication.
    ///   - random: Draws the numbers and the order of rows. For a real publication, from a secret that isn't kept.
    /// - Throws: ``Refusal``.
    public init(
        of draft: CharterDraft, ratified ratification: Ratification, ballots: BallotBox,
        signatures: CharterSignatures = CharterSignatures(), withVotes: Bool = true, ballotsHeldBack: Int = 0,
        by publisher: String, with key: SigningKey, using random: inout some RandomNumberGenerator
    ) throws(Refusal) {
        var drawn = Self.drawn(draft, withVotes: withVotes, using: &random)
        drawn.add(ballots, using: &random)
        drawn.files[.outcome] = ratification.record
        drawn.files[.diff] = Array((ratification.diff.text + "\n").utf8)
        codes = drawn.sortedCodes
        files = try Self.signed(
            drawn.files, .charter, of: ratification.charter, signatures: signatures, ballotsHeldBack: ballotsHeldBack,
            by: publisher, with: key)
    }

    /// Publishes a change to a charter that a conversation made.
    ///
    /// - Parameters:
    ///   - draft: The proposal, from the votes of the conversation.
    ///   - round: The vote on it.
    ///   - withVotes: Publish who voted what, row by row. Without, nobody can reckon the proposal again.
    ///   - random: As for a charter.
    /// - Throws: ``Refusal``.
    public init(
        of draft: CharterDraft, taken round: AmendmentRound, from old: Charter, ballots: BallotBox,
        signatures: CharterSignatures = CharterSignatures(), withVotes: Bool = true, ballotsHeldBack: Int = 0,
        by publisher: String, with key: SigningKey, using random: inout some RandomNumberGenerator
    ) throws(Refusal) {
        guard let charter = round.charter else { throw .notTaken }
        var drawn = Self.drawn(draft, withVotes: withVotes, using: &random)
        drawn.add(ballots, using: &random)
        drawn.files[.outcome] = round.record(under: old)
        drawn.files[.diff] = Array((round.diff.text + "\n").utf8)
        codes = drawn.sortedCodes
        files = try Self.signed(
            drawn.files, .amendment, of: charter, signatures: signatures, ballotsHeldBack: ballotsHeldBack,
            by: publisher, with: key)
    }

    /// Files with the numbers that were drawn for their rows.
    private struct Drawn {
        var files: [PublicationFile: [UInt8]]
        var codes: [Code] = []

        var sortedCodes: [Code] {
            codes.sorted { ($0.file.rawValue, $0.participant) < ($1.file.rawValue, $1.participant) }
        }

        mutating func add(_ ballots: BallotBox, using random: inout some RandomNumberGenerator) {
            let drawn = Publication.codes(ballots.ballots.count, using: &random)
            files[.ballots] = ballots.bytes(
                order: Array(ballots.ballots.indices).shuffled(using: &random), names: drawn.map(String.init))
            codes += zip(ballots.ballots, drawn).map { Code(participant: $0.participant, code: $1, file: .ballots) }
        }
    }

    /// The conversation and what follows from it.
    private static func drawn(
        _ draft: CharterDraft, withVotes: Bool, using random: inout some RandomNumberGenerator
    ) -> Drawn {
        let conversation = draft.conversation
        let rows = conversation.votes.participantCount
        let names = codes(rows, using: &random)
        let written = conversation.files(
            order: Array(0..<rows).shuffled(using: &random), names: names, groups: draft.groups)
        var drawn = Drawn(files: draft.files)
        drawn.files[.statements] = written.comments
        drawn.files[.summary] = written.summary
        if withVotes {
            drawn.files[.votes] = written.votes
            drawn.codes = zip(conversation.participants, names).map {
                Code(participant: String($0), code: $1, file: .votes)
            }
        }
        return drawn
    }

    /// Publishes a change to a charter that was proposed in writing.
    ///
    /// - Parameters:
    ///   - threshold: As the round was counted with.
    /// - Throws: ``Refusal``.
    public init(
        of round: AmendmentRound, from old: Charter, proposal: Charter, ballots: BallotBox, threshold: Int,
        signatures: CharterSignatures = CharterSignatures(), ballotsHeldBack: Int = 0, by publisher: String,
        with key: SigningKey, using random: inout some RandomNumberGenerator
    ) throws(Refusal) {
        guard let charter = round.charter else { throw .notTaken }
        var drawn = Drawn(files: [
            .terms: AmendmentTerms(threshold: min(threshold, AmendmentRound.largestThreshold)).canonical,
            .previous: Array(old.text.utf8), .proposal: Array(proposal.text.utf8),
            .outcome: round.record(under: old), .diff: Array((round.diff.text + "\n").utf8),
        ])
        drawn.add(ballots, using: &random)
        codes = drawn.codes
        files = try Self.signed(
            drawn.files, .amendment, of: charter, signatures: signatures, ballotsHeldBack: ballotsHeldBack,
            by: publisher, with: key)
    }

    private static func signed(
        _ files: [PublicationFile: [UInt8]], _ kind: PublicationFile.Kind, of charter: Charter,
        signatures: CharterSignatures, ballotsHeldBack: Int, by publisher: String, with key: SigningKey
    ) throws(Refusal) -> [String: [UInt8]] {
        let isOneLine =
            !publisher.isEmpty && publisher.count <= 200 && publisher.clauseText == publisher
        guard isOneLine else { throw .unclearName }
        var named = Dictionary(uniqueKeysWithValues: files.map { ($0.rawValue, $1) })
        named[PublicationFile.charter.rawValue] = Array(charter.text.utf8)
        if !signatures.signatures.isEmpty {
            let found = CharterVerification(of: charter, signatures: signatures, trusting: TrustedSigners())
            if let strange = found.entries.first(where: { $0.finding != .unknownSigner }) {
                throw .strangeSignature(strange.signature.signer)
            }
            named[PublicationFile.signatures.rawValue] = Array(signatures.json.utf8)
        }
        let manifest = PublicationManifest(
            kind, of: charter, files: named, ballotsHeldBack: ballotsHeldBack, publisher: publisher,
            key: key.verifyingKey)
        let bytes = manifest.canonical
        guard let signature = key.signature(over: bytes, for: PublicationManifest.purpose) else { throw .cannotSign }
        named[PublicationFile.manifest.rawValue] = bytes
        named[PublicationFile.manifestSignature.rawValue] = Array((signature + "\n").utf8)
        return named
    }

    /// Different numbers of twelve digits.
    private static func codes(_ count: Int, using random: inout some RandomNumberGenerator) -> [Int] {
        var seen: Set<Int> = []
        var drawn: [Int] = []
        while drawn.count < count {
            let code = Int.random(in: 100_000_000_000...999_999_999_999, using: &random)
            if seen.insert(code).inserted { drawn.append(code) }
        }
        return drawn
    }
}

/// What a change was counted with beside the charter's own rule.
struct AmendmentTerms: Sendable, Hashable {
    let threshold: Int

    var canonical: [UInt8] { CanonicalJSON.object([("threshold", .integer(threshold))]).bytes }

    init(threshold: Int) { self.threshold = threshold }

    /// Reads terms from their canonical JSON. Nil for anything else.
    init?(canonical bytes: [UInt8]) {
        let digits = String(decoding: bytes.dropFirst(13).dropLast(), as: UTF8.self)
        guard let threshold = Int(digits), threshold > 0, AmendmentTerms(threshold: threshold).canonical == bytes else {
            return nil
        }
        self.threshold = threshold
    }
}
