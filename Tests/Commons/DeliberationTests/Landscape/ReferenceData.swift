import Deliberation
import Foundation
import Testing

/// Public conversations with known answers, in the folder that TRELLIS_REFERENCE_DATA names, or else in the folder `data`
/// of `shared`, beside the repository.
enum ReferenceData {
    static let folder: URL = {
        if let named = ProcessInfo.processInfo.environment["TRELLIS_REFERENCE_DATA"], !named.isEmpty {
            return URL(fileURLWithPath: named, isDirectory: true)
        }
        var repository = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        for _ in 0..<5 { repository.deleteLastPathComponent() }
        return ["..", "shared", "data"].reduce(repository) { $0.appendingPathComponent($1, isDirectory: true) }
    }()

    static func has(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path)
    }

    static func data(_ path: String) throws -> Data { try Data(contentsOf: folder.appendingPathComponent(path)) }
}

/// What Polis's servers published about a conversation.
struct PolisFixture: Sendable {
    static let names = ["150ptpt-3gp-no-strict-no-meta", "25ptpt-3gp-no-strict-with-meta", "below-100-ptpts"]
    static let isHere = names.allSatisfy { ReferenceData.has("polis-fixtures/\($0)/math-pca2.json") }

    var votes: VoteMatrix
    var mathematics: Mathematics

    struct Mathematics: Decodable, Sendable {
        struct PCA: Decodable, Sendable {
            var center: [Double]
            var comps: [[Double]]
            var commentProjection: [[Double]]
            var commentExtremity: [Double]
            enum CodingKeys: String, CodingKey {
                case center, comps
                case commentProjection = "comment-projection"
                case commentExtremity = "comment-extremity"
            }
        }
        struct BaseClusters: Decodable, Sendable {
            var id: [Int]
            var members: [[Int]]
            var x: [Double]
            var y: [Double]
            var count: [Int]
        }
        struct GroupCluster: Decodable, Sendable {
            var id: Int
            var members: [Int]
            var center: [Double]
        }
        struct Counts: Decodable, Sendable {
            var agreed: Int
            var disagreed: Int
            var seen: Int
            enum CodingKeys: String, CodingKey {
                case agreed = "A"
                case disagreed = "D"
                case seen = "S"
            }
        }
        struct GroupVotes: Decodable, Sendable {
            var members: Int
            var votes: [String: Counts]
            enum CodingKeys: String, CodingKey {
                case members = "n-members"
                case votes
            }
        }
        struct BaseVotes: Decodable, Sendable {
            var agreed: [Int]
            var disagreed: [Int]
            var seen: [Int]
            enum CodingKeys: String, CodingKey {
                case agreed = "A"
                case disagreed = "D"
                case seen = "S"
            }
        }
        struct Representative: Decodable, Sendable {
            var tid: Int
            var successes: Int
            var trials: Int
            var share: Double
            var shareTest: Double
            var repness: Double?
            var repnessTest: Double?
            var stance: String?
            var bestAgree: Bool?
            enum CodingKeys: String, CodingKey {
                case tid, repness
                case successes = "n-success"
                case trials = "n-trials"
                case share = "p-success"
                case shareTest = "p-test"
                case repnessTest = "repness-test"
                case stance = "repful-for"
                case bestAgree = "best-agree"
            }
        }
        struct Consensus: Decodable, Sendable {
            var agree: [Representative]
            var disagree: [Representative]
        }
        var n: Int
        var commentCount: Int
        var tids: [Int]
        var inConversation: [Int]
        var userVoteCounts: [String: Int]
        var modOut: [Int]
        var metaTids: [Int]
        var pca: PCA
        var baseClusters: BaseClusters
        var groupClusters: [GroupCluster]
        var votesBase: [String: BaseVotes]
        var groupVotes: [String: GroupVotes]
        var groupAwareConsensus: [String: Double]
        var commentPriorities: [String: Double]
        var repness: [String: [Representative]]
        var consensus: Consensus
        enum CodingKeys: String, CodingKey {
            case n, tids, pca, repness, consensus
            case commentCount = "n-cmts"
            case inConversation = "in-conv"
            case userVoteCounts = "user-vote-counts"
            case modOut = "mod-out"
            case metaTids = "meta-tids"
            case baseClusters = "base-clusters"
            case groupClusters = "group-clusters"
            case votesBase = "votes-base"
            case groupVotes = "group-votes"
            case groupAwareConsensus = "group-aware-consensus"
            case commentPriorities = "comment-priorities"
        }
    }

