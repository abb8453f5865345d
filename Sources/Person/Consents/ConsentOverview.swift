/// How a person stands to one guidance, for the person to read: what is asked, whether it is live, since when, until
/// when, and what may come next.
public struct ConsentOverview: Hashable, Sendable, Codable {
    /// How it stands.
    public enum State: String, Hashable, Sendable, Codable, CaseIterable {
        /// Nothing was ever said about it. Guidance is off.
        case open
        /// The question was put and not answered yet. Guidance is off.
        case asked
        /// The person said yes, and it holds. Guidance is on.
        case live
        /// The person said no. Guidance is off.
        case declined
        /// The person took their yes back. Guidance is off.
        case revoked
        /// The person's yes is over by time. Guidance is off.
        case expired
        /// The person said yes to other words than the charter's present ones. Guidance is off.
        case reworded
        /// The person said yes, and the charter in force has no such guidance any more. Guidance is off.
        case gone
    }

    /// The id of the guidance.
    public var guidance: String
    /// The id of the charter.
    public var charter: String
    /// The question in the charter's own words; the words that the person said yes to when the charter has none.
    public var question: String
    /// What the model is told while it is live; nil when the charter has no such guidance any more.
    public var says: String?
    /// How it stands.
    public var state: State
    /// Since when, in milliseconds since 1970: asked, given, refused, taken back or run out. Nil when nothing was said.
    public var since: Int64?
    /// Until when a live consent holds.
    public var until: Int64?
    /// For how many days a consent holds at most; nil when the charter has no such guidance any more.
    public var days: Int?
    /// Whether Trellis may put the question in a conversation now.
    public var mayBeAsked: Bool

    /// How a person stands to each of these questions, and to what they said yes to under other charters or under words
    /// that are gone and that is not over. In the order of the questions, then of charters and ids.
    public static func all(
        _ questions: [ConsentQuestion], _ standings: [ConsentStanding], at moment: Int64
    ) -> [ConsentOverview] {
        let known = Set(questions.map { [$0.charter, $0.guidance] })
        let byMatter = Dictionary(
            standings.map { ([$0.charter, $0.guidance], $0) }, uniquingKeysWith: { first, _ in first })
        return questions.map { ConsentOverview($0, byMatter[[$0.charter, $0.guidance]], at: moment) }
            + standings.filter { !known.contains([$0.charter, $0.guidance]) }.compactMap {
                ConsentOverview(without: $0, at: moment)
            }
    }

    private init(_ question: ConsentQuestion, _ standing: ConsentStanding?, at moment: Int64) {
        guidance = question.guidance
        charter = question.charter
        self.question = question.asks
        says = question.says
        days = Int(clamping: question.period / ConsentQuestion.day)
        mayBeAsked = standing?.isSettled(question, at: moment) != true
        state = .open
        guard let standing else { return }
        let consent = standing.consent
        if let consent, standing.isLive(question, at: moment) {
            state = .live
            since = consent.givenAt
            until = consent.expiresAt
        } else if standing.awaitsAnswer, mayBeAsked == false {
            state = .asked
            since = standing.askedAt
        } else if standing.lastKind == .declined {
            state = .declined
            since = standing.declinedAt
        } else if let revokedAt = consent?.revokedAt {
            state = .revoked
            since = revokedAt
        } else if let consent, moment >= consent.expiresAt {
            state = .expired
            since = consent.expiresAt
        } else if consent != nil {
            state = .reworded
            since = consent?.givenAt
        } else if standing.declinedAt != nil {
            state = .declined
            since = standing.declinedAt
        }
    }

    /// Nil for what is over: it is of no more concern.
    private init?(without standing: ConsentStanding, at moment: Int64) {
        guard let consent = standing.consent, consent.isLive(at: moment) else { return nil }
        guidance = standing.guidance
        charter = standing.charter
        question = consent.question
        state = .gone
        since = consent.givenAt
        until = consent.expiresAt
        mayBeAsked = false
    }
}
