import Deliberation
import Foundation

// Measures the landscape of opinions: Polis's mathematics, the better landscape, bridging scores, and one more vote.
// It prints a table in Markdown; peer.py times red-dwarf on the same votes.
//
//   landscape-bench                         the table, of made-up conversations
//   landscape-bench --data FOLDER           and of the real ones in it (polis-opendata, polis-fixtures)
//   landscape-bench --data FOLDER --write D writes each conversation's votes into the folder D, for peer.py
//   landscape-bench --quality               how well groups are found, beside Polis's mathematics (with --data, also how
//                                           surely in the real ones)
//   landscape-bench --data FOLDER --agreement
//                                           how far groups agree with those that Polis's servers published
//   landscape-bench --data FOLDER --signals [REPEATS]
//                                           how often signs of manipulation are wrong, and right
//   landscape-bench --large                 only 100,000 people × 2,000 statements

let arguments = CommandLine.arguments
func value(of option: String) -> String? {
    arguments.firstIndex(of: option).flatMap { $0 + 1 < arguments.count ? arguments[$0 + 1] : nil }
}

var conversations: [Conversation] = []
if let folder = value(of: "--data").map({ URL(fileURLWithPath: $0) }) {
    conversations += [
        Conversation(fixture: folder.appendingPathComponent("polis-fixtures/150ptpt-3gp-no-strict-no-meta")),
        Conversation(export: folder.appendingPathComponent("polis-opendata/vtaiwan.uberx")),
        Conversation(export: folder.appendingPathComponent("polis-opendata/football-concussions")),
    ].compactMap(\.self)
}
if arguments.contains("--large") {
    conversations = [Conversation(people: 100_000, statements: 2_000, perPerson: 40)]
} else {
    conversations.append(Conversation(people: 2_000, statements: 200, perPerson: 25))
}

if let folder = value(of: "--write").map({ URL(fileURLWithPath: $0) }) {
    for conversation in conversations {
        let name = conversation.name.split(separator: ":").joined().replacingOccurrences(of: " ", with: "-")
        try conversation.table().write(
            to: folder.appendingPathComponent("\(name).csv"), atomically: true, encoding: .utf8)
    }
    exit(0)
}

if arguments.contains("--quality") {
    try Quality.report(data: value(of: "--data").map { URL(fileURLWithPath: $0) })
    exit(0)
}

if let data = value(of: "--data").map({ URL(fileURLWithPath: $0) }) {
    if arguments.contains("--agreement") {
        try ServerAgreement.report(data: data)
        exit(0)
    }
    if arguments.contains("--signals") {
        try SignalRates.report(data: data, repeats: value(of: "--signals").flatMap { Int($0) } ?? 3)
        exit(0)
    }
}

for conversation in conversations {
    let votes = try VoteMatrix(conversation.cast)
    let moderation = StatementModeration(rejected: conversation.rejected)
    let runs = votes.voteCount > 1_000_000 ? 1 : 11
    print("| \(conversation.name): \(votes.participantCount) people, \(votes.voteCount) votes | quickest | middle |")
    print("|---|---|---|")
    func row(_ name: String, runs: Int = runs, _ body: () throws -> Void) rethrows {
        let time = try Stopwatch.time(runs: runs, body)
        print("| \(name) | \(time.quickest.readable) | \(time.middle.readable) |")
    }
    try row("matrix of the votes") { _ = try VoteMatrix(conversation.cast) }
    var polis = PolisLandscape(votes, moderation: moderation)
    try row("Polis's landscape, votes to consensus and representatives, nothing known before") {
        let matrix = try VoteMatrix(conversation.cast)
        polis = PolisLandscape(matrix, moderation: moderation)
        _ = (polis.groupAwareConsensus, polis.priorities, polis.representatives)
        _ = (polis.consensus(.agree), polis.consensus(.disagree))
    }
    row("Polis's landscape again after one more vote") {
        _ = PolisLandscape(votes, moderation: moderation, previous: polis)
    }
    var better: OpinionLandscape?
    row("opinion landscape, in full") { better = OpinionLandscape(votes, moderation: moderation) }
    row("opinion landscape, number of groups by evidence alone") {
        _ = OpinionLandscape(votes, moderation: moderation, settings: .init(stabilitySamples: 0))
    }
    if var landscape = better {
        var number = 0
        try row("opinion landscape, one more vote reflected", runs: 101) {
            number += 1
            try landscape.reflect(
                CastVote(
                    participant: number * 17 % votes.participantCount, statement: number * 31 % votes.statementCount,
                    stance: .agree))
        }
        let ground = landscape.groupVotes()
        row("common ground: intervals for every statement and group") { _ = CommonGround(ground) }
    }
    row("bridging scores") { _ = Bridging(votes, rejected: conversation.rejected) }
    print("\nmost memory held so far: \(peakMemory()) MiB\n")
}
