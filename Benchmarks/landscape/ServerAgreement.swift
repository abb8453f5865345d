import Deliberation
import Foundation

/// How far groups agree with those that Polis's servers put people in, as published with each conversation: adjusted Rand
/// index over the people whom they put in a group, for as many groups as they found.
enum ServerAgreement {
    static func report(data: URL) throws {
        print(
            "| conversation | people in groups | groups | Polis's mathematics, from nothing | from the best of 20 beginnings "
                + "| opinion landscape (its groups) |")
        print("|---|---|---|---|---|---|")
        let folder = data.appendingPathComponent("polis-opendata")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
            let file = { (file: String) in
                (try? Data(contentsOf: folder.appendingPathComponent("\(name)/\(file)"))).map { [UInt8]($0) }
            }
            guard let matrix = file("participants-votes.csv") else { continue }
            let conversation = try PolisConversation(
                .init(participantsVotes: matrix, comments: file("comments.csv")))
            // Where most statements were never moderated, those take no part, as under strict moderation.
            let undecided = conversation.statements.count { $0.decision == .undecided }
            let moderation = conversation.moderation(strict: 2 * undecided > conversation.statements.count)
            let published = conversation.publishedGroups
            let inside = published.indices.filter { published[$0] >= 0 }
            let count = Set(inside.map { published[$0] }).count
            let map = PolisMap(conversation.votes, moderation: moderation)
            let people = PolisParticipation(participants: inside)
            let index = { (start: PolisGroups.Start) in
                let groups = PolisGroups(map, participation: people, start: start)
                let chosen = PolisGroups(
                    baseClusters: groups.baseClusters, groups: groups.clusterings[count] ?? groups.groups)
                return AdjustedRandIndex.value(
                    chosen.assignment(participantCount: conversation.votes.participantCount), published)
            }
            let landscape = OpinionLandscape(conversation.votes, moderation: moderation)
            let ours = AdjustedRandIndex.value(landscape.assignment(confidence: 0), published)
            let shown = { (value: Double) in String(format: "%.3f", value) }
            print(
                "| \(name) | \(inside.count) | \(count) | \(shown(index(.firstPoints))) "
                    + "| \(shown(index(.spread(runs: 20, seed: 1)))) | \(shown(ours)) (\(landscape.groupCount)) |")
        }
    }
}
