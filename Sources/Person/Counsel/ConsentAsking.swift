public import Charters
public import Consents
public import Flourishing

/// When Trellis may put a charter's own question to a person, and what their next message says to it.
///
/// A question is put at the end of a reply, in the charter's words, and nothing else is added. It is never put to
/// somebody whom nobody can tell from others, never where somebody may be in danger, never after a reply that asks
/// something itself, and never twice within the question's period. A clear yes or no in the very next message settles
/// it; anything else leaves it open, and guidance stays off.
///
/// ```swift
/// let asking = ConsentAsking(ledger: ledger)
/// if let question = asking.question(among: questions, of: ada, in: circumstances, move: move, at: now),
///     ConsentAsking.fits(after: reply), await asking.claim(question, of: ada, at: now, receipt: id)
/// {
///     reply += ConsentAsking.addition(question)
/// }
/// ```
public struct ConsentAsking: Sendable {
    /// Who was asked what, and what they said.
    public let ledger: ConsentLedger

    /// Asking on behalf of a ledger.
    public init(ledger: ConsentLedger) {
        self.ledger = ledger
    }

    /// Topics in which nobody is asked for anything.
    static let sparedTopics: Set<String> = ["crisis", "self-harm", "violence", "abuse"]

    /// Moves after which nobody is asked: where the reply asks something itself, or leads to somebody who can help.
    static let sparedMoves: Set<Move> = [.ask, .handOver]

    // MARK: Putting a question

    /// The one question that may be put at the end of this reply. Nil: none.
    ///
    /// From memory, in microseconds. Put it only after ``claim(_:of:at:receipt:)`` said so.
    /// - Parameters:
    ///   - questions: all of the charter in force; the first that may be put is taken, those for just these
    ///     circumstances before those for any.
    ///   - person: nil when the application didn't say who talks: then nobody is asked.
    ///   - circumstances: as they were read from the conversation. A question whose guidance has a condition is put only
    ///     where the condition holds.
    ///   - move: the move that the reply makes.
    public func question(
        among questions: [ConsentQuestion], of person: PersonKey?, in circumstances: Circumstances, move: Move,
        at moment: Int64
    ) -> ConsentQuestion? {
        guard let person, !questions.isEmpty, circumstances.risk != .high, !Self.sparedMoves.contains(move),
            circumstances.topics?.isDisjoint(with: Self.sparedTopics) != false
        else { return nil }
        let fitting = questions.filter { $0.when.map { $0.holds(in: circumstances) == true } ?? true }
        let ordered = fitting.filter { $0.when != nil } + fitting.filter { $0.when == nil }
        return ordered.first { ledger.mayAsk($0, of: person, at: moment) }
    }

    /// Whether a question may follow this reply: not when the reply asks something itself, for then a yes could be an
    /// answer to either, and not when it is empty.
    public static func fits(after reply: String) -> Bool {
        var isEmpty = true
        var last: Unicode.Scalar?
        for scalar in reply.unicodeScalars {
            if "?？؟\u{37E}՞⁇⁈".unicodeScalars.contains(scalar) { return false }
            // Greek asks with a semicolon.
            if scalar == ";", let last, (0x370...0x3FF).contains(last.value) { return false }
            if !scalar.properties.isWhitespace {
                isEmpty = false
                last = scalar
            }
        }
        return !isEmpty
    }

    /// What is added to a reply, after whatever it says.
    public static func addition(_ question: ConsentQuestion) -> String { "\n\n" + question.asks }

    /// Says that the question is being put now. Of many replies that would put it at once, one is told to.
    ///
    /// - Parameter receipt: the id of the reply's receipt.
    /// - Returns: whether to put it. False also when the store can't be written: who can't note an asking doesn't ask.
    public func claim(
        _ question: ConsentQuestion, of person: PersonKey, at moment: Int64, receipt: ReceiptID
    ) async -> Bool {
        do throws(ConsentError) {
            return try await ledger.noteAsked(
                question, of: person, at: moment, through: .reply(receipt.description))
        } catch {
            return false
        }
    }

    // MARK: Hearing the answer

    /// What a person's message said to a question.
    public struct Settlement: Hashable, Sendable {
        /// The question that was put at the end of the reply before.
        public var question: ConsentQuestion
        /// What the message says to it.
        public var answer: ConsentAnswer
    }

    /// The question that the reply before ended with, and what the message says to it. Nil when no question of ours
    /// stands there, or none that still awaits an answer.
    ///
    /// From memory, in microseconds; changes nothing.
    /// - Parameters:
    ///   - reply: the model's last turn before the message, as the conversation has it.
    ///   - message: the person's message.
    ///   - language: the language of the conversation, when it is known.
    public func settlement(
        of questions: [ConsentQuestion], for person: PersonKey?, after reply: String?, message: String,
        language: String? = nil
    ) -> Settlement? {
        guard let person, let reply else { return nil }
        for question in questions {
            guard let before = Self.text(of: reply, before: question),
                let standing = ledger.standing(question, for: person), standing.awaitsAnswer,
                standing.askedFingerprint == question.fingerprint
            else { continue }
            // A reply that asks something itself: whose question is the yes for? Somebody may have added it later.
            let answer =
                Self.fits(after: before) ? ConsentAnswer.read(message, language: language) : ConsentAnswer.unclear
            return Settlement(question: question, answer: answer)
        }
        return nil
    }

    /// Keeps a clear answer. An unclear one changes nothing.
    /// - Parameter receipt: the id of the receipt of the reply to that message.
    /// - Throws: ``/Consents/ConsentError`` when it could not be kept; then nothing was changed.
    public func settle(
        _ settlement: Settlement, of person: PersonKey, at moment: Int64, receipt: ReceiptID
    ) async throws(ConsentError) {
        let through = Consent.Through.reply(receipt.description)
        switch settlement.answer {
        case .yes: try await ledger.grant(settlement.question, by: person, at: moment, through: through)
        case .no: try await ledger.decline(settlement.question, by: person, at: moment, through: through)
        case .unclear: break
        }
    }

    /// What a reply says before the question that it ends with. Nil when it doesn't end with it.
    private static func text(of reply: String, before question: ConsentQuestion) -> String? {
        let words = reply.utf8
        let asked = question.asks.utf8
        var end = words.endIndex
        while end > words.startIndex, words[words.index(before: end)] <= 32 { end = words.index(before: end) }
        var asks = asked[...]
        while let last = asks.last, last <= 32 { asks.removeLast() }
        guard !asks.isEmpty, words[..<end].count > asks.count, words[..<end].suffix(asks.count).elementsEqual(asks)
        else { return nil }
        let start = words.index(end, offsetBy: -asks.count)
        // It must stand on a line of its own, as we put it.
        guard words[words.index(before: start)] == UInt8(ascii: "\n") else { return nil }
        return String(reply[..<start])
    }
}

extension PersonKey {
    /// A person of an application.
    public init(_ person: PersonPseudonym, in application: String) {
        self.init(application: application, person: person.description)
    }
}
