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
    /// With fewer people, what the unheard agree on isn't told: it would say too much of single people.
    public static let fewest = 5

    /// What groups, forgotten groups and the unheard hold, the largest share first.
    ///
    /// - Parameter silent: for each person who agrees with nothing chosen, the statements that they agree with.
    static func all(
        _ groups: [[VoteTally]], moderation: StatementModeration, chosen: Set<Int>, people: Int, silent: [[Int]],
        certificate: Certificate, candidates: [Int]
    ) -> [Dissent] {
        var found = groups.count > 1 ? ofGroups(groups, moderation: moderation, chosen: chosen, people: people) : []
        if case .fails(let witness) = certificate, let candidate = witness.candidates.first {
            found.append(
                Dissent(
                    holder: .forgotten(witness), statement: candidates[candidate], stance: .agree,
                    count: witness.weight, shareOfAll: ShareEstimate(count: witness.weight, of: witness.totalWeight),
                    shareOfHolder: ShareEstimate(count: witness.weight, of: witness.weight)))
        }
        var counts: [Int: Int] = [:]
        for own in silent { for statement in own { counts[statement, default: 0] += 1 } }
        // Of equals the statement that comes first.
        if let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), most.value >= fewest {
            found.append(
                Dissent(
                    holder: .unheard, statement: most.key, stance: .agree, count: most.value,
                    shareOfAll: ShareEstimate(count: most.value, of: people),
                    shareOfHolder: ShareEstimate(count: most.value, of: silent.count)))
        }
        return found.enumerated()
            .sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(\.element)
    }

    /// What sets each group apart, as ``CommonGround/representative(of:_:)`` finds it, and isn't met by the slate.
    private static func ofGroups(
        _ groups: [[VoteTally]], moderation: StatementModeration, chosen: Set<Int>, people: Int
    ) -> [Dissent] {
        let ground = CommonGround(groups, rejected: moderation.rejected)
        return groups.indices.flatMap { group in
            ground.representative(of: group, .max)
                .filter { chosen.contains($0.statement) == ($0.stance == .disagree) }.prefix(limit)
                .map { held in
                    let count = groups[group][held.statement][held.stance]
                    return Dissent(
                        holder: .group(group), statement: held.statement, stance: held.stance, count: count,
                        shareOfAll: ShareEstimate(count: count, of: people), shareOfHolder: held.share)
                }
        }
    }
}