    private struct Vote: Decodable {
        var person: Int
        var statement: Int
        var vote: Int
        var modified: Double
        enum CodingKeys: String, CodingKey {
            case pid, tid, vote, modified
            case participant = "participant_id"
            case statement = "statement_id"
        }
        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            person =
                try values.decodeIfPresent(Int.self, forKey: .pid) ?? values.decode(Int.self, forKey: .participant)
            statement =
                try values.decodeIfPresent(Int.self, forKey: .tid) ?? values.decode(Int.self, forKey: .statement)
            vote = try values.decode(Int.self, forKey: .vote)
            if let number = try? values.decode(Double.self, forKey: .modified) {
                modified = number
            } else {
                modified = Double(try values.decode(String.self, forKey: .modified)) ?? 0
            }
        }
    }

    init(_ name: String) throws {
        let folder = "polis-fixtures/\(name)"
        mathematics = try JSONDecoder().decode(Mathematics.self, from: ReferenceData.data("\(folder)/math-pca2.json"))
        let cast = try JSONDecoder().decode([Vote].self, from: ReferenceData.data("\(folder)/votes.json"))
            .sorted { $0.modified < $1.modified }
        votes = try VoteMatrix(
            cast.compactMap { vote in
                Stance(rawValue: Int8(vote.vote)).map {
                    CastVote(participant: vote.person, statement: vote.statement, stance: $0)
                }
            })
    }

    var moderation: StatementModeration {
        StatementModeration(rejected: Set(mathematics.modOut), meta: Set(mathematics.metaTids))
    }

    /// The published base clusters and groups.
    var groups: PolisGroups {
        let base = mathematics.baseClusters
        return PolisGroups(
            baseClusters: base.id.indices.map {
                PolisCluster(id: base.id[$0], members: base.members[$0], center: SIMD2(base.x[$0], base.y[$0]))
            },
            groups: mathematics.groupClusters.map {
                PolisCluster(id: $0.id, members: $0.members, center: SIMD2($0.center[0], $0.center[1]))
            })
    }

    /// The map, turned the way the published one is.
    var map: PolisMap {
        let map = PolisMap(votes, moderation: moderation)
        let turned = zip(map.components, mathematics.pca.comps).map { ours, theirs -> [Double] in
            // Their agree is -1: the same positions need the opposite direction.
            let product: Double = zip(ours, theirs).reduce(0.0) { $0 + $1.0 * $1.1 }
            return product > 0 ? ours.map { -$0 } : ours
        }
        return PolisMap(votes, moderation: moderation, components: turned)
    }

    /// Everything, with the published people in the published clusters.
    var landscape: PolisLandscape {
        PolisLandscape(
            votes, moderation: moderation,
            participation: PolisParticipation(participants: mathematics.inConversation), map: map, groups: groups)
    }
}

/// The largest difference between two lists; infinite if one is longer.
func largestDifference(_ left: [Double], _ right: [Double]) -> Double {
    guard left.count == right.count else { return .infinity }
    return zip(left, right).map { abs($0 - $1) }.max() ?? 0
}

/// Tests that take minutes in a debug build. They run when `TRELLIS_FUZZ_SECONDS` is set.
enum LongTests {
    static let areWanted = ProcessInfo.processInfo.environment["TRELLIS_FUZZ_SECONDS"] != nil
    static let note: Comment = "takes minutes: TRELLIS_FUZZ_SECONDS=1 swift test --filter DeliberationTests"
}
