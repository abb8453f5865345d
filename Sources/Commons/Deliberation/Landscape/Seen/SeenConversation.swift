import Dispatch

/// What people get to see of one conversation: moderators the landscape as it is, everybody else in steps, and of both
/// how sure its groups are.
///
/// Two landscapes around one vote would tell what that vote was. So what is shown to everybody stays the same until the
/// votes of ``TellableGround/fewestPeople`` people are others than in it.
actor SeenConversation {
    /// How sure groups are takes many times as long as finding them, and must hold up nothing else.
    private static let queue = DispatchQueue(label: "deliberation.examination", qos: .utility)
    /// The longest list that anybody can ask for.
    static let limit = 1_000

    private let id: ConversationID
    private let conversations: ConversationStore
    private let samples: Int

    /// What was shown last to everybody.
    private struct Shown {
        var seen: SeenLandscape
        let basis: LandscapeBasis
        let rejected: Set<Int>
        let members: [Set<Int64>]
        let votes: VotePrints
        var isExamined: Bool
    }

    /// What was found of the groups of one reckoning of the whole: votes that were only taken up change no group much.
    private struct Judged {
        /// The newest vote that was reckoned with, and how many people had left.
        let reckoned: Int64
        let withdrawn: Int64
        let rejected: Set<Int>
        let examined: Int64
        let verdicts: [GroupVerdict]
    }

    private var shown: Shown?
    private var examined: ExaminedGroups?
    private var judged: Judged?
    private(set) var examining: Task<Void, Never>?

    init(_ id: ConversationID, in conversations: ConversationStore, samples: Int) {
        self.id = id
        self.conversations = conversations
        self.samples = samples
    }

    // MARK: Looking

    /// The landscape with every vote that is kept by now.
    ///
    /// - Parameter withdrawn: how many people had left when this was asked.
    func live(
        for application: String?, limit: Int, isWhole: Bool, withdrawn: Int64, at moment: Int64
    ) async throws(ConversationError) -> SeenLandscape {
        let reading = try await conversations.landscape(of: id, of: application, isWhole: isWhole)
        var seen = SeenLandscape(reading, of: id, limit: limit, renewedAfter: 0, at: moment)
        _ = judge(&seen, as: reading, withdrawn: withdrawn)
        return seen
    }

    /// The landscape that is shown to everybody.
    func inSteps(
        for application: String?, limit: Int, isWhole: Bool, withdrawn: Int64, at moment: Int64
    ) async throws(ConversationError) -> SeenLandscape {
        var reading = try await conversations.landscape(of: id, of: application)
        if isWhole, isDue(reading) {
            reading = try await conversations.landscape(of: id, of: application, isWhole: true)
        }
        // Nothing is waited for from here on, so that two who ask at once see the same.
        if shown == nil || isDue(reading) { renew(reading, withdrawn: withdrawn, at: moment) }
        guard let shown else { throw .noSuchConversation }
        let hidden = Set(reading.landscape.moderation.rejected.map { reading.statements[$0].number })
        return shown.seen.showing(limit, without: hidden)
    }

    private func isDue(_ reading: LandscapeReading) -> Bool {
        guard let shown else { return true }
        // What was read before is not to be shown after.
        guard reading.event >= shown.seen.event else { return false }
        return shown.votes.differ(from: reading, for: TellableGround.fewestPeople)
    }

    private func renew(_ reading: LandscapeReading, withdrawn: Int64, at moment: Int64) {
        var seen = SeenLandscape(
            reading, of: id, limit: Self.limit, renewedAfter: TellableGround.fewestPeople, at: moment)
        let isExamined = judge(&seen, as: reading, withdrawn: withdrawn)
        shown = Shown(
            seen: seen, basis: reading.landscape.basis, rejected: reading.landscape.moderation.rejected,
            members: ExaminedGroups.members(of: reading), votes: VotePrints(reading), isExamined: isExamined)
    }

    // MARK: How sure groups are

    /// Puts in what is known of the groups, and has them examined where that is due.
    ///
    /// - Returns: whether they were.
    private func judge(_ seen: inout SeenLandscape, as reading: LandscapeReading, withdrawn: Int64) -> Bool {
        let landscape = reading.landscape
        guard landscape.groupCount > 1 else { return true }
        let known = verdicts(for: reading, withdrawn: withdrawn)
        if let known { seen.told.judge(known, of: landscape, chance: examined?.chance) }
        // Each time that a fifth more votes have come, which is seldom however fast they come.
        if known == nil || 5 * landscape.votes.voteCount > 6 * (examined?.votes ?? 0) { examine(reading) }
        return known != nil
    }

    /// What was found of the groups of a landscape; nil where they are unexamined.
    private func verdicts(for reading: LandscapeReading, withdrawn: Int64) -> [GroupVerdict]? {
        // Nothing of votes that aren't in it.
        guard let examined, examined.event <= reading.event else { return nil }
        let landscape = reading.landscape
        let reckoned = reading.event - Int64(landscape.votesSince)
        let rejected = landscape.moderation.rejected
        if let judged, judged.reckoned == reckoned, judged.withdrawn == withdrawn, judged.rejected == rejected,
            judged.examined == examined.event, judged.verdicts.count == landscape.groupCount
        {
            return judged.verdicts
        }
        let verdicts = examined.verdicts(of: ExaminedGroups.members(of: reading), rejected: rejected)
        judged = verdicts.map {
            Judged(
                reckoned: reckoned, withdrawn: withdrawn, rejected: rejected, examined: examined.event, verdicts: $0)
        }
        return verdicts
    }

    private func examine(_ reading: LandscapeReading) {
        guard examining == nil else { return }
        examining = Task {
            let samples = samples
            let found = await withCheckedContinuation { reply in
                Self.queue.async { reply.resume(returning: ExaminedGroups(reading, samples: samples)) }
            }
            examining = nil
            examined = found
            settle(found)
        }
    }

    /// Says of what is shown to everybody how sure it is, unless that would tell of votes that aren't in it.
    private func settle(_ found: ExaminedGroups) {
        guard var shown, !shown.isExamined, found.event <= shown.seen.event,
            let verdicts = found.verdicts(of: shown.members, rejected: shown.rejected)
        else { return }
        shown.seen.told.judge(
            verdicts, basis: shown.basis, groupCount: shown.members.count, chance: found.chance)
        shown.isExamined = true
        self.shown = shown
    }
}

