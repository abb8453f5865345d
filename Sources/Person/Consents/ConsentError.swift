public import Store

/// What can go wrong with a consent, each with what to do next in its ``description``.
public enum ConsentError: Error, Hashable, Sendable {
    /// A consent was to hold longer than the charter lets it, or no time at all.
    case unfitExpiry(until: Int64, earliest: Int64, latest: Int64)
    /// Too many others changed the same person's consents at the same time. Nothing was written; try again.
    case contended
    /// The store failed. Nothing was written.
    case store(StoreError)
}

extension ConsentError: CustomStringConvertible {
    /// The whole story for a person: what happened, and what to do next.
    public var description: String {
        switch self {
        case .unfitExpiry(_, let earliest, let latest):
            """
            A consent must end later than now (\(earliest)) and no later than the charter lets it hold (\(latest)), in \
            milliseconds since 1970. Leave `until` out to take the charter's own time.
            """
        case .contended:
            "Others changed the same consents at that moment. Nothing was changed; try again."
        case .store(let error): error.description
        }
    }
}
