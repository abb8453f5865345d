public import Flourishing

extension Move {
    /// Whether no role and no wish can rule the move out: people must always get an answer, and always help.
    public var isAlwaysOpen: Bool { self == .answer || self == .defer || self == .handOver }
}
