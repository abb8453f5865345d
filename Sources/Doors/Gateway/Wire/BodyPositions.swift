/// Where a `content` or `system` value lies in a body, by its shape. Offsets count bytes from the body's start.
public enum ContentPosition: Sendable, Hashable {
    /// The key is not there.
    case absent
    /// The value is null.
    case null(Range<Int>)
    /// The value is a string; the range includes both quotes.
    case string(Range<Int>)
    /// The value is an array; `inside` is the offset just after its bracket.
    case array(Range<Int>, inside: Int, isEmpty: Bool)
}

/// What a body scan keeps of the first message.
public struct FirstMessage: Sendable, Hashable {
    /// Who speaks, as far as the gateway needs to know.
    public enum Role: UInt8, Sendable, Hashable {
        case user, assistant, system, developer, other
    }

    /// Who speaks.
    public var role: Role
    /// Where the message's content lies.
    public var content: ContentPosition
}

/// Where the messages of a body lie.
public struct MessagePositions: Sendable, Hashable {
    /// The offset just after the bracket that opens the array.
    public var inside: Int
    /// How many messages there are, at least one.
    public var total: Int
    /// The first message.
    public var first: FirstMessage
    /// The offsets of the last messages' opening braces, in the order of the body.
    public var recent: [Int] = []

    /// How many of the last messages are remembered by their place.
    public static let recentAtMost = 48
}
