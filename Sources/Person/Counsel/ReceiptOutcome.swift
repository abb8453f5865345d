extension Receipt {
    /// How a reply ended.
    public enum Outcome: Hashable, Sendable {
        /// The client was given the whole reply.
        case complete
        /// The reply began and did not come to its end.
        case cutOff(by: Party, reason: String)
        /// Trellis or the upstream would not answer this request, for a reason that the client can act on.
        case refused(reason: String)
        /// An answer was due and could not be given.
        case failed(reason: String)

        /// Who ended a reply early.
        public enum Party: String, Hashable, Sendable, Codable, CaseIterable {
            /// The client left.
            case client
            /// The upstream broke off, fell silent, or sent what is no reply.
            case upstream
            /// Trellis did: it was stopping, or a limit was reached.
            case trellis
        }

        /// The kind of ending, as its JSON names it.
        public var kind: String {
            switch self {
            case .complete: "complete"
            case .cutOff: "cutOff"
            case .refused: "refused"
            case .failed: "failed"
            }
        }

        /// The reason in words; nil for a complete reply.
        public var reason: String? {
            switch self {
            case .complete: nil
            case .cutOff(_, let reason), .refused(let reason), .failed(let reason): reason
            }
        }
    }
}

extension Receipt.Outcome: Codable {
    private enum CodingKeys: String, CodingKey { case kind, by, reason }

    /// Reads `{"kind": …, "by": …, "reason": …}`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let kind = try container.decode(String.self, forKey: .kind)
        switch kind {
        case "complete":
            self = .complete
        case "cutOff":
            self = .cutOff(
                by: try container.decode(Party.self, forKey: .by),
                reason: try container.decode(String.self, forKey: .reason))
        case "refused":
            self = .refused(reason: try container.decode(String.self, forKey: .reason))
        case "failed":
            self = .failed(reason: try container.decode(String.self, forKey: .reason))
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: container, debugDescription: "There is no outcome of the kind \(kind).")
        }
    }

    /// Writes `{"kind": …, "by": …, "reason": …}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        if case .cutOff(let party, _) = self { try container.encode(party, forKey: .by) }
        try container.encodeIfPresent(reason, forKey: .reason)
    }
}
