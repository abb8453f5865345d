import Deliberation
import Foundation

/// How often signs of manipulation are wrong, and how often they are right: in real conversations as they are, and with
/// accounts planted in them that one hand guides.
enum SignalRates {
    private struct Export {
        var name: String
        var conversation: PolisConversation
        var moderation: StatementModeration
        var groups: [Int]
        var groupCount: Int

        init?(_ folder: URL) throws {
            let file = { (name: String) in
                (try? Data(contentsOf: folder.appendingPathComponent(name))).map { [UInt8]($0) }
            }
            name = folder.lastPathComponent
            guard let votes = file("votes.csv") else { return nil }
            // From votes.csv alone, so that votes and times are of the same people.
            conversation = try PolisConversation(.init(votes: votes, comments: file("comments.csv")))
            moderation = conversation.moderation()
            (groups, groupCount) = ([], 0)
        }

        func signals(_ votes: VoteMatrix, _ history: [TimedVote]) -> [SuspiciousCluster] {
            let landscape = OpinionLandscape(
                votes, moderation: moderation, settings: LandscapeSettings(starts: 4, stabilitySamples: 2))
            return ConversationSignals(
                votes, history: history, moderation: moderation, groups: landscape.assignment(),
                groupCount: landscape.groupCount
            ).clusters
        }
    }

    /// Planted accounts: their votes with times.
    private static func planted(
        _ kind: SuspiciousCluster.Kind, _ count: Int, in export: Export, _ draws: inout Quality.Draws
    ) -> [TimedVote] {
        let votes = export.conversation.votes
        let history = export.conversation.history
        let people = votes.participantCount
        let open = votes.tallies.indices.filter {
            votes.tallies[$0].seen >= 5 && !export.moderation.rejected.contains($0)
        }
        let span = history[history.count - 1].time - history[0].time
        let begin = history[0].time + Int(draws.share() * Double(span) * 0.9)
        // One real person with twenty votes or more is what the accounts say, with one answer in thirty astray.
        let rich = (0..<people).filter { votes.voteCount(of: $0) >= 20 }
        let pattern = votes.votes(of: rich[Int(draws.share() * Double(rich.count))])
            .filter { !export.moderation.rejected.contains($0.statement) }
        let answer = { (stance: Stance, draws: inout Quality.Draws) -> Stance in
            draws.share() < 1 / 30 ? Stance.allCases[Int(draws.share() * 3)] : stance
        }
        let target = open[Int(draws.share() * Double(open.count))]
        let tally = votes.tallies[target]
        // The side that fewer take.
        let side: Stance = tally.agreed < tally.disagreed ? .agree : .disagree
        let order = open.shuffled(using: &draws).prefix(12)
        var cast: [TimedVote] = []
        for account in 0..<count {
            let row = people + account
            // Spread over a tenth of the conversation; a burst comes within a minute for every five.
            var time = begin + Int(draws.share() * Double(span) / 10)
            if kind == .burst { time = begin + account * 12_000 }
            let own: [CastVote] =
                switch kind {
                case .alike:
                    pattern.shuffled(using: &draws).prefix(20).map {
                        CastVote(participant: row, statement: $0.statement, stance: answer($0.stance, &draws))
                    }
                case .burst:
                    [CastVote(participant: row, statement: target, stance: side)]
                        + open.shuffled(using: &draws).prefix(4).filter { $0 != target }.map {
                            CastVote(participant: row, statement: $0, stance: answer(.agree, &draws))
                        }
                case .oneVote: [CastVote(participant: row, statement: target, stance: side)]
                case .lockstep:
                    order.map {
                        CastVote(
                            participant: row, statement: $0,
                            stance: draws.share() * Double(max(votes.tallies[$0].seen, 1))
                                < Double(votes.tallies[$0].agreed) ? .agree : .disagree)
                    }
                }
            for vote in own {
                cast.append(TimedVote(vote: vote, time: time))
                time += 3_000 + Int(draws.share() * 9_000)
            }
        }
        return cast
    }

    static func report(data: URL, repeats: Int) throws {
        let folder = data.appendingPathComponent("polis-opendata")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let exports = try names.compactMap { try Export(folder.appendingPathComponent($0)) }
        print("| as they are | people | alike | burst | one vote | lockstep |")
        print("|---|---|---|---|---|---|")
        var untouched: [String: Set<Int>] = [:]
        for export in exports {
            let found = export.signals(export.conversation.votes, export.conversation.history)
            let cells = SuspiciousCluster.Kind.allCases.map { kind in
                let sizes = found.filter { $0.kind == kind }.map(\.people.count)
                untouched[export.name + kind.rawValue] = Set(found.filter { $0.kind == kind }.flatMap(\.people))
                return sizes.isEmpty ? "none" : sizes.map(String.init).joined(separator: ", ")
            }
            print("| \(export.name) | \(export.conversation.participants.count) | \(cells.joined(separator: " | ")) |")
        }
        print("\n| planted | accounts | found of planted | found among others, that weren't before |")
        print("|---|---|---|---|")
        for kind in SuspiciousCluster.Kind.allCases {
            for count in [5, 10, 20] {
                var draws = Quality.Draws(state: 0x5EED_0000 + UInt64(count))
                var (found, planted, wrong, others) = (0, 0, 0, 0)
                for export in exports where export.conversation.participants.count <= 500 {
                    let before = untouched[export.name + kind.rawValue] ?? []
                    for _ in 0..<repeats {
                        let more = Self.planted(kind, count, in: export, &draws)
                        let all = (export.conversation.history + more).sorted { $0.time < $1.time }
                        let people = export.conversation.participants.count
                        let votes = try VoteMatrix(
                            all.map(\.vote), participantCount: people + count,
                            statementCount: export.conversation.statements.count)
                        let named = Set(export.signals(votes, all).filter { $0.kind == kind }.flatMap(\.people))
                        found += named.count { $0 >= people }
                        planted += count
                        wrong += named.count { $0 < people && !before.contains($0) }
                        others += people
                    }
                }
                print(
                    "| \(kind.rawValue) | \(count) | \(String(format: "%.0f%%", 100 * Double(found) / Double(planted))) "
                        + "| \(String(format: "%.2f%%", 100 * Double(wrong) / Double(others))) |")
            }
        }
    }
}
