public import SocialChoice

/// What comes of a conversation's votes: groups, what all of them agree on, and a slate with its certificate.
public struct ConversationOutcome: Sendable {
    /// How many groups there are; 1 means none.
    public let groupCount: Int
    /// The group of each person, or -1.
    public let groups: [Int]
    /// The statements that every group agrees on, most surely first.
    public let agreed: [Int]
    /// The chosen statements, in rising order; empty where there is nothing to choose from.
    public let slate: [Int]
    /// The slate's EJR+ certificate; nil without a slate.
    public let certificate: Certificate?

    /// Works an outcome out.
    ///
    /// - Parameters:
    ///   - votes: Who voted what.
    ///   - moderation: Rejected statements take no part.
    ///   - seats: How long the slate is; shorter where fewer statements find anybody's agreement.
    ///   - seed: What the search for groups follows from.
    public init(of votes: VoteMatrix, moderation: StatementModeration = .init(), seats: Int = 5, seed: UInt64 = 1) {
        let landscape = OpinionLandscape(votes, moderation: moderation, settings: LandscapeSettings(seed: seed))
        self.init(landscape, seats: seats)
    }

    /// The outcome of a landscape that is known.
    public init(_ landscape: OpinionLandscape, seats: Int = 5) {
        groupCount = landscape.groupCount
        groups = landscape.assignment()
        agreed = CommonGround(landscape.groupVotes(), rejected: landscape.moderation.rejected).shared(.agree)
            .map(\.statement.statement)
        let open = landscape.votes.tallies.indices.count {
            landscape.votes.tallies[$0].agreed > 0 && !landscape.moderation.rejected.contains($0)
        }
        let slate = try? Slate(
            of: landscape.votes, moderation: landscape.moderation, seats: min(max(seats, 1), max(open, 1)))
        self.slate = slate?.entries.map(\.statement) ?? []
        certificate = slate?.certificate
    }
}

/// What would change if some people had not taken part. Nothing is removed: it says how much hangs on them.
public struct RemovalEffect: Sendable {
    /// How many people were left out for the comparison.
    public let people: Int
    /// How many groups there are with everybody, and without them.
    public let groupCounts: (before: Int, after: Int)
    /// How far the two groupings agree on those who stay: adjusted Rand index, 1 for the same.
    public let sameGroups: Double
    /// Statements that every group agrees on only with these people in.
    public let agreedGone: [Int]
    /// Statements that every group agrees on only without them.
    public let agreedNew: [Int]
    /// Statements of the slate that leave it.
    public let slateGone: [Int]
    /// Statements that come into the slate.
    public let slateNew: [Int]
    /// Whether the slate's certificate holds, with and without; nil without a slate.
    public let certificates: (before: Bool?, after: Bool?)

    /// Compares an outcome with that of everybody but these people.
    ///
    /// - Complexity: one more landscape.
    public init(
        removing people: [Int], from votes: VoteMatrix, moderation: StatementModeration = .init(),
        outcome before: ConversationOutcome, seats: Int = 5, seed: UInt64 = 1
    ) {
        let removed = Set(people)
        let after = ConversationOutcome(
            of: votes.filter { person, _, _ in !removed.contains(person) }, moderation: moderation, seats: seats,
            seed: seed)
        let masked = { (groups: [Int]) in
            groups.enumerated().map { person, group in
                removed.contains(person) || votes.voteCount(of: person) == 0 ? -1 : group
            }
        }
        let missing = { (first: [Int], second: [Int]) in first.filter { !second.contains($0) }.sorted() }
        self.people = removed.count
        groupCounts = (before.groupCount, after.groupCount)
        sameGroups = AdjustedRandIndex.value(masked(before.groups), masked(after.groups))
        agreedGone = missing(before.agreed, after.agreed)
        agreedNew = missing(after.agreed, before.agreed)
        slateGone = missing(before.slate, after.slate)
        slateNew = missing(after.slate, before.slate)
        certificates = (Self.holds(before.certificate), Self.holds(after.certificate))
    }

    private static func holds(_ certificate: Certificate?) -> Bool? {
        guard let certificate else { return nil }
        if case .holds = certificate { return true }
        return false
    }

    /// How much changes, to compare effects with: entries and exits of lists, and groups that come, go or differ.
    var size: Double {
        let lists = agreedGone.count + agreedNew.count + slateGone.count + slateNew.count
        return Double(lists + abs(groupCounts.before - groupCounts.after))
            + (certificates.before == certificates.after ? 0 : 1) + (1 - sameGroups)
    }

    /// Whether groups stay as many and nearly as they are, and nothing enters or leaves any list.
    public var isNone: Bool {
        groupCounts.before == groupCounts.after && sameGroups >= 0.95 && agreedGone.isEmpty && agreedNew.isEmpty
            && slateGone.isEmpty && slateNew.isEmpty && certificates.before == certificates.after
    }

    /// The effect in words.
    ///
    /// - Parameter name: what a statement is called, such as `#12`.
    public func words(naming name: (Int) -> String) -> String {
        func list(_ statements: [Int]) -> String {
            statements.prefix(6).map(name).joined(separator: ", ")
                + (statements.count > 6 ? " and \(statements.count - 6) more" : "")
        }
        var parts: [String] = []
        if groupCounts.before != groupCounts.after {
            let count = { (number: Int) in number == 1 ? "no groups" : "\(number) groups" }
            parts.append("there would be \(count(groupCounts.after)) instead of \(count(groupCounts.before))")
        } else if sameGroups < 0.95 {
            parts.append(
                "the groups would be others (agreement \((sameGroups * 100).rounded() / 100), where 1 is the same)")
        }
        if !agreedGone.isEmpty { parts.append("every group would no longer agree on \(list(agreedGone))") }
        if !agreedNew.isEmpty { parts.append("every group would agree on \(list(agreedNew)) too") }
        if !slateGone.isEmpty { parts.append("the slate would lose \(list(slateGone))") }
        if !slateNew.isEmpty { parts.append("the slate would gain \(list(slateNew))") }
        if certificates.before != certificates.after {
            let word = { (holds: Bool?) in holds.map { $0 ? "hold" : "fail" } ?? "be missing" }
            parts.append("its certificate would \(word(certificates.after))")
        }
        guard !parts.isEmpty else { return "Without them nothing changes in groups, common ground and slate." }
        return "Without them " + parts.joined(separator: "; ") + "."
    }
}
