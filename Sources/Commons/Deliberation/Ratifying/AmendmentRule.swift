public import Charters

/// When a change is taken: by the charter's own `amendment` section, word for word. So many must take part (`quorum`), and
/// of those who do such a share must say yes (`consensus`). Who abstains takes part and doesn't say yes. Whatever the section
/// says, nothing is taken that no more people say yes to than no.
public struct AmendmentRule: Sendable, Hashable {
    /// What a vote came to.
    public enum Finding: Sendable, Hashable {
        /// Taken.
        case taken
        /// Too few took part.
        case tooFewTookPart
        /// Too small a share said yes.
        case tooFewAgreed
    }

    /// So many must take part: 1 where the charter doesn't say.
    public let quorum: Int
    /// Such a share must say yes. Nil where the charter doesn't say: then more than half.
    public let consensus: Share?

    /// The rule of a charter. Nil for a charter that doesn't say how it is changed.
    public init?(of charter: Charter) {
        guard let amendment = charter.amendment else { return nil }
        quorum = amendment.quorum ?? 1
        consensus = amendment.consensus
    }

    /// What a vote came to. Exact: no rounding decides.
    public func finding(_ count: BallotCount) -> Finding {
        if count.all < quorum || count.all == 0 { return .tooFewTookPart }
        let agreed =
            consensus.map { count.yes * 10_000 >= $0.tenThousandths * count.all } ?? (count.yes * 2 > count.all)
        return agreed && count.yes > count.no ? .taken : .tooFewAgreed
    }

    /// Whether so many ballots more, all for one side, could have made it come out otherwise.
    ///
    /// - Parameter more: From 0 to a billion.
    func couldTurn(_ count: BallotCount, with more: Int) -> Bool {
        var (inFavour, against) = (count, count)
        inFavour.yes += more
        against.no += more
        let isTaken = finding(count) == .taken
        return [inFavour, against].contains { (finding($0) == .taken) != isTaken }
    }

    /// The rule in a sentence.
    public var words: String {
        let share = consensus.map { "at least \($0.decimal)" } ?? "more than half"
        guard let consensus, consensus.tenThousandths <= 5_000 else {
            return "At least \(quorum) must take part, and \(share) of those who do must say yes."
        }
        return
            "At least \(quorum) must take part, \(share) of those who do must say yes, and more must say yes than no."
    }
}
