/// How somebody may come to take part.
public enum JoiningWay: String, Sendable, Hashable, CaseIterable, Codable {
    /// With a code that lets one person in, once.
    case invitation
    /// Anybody who lets their machine work for a moment. It slows down whoever makes many people out of one, and stops
    /// nobody.
    case proofOfWork = "proof-of-work"
    /// With an account somewhere else, by an ID token of OpenID Connect.
    case identity = "oidc"
}

/// What holds in a conversation.
public struct ConversationTerms: Sendable, Hashable {
    /// What it is about, on one line.
    public var topic: String
    /// What people are told of it.
    public var about: String
    /// The language that statements are in unless they say otherwise: a tag of BCP 47 such as `en` or `pt-BR`.
    public var language: String
    /// The ways in; nobody new comes in where there is none.
    public var ways: Set<JoiningWay>
    /// Whether people may say how much a vote matters to them.
    public var takesImportance: Bool
    /// Whether a statement waits for a moderator before it is shown. Otherwise it is shown until somebody rejects it.
    public var isStrict: Bool
    /// How many leading bits of a proof of work are zero: each more doubles the work.
    public var proofBits: Int

    /// The longest topic: 500 bytes.
    public static let topicLimit = 500
    /// The longest description: 20,000 bytes.
    public static let aboutLimit = 20_000
    /// How hard a proof may be. Below 12 bits, four thousand tries, it would cost nothing at all.
    public static let proofRange = 12...30

    /// Terms that hold together.
    ///
    /// - Throws: ``ConversationError/unfit(_:_:)`` with the field and what to do.
    public init(
        topic: String, about: String = "", language: String = "en", ways: Set<JoiningWay> = [.invitation],
        takesImportance: Bool = false, isStrict: Bool = false, proofBits: Int = 18
    ) throws(ConversationError) {
        self.topic = PublicText.closingDirections(topic)
        self.about = PublicText.closingDirections(about)
        self.language = try Self.language(language)
        self.ways = ways
        self.takesImportance = takesImportance
        self.isStrict = isStrict
        self.proofBits = proofBits
        guard topic.utf8.count <= Self.topicLimit, PublicText.isShowable(topic), !topic.contains(where: \.isNewline)
        else {
            throw .unfit(
                "topic", "The topic is one line of 1 to \(Self.topicLimit) bytes with something to read in it.")
        }
        guard about.isEmpty || (about.utf8.count <= Self.aboutLimit && PublicText.isShowable(about)) else {
            throw .unfit(
                "description", "The description has at most \(Self.aboutLimit) bytes and no control characters.")
        }
        guard Self.proofRange.contains(proofBits) else {
            throw .unfit(
                "proofBits",
                "A proof of work has from \(Self.proofRange.lowerBound) to \(Self.proofRange.upperBound) bits.")
        }
    }

    /// What a kept conversation says, which was checked when it was opened or brought in.
    init(
        kept topic: String, about: String, language: String, ways: Set<JoiningWay>, takesImportance: Bool,
        isStrict: Bool, proofBits: Int
    ) {
        self.topic = topic
        self.about = about
        self.language = language
        self.ways = ways
        self.takesImportance = takesImportance
        self.isStrict = isStrict
        self.proofBits = proofBits
    }

    /// A language's tag as it was meant, in the length and letters of BCP 47.
    static func language(_ tag: String) throws(ConversationError) -> String {
        let parts = tag.split(separator: "-", omittingEmptySubsequences: false)
        let fits = parts.enumerated().allSatisfy { place, part in
            (place == 0 ? 2...8 : 1...8).contains(part.utf8.count)
                && part.utf8.allSatisfy { byte in
                    (0x61...0x7A).contains(byte | 0x20) || (place > 0 && (0x30...0x39).contains(byte))
                }
        }
        guard fits, tag.utf8.count <= 35 else {
            throw .unfit("language", "A language is a tag such as en, ar or pt-BR (BCP 47).")
        }
        return tag
    }
}
