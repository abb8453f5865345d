import Crypto
import Foundation

/// What somebody shows to be let in or to be known again. It is told once, and only its digest is kept.
public struct ConversationSecret: Hashable, Sendable {
    /// What it is for.
    public enum Kind: String, Sendable, CaseIterable {
        /// Speaks for one participant of one conversation.
        case participant = "tpt_"
        /// Decides about the statements of one conversation.
        case moderator = "tmd_"
        /// Lets one person in, once.
        case invitation = "tin_"
    }

    /// What it is for.
    public let kind: Kind
    private let text: String
    /// 130 bits.
    private static let length = 26

    /// Reads a secret of some kind, in capitals or not, with or without white space around it; nil for anything else.
    public init?(_ text: String, _ kind: Kind) {
        guard text.utf8.count <= 200 else { return nil }
        let lowered = text.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        guard lowered.hasPrefix(kind.rawValue), lowered.utf8.count == kind.rawValue.utf8.count + Self.length,
            lowered.dropFirst(kind.rawValue.count).utf8.allSatisfy(RandomText.digits.contains)
        else { return nil }
        self.kind = kind
        self.text = lowered
    }

    private init(proved text: String, _ kind: Kind) {
        self.text = text
        self.kind = kind
    }

    static func make(_ kind: Kind) -> ConversationSecret {
        ConversationSecret(proved: kind.rawValue + RandomText.make(length), kind)
    }

    /// The secret itself, for the one whom it belongs to.
    public func reveal() -> String { text }

    /// SHA-256 of it: what is kept. With 130 random bits there is nothing to guess.
    var digest: [UInt8] { Array(SHA256.hash(data: Data(text.utf8))) }
}

extension ConversationSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Never the secret.
    public var description: String { kind.rawValue + "…" }
    /// Never the secret.
    public var debugDescription: String { description }
    /// Never the secret.
    public var customMirror: Mirror { Mirror(reflecting: description) }
}
