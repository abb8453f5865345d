/// Spreads voters' weight over members they approve of, by maximum flow (Dinic 1970).
///
/// This answers what Phragmén's optimising rules and the maximin support method ask of a committee: the least share of
/// support, `weight of all who approve of someone in S` / `size of S`, over all groups `S` of members. Its reciprocal is
/// the highest load when loads are spread as evenly as possible (by Hall's condition).
struct SupportFlow {
    /// The voters' kinds: which of the members each approves of, by place, and the weight of the kind.
    private(set) var kinds: [(members: [Int], weight: Int)] = []

    init(profile: ApprovalProfile, members: [Int]) {
        var place = Array(repeating: -1, count: profile.candidateCount)
        for (index, member) in members.enumerated() { place[member] = index }
        var known: [[Int]: Int] = [:]
        for voter in profile.weights.indices {
            var own: [Int] = []
            for candidate in profile.ballotMembers[profile.ballotStart[voter]..<profile.ballotStart[voter + 1]] {
                let index = place[Int(candidate)]
                if index >= 0 { own.append(index) }
            }
            if own.isEmpty { continue }
            own.sort()
            if let kind = known[own] {
                kinds[kind].weight += profile.weights[voter]
            } else {
                known[own] = kinds.count
                kinds.append((own, profile.weights[voter]))
            }
        }
    }

    /// Of all groups among `members` (places), one with the least support for each: the largest such group.
    ///
    /// - Complexity: a few maximum flows; each step finds a strictly smaller share, at most once for each size
    ///   (Dinkelbach 1967, DOI 10.1287/mnsc.13.7.492).
    func leastSupported(among members: [Int]) -> (weight: Int, group: [Int]) {
        var group = members
        var weight = support(of: group)
        while true {
            let tight = violating(members: members, weight: weight, size: group.count)
            if tight.isEmpty { return (weight, group) }
            let own = support(of: tight)
            // Compared as fractions; weights are at most 2^40 and sizes far below 2^22.
            let isLess = own * group.count < weight * tight.count
            group = tight
            weight = own
            if !isLess { return (weight, group) }
        }
    }

    /// The same without all voters who approve of one of these members.
    func without(_ settled: Set<Int>) -> SupportFlow {
        var copy = self
        copy.kinds.removeAll { $0.members.contains(where: settled.contains) }
        return copy
    }

    /// The weight of all who approve of someone in the group.
    func support(of group: [Int]) -> Int {
        let inside = Set(group)
        return kinds.reduce(0) { $0 + ($1.members.contains(where: inside.contains) ? $1.weight : 0) }
    }

    /// The largest group that minimises `size * support(S) - weight * |S|`.
    private func violating(members: [Int], weight: Int, size: Int) -> [Int] {
        var node: [Int: Int] = [:]
        for (index, member) in members.enumerated() { node[member] = index }
        let used = kinds.filter { $0.members.contains { node[$0] != nil } }
        var flow = FlowNetwork(nodes: members.count + used.count + 2)
        let (source, sink) = (members.count + used.count, members.count + used.count + 1)
        for (index, kind) in used.enumerated() {
            flow.connect(source, members.count + index, capacity: kind.weight * size)
            for member in kind.members {
                guard let target = node[member] else { continue }
                flow.connect(members.count + index, target, capacity: kind.weight * size)
            }
        }
        for index in members.indices { flow.connect(index, sink, capacity: weight) }
        flow.maximise(from: source, to: sink)
        let reached = flow.reachable(from: source)
        return members.indices.filter { !reached[$0] }.map { members[$0] }
    }
}

/// A network with whole capacities and a maximum flow through it.
struct FlowNetwork {
    private var heads: [[Int]]
    private var targets: [Int] = []
    private var capacities: [Int] = []

    init(nodes: Int) { heads = Array(repeating: [], count: nodes) }

    mutating func connect(_ from: Int, _ to: Int, capacity: Int) {
        heads[from].append(targets.count)
        targets.append(to)
        capacities.append(capacity)
        heads[to].append(targets.count)
        targets.append(from)
        capacities.append(0)
    }

    /// Sends as much as can be sent, and gives how much that is.
    @discardableResult
    mutating func maximise(from source: Int, to sink: Int) -> Int {
        var total = 0
        while true {
            let level = levels(from: source)
            if level[sink] < 0 { return total }
            var next = Array(repeating: 0, count: heads.count)
            while true {
                let sent = push(from: source, to: sink, most: .max, level: level, next: &next)
                if sent == 0 { break }
                total += sent
            }
        }
    }

    /// Who can still be reached from a node through spare capacity.
    func reachable(from source: Int) -> [Bool] { levels(from: source).map { $0 >= 0 } }

    private func levels(from source: Int) -> [Int] {
        var level = Array(repeating: -1, count: heads.count)
        level[source] = 0
        var queue = [source]
        var front = 0
        while front < queue.count {
            let node = queue[front]
            front += 1
            for edge in heads[node] where capacities[edge] > 0 && level[targets[edge]] < 0 {
                level[targets[edge]] = level[node] + 1
                queue.append(targets[edge])
            }
        }
        return level
    }

    /// Recursion goes as deep as the path is long; augmenting paths here have few steps for each member.
    private mutating func push(from node: Int, to sink: Int, most: Int, level: [Int], next: inout [Int]) -> Int {
        if node == sink { return most }
        while next[node] < heads[node].count {
            let edge = heads[node][next[node]]
            let target = targets[edge]
            if capacities[edge] > 0, level[target] == level[node] + 1 {
                let sent = push(from: target, to: sink, most: min(most, capacities[edge]), level: level, next: &next)
                if sent > 0 {
                    capacities[edge] -= sent
                    capacities[edge ^ 1] += sent
                    return sent
                }
            }
            next[node] += 1
        }
        return 0
    }
}
