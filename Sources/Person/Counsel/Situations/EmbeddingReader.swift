public import Charters
import Foundation
public import Models
import Synchronization

/// Reads situations by cues and by meaning: what a message's vector says, as learned from examples for the small local
/// embedder (``LearnedMeaning``), or with any other embedder how close it comes to situations described in a sentence.
///
/// The described situations are embedded once, in the background when the first message comes or by ``prepare()``.
/// Until then, and whenever the embedder fails or takes longer than its time, the cues stand alone and the situation
/// says so. A message waits for nothing longer than that.
///
/// all-MiniLM-L6-v2 knows English; messages in another language are left to the cues unless you say that your embedder
/// knows it.
public struct EmbeddingReader: SituationReader {
    private let cues: CueReader
    private let embedder: any Embedder
    private let described: DescribedVectors
    private let limit: Duration
    private let languages: Set<String>?

    /// How long a message may wait for its embedding.
    public static let defaultLimit = Duration.milliseconds(30)
    /// So much of a long message is embedded: its end, where what is wanted usually stands. The model reads 512 tokens.
    static let embeddedCharacters = 800

    /// A reader.
    ///
    /// - Parameters:
    ///   - embedder: What turns texts into vectors. Another embedder needs a reader of its own.
    ///   - languages: The languages that it knows, as primary subtags of BCP 47; nil for every one. A message whose
    ///     language doesn't show is compared too.
    ///   - limit: How long a message may wait.
    public init(
        embedder: any Embedder, languages: Set<String>? = ["en"], limit: Duration = EmbeddingReader.defaultLimit
    ) {
        cues = CueReader()
        self.embedder = embedder
        described = DescribedVectors()
        self.limit = limit
        self.languages = languages
    }

    /// Embeds the described situations, so that the first message finds them ready.
    ///
    /// - Throws: What the embedder throws.
    public func prepare() async throws {
        try await described.make(with: embedder)
    }

    /// See ``SituationReader/read(_:known:charter:)``.
    public func read(
        _ conversation: Conversation, known: Circumstances, charter: CompiledCharter
    ) async -> Situation {
        var situation = cues.reading(of: conversation, known: known, charter: charter)
        guard let message = conversation.message, message.contains(where: { !$0.isWhitespace }) else {
            return situation
        }
        if let languages, let language = situation.circumstances.language, !languages.contains(language) {
            return situation
        }
        guard let vectors = described.vectors else {
            described.makeSoon(with: embedder)
            situation.method = .cuesInstead(reason: "the described situations are not embedded yet")
            return situation
        }
        let text = String(message.suffix(Self.embeddedCharacters))
        guard let vector = await bounded(by: limit, { [embedder] in try await embedder.embed([text]).first }),
            let unit = vector.unit, unit.count == vectors[0].count
        else {
            situation.method = .cuesInstead(reason: "the embedder did not answer in time")
            return situation
        }
        if LearnedMeaning.fitted.fits(vectors[0]) {
            situation =
                cues.situation(
                    of: conversation, known: known, charter: charter, weights: .fitted,
                    meaning: LearnedMeaning.fitted.reading(of: unit)
                ).situation
            situation.method = .cuesAndMeaning
            return situation
        }
        situation.method = .cuesAndMeaning
        return situation.combined(with: Nearness(unit, vectors), .fitted)
    }
}

/// How near a message is to described situations: how the nearest of them vote.
///
/// Each of the ``voters`` nearest situations votes for its signal, everyday requests for none, the nearer the more
/// (Dudani 1976, doi 10.1109/TSMC.1976.5408784). A share of the votes says more than a cosine alone, because a message
/// that is near to everything is a sign of nothing.
struct Nearness: Sendable {
    /// How many vote.
    static let voters = 9
    /// How fast a vote loses weight with distance: by half for each 0.087 of cosine.
    static let sharpness = 8.0

    /// For each signal its share of the votes, and the id of its nearest situation.
    private(set) var votes: [Signal: (share: Double, id: String)] = [:]

    init(_ message: [Float], _ vectors: [[Float]]) {
        let cosines = zip(DescribedSituation.all, vectors).map { situation, vector in
            (situation: situation, cosine: Double(zip(message, vector).reduce(Float(0)) { $0 + $1.0 * $1.1 }))
        }
        let nearest = cosines.sorted { $0.cosine > $1.cosine }.prefix(Self.voters)
        let total = nearest.reduce(0) { $0 + exp(Self.sharpness * $1.cosine) }
        for (situation, cosine) in nearest {
            guard let signal = situation.signal else { continue }
            let known = votes[signal]
            votes[signal] = ((known?.share ?? 0) + exp(Self.sharpness * cosine) / total, known?.id ?? situation.id)
        }
    }

