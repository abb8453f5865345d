/// The map that Polis draws: people and statements in a plane, by principal components of the votes.
///
/// A missing vote stands at the mean of its statement. A person is projected by the votes that they cast, and moved out
/// from the centre by √(statements ⁄ votes), since fewer votes would leave them near it (Small et al. 2021, "Polis:
/// scaling deliberation by mapping high dimensional opinion spaces", doi 10.6035/recerca.5516; the published mathematics
/// at github.com/compdemocracy/polis).
///
/// Agreeing counts +1 here. Polis's servers count it -1, so their `center` and `comps` are ours times -1; positions are
/// the same.
public struct PolisMap: Sendable {
    /// The mean vote on each statement; 0 for one that was rejected or has no votes.
    public let center: [Double]
    /// Two directions through the statements, of length 1; fewer where the votes don't span a plane.
    public let components: [[Double]]
    /// Where each person stands: `positions[participant]`.
    public let positions: [SIMD2<Double>]
    /// Where somebody would stand who had agreed with this statement and voted on nothing else.
    public let statementPositions: [SIMD2<Double>]
    /// How far from the centre a statement puts people: the length of its position.
    public let extremity: [Double]
    /// Statements with votes, rejected ones too: what Polis takes for the number of columns.
    let columnCount: Int

    /// Draws the map. O(passes × votes); some dozen passes.
    ///
    /// - Parameters:
    ///   - votes: Who voted what.
    ///   - moderation: Rejected statements count as passed by everybody, as in Polis.
    ///   - previous: An earlier map of the same conversation: the new one is found quicker from it, and isn't mirrored
    ///     against it.
    public init(_ votes: VoteMatrix, moderation: StatementModeration = .init(), previous: PolisMap? = nil) {
        let centred = CentredVotes(votes, excluding: moderation.rejected)
        let start = previous?.components.map { component in
            (0..<votes.statementCount).map { $0 < component.count ? component[$0] : 0 }
        }
        let found = LeadingComponents(
            dimension: votes.statementCount, wanted: min(2, votes.participantCount), start: start ?? [],
            tolerance: start == nil ? 1e-12 : 1e-10, product: centred.gram)
        self.init(centred, components: Self.oriented(found.vectors, along: start ?? []), rejected: moderation.rejected)
    }

    /// The map along directions that are known, such as those that Polis published.
    public init(
        _ votes: VoteMatrix, moderation: StatementModeration = .init(), components: [[Double]]
    ) {
        self.init(
            CentredVotes(votes, excluding: moderation.rejected), components: components, rejected: moderation.rejected)
    }

    private init(_ centred: CentredVotes, components: [[Double]], rejected: Set<Int>) {
        let votes = centred.votes
        center = centred.means
        self.components = components
        columnCount = votes.tallies.count { $0.seen > 0 }
        let zeroed = rejected.count { votes.tallies.indices.contains($0) && votes.tallies[$0].seen > 0 }
        let directions = (0..<votes.statementCount).map { statement in
            SIMD2(
                components.first.map { $0[statement] } ?? 0, components.count > 1 ? components[1][statement] : 0)
        }
        let scale = Double(columnCount).squareRoot()
        let means = centred.means
        let included = centred.included
        var positions = [SIMD2<Double>](repeating: .zero, count: votes.participantCount)
        var table = [SIMD2<Double>](repeating: .zero, count: 4 * votes.statementCount)
        for statement in directions.indices where included[statement] {
            table[4 * statement] = -means[statement] * directions[statement]
            table[4 * statement + 1] = (1 - means[statement]) * directions[statement]
            table[4 * statement + 2] = (-1 - means[statement]) * directions[statement]
        }
        votes.forEachRow { row, cells in
            var sum = SIMD2<Double>.zero
            // A rejected statement counts as one that everybody passed.
            var seen = zeroed
            for cell in cells {
                let slot = Int(cell & VoteMatrix.slotMask)
                sum += table[slot]
                if included[slot >> 2] { seen += 1 }
            }
            positions[row] = sum * (scale / Double(max(seen, 1)).squareRoot())
        }
        self.positions = positions
        statementPositions = directions.indices.map { statement in
            included[statement] ? (1 - means[statement]) * directions[statement] * scale : .zero
        }
        extremity = statementPositions.map { ($0 * $0).sum().squareRoot() }
    }

    /// The vectors with their signs chosen: as in an earlier map, or else so that the largest entry is above zero.
    static func oriented(_ vectors: [[Double]], along earlier: [[Double]]) -> [[Double]] {
        vectors.enumerated().map { index, vector in
            let sign: Double
            if index < earlier.count, earlier[index].contains(where: { $0 != 0 }) {
                sign = LeadingComponents.dot(vector, earlier[index])
            } else {
                sign = vector.max { abs($0) < abs($1) } ?? 1
            }
            return sign < 0 ? vector.map { -$0 } : vector
        }
    }
}
