public import Store

/// What can go wrong with a grant, each with what to do next in its ``description``.
public enum GrantError: Error, Hashable, Sendable {
    /// Leave was to hold no time at all, or longer than ``GrantLedger/longestPeriod``.
    case unfitExpiry(until: Int64, earliest: Int64, latest: Int64)
    /// Leave for no kind of item.
    case noKinds
    /// Too many others changed the same person's grants at the same time. Nothing was written; try again.
    case contended
    /// The store failed. Nothing was written.
    case store(StoreError)

    init(any error: any Error) {
        switch error {
        case let error as GrantError: self = error
        case let error as StoreError: self = .store(error)
        default: self = .store(.sql(code: 0, message: "\(error)", statement: nil))
        }
    }
}

extension GrantError: CustomStringConvertible {
    /// The whole story for a person: what happened, and what to do next.
    public var description: String {
        switch self {
        case .unfitExpiry(_, let earliest, let latest):
            """
            A grant must end later than now (\(earliest)) and within two years (by \(latest)), in milliseconds since \
            1970. Leave `until` out to let it hold a year.
            """
        case .noKinds: "A grant names at least one kind of item: \(MemoryKind.allCases.map(\.rawValue))."
        case .contended: "Others changed the same grants at that moment. Nothing was changed; try again."
        case .store(let error): error.description
        }
    }
}
