/// How a committee's cost, one unit for each member, can be spread over those who approve of them so that the highest
/// load is as low as it can be, then the second highest, and so on (Brill, Freeman, Janson and Lackner 2024, arXiv
/// 2102.12305).
///
/// The best spread is found exactly, without a solver: the group of members with the least support for each must
/// carry `size / weight`; those voters and members are set, and the rest goes on without them.
///
/// Larger compares as better, so lower loads are larger.
struct PhragmenLoads {
    /// Members whom nobody approves of: no spread can pay for them, so fewer come first.
    var unsupported: Int
    /// Loads for each unit of weight from the highest down, as fractions `size / weight`; each is carried by `weight`.
    var steps: [(size: Int, weight: Int)]

    /// Nothing is lighter for so many members: their cost spread evenly over so much weight.
    init(lightest size: Int, unsupported: Int, weight: Int) {
        self.unsupported = unsupported
        let common = max(greatestCommonDivisor(size, weight), 1)
        steps = size > 0 ? [(size / common, weight / common)] : []
    }

    init(profile: ApprovalProfile, members: [Int], onlyHighest: Bool) {
        let supported = members.filter { profile.support[$0] > 0 }
        unsupported = members.count - supported.count
        steps = []
        let flow = SupportFlow(profile: profile, members: supported)
        var left = Array(supported.indices)
        var settled: Set<Int> = []
        while !left.isEmpty {
            // Voters of settled members carry a higher load already and take no part in the rest.
            let rest = settled.isEmpty ? flow : flow.without(settled)
            let (weight, group) = rest.leastSupported(among: left)
            if onlyHighest {
                // In lowest terms, so that equal loads are equal whoever carries them.
                let common = greatestCommonDivisor(group.count, weight)
                steps = [(group.count / common, weight / common)]
                return
            }
            steps.append((group.count, weight))
            settled.formUnion(group)
            left.removeAll { settled.contains($0) }
        }
    }

    /// The highest load.
    var highest: Rational? { steps.first.map { Rational($0.size, dividedBy: $0.weight) } }
}

extension PhragmenLoads: Comparable {
    static func == (first: PhragmenLoads, second: PhragmenLoads) -> Bool {
        first.unsupported == second.unsupported && !(first < second) && !(second < first)
    }

    static func < (first: PhragmenLoads, second: PhragmenLoads) -> Bool {
        if first.unsupported != second.unsupported { return first.unsupported > second.unsupported }
        // The loads of all voters in falling order, in runs of equal ones.
        var (mine, theirs) = (first.steps[...], second.steps[...])
        var (myRun, theirRun) = (mine.first?.weight ?? 0, theirs.first?.weight ?? 0)
        while let own = mine.first, let other = theirs.first {
            let (left, right) = (own.size * other.weight, other.size * own.weight)
            if left != right { return left > right }
            let common = min(myRun, theirRun)
            myRun -= common
            theirRun -= common
            if myRun == 0 {
                mine = mine.dropFirst()
                myRun = mine.first?.weight ?? 0
            }
            if theirRun == 0 {
                theirs = theirs.dropFirst()
                theirRun = theirs.first?.weight ?? 0
            }
        }
        return !mine.isEmpty
    }
}
