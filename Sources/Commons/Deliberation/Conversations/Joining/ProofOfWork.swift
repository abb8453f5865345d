import Crypto
import Foundation

/// Work that a machine does before it may join, so that many false people cost much (Back 2002, "Hashcash: a denial of
/// service counter-measure").
///
/// A challenge is signed, so that none has to be kept; it holds for one conversation, for ten minutes, and once. Whoever
/// joins looks for a solution such that the SHA-256 of `challenge.solution` begins with so many bits of zero.
public struct ProofOfWork: Sendable {
    /// What somebody is to work on.
    public struct Challenge: Sendable, Hashable {
        /// The text that stands in front of the solution.
        public let text: String
        /// How many leading bits are to be zero.
        public let bits: Int
        /// Until when it is taken, in milliseconds since 1970.
        public let until: Int64
    }

    /// Why a proof doesn't hold.
    public enum Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// The challenge isn't one of this conversation.
        case foreign
        /// The challenge is over.
        case expired
        /// The hash doesn't begin with zeros enough.
        case unsolved(bits: Int)
        /// Somebody joined with it already.
        case spent

        /// What is wrong, and what to do.
        public var description: String {
            switch self {
            case .foreign: "This is no challenge for this conversation. Ask for one, and send it back unchanged."
            case .expired: "This challenge is over. Ask for another one, and solve that."
            case .unsolved(let bits):
                "This is no solution: the SHA-256 of challenge, a full stop and solution has to begin with \(bits) bits of zero. Go on looking."
            case .spent: "Somebody joined with this challenge already. Ask for another one, and solve that."
            }
        }
    }

    /// How long a challenge holds: ten minutes.
    public static let period: Int64 = 600_000
    /// The longest solution.
    static let solutionLimit = 64
    private let key: SymmetricKey

    init(secret: [UInt8]) { key = SymmetricKey(data: secret) }

    /// A new challenge for a conversation.
    func challenge(for conversation: ConversationID, bits: Int, at moment: Int64) -> Challenge {
        let until = moment + Self.period
        let body = "\(conversation).\(bits).\(until).\(RandomText.make(16))"
        return Challenge(text: "\(body).\(signature(of: body))", bits: bits, until: until)
    }

    private func signature(of body: String) -> String {
        RandomText.text(HMAC<SHA256>.authenticationCode(for: Data(body.utf8), using: key).prefix(20))
    }

    /// Makes sure that a solution holds; whether it was used before, the store knows.
    ///
    /// - Returns: the digest of the challenge, and until when it has to be remembered as used.
    func check(
        _ challenge: String, _ solution: String, for conversation: ConversationID, at moment: Int64
    ) throws(Problem) -> (digest: [UInt8], until: Int64) {
        guard challenge.utf8.count <= 200, let cut = challenge.lastIndex(of: ".") else { throw .foreign }
        let body = String(challenge[..<cut])
        let parts = body.split(separator: ".", omittingEmptySubsequences: false)
        // Digests are compared in a time that doesn't depend on what they hold.
        guard parts.count == 4, parts[0] == conversation.description, let bits = Int(parts[1]),
            let until = Int64(parts[2]),
            SHA256.hash(data: Data(signature(of: body).utf8))
                == SHA256.hash(data: Data(challenge[challenge.index(after: cut)...].utf8))
        else { throw .foreign }
        guard moment < until else { throw .expired }
        guard solution.utf8.count <= Self.solutionLimit,
            Self.leadingZeros(SHA256.hash(data: Data("\(challenge).\(solution)".utf8))) >= bits
        else { throw .unsolved(bits: bits) }
        return (Array(SHA256.hash(data: Data(challenge.utf8))), until)
    }

    static func leadingZeros(_ digest: some Sequence<UInt8>) -> Int {
        var zeros = 0
        for byte in digest {
            zeros += byte.leadingZeroBitCount
            if byte != 0 { break }
        }
        return zeros
    }

    /// Looks for a solution: about 2 to the power of the bits tries.
    public static func solution(of challenge: Challenge) -> String {
        var number = 0
        while leadingZeros(SHA256.hash(data: Data("\(challenge.text).\(number)".utf8))) < challenge.bits { number += 1 }
        return "\(number)"
    }
}
