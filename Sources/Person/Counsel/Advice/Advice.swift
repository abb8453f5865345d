public import Charters
public import Consents

/// What counsel has to say about one message: the move, what the model is told, and what may be asked at the end.
public struct Advice: Sendable {
    /// What was read of the message.
    public let situation: Situation
    /// The move, why, and what else was possible.
    public let choice: MoveChoice
    /// What the model is told.
    public let brief: Brief
    /// Leave for the guidance that was live. Not all of it need apply here.
    public let permits: Set<GuidancePermit>
    /// The question that may be put at the end of the reply. Nil: none.
    public let question: ConsentQuestion?

    /// Whether the brief holds what the person agreed to be steered in. Its words are then theirs: they are kept with
    /// their own receipts, under their key, and not once for all.
    public var isForOne: Bool { brief.clauses.contains { $0.hasPrefix("guidance/") } }
}

/// Puts together what a reply needs from the situation, the charter and the person's consents: the middle of a message's
/// path. It decides nothing itself: readers read, ``MoveRules`` choose, the ledger says what is live, the charter writes
/// the brief.
///
/// ```swift
/// let advice = adviser.advice(on: situation, under: charter, questions: questions, to: person, at: now)
/// advice.brief.text     // what the model is told
/// advice.choice.reason  // why
/// ```
public struct Adviser: Sendable {
    /// Who consented to what, and when a question may be put.
    public let asking: ConsentAsking

    /// An adviser with a ledger of consents.
    public init(consents: ConsentLedger) {
        asking = ConsentAsking(ledger: consents)
    }

    /// What counsel has to say. From memory, in microseconds once a situation has come up before.
    ///
    /// - Parameters:
    ///   - situation: What was read of the message.
    ///   - charter: The charter in force, with the person's wishes if they have any.
    ///   - questions: The charter's guidance as questions, made once for the charter.
    ///   - person: Who talks; nil when the application didn't say. Then no guidance is live and nothing is asked.
    ///   - mayAsk: Whether a sentence may be added to this reply at all.
    ///   - moment: Now, in milliseconds since 1970.
    public func advice(
        on situation: Situation, under charter: CompiledCharter, questions: [ConsentQuestion], to person: PersonKey?,
        mayAsk: Bool = true, at moment: Int64
    ) -> Advice {
        let permits = person.map { asking.ledger.live(questions, for: $0, at: moment) } ?? []
        let choice = MoveRules.choose(
            situation: situation, charter: charter, liveGuidance: permits)
        // A plain answer under an ordinary message is told by the general brief, which is at hand.
        let brief = charter.brief(
            for: BriefRequest(
                circumstances: situation.circumstances, move: choice.move, moveSentence: choice.sentence,
                tension: choice.tension, guidance: permits, resources: choice.resources))
        let question =
            mayAsk
            ? asking.question(
                among: questions, of: person, in: situation.circumstances, move: choice.move, at: moment) : nil
        return Advice(situation: situation, choice: choice, brief: brief, permits: permits, question: question)
    }
}
