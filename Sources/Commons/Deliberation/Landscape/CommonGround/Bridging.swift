/// Which statements people agree with although they differ in everything else: the bridging score of Community Notes.
///
/// Each vote (agree 1, pass ½, disagree 0) is explained by an overall mean, a person's readiness to agree, a statement's
/// own appeal, and one dimension of opinion along which a person and a statement may fit. What is left as the
/// statement's appeal when that dimension has explained what it can is the score (Wojcik et al. 2022, "Birdwatch: crowd
/// wisdom and bridging algorithms can inform understanding and reduce the spread of misinformation", arXiv 2210.15723).
/// No groups are needed for it.
///
/// Fitted by alternating least squares, with the paper's penalties: 0.15 on intercepts, 0.03 on the dimension, for each
/// vote.
public struct Bridging: Sendable {
    /// A statement's score.
    public struct Score: Sendable, Hashable {
        /// How much more, or less, than on average people agree with it whatever their side. From about -1 to 1; in
        /// Community Notes, 0.4 is a lot.
        public let value: Double
        /// Where the interval of 95% begins, from the spread of votes around what the model says.
        public let lower: Double
        /// Where it ends.
        public let upper: Double
        /// Where the statement stands on the dimension of opinion: far from 0, it appeals to one side.
        public let side: Double
    }

    /// The mean of all votes, penalised.
    public private(set) var mean = 0.0
    /// Each statement's score; nil for one without votes, or rejected.
    public let scores: [Score?]
    /// Where each person stands on the dimension of opinion.
    public private(set) var sides: [Double]
    /// Steps until nothing changed by 10⁻⁶, or the most that were allowed.
    public private(set) var iterations = 0

    /// The penalty on the mean and both intercepts, for each vote.
    public static let interceptPenalty = 0.15
    /// The penalty on the dimension of opinion, for each vote.
    public static let sidePenalty = 0.03

    /// An intercept and a side, solved for together.
    private struct Pair {
        var intercept = 0.0
        var side = 0.0
    }

    /// Sums over the votes of one person or statement.
    private struct Sums {
        var count = 0.0
        var side = 0.0
        var square = 0.0
        var rest = 0.0
        var restSide = 0.0

        mutating func add(side other: Double, rest value: Double) {
            count += 1
            side += other
            square += other * other
            rest += value
            restSide += value * other
        }

        /// [count(1+λ), side; side, square + λ count] · pair = [rest, restSide].
        func solved() -> Pair {
            let first = count * (1 + interceptPenalty)
            let last = square + sidePenalty * count
            let determinant = first * last - side * side
            guard count > 0, determinant > 0 else { return Pair() }
            return Pair(
                intercept: (rest * last - restSide * side) / determinant,
                side: (first * restSide - side * rest) / determinant)
        }

        /// The variance of the intercept, as a share of that of a vote.
        var interceptVariance: Double {
            let first = count * (1 + interceptPenalty)
            let last = square + sidePenalty * count
            let determinant = first * last - side * side
            return determinant > 0 ? last / determinant : .infinity
        }
    }

    /// Scores statements. O(steps × votes).
    public init(_ votes: VoteMatrix, rejected: Set<Int> = [], iterations limit: Int = 200) {
        let centred = CentredVotes(votes, excluding: rejected)
        let included = centred.included
        let start = LeadingComponents(
            dimension: votes.statementCount, wanted: 1, tolerance: 1e-3, passLimit: 20, product: centred.gram
        ).vectors.first
        var statements = (0..<votes.statementCount).map { statement in
            Pair(side: (start?[statement] ?? 0) * Double(votes.statementCount).squareRoot() * 0.5)
        }
        var people = [Pair](repeating: Pair(), count: votes.participantCount)
        var sums = [Sums](repeating: Sums(), count: votes.statementCount)
        var mean = 0.0
        var error = 0.0
        var count = 0.0
        var iterations = 0
        while iterations < limit {
            iterations += 1
            for statement in sums.indices { sums[statement] = Sums() }
            var total = 0.0
            error = 0
            count = 0
            votes.forEachRow { row, cells in
                var own = Sums()
                for cell in cells {
                    let statement = VoteMatrix.column(cell)
                    guard included[statement] else { continue }
                    let value = (Stance(code: cell).sign + 1) / 2
                    own.add(side: statements[statement].side, rest: value - mean - statements[statement].intercept)
                }
                let person = own.solved()
                people[row] = person
                for cell in cells {
                    let statement = VoteMatrix.column(cell)
                    guard included[statement] else { continue }
                    let value = (Stance(code: cell).sign + 1) / 2
                    sums[statement].add(side: person.side, rest: value - mean - person.intercept)
                    let explained =
                        person.intercept + statements[statement].intercept
                        + person.side * statements[statement].side
                    total += value - explained
                    error += (value - mean - explained) * (value - mean - explained)
                    count += 1
                }
            }
            guard count > 0 else { break }
            var change = 0.0
            for statement in statements.indices where included[statement] {
                let next = sums[statement].solved()
                change = max(change, abs(next.intercept - statements[statement].intercept))
                statements[statement] = next
            }
            let nextMean = total / (count * (1 + Self.interceptPenalty))
            change = max(change, abs(nextMean - mean))
            mean = nextMean
            if change < 1e-6 { break }
        }
        let variance = count > 0 ? error / count : 0
        scores = statements.indices.map { statement in
            guard included[statement], sums[statement].count > 0 else { return nil }
            let reach = 1.959_963_985 * (variance * sums[statement].interceptVariance).squareRoot()
            let value = statements[statement].intercept
            return Score(
                value: value, lower: value - reach, upper: value + reach, side: statements[statement].side)
        }
        sides = people.map(\.side)
        self.mean = mean
        self.iterations = iterations
    }
}
