import Foundation
import Testing

@testable import SocialChoice

/// The approval profiles with known winners, where the reference data is at hand.
enum ReferenceInstances {
    struct Instance: Decodable, Sendable {
        struct Expected: Decodable, Sendable {
            let irresolute: [[Int]]?
            let resolute_accepted: [[Int]]?
        }
        let id: String
        let num_cand: Int
        let committeesize: Int
        let profile: [[Int]]
        let expected: [String: Expected]
    }

    static let file: URL = {
        let named = ProcessInfo.processInfo.environment["TRELLIS_REFERENCE_DATA"]
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardizedFileURL
        let folder = named.map { URL(filePath: $0) } ?? root.appending(path: "../shared/data")
        return folder.appending(path: "abcvoting/instances.jsonl")
    }()

    static var isHere: Bool { FileManager.default.isReadableFile(atPath: file.path) }

    static func all() throws -> [Instance] {
        let text = try String(contentsOf: file, encoding: .utf8)
        return try text.split(separator: "\n").map { try JSONDecoder().decode(Instance.self, from: Data($0.utf8)) }
    }

    /// The rules that are offered, under the names that the reference gives them.
    static let rules: [(String, CommitteeRule)] = [
        ("av", .approvalVoting), ("sav", .satisfactionApprovalVoting), ("pav", .thiele(.proportional)),
        ("slav", .thiele(.sainteLague)), ("cc", .thiele(.chamberlinCourant)), ("lexcc", .thiele(.lexicographic)),
        ("geom2", .thiele(.halving)), ("adams", .thiele(.adams)), ("seqpav", .sequentialThiele(.proportional)),
        ("revseqpav", .reverseSequentialThiele(.proportional)), ("seqslav", .sequentialThiele(.sainteLague)),
        ("seqcc", .sequentialThiele(.chamberlinCourant)), ("seqphragmen", .phragmen),
        ("minimaxphragmen", .minimaxPhragmen), ("leximaxphragmen", .leximaxPhragmen),
        ("maximin-support", .maximinSupport), ("monroe", .monroe), ("greedy-monroe", .greedyMonroe),
        ("minimaxav", .minimaxApprovalVoting), ("lexminimaxav", .lexicographicMinimaxApprovalVoting),
        ("equal-shares", .equalShares(.phragmen)), ("equal-shares-with-av-completion", .equalShares(.mostApproved)),
        ("equal-shares-with-increment-completion", .equalShares(.raisedBudget)),
        ("phragmen-enestroem", .enestroemPhragmen), ("consensus-rule", .consensus), ("eph", .ePluribusHugo),
    ]
}
