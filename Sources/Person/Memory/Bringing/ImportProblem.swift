/// One thing that is wrong with a file of memories.
public struct ImportProblem: Sendable, Hashable, CustomStringConvertible {
    /// Where in the file, as in `items[3].words`; empty for the whole.
    public let place: String
    /// What is wrong and what to do.
    public let message: String

    /// The place and the message.
    public var description: String { place.isEmpty ? message : "\(place): \(message)" }
}
