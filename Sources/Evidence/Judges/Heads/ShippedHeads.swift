import Foundation

/// The heads that come with Trellis, and the replies that they were tried on.
public enum ShippedHeads {
    /// Every head, in the order of ``HeadDefinition/all``.
    public static let all: [Head] = files.compactMap { try? JSONDecoder().decode(Head.self, from: Data($0)) }

    /// The bytes of each head's file.
    static let files: [[UInt8]] = [
        PackageResources.head_stands_its_ground_json, PackageResources.head_defers_to_experts_json,
        PackageResources.head_honest_when_a_lie_would_help_json,
        PackageResources.head_leaves_people_their_judgement_json,
        PackageResources.head_hope_json, PackageResources.head_deals_fairly_json, PackageResources.head_modest_json,
        PackageResources.head_agreeable_json,
    ]

    /// Replies in conversations, ten good and ten bad for each head, written by hand to see whether what is learned from
    /// statements holds for replies. No head's weights learned from them, and a head's center only from those of other heads.
    public static let replies: [TrialReply] = String(decoding: PackageResources.replies_jsonl, as: UTF8.self)
        .split(separator: "\n").compactMap { try? JSONDecoder().decode(TrialReply.self, from: Data($0.utf8)) }
}

/// A reply that a head is tried on.
public struct TrialReply: Sendable, Hashable, Codable {
    /// The head that it is for.
    public let head: String
    /// Whether it is at the good end.
    public let good: Bool
    /// What the person said.
    public let person: String
    /// The reply.
    public let reply: String
}
