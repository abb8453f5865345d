import Charters
public import Models

extension CharterTrial {
    /// What a model's replies to a clause's examples come closer to: what shows the clause, or what fails it.
    ///
    /// Closeness is the cosine between embeddings. It says how alike texts are, not how good a reply is; a handful of
    /// examples shows a direction and proves nothing.
    public struct Closeness: Hashable, Sendable, Codable {
        /// The clause.
        public let path: String
        /// How many replies were compared: the examples that have a reply that fails.
        public let compared: Int
        /// How many of them came closer to the reply that shows the clause.
        public let closerToShows: Int
        /// The mean closeness to the replies that show it, from -1 to 1.
        public let toShows: Double
        /// The mean closeness to the replies that fail it, from -1 to 1.
        public let toFails: Double
    }

    /// One reply of a model to an example.
    public struct Reply: Hashable, Sendable, Codable {
        /// The clause.
        public let path: String
        /// Which of the clause's examples it is, from 1.
        public let example: Int
        /// What the model said.
        public let reply: String
        /// How close it comes to the reply that shows the clause.
        public let toShows: Double
        /// How close it comes to the reply that fails it. Nil when the authors gave none.
        public let toFails: Double?
    }

    /// Asks a model in the situation of every example, and compares what it says with both replies of the authors.
    ///
    /// - Parameters:
    ///   - model: The model that is tried.
    ///   - name: Its name.
    ///   - embedder: What tells how close texts are.
    ///   - before: Called with each example before the model is asked.
    /// - Returns: Every reply, and for each clause a row of its own: no number stands for the whole charter.
    /// - Throws: What the model or the embedder throws.
    public func replies(
        of model: any ChatModel, named name: String, embedder: any Embedder, before: (Case) -> Void = { _ in }
    ) async throws -> (replies: [Reply], closeness: [Closeness]) {
        var replies: [Reply] = []
        for trial in cases {
            before(trial)
            let reply = try await model.reply(
                to: ChatRequest(
                    model: name, turns: [ChatTurn(.system, trial.brief), ChatTurn(.user, trial.person)],
                    temperature: 0, maximumTokens: 300)
            ).content
            let vectors = try await embedder.embed([reply, trial.shows] + (trial.fails.map { [$0] } ?? []))
            guard vectors.count >= 2 else { continue }
            replies.append(
                Reply(
                    path: trial.path, example: trial.example, reply: reply,
                    toShows: Self.cosine(vectors[0], vectors[1]),
                    toFails: vectors.count > 2 ? Self.cosine(vectors[0], vectors[2]) : nil))
        }
        return (replies, Self.closeness(of: replies))
    }

    /// A row for each clause.
    static func closeness(of replies: [Reply]) -> [Closeness] {
        var paths: [String] = []
        var rows: [String: [(shows: Double, fails: Double)]] = [:]
        for reply in replies {
            guard let toFails = reply.toFails else { continue }
            if rows[reply.path] == nil { paths.append(reply.path) }
            rows[reply.path, default: []].append((reply.toShows, toFails))
        }
        return paths.map { path in
            let pairs = rows[path] ?? []
            let count = Double(max(1, pairs.count))
            return Closeness(
                path: path, compared: pairs.count, closerToShows: pairs.count { $0.shows > $0.fails },
                toShows: pairs.reduce(0) { $0 + $1.shows } / count, toFails: pairs.reduce(0) { $0 + $1.fails } / count)
        }
    }

    /// The cosine of the angle between two vectors; 0 when one has no direction.
    static func cosine(_ first: [Float], _ second: [Float]) -> Double {
        var (product, one, other) = (0.0, 0.0, 0.0)
        for (x, y) in zip(first, second) {
            product += Double(x) * Double(y)
            one += Double(x) * Double(x)
            other += Double(y) * Double(y)
        }
        guard one > 0, other > 0 else { return 0 }
        return product / (one.squareRoot() * other.squareRoot())
    }
}
