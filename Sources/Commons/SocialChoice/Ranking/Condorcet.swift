extension PairwiseMatrix {
    /// The candidate who beats every other in a vote between the two. Nil if there is none.
    ///
    /// Condorcet, *Essai sur l'application de l'analyse à la probabilité des décisions* (1785). There is at most one.
    /// Not for choosing on its own: where majorities run in a circle it has no answer.
    ///
    /// - Complexity: O(*m*²) for *m* candidates.
    public var condorcetWinner: Int? {
        (0..<candidateCount).first { candidate in
            (0..<candidateCount).allSatisfy { $0 == candidate || beats(candidate, $0) }
        }
    }

    /// The candidates who lose to nobody, in rising order: a Condorcet winner alone, or several who tie with one
    /// another. Empty if everybody loses to somebody.
    ///
    /// - Complexity: O(*m*²) for *m* candidates.
    public var weakCondorcetWinners: [Int] {
        (0..<candidateCount).filter { candidate in
            (0..<candidateCount).allSatisfy { !beats($0, candidate) }
        }
    }

    /// The candidate who loses to every other. Nil if there is none, and with one candidate.
    ///
    /// - Complexity: O(*m*²) for *m* candidates.
    public var condorcetLoser: Int? {
        guard candidateCount > 1 else { return nil }
        return (0..<candidateCount).first { candidate in
            (0..<candidateCount).allSatisfy { $0 == candidate || beats($0, candidate) }
        }
    }

    /// The Smith set: the smallest set of candidates each of whom beats everybody outside it, in rising order.
    ///
    /// Smith, "Aggregation of preferences with variable electorate", *Econometrica* 1973, doi:10.2307/1914033; it is
    /// the top cycle (Good, "A note on Condorcet sets", *Public Choice* 1971). Never empty; one candidate alone is the
    /// Condorcet winner. It narrows the field and doesn't choose: its members can be many.
    ///
    /// - Complexity: O(*m*²) for *m* candidates.
    public var smithSet: [Int] {
        let scores = (0..<candidateCount).map { candidate in
            (0..<candidateCount).reduce(into: 0) { $0 += margin(candidate, over: $1).signum() }
        }
        // Inside the set everybody has more wins less losses than anybody outside, so a best one is in. Whoever a
        // member doesn't beat is in too.
        guard let first = scores.indices.max(by: { scores[$0] < scores[$1] }) else { return [] }
        var isMember = [Bool](repeating: false, count: candidateCount)
        isMember[first] = true
        var unchecked = [first]
        while let member = unchecked.popLast() {
            for other in 0..<candidateCount where !isMember[other] && !beats(member, other) {
                isMember[other] = true
                unchecked.append(other)
            }
        }
        return isMember.indices.filter { isMember[$0] }
    }
}
