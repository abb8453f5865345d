import Consents
public import Models
import Synchronization

/// Embeds what is remembered, in the background, so that recall finds it by meaning too.
///
/// After another embedder was chosen, items are embedded anew, bit by bit; until they are, they are found by their words.
public final class VectorMaker: Sendable {
    private let embedder: any Models.Embedder
    private let name: String
    private let known = Mutex<Embedder?>(nil)

    /// Items that are embedded at a time.
    static let batch = 32

    /// A maker of vectors.
    ///
    /// - Parameter name: The embedding model's name: vectors of another one are not compared with.
    public init(_ embedder: any Models.Embedder, name: String) {
        self.embedder = embedder
        self.name = name
    }

    /// The vector of a question.
    /// - Throws: What the embedder throws.
    public func vector(of words: String) async throws -> [Float]? { try await embedder.embed([words]).first }

    /// Embeds whatever of a person's items has no vector of this embedder yet, as far as their grant to use them reaches.
    func make(of memory: PersonMemory, grants: GrantLedger, clock: () -> Int64) async throws {
        guard let made = try await identity() else { return }
        while !Task.isCancelled {
            let now = clock()
            guard let permit = grants.permit(.useInReplies, for: memory.person, at: now) else { return }
            let items = try await memory.unembedded(for: made, limit: Self.batch, under: permit, at: now)
            guard !items.isEmpty else { return }
            let vectors = try await embedder.embed(items.map(\.words))
            let fit = zip(items, vectors).filter { $1.count == made.dimension && $1.allSatisfy(\.isFinite) }
            // One that can't be embedded must not be asked for again and again.
            guard vectors.count == items.count, fit.count == items.count else { return }
            let later = clock()
            guard let permit = grants.permit(.useInReplies, for: memory.person, at: later) else { return }
            try await memory.keep(vectors: fit.map { ($0.id, $1) }, of: made, under: permit, at: later)
        }
    }

    /// The embedder with the length of its vectors, asked once.
    private func identity() async throws -> Embedder? {
        if let known = known.withLock({ $0 }) { return known }
        guard let vector = try await vector(of: "dimension"), let made = Embedder(name: name, dimension: vector.count)
        else { return nil }
        known.withLock { $0 = made }
        return made
    }
}
