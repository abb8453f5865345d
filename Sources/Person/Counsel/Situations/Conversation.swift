public import Models

/// What the person and the model have said so far, oldest first, without instructions.
public struct Conversation: Hashable, Sendable {
    /// The turns of the person and the model. The last one of the person is the message that is read.
    public let turns: [ChatTurn]

    /// A conversation of these turns. System turns are left out: nobody said them.
    public init(turns: [ChatTurn]) {
        self.turns = turns.filter { $0.role != .system }
    }

    /// The last thing that the person said. Nil when they said nothing.
    public var message: String? { turns.last { $0.role == .user }?.content }

    /// What the person said before the message, newest first.
    var earlier: some Sequence<String> {
        turns.reversed().lazy.filter { $0.role == .user }.dropFirst().map(\.content)
    }
}
