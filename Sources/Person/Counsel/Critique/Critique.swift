public import Charters
public import Models

/// Draft, criticise, revise: a draft is held against the clauses that applied, and rewritten where it fails them
/// (after Bai et al., *Constitutional AI*, 2022, arXiv:2212.08073, whose critique and revision happen in training;
/// here they happen before a reply goes out).
///
/// ```swift
/// let critique = Critique(terms: CritiqueTerms(rounds: 1), criteria: criteria)
/// let outcome = await critique.refine(.init("Here is your essay.", tokens: 40), of: turns, by: writer) { print($0) }
/// outcome.reply
/// ```
///
/// It never makes things worse than no critique: when time or tokens run out, or something breaks, the best text so far
/// is the reply, and the record says why.
public struct Critique: Sendable {
    /// What is going on, for whoever waits.
    public enum Step: String, Sendable, Hashable, CaseIterable {
        case drafting, criticising, revising
    }

    /// A text that a model wrote.
    public struct Text: Sendable, Hashable {
        /// The words.
        public var words: String
        /// Tokens that it took, read and written.
        public var tokens: Int
        /// Whether it ended at a limit of tokens, so that its end is missing.
        public var isCutOff: Bool

        /// A text.
        public init(_ words: String, tokens: Int, isCutOff: Bool = false) {
            self.words = words
            self.tokens = tokens
            self.isCutOff = isCutOff
        }
    }

    /// Who writes: the same model that drafted, as a rule.
    public protocol Writer: Sendable {
        /// Answers the critic's question.
        func criticism(of question: [ChatTurn], maximumTokens: Int) async throws -> Text
        /// Writes the reply again.
        /// - Parameters:
        ///   - draft: The reply that fell short.
        ///   - instruction: What is wrong with it, as a turn of the person.
        func revision(of draft: String, instruction: String) async throws -> Text
    }

    /// What became of a draft.
    public struct Outcome: Sendable, Hashable {
        /// The text that goes out.
        public var reply: String
        /// What the receipt says.
        public var record: Receipt.Critique
        /// Every text that was criticised, oldest first.
        public var drafts: [String]
        /// What the critic said of each, in its own words.
        public var criticisms: [String]

        /// What there is to say of a draft that was never criticised, and why it wasn't.
        public static func skipped(_ reason: String) -> Outcome {
            Outcome(reply: "", record: Receipt.Critique(rounds: 0, ended: reason), drafts: [], criticisms: [])
        }
    }

    /// How often, how long, and at what cost.
    public let terms: CritiqueTerms
    /// What drafts are held against.
    public let criteria: [Criterion]

    /// A critique under some terms.
    public init(terms: CritiqueTerms, criteria: [Criterion]) {
        self.terms = terms
        self.criteria = criteria
    }

    /// Criticises a draft and has it rewritten, within the terms.
    ///
    /// - Parameters:
    ///   - draft: The first draft, with what it cost.
    ///   - conversation: What was said before it, oldest first.
    ///   - writer: Who criticises and revises.
    ///   - start: When the draft was begun; the time limit counts from there.
    ///   - progress: Called before each step.
    public func refine(
        _ draft: Text, of conversation: [ChatTurn], by writer: some Writer,
        since start: ContinuousClock.Instant = .now, progress: @Sendable (Step) -> Void = { _ in }
    ) async -> Outcome {
        var outcome = Outcome(
            reply: draft.words, record: Receipt.Critique(rounds: 0, tokens: draft.tokens), drafts: [], criticisms: [])
        let deadline = start + .seconds(terms.seconds)
        var present = draft
        do throws(Ending) {
            for _ in 0..<max(1, terms.rounds) {
                guard
                    try await round(&outcome, &present, draft.tokens, conversation, writer, until: deadline, progress)
                else { break }
            }
        } catch {
            outcome.record.ended = error.words
        }
        outcome.record.revised = outcome.reply != draft.words
        outcome.record.took = (ContinuousClock.now - start).microseconds
        return outcome
    }

