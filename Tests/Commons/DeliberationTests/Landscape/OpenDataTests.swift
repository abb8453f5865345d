import Deliberation
import Foundation
import Testing

@Suite("Real conversations", .enabled(if: PolisExport.isHere), .serialized)
struct OpenDataTests {
    @Test(
        "Polis's mathematics finds the groups that Polis's servers found",
        .enabled(if: LongTests.areWanted, LongTests.note))
    func agreement() throws {
        var close = 0
        print(
            "| conversation | people | votes | in groups | k | Polis's mathematics, cold | from k-means++ | opinion landscape |"
        )
        for name in PolisExport.names {
            let export = try PolisExport(name)
            let inside = export.groups.indices.filter { export.groups[$0] >= 0 }
            let count = Set(inside.map { export.groups[$0] }).count
            let people = PolisParticipation(participants: inside)
            let map = PolisMap(export.votes, moderation: export.moderation)
            let index = { (start: PolisGroups.Start) in
                let groups = PolisGroups(map, participation: people, start: start)
                let chosen = PolisGroups(
                    baseClusters: groups.baseClusters, groups: groups.clusterings[count] ?? groups.groups)
                return AdjustedRandIndex.value(
                    chosen.assignment(participantCount: export.votes.participantCount), export.groups)
            }
            let cold = index(.firstPoints)
            let spread = index(.spread(runs: 20, seed: 1))
            let landscape = OpinionLandscape(export.votes, moderation: export.moderation)
            let better = AdjustedRandIndex.value(landscape.assignment(confidence: 0), export.groups)
            print(
                "| \(name) | \(export.votes.participantCount) | \(export.votes.voteCount) | \(inside.count) | \(count) "
                    + "| \(rounded(cold)) | \(rounded(spread)) | \(rounded(better)), \(landscape.groupCount) groups |")
            if max(cold, spread) >= 0.75 { close += 1 }
        }
        #expect(close >= 6)
    }

    @Test(
        "the adaptive router needs fewer votes than Polis's, on average over conversations",
        .enabled(if: LongTests.areWanted, LongTests.note))
    func routers() throws {
        var ratios: [Double] = []
        print("| conversation | list | votes | random | Polis's | adaptive |")
        for name in ["15-per-hour-seattle", "brexit-consensus", "london.youth.policing", "canadian-electoral-reform"] {
            let export = try PolisExport(name)
            let replay = RoutingReplay(export.votes, moderation: export.moderation)
            let needed = { (router: any StatementRouter) throws -> Double in
                let votes = try (1...2).map { seed in
                    let course = try replay.course(router, seed: UInt64(seed), looks: 40)
                    return Double(course.votesNeeded(share: 0.95) ?? export.votes.voteCount)
                }
                return votes.reduce(0, +) / Double(votes.count)
            }
            let random = try needed(RandomRouter())
            let polis = try needed(PolisRouter())
            let adaptive = try needed(AdaptiveRouter(listLength: replay.listLength))
            print(
                "| \(name) | \(replay.listLength) | \(export.votes.voteCount) | \(Int(random)) | \(Int(polis)) | \(Int(adaptive)) |"
            )
            ratios.append(adaptive / polis)
        }
        #expect(ratios.reduce(0, +) / Double(ratios.count) < 0.95)
    }

    private func rounded(_ value: Double) -> String { String(format: "%.3f", value) }
}

/// A conversation as Polis exports it.
struct PolisExport {
    static let names = [
        "15-per-hour-seattle", "brexit-consensus", "canadian-electoral-reform", "football-concussions",
        "london.youth.policing", "scoop-hivemind.taxes", "vtaiwan.uberx",
    ]
    static let isHere = names.allSatisfy { ReferenceData.has("polis-opendata/\($0)/participants-votes.csv") }

    var votes: VoteMatrix
    /// The group that Polis's servers put each person in, or -1.
    var groups: [Int] = []
    var moderation = StatementModeration()

    init(_ name: String) throws {
        let folder = "polis-opendata/\(name)"
        let text = String(decoding: try ReferenceData.data("\(folder)/participants-votes.csv"), as: UTF8.self)
        var lines = text.split(whereSeparator: \.isNewline)
        let header = lines.removeFirst().split(separator: ",", omittingEmptySubsequences: false)
        let statements = header.enumerated().compactMap { index, name in Int(name).map { (index, $0) } }
        let group = try #require(header.firstIndex(of: "group-id"))
        var cast: [CastVote] = []
        for (person, line) in lines.enumerated() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            groups.append(Int(fields[group]) ?? -1)
            for (index, statement) in statements {
                guard let stance = Int8(fields[index]).flatMap(Stance.init(rawValue:)) else { continue }
                cast.append(CastVote(participant: person, statement: statement, stance: stance))
            }
        }
        votes = try VoteMatrix(cast, participantCount: lines.count)
        // Where most statements were never moderated, Polis's groups come out nearer when those take no part either, as
        // under strict moderation.
        let strict = name == "football-concussions"
        let comments = String(decoding: try ReferenceData.data("\(folder)/comments.csv"), as: UTF8.self)
        for line in comments.split(whereSeparator: \.isNewline) {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            guard fields.count >= 7, Int64(fields[0]) != nil, let statement = Int(fields[2]) else { continue }
            if fields[6] == "-1" || (strict && fields[6] == "0") { moderation.rejected.insert(statement) }
        }
    }
}
