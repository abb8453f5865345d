/// An order of candidates or projects that settles ties: whoever comes first wins the tie.
///
/// Ties are settled by an order that people can see, or not at all. A lottery is an order too, drawn from a seed that
/// everybody can check.
public struct ChoiceOrder: Hashable, Sendable {
    /// The choices, first to last: each number from 0 once.
    public let choices: [Int]
    /// The place of each choice in the order, from 0.
    public let places: [Int]

    /// An order, first to last. Nil unless it holds each number from 0 to its length less one, once.
    public init?(_ choices: [Int]) {
        var places = [Int](repeating: -1, count: choices.count)
        for (place, choice) in choices.enumerated() {
            guard places.indices.contains(choice), places[choice] < 0 else { return nil }
            places[choice] = place
        }
        self.choices = choices
        self.places = places
    }

    /// The order 0, 1, 2 and so on, as things were listed.
    public init(listed count: Int) {
        choices = Array(0..<max(0, count))
        places = choices
    }

    /// An order drawn by lot: the same for the same seed, each order as likely as any other over seeds.
    ///
    /// Fisher and Yates's shuffle over SplitMix64 (Steele, Lea and Flood, 2014, doi:10.1145/2660193.2660195), with
    /// draws that are rejected rather than biased.
    public init(count: Int, seed: UInt64) {
        var lottery = SplitMix(state: seed)
        var choices = Array(0..<max(0, count))
        for last in stride(from: choices.count - 1, to: 0, by: -1) {
            choices.swapAt(last, Int(lottery.next(below: UInt64(last + 1))))
        }
        var places = choices
        for (place, choice) in choices.enumerated() { places[choice] = place }
        self.choices = choices
        self.places = places
    }

    /// Checks that the order fits.
    func fits(_ count: Int) throws(RankingError) {
        guard choices.count == count else { throw RankingError.order(count: choices.count, expected: count) }
    }

    /// The one of these that comes first. Nil if there are none.
    func first(of choices: some Sequence<Int>) -> Int? {
        choices.min { places[$0] < places[$1] }
    }
}

/// Winners where more than one can win, and whether these are all of them.
public struct TiedWinners: Hashable, Sendable {
    /// Those who win in some way of settling the ties, in rising order.
    public let winners: [Int]
    /// Whether every way was looked at. If not, each of the winners is one, but there may be others.
    public let isComplete: Bool
}
