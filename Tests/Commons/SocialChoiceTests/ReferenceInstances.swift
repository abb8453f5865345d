import Foundation
import Testing

@testable import SocialChoice

/// The approval profiles with known winners, where the reference data is at hand.
enum ReferenceInstances {
    struct Instance: Decodable, Sendable {
        struct Expected: Decodable, Sendable {
            /// All tied winners.
            let irresolute: [[Int]]?
            /// Those of which any is right where one is wanted.
            let accepted: [[Int]]?

            enum CodingKeys: String, CodingKey {
                case irresolute
                case accepted = "resolute_accepted"
            }
        }
        let id: String
        let candidates: Int
        let seats: Int
        let profile: [[Int]]
        let expected: [String: Expected]

        enum CodingKeys: String, CodingKey {
            case id, profile, expected
            case candidates = "num_cand"
            case seats = "committeesize"
        }
    }

    /// In the folder that TRELLIS_REFERENCE_DATA names, or else in a folder `data` beside this repository's neighbours.
    static let file: URL = {
        let path = "abcvoting/instances.jsonl"
        if let named = ProcessInfo.processInfo.environment["TRELLIS_REFERENCE_DATA"] {
            return URL(filePath: named).appending(path: path)
        }
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardizedFileURL
        let beside = root.deletingLastPathComponent()
        let neighbours = (try? FileManager.default.contentsOfDirectory(atPath: beside.path)) ?? []
        let places = neighbours.sorted().map { beside.appending(path: "\($0)/data/\(path)") }
        return places.first { FileManager.default.isReadableFile(atPath: $0.path) } ?? root.appending(path: path)
    }()

    static var isHere: Bool { FileManager.default.isReadableFile(atPath: file.path) }

    private static let read = Result {
        let text = try String(contentsOf: file, encoding: .utf8)
        return try text.split(separator: "\n").map { try JSONDecoder().decode(Instance.self, from: Data($0.utf8)) }
    }

    static func all() throws -> [Instance] { try read.get() }

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