/// The votes of each participant as one number, to see how many people's votes changed without keeping what they were.
private struct VotePrints {
    private let prints: [Int64: UInt64]

    init(_ reading: LandscapeReading) {
        prints = Dictionary(
            reading.participants.enumerated().map { ($1, Self.print(of: $0, in: reading.landscape.votes)) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Drawn when the process starts.
    private static let secret = UInt64.random(in: 0...UInt64.max)

    /// A number that follows from the votes and the secret: one multiplication a vote, because every look takes all of them.
    private static func print(of row: Int, in votes: VoteMatrix) -> UInt64 {
        var print = secret
        for cell in votes.row(row) {
            print = (print ^ UInt64(cell)) &* 0x9E37_79B9_7F4A_7C15
            print ^= print >> 29
        }
        return print
    }

    /// Whether at least so many people have other votes than here: new ones, changed ones, or none any more.
    ///
    /// - Complexity: the votes, less where many changed.
    func differ(from reading: LandscapeReading, for count: Int) -> Bool {
        var changed = 0
        var known = 0
        for (row, participant) in reading.participants.enumerated() {
            let before = prints[participant]
            if before != nil { known += 1 }
            if before != Self.print(of: row, in: reading.landscape.votes) { changed += 1 }
            if changed >= count { return true }
        }
        return changed + prints.count - known >= count
    }
}
