import Consents
public import Logging
public import Models
import Synchronization

/// Embeds what is remembered, in the background, so that recall finds it by meaning too; and what was just said, within a
/// bound.
///
/// After another embedder was chosen, or the one that there is began to give vectors of another length, items are embedded
/// anew, bit by bit; until they are, they are found by their words. An item that the embedder refuses, however short it is
/// cut, is found by its words too, and holds up no other.
public final class VectorMaker: Sendable {
    private let embedder: any Models.Embedder
    private let name: String
    private let logger: Logger
    private let now: @Sendable () -> ContinuousClock.Instant
    private let state = Mutex(State())

    fileprivate struct State {
        /// The embedder with the length of its vectors, once it was asked.
        var known: Embedder?
        /// Items that it refused, until it is another or this process ends.
        var refused: [PersonKey: Set<MemoryItem.ID>] = [:]
        /// What keeps items from being embedded, in words; nil when all is well.
        var trouble: String?
        /// How many questions in a row had no vector in time.
        var misses = 0
        /// Until when no question is embedded.
        var restsUntil: ContinuousClock.Instant?
    }

    /// Items that are embedded at a time.
    static let batch = 32
    /// After so many questions without a vector in time the next are not embedded at all,
    static let mostMisses = 3
    /// for so long.
    static let rest = Duration.seconds(10)
    /// Of so many people refused items are known; then it begins anew.
    static let mostPeopleKnown = 1_000

    /// A maker of vectors.
    ///
    /// - Parameters:
    ///   - name: The embedding model's name: vectors of another one are not compared with.
    ///   - logger: Told of trouble once, and never of what is embedded.
    public convenience init(
        _ embedder: any Models.Embedder, name: String, logger: Logger = Logger(label: "trellis.memory")
    ) {
        self.init(embedder, name: name, logger: logger) { .now }
    }

    init(
        _ embedder: any Models.Embedder, name: String, logger: Logger,
        now: @escaping @Sendable () -> ContinuousClock.Instant
    ) {
        self.embedder = embedder
        self.name = name
        self.logger = logger
        self.now = now
    }

    // MARK: Questions

    /// The vector of what was just said, or why there is none.
    struct QuestionVector: Sendable {
        var vector: [Float]?
        /// For the receipt.
        var missing: String?
    }

    /// Why no question is embedded just now, for the receipt; nil when they are.
    var resting: String? {
        let until = state.withLock { $0.restsUntil }
        guard let until, now() < until else { return nil }
        return Self.missing("was slow or out of reach a moment ago")
    }

    /// The vector of what was just said, if it comes in time. An embedder that is slow or out of reach several times in a
    /// row is left alone for a while, so that not every message waits for it.
    func question(_ words: String, within limit: Duration) async -> QuestionVector {
        if let resting { return QuestionVector(missing: resting) }
        let text = EmbeddedText.end(of: words)
        do {
            let vector = try await Memory.within(limit) { [embedder] in try await embedder.embed([text]).first }
            guard let vector, !vector.isEmpty else { return missed("gave no vector") }
            state.withLock { state in
                state.misses = 0
                state.restsUntil = nil
                if let known = state.known, known.dimension != vector.count { state.forget() }
            }
            return QuestionVector(vector: vector)
        } catch is CancellationError {
            return missed("took longer than \(limit)")
        } catch {
            return missed("could not be asked")
        }
    }

    private func missed(_ why: String) -> QuestionVector {
        let until = now() + Self.rest
        state.withLock { state in
            state.misses += 1
            if state.misses >= Self.mostMisses { state.restsUntil = until }
        }
        return QuestionVector(missing: Self.missing(why))
    }

    private static func missing(_ why: String) -> String {
        "What is remembered was looked for by its words alone: the embedding model \(why)"
    }

    // MARK: Items

    private typealias Item = (id: MemoryItem.ID, words: String)

