/// Where people and statements stand in a few dimensions, from the votes that were cast and nothing put in for those that
/// weren't; with how sure that is.
///
/// Probabilistic principal components with missing values (Tipping and Bishop 1999, doi 10.1111/1467-9868.00196; Ilin and
/// Raiko 2010, JMLR 11:1957): vote = mean of the statement + direction of the statement · position of the person + noise.
/// A person with few votes stays near the middle, with a wide interval, where Polis would move them far out. A
/// statement's direction is drawn to zero by a few votes' worth, so that a statement that hardly anybody saw pulls nobody.
struct LowRankOpinion: Sendable {
    /// At most four.
    let rank: Int
    /// The mean of each statement.
    private(set) var means: [Double]
    /// The direction of each statement; zero for one that takes no part.
    private(set) var directions: [SIMD4<Double>]
    /// The variance of a vote around what is expected of it.
    private(set) var noise: Double
    /// Where each person stands: the mean of what is known.
    private(set) var positions: [SIMD4<Double>]
    /// The variance of each person's position in each dimension, from 0 (sure) to 1 (nothing known).
    private(set) var variances: [SIMD4<Double>]
    private(set) var iterations = 0

    /// As if each direction had been seen to be zero in so many votes.
    static let shrinkage = 2.0

    /// Fits positions, beginning with the directions of principal components.
    init(
        _ votes: VoteMatrix, rejected: Set<Int> = [], rank: Int, start: [[Double]], iterations limit: Int = 30,
        tolerance: Double = 1e-4
    ) {
        precondition((1...4).contains(rank))
        self.rank = rank
        let centred = CentredVotes(votes, excluding: rejected)
        means = centred.means
        noise = 0.5
        directions = (0..<votes.statementCount).map { statement in
            var direction = SIMD4<Double>.zero
            for (lane, vector) in start.prefix(rank).enumerated() where statement < vector.count {
                direction[lane] = vector[statement] * Double(votes.statementCount).squareRoot() * 0.3
            }
            return centred.included[statement] ? direction : .zero
        }
        positions = [SIMD4<Double>](repeating: .zero, count: votes.participantCount)
        variances = positions
        while iterations < limit {
            iterations += 1
            let before = noise
            improve(votes, centred.included)
            if iterations > 3, abs(before - noise) < tolerance * noise { break }
        }
        turn()
        place(votes)
    }

    /// A symmetric 4 × 4 matrix in the order 00 01 02 03 11 12 13 22 23 33, in ten of sixteen lanes.
    private typealias Symmetric = SIMD16<Double>

    private static func outer(_ vector: SIMD4<Double>) -> Symmetric {
        var product = Symmetric.zero
        var lane = 0
        for row in 0..<4 {
            for column in row..<4 {
                product[lane] = vector[row] * vector[column]
                lane += 1
            }
        }
        return product
    }

    /// Position and covariance of one person from the sums over their votes.
    private func posterior(_ gram: Symmetric, _ pull: SIMD4<Double>) -> (SIMD4<Double>, Symmetric) {
        var matrix = TinySymmetric(gram)
        for lane in 0..<4 { matrix[lane, lane] += lane < rank ? noise : 1 }
        let inverse = matrix.inverse()
        return (inverse * pull, noise * inverse.packed)
    }

