/// People who vote on the same statements one after the other in the same order.
///
/// Statements are shown in a random order, or by what the conversation needs, so two people seldom share a long run. How
/// surprising a shared run is follows from how often others go from each statement to the next: where statements are
/// shown in a fixed order, that is often, and a run says little. Votes of the same moment have no order.
struct Lockstep {
    /// Runs of fewer statements aren't looked at.
    static let shortest = 5
    /// People who begin the same run are each compared with so many of them.
    static let patterns = 20

    private let runs: [[Int]]
    private let people: [Int]
    private let statementCount: Int

    init(_ course: VotingCourse, statementCount: Int) {
        self.statementCount = max(1, statementCount)
        var runs: [[Int]] = []
        var people: [Int] = []
        for (person, steps) in course.steps.enumerated() {
            var run: [Int] = []
            for (place, step) in steps.enumerated() {
                if place > 0, step.time == steps[place - 1].time {
                    // Below 0 matches nothing.
                    run.append(-1 - place)
                }
                run.append(step.statement)
            }
            if run.count >= Self.shortest {
                runs.append(run)
                people.append(person)
            }
        }
        self.runs = runs
        self.people = people
    }

    var clusters: [SuspiciousCluster] {
        var steps: [SIMD2<Int32>: Int] = [:]
        var leaving: [Int: Int] = [:]
        for run in runs {
            for (from, to) in zip(run, run.dropFirst()) where from >= 0 && to >= 0 {
                steps[SIMD2(Int32(from), Int32(to)), default: 0] += 1
                leaving[from, default: 0] += 1
            }
        }
        // How often others than the two go this way, as if each way had been gone once more.
        let surprise = { (from: Int, to: Int) -> Double in
            let gone = Double(max(0, (steps[SIMD2(Int32(from), Int32(to))] ?? 0) - 2) + 1)
            return logarithm(Double(max(0, (leaving[from] ?? 0) - 2) + statementCount)) - logarithm(gone)
        }
        var starts: [[Int]: [(run: Int, place: Int)]] = [:]
        for (number, run) in runs.enumerated() {
            for place in 0...(run.count - Self.shortest) {
                let key = Array(run[place..<(place + Self.shortest)])
                if key.allSatisfy({ $0 >= 0 }) { starts[key, default: []].append((number, place)) }
            }
        }
        var linked = LinkedPeople(among: people.count)
        var best: [Int: (surprise: Double, statements: [Int])] = [:]
        for key in starts.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            let places = starts[key] ?? []
            for (order, first) in places.enumerated().prefix(Self.patterns) {
                for second in places[(order + 1)...] where first.run != second.run {
                    let (ours, theirs) = (runs[first.run], runs[second.run])
                    // Only from where the shared run begins.
                    if first.place > 0, second.place > 0, ours[first.place - 1] == theirs[second.place - 1] { continue }
                    var length = 0
                    var total = -logarithm(Double(ours.count)) - logarithm(Double(theirs.count))
                    while first.place + length < ours.count, second.place + length < theirs.count,
                        ours[first.place + length] == theirs[second.place + length], ours[first.place + length] >= 0
                    {
                        if length > 0 {
                            total += surprise(ours[first.place + length - 1], ours[first.place + length])
                        }
                        length += 1
                    }
                    let key = min(first.run, second.run) << 32 | max(first.run, second.run)
                    if total > best[key]?.surprise ?? 0 {
                        best[key] = (total, Array(ours[first.place..<(first.place + length)]))
                    }
                }
            }
        }
        for (key, run) in best { linked.add(key >> 32, key & 0xFFFF_FFFF, surprise: run.surprise) }
        return linked.clusters.map { cluster in
            let members = Set(cluster.people)
            let longest = best.filter { members.contains($0.key >> 32) && members.contains($0.key & 0xFFFF_FFFF) }
                .max { ($0.value.surprise, $1.key) < ($1.value.surprise, $0.key) }
            return SuspiciousCluster(
                people: cluster.people.map { people[$0] },
                evidence: .lockstep(statements: longest?.value.statements ?? []), surprise: cluster.surprise)
        }
    }
}
