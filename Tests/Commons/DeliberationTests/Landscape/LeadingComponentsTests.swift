import Testing

@testable import Deliberation

@Suite("Principal components without writing the matrix out")
struct LeadingComponentsTests {
    /// The centred, filled matrix's XᵀX in full.
    private func full(_ votes: VoteMatrix) -> [Double] {
        let count = votes.statementCount
        var gram = [Double](repeating: 0, count: count * count)
        for person in 0..<votes.participantCount {
            let row = (0..<count).map { statement in
                votes[person, statement].map { $0.sign - votes.tallies[statement].mean } ?? 0
            }
            for first in 0..<count {
                for second in 0..<count { gram[first * count + second] += row[first] * row[second] }
            }
        }
        return gram
    }

    @Test("are those of the matrix in full, by LAPACK", arguments: 1...12)
    func likeLapack(seed: Int) throws {
        let made = try MadeUp(
            [30, 20, 10], statements: [3, 8, 40, 90][seed % 4], apart: 0.7, seen: 0.5, seed: UInt64(seed))
        let count = made.votes.statementCount
        let whole = try #require(SymmetricEigen(full(made.votes), order: count))
        let found = LeadingComponents(dimension: count, wanted: 3, product: CentredVotes(made.votes).gram)
        #expect(found.vectors.count == 3)
        for index in 0..<3 {
            #expect(abs(found.values[index] - whole.values[index]) < 1e-9 * whole.values[0])
            let cosine = LeadingComponents.dot(found.vectors[index], whole.vectors[index])
            #expect(abs(abs(cosine) - 1) < 1e-9)
        }
    }

    @Test("are orthonormal, and there are no more than the matrix has")
    func orthonormal() throws {
        let votes = try MadeUp.rows(["++--", "--++"])
        let found = LeadingComponents(dimension: 4, wanted: 3, product: CentredVotes(votes).gram)
        #expect(found.vectors.count == 1)
        #expect(abs(LeadingComponents.length(found.vectors[0]) - 1) < 1e-12)
    }

    @Test("from the components of a moment ago, few passes are needed")
    func warm() throws {
        let made = try MadeUp([200, 150], statements: 100, apart: 0.6, seen: 0.3, seed: 3)
        let cold = LeadingComponents(dimension: 100, wanted: 2, product: CentredVotes(made.votes).gram)
        let warm = LeadingComponents(
            dimension: 100, wanted: 2, start: cold.vectors, product: CentredVotes(made.votes).gram)
        #expect(warm.passes == 1)
        #expect(cold.passes > 3)
    }

    @Test("small matrices of four rows are inverted", arguments: 1...20)
    func inverse(seed: Int) {
        var draws = Draws(UInt64(seed))
        var matrix = TinySymmetric(.zero)
        for _ in 0..<6 {
            let vector = SIMD4(draws.normal(), draws.normal(), draws.normal(), draws.normal())
            for row in 0..<4 { for column in row..<4 { matrix[row, column] += vector[row] * vector[column] } }
        }
        let vector = SIMD4(1.0, -2, 3, 0.5)
        let back = matrix.inverse() * (matrix * vector)
        #expect((back - vector).max() < 1e-6 && (vector - back).max() < 1e-6)
    }
}
