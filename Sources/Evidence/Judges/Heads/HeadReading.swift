public import Flourishing
public import Models

/// What one head says of one reply.
public struct HeadReading: Sendable, Hashable, Codable {
    /// A sentence that spoke loudest for what the head says.
    public struct Quote: Sendable, Hashable, Codable {
        /// The sentence, verbatim.
        public let text: String
        /// Where it begins, as an offset in the UTF-8 of the reply.
        public let start: Int
        /// Where it ends, as an offset in the UTF-8 of the reply.
        public let end: Int
        /// What the head makes of the sentence by itself, from -1 to 1.
        public let value: Double
    }

    /// Who judges, as appraisals name it.
    static let judge = "local heads"
    /// By what means.
    static let method = "calibrated logistic regression over the local embedder, sentence by sentence"

    /// The head's name.
    public let head: String
    /// What 1 means.
    public let says: String
    /// The estimate. Its interval leaves out 0 only where fewer than one in ten replies about other things come so far; its
    /// coverage says how much the head was shown to see, and where that is nothing the interval is the whole scale.
    public let estimate: Estimate
    /// The mean over sentences of what the head makes of each, from -1 to 1, whatever its coverage.
    public let raw: Double
    /// The sentences that pulled most, at most two.
    public let quotes: [Quote]
}

/// Why heads can't read a reply.
public enum HeadProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The embedder makes other vectors than those the heads were made for.
    case otherEmbedder(expected: String)
    /// The embedder gave nothing usable.
    case noVectors

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .otherEmbedder(let expected):
            "The heads were made for the embedder \(expected), and this one makes other vectors. Run `make setup` for it, or "
                + "train heads anew with `trellis judge train`."
        case .noVectors: "The embedder gave no usable vectors. `trellis doctor` looks into it."
        }
    }
}

/// A reply as heads read it: its sentences outside code.
struct ReplySentences: Sendable {
    /// Sentences that are read of one reply at most, from its beginning.
    static let most = 64
    /// Letters of a sentence that are embedded. The local embedder reads 512 tokens.
    static let letters = 400

    let ranges: [Range<Int>]
    /// The sentences as they are embedded.
    let texts: [String]
    /// The sentences verbatim.
    let quoted: [String]
    /// The share of the reply's sentences that is read; 0 for one in a language that the embedder doesn't know.
    let share: Double

    init(_ reply: String) {
        let text = ReplyText(reply)
        let whole = text.sentences.filter { $0.words.count >= 2 && !$0.isHeading }
        let sentences = whole.isEmpty ? text.sentences : whole
        let read = sentences.prefix(Self.most)
        ranges = read.map(\.range)
        quoted = read.map { text.verbatim($0.range) }
        texts = quoted.map { String($0.prefix(Self.letters)) }
        // all-MiniLM-L6-v2 knows English.
        let language = TextLanguage(of: text, cues: .all)
        share = sentences.isEmpty || language.name != "en" ? 0 : Double(read.count) / Double(sentences.count)
    }
}

/// The heads that read a reply together, by one embedder.
public struct HeadReader: Sendable {
    private let ready: ReadyHeads

    /// A reader with the heads that ship, or with others.
    public init(_ heads: [Head] = ShippedHeads.all) { ready = ReadyHeads(heads) }

    /// What each head says of a reply, in the heads' order; nothing when the reply has no words.
    ///
    /// - Throws: ``HeadProblem``, or what the embedder throws.
    public func read(_ reply: String, with embedder: any Embedder) async throws -> [HeadReading] {
        let sentences = ReplySentences(reply)
        guard let first = ready.heads.first, !sentences.texts.isEmpty else { return [] }
        let vectors = try await HeadVectors.of([first.recipe.probe] + sentences.texts, by: embedder, together: 16)
        guard ready.heads.allSatisfy({ $0.fits(vectors[0]) }) else {
            throw HeadProblem.otherEmbedder(expected: first.recipe.embedder)
        }
        return readings(sentences, Array(vectors.dropFirst()))
    }

    /// A judgement of sentences whose vectors of length 1 are known already, as ``HeadVectors`` makes them; nil for none.
    ///
    /// - Parameter at: When, in milliseconds since 1970 in UTC.
    /// - Complexity: O(heads × sentences × width).
    public func appraisal(ofSentences vectors: [[Float]], at moment: Int64) -> Appraisal? {
        guard !vectors.isEmpty else { return nil }
        var estimates: [String: Estimate] = [:]
        for (head, chances) in zip(ready.heads, ready.chances(vectors)) {
            estimates[head.name] = Self.estimate(head, chances, share: 1)?.estimate
        }
        return Appraisal(
            estimates: estimates, judge: HeadReading.judge, method: HeadReading.method, at: moment)
    }

    /// What each head says of a reply whose sentences' vectors are known.
    func readings(_ sentences: ReplySentences, _ vectors: [[Float]]) -> [HeadReading] {
        zip(ready.heads, ready.chances(vectors)).compactMap { head, chances in
            Self.reading(head, chances, sentences)
        }
    }

    /// The estimate, and what the head says before what it was shown not to see is taken into account.
    private static func estimate(_ head: Head, _ chances: [Double], share: Double) -> (
        estimate: Estimate, raw: Double
    )? {
        let value = min(1, max(-1, 2 * chances.reduce(0, +) / Double(chances.count) - 1))
        let coverage = head.measured.coverage * share
        // A head that wasn't shown to see anything says that nothing is known.
        let estimate =
            coverage > 0
            ? Estimate(
                value: value, lower: max(-1, value - head.reach), upper: min(1, value + head.reach), coverage: coverage)
            : Estimate(value: 0, lower: -1, upper: 1, coverage: 0)
        return estimate.map { ($0, value) }
    }

    private static func reading(
        _ head: Head, _ chances: [Double], _ sentences: ReplySentences
    ) -> HeadReading? {
        guard !chances.isEmpty, let (estimate, value) = estimate(head, chances, share: sentences.share) else {
            return nil
        }
        let loudest = chances.indices.sorted {
            let (one, other) = (abs(chances[$0] - 0.5), abs(chances[$1] - 0.5))
            return one != other ? one > other : $0 < $1
        }
        .filter { (chances[$0] >= 0.5) == (value >= 0) }.prefix(2).sorted()
        let text = loudest.map { at in
            HeadReading.Quote(
                text: sentences.quoted[at], start: sentences.ranges[at].lowerBound,
                end: sentences.ranges[at].upperBound,
                value: 2 * chances[at] - 1)
        }
        return HeadReading(head: head.name, says: head.says, estimate: estimate, raw: value, quotes: text)
    }
}

extension [HeadReading] {
    /// The readings as a judgement. There is no total.
    ///
    /// - Parameter at: When, in milliseconds since 1970 in UTC.
    public func appraisal(at: Int64) -> Appraisal {
        Appraisal(
            estimates: Dictionary(map { ($0.head, $0.estimate) }, uniquingKeysWith: { first, _ in first }),
            judge: HeadReading.judge, method: HeadReading.method, at: at)
    }
}
