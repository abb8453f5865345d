/// Joins people into clusters by how surprisingly they match.
///
/// One person is taken as the pattern and all that match it count together. If people are independent, the logarithm of a
/// likelihood ratio is above *x* with a chance of at most e⁻ˣ (Markov's inequality). With *n* people there are at most
/// *n* · *n*ᵏ patterns with *k* matches, so a pattern counts if its matches together exceed (*k* + 1) log *n* by log 20:
/// that happens in one conversation of twenty at most.
struct LinkedPeople {
    private var links: [Int: [(other: Int, excess: Double)]] = [:]
    private let price: Double

    /// Links among so many people.
    init(among count: Int) { price = logarithm(Double(max(count, 2))) }

    /// Whether so surprising a match counts at all.
    func isWorth(_ surprise: Double) -> Bool { surprise > price }

    /// Takes up a match of two people.
    mutating func add(_ first: Int, _ second: Int, surprise: Double) {
        guard isWorth(surprise) else { return }
        links[first, default: []].append((second, surprise - price))
        links[second, default: []].append((first, surprise - price))
    }

    /// The clusters, with what is beyond chance of the best pattern of each.
    var clusters: [(people: [Int], surprise: Double)] {
        let limit = price - logarithm(ConversationSignals.chance)
        var parent: [Int: Int] = [:]
        func root(_ person: Int) -> Int {
            var person = person
            while let above = parent[person], above != person { person = above }
            return person
        }
        var beyond: [Int: Double] = [:]
        for person in links.keys.sorted() {
            let own = links[person] ?? []
            let sum = own.reduce(0) { $0 + $1.excess }
            guard own.count >= ConversationSignals.fewestPeople - 1, sum > limit else { continue }
            beyond[person] = sum - limit
            for link in own {
                let (first, second) = (root(person), root(link.other))
                parent[first] = first
                parent[second] = first
            }
        }
        var members: [Int: [Int]] = [:]
        for person in parent.keys.sorted() { members[root(person), default: []].append(person) }
        return members.values.map { people in
            (people, people.compactMap { beyond[$0] }.max() ?? 0)
        }.sorted { $0.people[0] < $1.people[0] }
    }
}

/// The logarithm of the chance that at least `count` of `trials` happen, each with this chance.
///
/// - Complexity: O(trials).
func logarithmOfBinomialTail(_ count: Int, of trials: Int, chance: Double) -> Double {
    guard count > 0 else { return 0 }
    guard chance > 0, count <= trials else { return -.infinity }
    guard chance < 1 else { return 0 }
    let (yes, no) = (logarithm(chance), logarithm(1 - chance))
    let terms = (count...trials).map { number in
        logarithmOfGamma(Double(trials + 1)) - logarithmOfGamma(Double(number + 1))
            - logarithmOfGamma(Double(trials - number + 1)) + Double(number) * yes + Double(trials - number) * no
    }
    let largest = terms.max() ?? 0
    return min(0, largest + logarithm(terms.reduce(0) { $0 + exponential($1 - largest) }))
}
