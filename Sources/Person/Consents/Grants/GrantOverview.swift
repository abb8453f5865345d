/// How a person stands to one use of what is remembered of them, kind by kind, for the person to read.
public struct GrantOverview: Hashable, Sendable, Codable {
    /// How it stands.
    public enum State: String, Hashable, Sendable, Codable, CaseIterable {
        /// Nothing was ever said about it. It is not allowed.
        case open
        /// The person allowed it, and it holds.
        case live
        /// The person took it back. It is not allowed.
        case revoked
        /// Its time is over. It is not allowed.
        case expired
    }

    /// How the person stands to the use of one kind of items.
    public struct Leave: Hashable, Sendable, Codable {
        /// Which kind.
        public var kind: MemoryKind
        /// How it stands.
        public var state: State
        /// Since when, in milliseconds since 1970: given, taken back, or run out. Nil when nothing was said.
        public var since: Int64?
        /// Until when a live one holds.
        public var until: Int64?
        /// For a live `remember`: whether what was only read out of the person's words counts without their confirming.
        public var acceptsInferred: Bool
    }

    /// What for.
    public var purpose: MemoryPurpose
    /// What that means, in a sentence.
    public var says: String
    /// Every kind of item, in order.
    public var kinds: [Leave]

    /// How a person stands to every use, in the order of purposes.
    public static func all(_ leaves: [MemoryLeave], at moment: Int64) -> [GrantOverview] {
        MemoryPurpose.allCases.map { purpose in
            GrantOverview(
                purpose: purpose, says: purpose.says,
                kinds: MemoryKind.allCases.map { kind in
                    Leave(kind, leaves.first { $0.purpose == purpose && $0.kind == kind }, at: moment)
                })
        }
    }
}

extension GrantOverview.Leave {
    fileprivate init(_ kind: MemoryKind, _ leave: MemoryLeave?, at moment: Int64) {
        self.kind = kind
        state = .open
        acceptsInferred = false
        guard let leave else { return }
        if let revokedAt = leave.revokedAt {
            state = .revoked
            since = revokedAt
        } else if leave.isLive(at: moment) {
            state = .live
            since = leave.givenAt
            until = leave.expiresAt
            acceptsInferred = leave.acceptsInferred
        } else if moment >= leave.expiresAt {
            state = .expired
            since = leave.expiresAt
        }
    }
}

extension MemoryPurpose {
    /// What it means, in a sentence for the person.
    public var says: String {
        switch self {
        case .remember: "Keep what you say."
        case .useInReplies: "Tell the model what is remembered, to answer you."
        case .useForGrowth: "Follow, for you alone, how what you care about goes over time."
        case .shareInAggregate: "Count it together with other people's, so that nobody can be told from the sum."
        }
    }
}