    /// The signal's share of the votes, 0 to 1.
    func share(_ signal: Signal) -> Double { votes[signal]?.share ?? 0 }
}

extension Situation {
    /// The situation with signals raised that the described situations point to.
    ///
    /// Meaning only raises what cues saw: a small model is too unsure of itself to overrule a phrase that stands there.
    func combined(with nearness: Nearness, _ calibration: Calibration) -> Situation {
        var combined = self
        for (signal, vote) in nearness.votes where signal != .tradeOff {
            let cues = self[signal]
            // To bring in help where none is needed is a heavy thing: danger must be much nearer to be seen by meaning.
            let share = signal == .danger ? vote.share * Self.dangerShare : vote.share
            let score = calibration.score(cues: cues.score, nearness: share)
            guard score > cues.score, score >= 0.05 else { continue }
            combined.readings[signal] = Reading(score: score, evidence: cues.score >= 0.3 ? cues.evidence : vote.id)
        }
        if combined.shows(.danger) {
            combined.raise(to: .high)
        } else if combined.shows(.expert) {
            combined.raise(to: .medium)
        }
        return combined
    }

    /// What a vote for danger counts.
    private static let dangerShare = 0.6

    private mutating func raise(to risk: Risk) {
        stakes = max(stakes, risk)
        circumstances.risk = max(circumstances.risk ?? .low, risk)
    }
}

/// The described situations as vectors of one embedder. A class, so that copies of a reader share it.
final class DescribedVectors: Sendable {
    private let state = Mutex<(vectors: [[Float]]?, isBusy: Bool)>((nil, false))

    /// The vectors in the order of ``DescribedSituation/all``, each of length 1; nil until they are made.
    var vectors: [[Float]]? { state.withLock { $0.vectors } }

    /// Makes them.
    func make(with embedder: any Embedder) async throws {
        guard vectors == nil else { return }
        let texts = DescribedSituation.all.map(\.text)
        var made: [[Float]] = []
        // Small batches, so that other requests get their turn on a small machine.
        for from in stride(from: 0, to: texts.count, by: 16) {
            made += try await embedder.embed(Array(texts[from..<min(from + 16, texts.count)])).compactMap(\.unit)
        }
        let isWhole = made.count == texts.count && Set(made.map(\.count)).count == 1
        if isWhole { state.withLock { [made] in $0.vectors = made } }
    }

    /// Makes them in the background, unless that is going on already. A failure is tried again by the next message.
    func makeSoon(with embedder: any Embedder) {
        let isFirst = state.withLock { state in
            defer { state.isBusy = true }
            return !state.isBusy
        }
        guard isFirst else { return }
        Task {
            try? await make(with: embedder)
            state.withLock { $0.isBusy = false }
        }
    }
}

extension [Float] {
    /// The vector at length 1, or nil when it has none or isn't finite.
    var unit: [Float]? {
        let length = reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
        guard length > 0, length.isFinite else { return nil }
        return map { $0 / length }
    }
}

/// What `work` gives, or nil when it fails or takes longer than `limit`. It is cancelled then and not waited for.
func bounded<Value: Sendable>(
    by limit: Duration, _ work: @escaping @Sendable () async throws -> Value?
) async -> Value? {
    let race = Race<Value>()
    return await withCheckedContinuation { continuation in
        race.begin(continuation)
        let task = Task { race.end(with: try? await work()) }
        Task {
            try? await Task.sleep(for: limit)
            if race.end(with: nil) { task.cancel() }
        }
    }
}

/// Lets the first of two answers through.
private final class Race<Value: Sendable>: Sendable {
    private let continuation = Mutex<CheckedContinuation<Value?, Never>?>(nil)

    func begin(_ continuation: CheckedContinuation<Value?, Never>) {
        self.continuation.withLock { $0 = continuation }
    }

    /// Whether this answer was the first.
    @discardableResult func end(with value: Value?) -> Bool {
        let waiting = continuation.withLock { waiting in
            defer { waiting = nil }
            return waiting
        }
        waiting?.resume(returning: value)
        return waiting != nil
    }
}