    private mutating func improve(_ votes: VoteMatrix, _ included: [Bool]) {
        let outers = directions.map(Self.outer)
        // For each statement: sums of position ⊗ position + covariance, of position, of vote × position, of votes, of
        // votes squared, and how many.
        var squares = [Symmetric](repeating: .zero, count: directions.count)
        var sums = [SIMD4<Double>](repeating: .zero, count: directions.count)
        var pulls = sums
        var tallies = sums
        votes.forEachRow { row, cells in
            var gram = Symmetric.zero
            var pull = SIMD4<Double>.zero
            for cell in cells {
                let statement = VoteMatrix.column(cell)
                guard included[statement] else { continue }
                let weight = VoteMatrix.weight(cell)
                gram += weight * outers[statement]
                pull += weight * (Stance(code: cell).sign - means[statement]) * directions[statement]
            }
            let (position, covariance) = posterior(gram, pull)
            let square = Self.outer(position) + covariance
            for cell in cells {
                let statement = VoteMatrix.column(cell)
                guard included[statement] else { continue }
                let weight = VoteMatrix.weight(cell)
                let sign = Stance(code: cell).sign
                squares[statement] += weight * square
                sums[statement] += weight * position
                pulls[statement] += weight * sign * position
                tallies[statement] += weight * SIMD4(1, sign, sign * sign, 0)
            }
        }
        var error = 0.0
        var count = 0.0
        for statement in directions.indices where included[statement] && tallies[statement].x > 0 {
            let tally = tallies[statement]
            let people = tally.x
            // The mean given the direction, then the direction given the mean; both are solved for together by taking
            // the statement's mean position off.
            let middle = sums[statement] / people
            var matrix = TinySymmetric(squares[statement] - people * Self.outer(middle))
            for lane in 0..<4 { matrix[lane, lane] += lane < rank ? Self.shrinkage : 1 }
            var direction = matrix.inverse() * (pulls[statement] - tally.y * middle)
            for lane in rank..<4 { direction[lane] = 0 }
            let mean = tally.y / people - (direction * middle).sum()
            directions[statement] = direction
            means[statement] = mean
            let square = (Self.outer(direction) * Self.doubled * squares[statement]).sum()
            error +=
                tally.z - 2 * mean * tally.y - 2 * (direction * pulls[statement]).sum()
                + people * mean * mean + 2 * mean * (direction * sums[statement]).sum() + square
            count += people
        }
        if count > 0 { noise = max(error / count, 1e-3) }
    }

    /// What lies off the diagonal stands for two entries.
    private static let doubled: Symmetric = [1, 2, 2, 2, 1, 2, 2, 1, 2, 1, 0, 0, 0, 0, 0, 0]

    private mutating func place(_ votes: VoteMatrix) {
        votes.forEachRow { row, cells in place(row, cells) }
    }

    /// Places one person anew by their votes. O(their votes).
    mutating func place(_ row: Int, _ cells: UnsafeBufferPointer<UInt32>) {
        while positions.count <= row {
            positions.append(.zero)
            variances.append(SIMD4(repeating: 1))
        }
        var gram = Symmetric.zero
        var pull = SIMD4<Double>.zero
        for cell in cells {
            let statement = VoteMatrix.column(cell)
            guard statement < directions.count else { continue }
            let weight = VoteMatrix.weight(cell)
            gram += weight * Self.outer(directions[statement])
            pull += weight * (Stance(code: cell).sign - means[statement]) * directions[statement]
        }
        let (position, covariance) = posterior(gram, pull)
        positions[row] = position
        variances[row] = TinySymmetric(covariance).diagonal
    }

    /// Turns the map so that it isn't mirrored against an earlier one.
    mutating func orient(along earlier: LowRankOpinion) {
        for lane in 0..<rank {
            let agreement = zip(directions, earlier.directions).reduce(0.0) { $0 + $1.0[lane] * $1.1[lane] }
            guard agreement < 0 else { continue }
            for index in directions.indices { directions[index][lane].negate() }
            for index in positions.indices { positions[index][lane].negate() }
        }
    }

    /// Turns the axes so that the first holds what divides statements most.
    private mutating func turn() {
        var total = Symmetric.zero
        for direction in directions { total += Self.outer(direction) }
        let matrix = TinySymmetric(total)
        var entries = [Double](repeating: 0, count: rank * rank)
        for row in 0..<rank { for column in 0..<rank { entries[row * rank + column] = matrix[row, column] } }
        guard let axes = SymmetricEigen(entries, order: rank)?.vectors else { return }
        let rotated = { (vector: SIMD4<Double>) in
            var result = SIMD4<Double>.zero
            for (lane, axis) in axes.enumerated() {
                for index in 0..<axis.count { result[lane] += axis[index] * vector[index] }
            }
            return result
        }
        directions = directions.map(rotated)
    }
}
