public import SocialChoice

/// Something that people hold and that a slate leaves out, kept with how many they are.
public struct Dissent: Sendable, Hashable {
    /// Whose it is.
    public enum Holder: Sendable, Hashable {
        /// A group of the landscape, by its place from 0.
        case group(Int)
        /// A group that has a claim by EJR+ which the slate doesn't meet.
        case forgotten(RepresentationWitness)
        /// People who agree with no statement of the slate.
        case unheard
    }

    /// Whose it is.
    public let holder: Holder
    /// Which statement.
    public let statement: Int
    /// They agree with a statement that wasn't chosen, or disagree with one that was.
    public let stance: Stance
    /// So many people hold it.
    public let count: Int
    /// Their share of everybody for whom the slate should speak.
    public let shareOfAll: ShareEstimate
    /// The share that they are of the holder: for a group of those of it who voted on the statement.
    public let shareOfHolder: ShareEstimate

    /// At most so many are told of each group.
    public static let limit = 5
    /// At most so many camps of the unheard are told of.
    public static let campLimit = 10
    /// With fewer people, what the unheard agree on isn't told: it would say too much of single people.
    public static let fewest = 5

    /// What is held: a statement and a side of it.
    struct Held: Hashable {
        let statement: Int
        let stance: Stance
    }

    var held: Held { Held(statement: statement, stance: stance) }

    /// What groups, forgotten groups and the unheard hold, the largest share first, and how much more there is than the
    /// limits let be told.
    ///
    /// - Parameter silent: for each person who agrees with nothing chosen, the statements that they agree with.
    static func all(
        _ groups: [[VoteTally]], moderation: StatementModeration, chosen: Set<Int>, people: Int, silent: [[Int]],
        certificate: Certificate, candidates: [Int]
    ) -> (told: [Dissent], leftOut: Int) {
        var found: [Dissent] = []
        var cut: Set<Held> = []
        if groups.count > 1 {
            (found, cut) = ofGroups(groups, moderation: moderation, chosen: chosen, people: people)
        }
        if case .fails(let witness) = certificate, let candidate = witness.candidates.first {
            found.append(
                Dissent(
                    holder: .forgotten(witness), statement: candidates[candidate], stance: .agree,
                    count: witness.weight, shareOfAll: ShareEstimate(count: witness.weight, of: witness.totalWeight),
                    shareOfHolder: ShareEstimate(count: witness.weight, of: witness.weight)))
        }
        let camps = Self.camps(of: silent)
        found += camps.prefix(campLimit).map { camp in
            Dissent(
                holder: .unheard, statement: camp.statement, stance: .agree, count: camp.count,
                shareOfAll: ShareEstimate(count: camp.count, of: people),
                shareOfHolder: ShareEstimate(count: camp.count, of: silent.count))
        }
        cut.formUnion(camps.dropFirst(campLimit).map { Held(statement: $0.statement, stance: .agree) })
        let told = found.enumerated()
            .sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(\.element)
        return (told, cut.subtracting(told.map(\.held)).count)
    }

    /// The camps of those who agree with nothing chosen: the statement that most of them agree with, then the one that most
    /// of the rest agree with, and so on while at least ``fewest`` do. Each with how many of all the unheard agree.
    ///
    /// - Complexity: their votes, and for each camp the statements.
    private static func camps(of silent: [[Int]]) -> [(statement: Int, count: Int)] {
        var holders: [Int: [Int]] = [:]
        for (person, own) in silent.enumerated() {
            for statement in own { holders[statement, default: []].append(person) }
        }
        var left = holders.mapValues(\.count)
        var isHeard = [Bool](repeating: false, count: silent.count)
        var camps: [(statement: Int, count: Int)] = []
        // Of equals the statement that comes first.
        while let most = left.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), most.value >= fewest {
            let camp = holders[most.key] ?? []
            for person in camp where !isHeard[person] {
                isHeard[person] = true
                for statement in silent[person] { left[statement, default: 0] -= 1 }
            }
            camps.append((most.key, camp.count))
        }
        return camps
    }

    /// What sets each group apart, as ``CommonGround/representative(of:_:)`` finds it, and isn't met by the slate.
    private static func ofGroups(
        _ groups: [[VoteTally]], moderation: StatementModeration, chosen: Set<Int>, people: Int
    ) -> (told: [Dissent], cut: Set<Held>) {
        let ground = CommonGround(groups, rejected: moderation.rejected)
        var told: [Dissent] = []
        var cut: Set<Held> = []
        for group in groups.indices {
            let unmet = ground.representative(of: group, .max)
                .filter { chosen.contains($0.statement) == ($0.stance == .disagree) }
            told += unmet.prefix(limit).map { held in
                let count = groups[group][held.statement][held.stance]
                return Dissent(
                    holder: .group(group), statement: held.statement, stance: held.stance, count: count,
                    shareOfAll: ShareEstimate(count: count, of: people), shareOfHolder: held.share)
            }
            cut.formUnion(unmet.dropFirst(limit).map { Held(statement: $0.statement, stance: $0.stance) })
        }
        return (told, cut)
    }
}