    /// Embeds whatever of a person's items has no vector of this embedder yet, as far as their grant to use them reaches.
    ///
    /// Trouble with the embedder is logged once, in words of its own, and not thrown: the next call tries again.
    func make(of memory: PersonMemory, grants: GrantLedger, clock: () -> Int64) async throws(MemoryError) {
        let person = memory.person
        do {
            guard var made = try await identity() else { throw EmbeddingTrouble(words: "it gives no vectors") }
            var isAskedAnew = false
            while !Task.isCancelled {
                let now = clock()
                guard let permit = grants.permit(.useInReplies, for: person, at: now) else { return }
                let refused = state.withLock { $0.refused[person] ?? [] }
                let items = try await memory.unembedded(
                    for: made, limit: Self.batch, except: refused, under: permit, at: now)
                guard !items.isEmpty else { break }
                var found: [MemoryItem.ID: [Float]] = [:]
                try await embed(items[...], into: &found)
                let isOther = found.values.contains { !$0.isEmpty && $0.count != made.dimension }
                if isOther, !isAskedAnew {
                    isAskedAnew = true
                    state.withLock { $0.forget() }
                    guard let other = try await identity() else { throw EmbeddingTrouble(words: "it gives no vectors") }
                    made = other
                }
                let fit = found.filter { $1.count == made.dimension && $1.allSatisfy(\.isFinite) }
                refuse(items.map(\.id).filter { fit[$0] == nil }, of: person)
                let later = clock()
                guard let permit = grants.permit(.useInReplies, for: person, at: later) else { return }
                try await memory.keep(vectors: fit.map { ($0, $1) }, of: made, under: permit, at: later)
            }
            tell(nil)
        } catch let error as MemoryError {
            throw error
        } catch is CancellationError {
            return
        } catch {
            tell(Self.words(error))
        }
    }

    /// Embeds items together; where that is refused, each half by itself, down to the one that is at fault.
    private func embed(
        _ items: ArraySlice<Item>, into found: inout [MemoryItem.ID: [Float]], isFirst: Bool = true
    ) async throws {
        do {
            let vectors = try await embedder.embed(items.map { EmbeddedText.beginning(of: $0.words) })
            guard vectors.count == items.count else { throw EmbeddingTrouble(words: "it gave too few or too many") }
            for (item, vector) in zip(items, vectors) { found[item.id] = vector }
        } catch let refusal as ChatRefusal where Self.isOfTheText(refusal) {
            // Where it refuses everything, this throws too, and it is not the text.
            if isFirst { _ = try await vector(of: "dimension") }
            guard items.count > 1 else {
                if let item = items.first { found[item.id] = try await cutShort(item.words) }
                return
            }
            let middle = items.index(items.startIndex, offsetBy: items.count / 2)
            try await embed(items[..<middle], into: &found, isFirst: false)
            try await embed(items[middle...], into: &found, isFirst: false)
        }
    }

    /// The vector of as much of a text as the embedder takes; none when it takes nothing of it.
    private func cutShort(_ words: String) async throws -> [Float] {
        var text = EmbeddedText.beginning(of: words)
        while text.count > 32 {
            text = String(text.prefix(text.count / 2))
            do { return try await vector(of: text) ?? [] } catch let refusal as ChatRefusal
                where Self.isOfTheText(refusal)
            { continue }
        }
        return []
    }

    /// Whether an answer says that this text can't be embedded, and not that nothing can be now.
    private static func isOfTheText(_ refusal: ChatRefusal) -> Bool { [400, 413, 422].contains(refusal.status) }

    private func refuse(_ ids: [MemoryItem.ID], of person: PersonKey) {
        guard !ids.isEmpty else { return }
        state.withLock { state in
            if state.refused.count >= Self.mostPeopleKnown, state.refused[person] == nil { state.refused = [:] }
            state.refused[person, default: []].formUnion(ids)
        }
        logger.notice(
            "Items that the embedding model refuses are found by their words alone", metadata: ["count": "\(ids.count)"]
        )
    }

    private func vector(of words: String) async throws -> [Float]? { try await embedder.embed([words]).first }

    /// The embedder with the length of its vectors, asked once.
    private func identity() async throws -> Embedder? {
        if let known = state.withLock({ $0.known }) { return known }
        guard let vector = try await vector(of: "dimension"), let made = Embedder(name: name, dimension: vector.count)
        else { return nil }
        state.withLock { $0.known = made }
        return made
    }

    // MARK: Words

    private func tell(_ words: String?) {
        let before = state.withLock { state in
            defer { state.trouble = words }
            return state.trouble
        }
        guard before != words else { return }
        if let words {
            logger.notice(
                "Items can't be embedded and are found by their words meanwhile", metadata: ["reason": "\(words)"])
        } else {
            logger.notice("Items are embedded again")
        }
    }

    /// An upstream's words may quote the person's.
    private static func words(_ error: any Error) -> String {
        switch error {
        case let error as EmbeddingTrouble: error.words
        case let error as ChatRefusal: "the embedding model answered with status \(error.status)"
        default: "the embedding model could not be asked (\(type(of: error)))"
        }
    }
}

extension VectorMaker.State {
    /// It gives other vectors now: what was known of it holds no more.
    fileprivate mutating func forget() {
        known = nil
        refused = [:]
    }
}

/// The embedder answered with something that can't be used.
private struct EmbeddingTrouble: Error {
    var words: String
}