    /// - Returns: whether another round makes sense.
    private func round(
        _ outcome: inout Outcome, _ present: inout Text, _ draftTokens: Int, _ conversation: [ChatTurn],
        _ writer: some Writer,
        until deadline: ContinuousClock.Instant, _ progress: @Sendable (Step) -> Void
    ) async throws(Ending) -> Bool {
        let draft = present.words
        guard !criteria.isEmpty else { throw .nothingToHold }
        guard !draft.isEmpty else { throw .emptyDraft }
        let question = Critic.question(
            criteria: criteria, conversation: conversation, draft: draft, isCutOff: present.isCutOff)
        let size = question.reduce(0) { $0 + $1.content.utf8.count } / 4
        try check(outcome.record.tokens + size + Critic.answerTokens, deadline)
        progress(.criticising)
        let answer = try await within(deadline) {
            try await writer.criticism(of: question, maximumTokens: Critic.answerTokens)
        }
        outcome.record.rounds += 1
        outcome.record.tokens += answer.tokens
        outcome.drafts.append(draft)
        outcome.criticisms.append(answer.words)
        guard let findings = Critic.findings(in: answer.words, criteria: criteria) else { throw .unreadable }
        guard !findings.isEmpty else { return false }
        for finding in findings where !outcome.record.failed.contains(finding.clause) {
            outcome.record.failed.append(finding.clause)
        }
        let instruction = Critic.instruction(findings, criteria: criteria, isCutOff: present.isCutOff)
        // The revision reads what the draft read, the draft itself and what is wrong with it, and writes as much again.
        try check(outcome.record.tokens + draftTokens * 2 + instruction.utf8.count / 4, deadline)
        progress(.revising)
        let revision = try await within(deadline) {
            try await writer.revision(of: draft, instruction: instruction)
        }
        outcome.record.tokens += revision.tokens
        guard revision.words.contains(where: { !$0.isWhitespace }) else { throw .emptyRevision }
        outcome.reply = revision.words
        present = revision
        return true
    }

    private func check(_ tokens: Int, _ deadline: ContinuousClock.Instant) throws(Ending) {
        guard ContinuousClock.now < deadline else { throw .time(terms.seconds) }
        guard tokens <= terms.tokens else { throw .cost(terms.tokens) }
    }

    // MARK: Bounds

    /// Why a critique ended early.
    private enum Ending: Error {
        case time(Int), cost(Int), unreadable, emptyDraft, emptyRevision, nothingToHold, failed(String)

        var words: String {
            switch self {
            case .time(let seconds): "the time for it, \(seconds) s, was over"
            case .cost(let tokens): "it would have taken more than \(tokens) tokens"
            case .unreadable: "the critic's answer could not be read"
            case .emptyDraft: "the draft had no text"
            case .emptyRevision: "the revision had no text"
            case .nothingToHold: "no clause applied"
            case .failed(let reason): reason
            }
        }
    }

    private func within(
        _ deadline: ContinuousClock.Instant, _ work: @escaping @Sendable () async throws -> Text
    ) async throws(Ending) -> Text {
        let seconds = terms.seconds
        let result: Result<Text, Ending> = await withTaskGroup(of: Result<Text, Ending>?.self) { tasks in
            tasks.addTask {
                do {
                    return .success(try await work())
                } catch is CancellationError {
                    return nil
                } catch {
                    return .failure(.failed("the model could not be asked again: \(Self.kind(of: error))"))
                }
            }
            tasks.addTask {
                try? await Task.sleep(until: deadline, clock: .continuous)
                return nil
            }
            defer { tasks.cancelAll() }
            let first = await tasks.next() ?? nil
            return first ?? .failure(.time(seconds))
        }
        return try result.get()
    }

    /// What went wrong, without words that may quote the person.
    private static func kind(of error: any Error) -> String {
        switch error {
        case let failure as UpstreamFailure: failure.kind.rawValue
        case let refusal as ChatRefusal: "status \(refusal.status)"
        default: "an unexpected error"
        }
    }
}

extension Duration {
    fileprivate var microseconds: Int64 {
        components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    }
}
