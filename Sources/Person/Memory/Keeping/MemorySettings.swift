import Consents

/// What the person set about their memory. Sealed with it.
struct MemorySettings: Sendable, Hashable, Codable {
    /// For how many days items of a kind are kept; a kind that is missing is kept until it is erased.
    var retention: [MemoryItem.Kind: Int] = [:]
    /// The conversations in which nothing is to be remembered, and since when.
    var paused: [String: Int64] = [:]
    /// What made the vectors that are kept.
    var embedder: Embedder?

    /// After how many days a pause is forgotten: a conversation that old is over.
    static let pauseDays: Int64 = 400
    /// How many pauses are kept.
    static let mostPauses = 1_000
    /// After how many days a proposal that the person never answered goes.
    static let proposalDays = 30
    /// The longest retention.
    static let longestRetention = 36_500

    static let day: Int64 = 86_400_000

    /// From when on an item is to be erased; nil for one that stays.
    func expiry(of item: MemoryItem) -> Int64? {
        guard !item.isPinned else { return nil }
        // What the person set for a kind stands before what a charter says.
        let kept = retention[item.kind].map { item.recordedAt + Int64($0) * Self.day } ?? item.keepUntil
        guard item.status == .proposed else { return kept }
        let unanswered = item.recordedAt + Int64(Self.proposalDays) * Self.day
        return min(kept ?? unanswered, unanswered)
    }

    /// The day on which to look whether something has run out: the first day that begins after it did.
    static func sweepDay(after expiry: Int64) -> Int64 { (expiry + day - 1).floorDivided(by: day) }
}

extension Int64 {
    /// Division that rounds down below zero too.
    func floorDivided(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

/// What turns words into vectors: vectors of two embedders can't be compared.
public struct Embedder: Sendable, Hashable, Codable {
    /// The model's name.
    public let name: String
    /// How many numbers a vector has.
    public let dimension: Int

    /// The longest vector that is kept.
    public static let largestDimension = 8_192

    /// An embedder, nil unless its dimension is from 1 to ``largestDimension`` and its name 1 to 200 characters.
    public init?(name: String, dimension: Int) {
        guard (1...Self.largestDimension).contains(dimension), !name.isEmpty, name.count <= ItemProblems.longestName
        else { return nil }
        self.name = name
        self.dimension = dimension
    }
}
