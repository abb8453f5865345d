public import Charters

/// A model that judges a text by categories of harm, for floor clauses that name some (`guard:`).
///
/// What words alone can't tell, a guard model can guess. It costs a request and can fail: then the floor fails closed,
/// with a finding ``FloorFinding/guardUnavailable``, or ``FloorFinding/guardMissing`` where none is set up.
public protocol GuardModel: Sendable {
    /// Judges a text.
    ///
    /// - Parameters:
    ///   - text: what is judged.
    ///   - question: what the person said before it, when the text is a reply; some guards judge better with it.
    /// - Returns: the categories that the text falls into, in the words of the OpenAI moderation API.
    /// - Throws: ``GuardUnavailable``.
    func categories(of text: String, inReplyTo question: String?) async throws(GuardUnavailable) -> Set<String>
}

/// A guard model that could not be asked, or whose answer could not be read. Never holds the text.
public struct GuardUnavailable: Error, Hashable, Sendable, CustomStringConvertible {
    /// Why, in words for an operator.
    public let reason: String

    /// A guard that can't be asked.
    public init(reason: String) { self.reason = reason }

    /// What happened and why.
    public var description: String { "The guard model can't be asked: \(reason)" }
}

/// The categories of the OpenAI moderation API (`omni-moderation`, 2024), which clauses name.
public enum GuardCategory {
    /// Every category.
    public static let all: [String] = [
        "harassment", "harassment/threatening", "hate", "hate/threatening", "illicit", "illicit/violent", "self-harm",
        "self-harm/intent", "self-harm/instructions", "sexual", "sexual/minors", "violence", "violence/graphic",
    ]

    /// Whether a clause's category covers a found one: `self-harm` covers `self-harm/intent`.
    public static func covers(_ named: String, _ found: String) -> Bool {
        found == named || found.hasPrefix(named + "/")
    }
}

/// How long a guard may take, and how much text it is given at a time while a reply is being written.
public struct GuardTerms: Hashable, Sendable {
    /// The longest wait for one answer.
    public var patience: Duration
    /// The most tokens of a stream that wait for the guard together; a window is asked about when it is full.
    public var windowTokens: Int
    /// The longest time that text waits before its window is asked about, full or not.
    public var windowTime: Duration
    /// How many bytes before a window are judged with it, so that nothing hides in a seam.
    public var contextBytes: Int
    /// How many windows of one reply may be with the guard at the same time. What comes meanwhile makes the next longer.
    public var windowsAtOnce: Int

    /// Terms; by default 2 s of patience, and windows of 40 tokens or 200 ms, four of them at once.
    public init(
        patience: Duration = .seconds(2), windowTokens: Int = 40, windowTime: Duration = .milliseconds(200),
        contextBytes: Int = 600, windowsAtOnce: Int = 4
    ) {
        self.patience = patience
        self.windowTokens = windowTokens
        self.windowTime = windowTime
        self.contextBytes = contextBytes
        self.windowsAtOnce = max(1, windowsAtOnce)
    }
}

/// Asks a guard model about the clauses of a floor that need one.
public struct FloorGuard: Sendable {
    private struct Asking: Sendable {
        let watched: FloorSide.Watched
        let categories: [String]
        let sides: Set<FloorClause.Detection.Side>
    }

    private let model: (any GuardModel)?
    /// How long, and how much at a time.
    public let terms: GuardTerms
    private let asking: [Asking]
    private let heed: @Sendable (GuardUnavailable?) -> Void

    /// The clauses of a floor that name categories; nil when none does.
    ///
    /// - Parameters:
    ///   - model: who is asked. Nil when none is configured: then every text fails closed.
    ///   - heed: told of every question what kept the guard from answering, or nil when it answered.
    public init?(
        _ clauses: [FloorClause], model: (any GuardModel)?, terms: GuardTerms = GuardTerms(),
        heed: @escaping @Sendable (GuardUnavailable?) -> Void = { _ in }
    ) {
        asking = clauses.filter { !$0.detection.guardCategories.isEmpty }.map { clause in
            let sides = clause.detection.sides
            return Asking(
                watched: FloorSide.Watched(clause: clause.id, severity: clause.severity),
                categories: clause.detection.guardCategories, sides: sides.isEmpty ? [.output] : sides)
        }.sorted { $0.watched.severity > $1.watched.severity }
        guard !asking.isEmpty else { return nil }
        self.model = model
        self.terms = terms
        self.heed = heed
    }

    /// Whether there is nobody to ask.
    public var isMissing: Bool { model == nil }

    /// The clauses that ask a guard, strictest first.
    public var clauses: [(id: String, severity: FloorClause.Severity)] {
        asking.map { ($0.watched.clause, $0.watched.severity) }
    }

    /// Whether any clause asks about what is said on a side.
    public func watches(_ side: FloorClause.Detection.Side) -> Bool { asking.contains { $0.sides.contains(side) } }

    /// What a text breaks in the guard's judgement, strictest first. When the guard can't be asked in time, every clause
    /// that needs it is broken, and the findings say why.
    ///
    /// - Parameters:
    ///   - at: where the text begins in the whole of it, for the findings.
    ///   - within: which text beside the reply itself it is, for the findings.
    public func findings(
        in text: String, on side: FloorClause.Detection.Side, inReplyTo question: String? = nil, at: Int = 0,
        within: String? = nil
    ) async -> [FloorFinding] {
        let concerned = asking.filter { $0.sides.contains(side) }
        guard !concerned.isEmpty, text.contains(where: { !$0.isWhitespace }) else { return [] }
        func finding(_ asking: Asking, _ detector: String) -> FloorFinding {
            FloorFinding(
                clause: asking.watched.clause, severity: asking.watched.severity, side: side, detector: detector,
                at: at, within: within)
        }
        let found: Set<String>
        do throws(GuardUnavailable) {
            found = try await answer(text, question)
        } catch {
            heed(error)
            return concerned.map { finding($0, isMissing ? FloorFinding.guardMissing : FloorFinding.guardUnavailable) }
        }
        heed(nil)
        return concerned.compactMap { asking in
            let hit = asking.categories.first { named in found.contains { GuardCategory.covers(named, $0) } }
            return hit.map { finding(asking, "guard:\($0)") }
        }
    }

    /// The guard's answer, within its patience.
    private func answer(_ text: String, _ question: String?) async throws(GuardUnavailable) -> Set<String> {
        guard let model else {
            throw GuardUnavailable(reason: "none is set up; name one as counsel.guard.model in trellis.yaml")
        }
        let patience = terms.patience
        let result = await withTaskGroup(of: Result<Set<String>, GuardUnavailable>.self) { group in
            group.addTask {
                do throws(GuardUnavailable) {
                    return .success(try await model.categories(of: text, inReplyTo: question))
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                try? await Task.sleep(for: patience)
                return .failure(GuardUnavailable(reason: "it did not answer within \(patience)"))
            }
            let first = await group.next() ?? .failure(GuardUnavailable(reason: "it was not asked"))
            group.cancelAll()
            return first
        }
        return try result.get()
    }
}
