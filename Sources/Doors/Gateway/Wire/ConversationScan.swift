public import Models
public import NIOCore

/// The newest turns of a conversation, read from a request of either dialect: what the person and the model said, as
/// text.
///
///     let scan = try ChatBodyScan(body)
///     let said = ConversationScan(body, scan.messages)
///     said.turns.last                                  // the person's latest words
///
/// Contents are strings, or lists of which the text parts count. Images, tool calls and tool results are passed over,
/// and so are messages of other roles. The newest turns are kept whole up to a bound in bytes; the one that passes it
/// keeps its beginning and its end, since a question mostly stands at either.
///
/// The body must have been scanned before: then nothing in it is checked twice but the messages that are read. Cost:
/// one pass over those and a copy of their text.
public struct ConversationScan: Sendable, Hashable {
    /// What was said, oldest first.
    public private(set) var turns: [ChatTurn] = []
    /// Whether something of the last turns was left out because it was too long.
    public private(set) var isCut = false

    /// How many turns are read.
    public static let turnsAtMost = 12
    /// How many bytes of text are read in all.
    public static let bytesAtMost = 16 << 10

    /// A conversation without turns, as an embeddings request has.
    public init() {}

    /// Reads the newest turns of a body.
    ///
    /// - Parameters:
    ///   - body: the very body that was scanned.
    ///   - messages: where its messages lie.
    public init(
        _ body: ByteBuffer, _ messages: MessagePositions, turns limit: Int = turnsAtMost, bytes: Int = bytesAtMost
    ) {
        body.withUnsafeReadableBytes { read($0, messages, turns: limit, bytes: bytes) }
    }

    /// The person's latest words; nil when the person said nothing.
    public var latest: String? { turns.last { $0.role == .user }?.content }

    private mutating func read(
        _ whole: UnsafeRawBufferPointer, _ messages: MessagePositions, turns limit: Int, bytes: Int
    ) {
        var room = bytes
        var newestFirst: [ChatTurn] = []
        for start in messages.recent.reversed() {
            guard newestFirst.count < limit else { break }
            guard room > 0, start < whole.count else {
                isCut = true
                break
            }
            // What is no text was scanned before, so a stumble is as good as a message that says nothing.
            guard var turn = try? Self.turn(at: start, in: whole) else { continue }
            if turn.content.utf8.count > room {
                turn.content = Self.cut(turn.content, to: room)
                isCut = true
            }
            room -= turn.content.utf8.count
            newestFirst.append(turn)
        }
        turns = newestFirst.reversed()
    }

    /// The turn whose message begins at `start`; nil when it has no text, or is neither the person's nor the model's.
    private static func turn(at start: Int, in whole: UnsafeRawBufferPointer) throws(Stumble) -> ChatTurn? {
        var cursor = try JSONCursor(
            UnsafeRawBufferPointer(rebasing: whole[start...]), depthLimit: JSONCursor.deepestLimit,
            refusesDuplicates: false)
        guard cursor.head == 0x7B else { return nil }
        var role: ChatTurn.Role?
        var content = ""
        var walk = try cursor.enterObject()
        while let key = try cursor.nextKey(&walk) {
            if cursor.text(key, is: "role"), cursor.head == 0x22 {
                let name = try cursor.string()
                role = cursor.text(name, is: "user") ? .user : cursor.text(name, is: "assistant") ? .assistant : nil
            } else if cursor.text(key, is: "content") {
                content = try cursor.textContent()
            } else {
                try cursor.skipValue()
            }
        }
        guard let role, !content.isEmpty else { return nil }
        return ChatTurn(role, content)
    }

    /// The beginning and the end of a text, together at most `bytes` long.
    private static func cut(_ text: String, to bytes: Int) -> String {
        let mark = " … "
        let half = (bytes - mark.utf8.count) / 2
        guard half > 0 else { return "" }
        let utf8 = text.utf8
        // Scalars, not characters: one character can be as long as it likes.
        let scalars = text.unicodeScalars
        var end = utf8.index(utf8.startIndex, offsetBy: half)
        while end.samePosition(in: scalars) == nil { end = utf8.index(before: end) }
        var start = utf8.index(utf8.endIndex, offsetBy: -half)
        while start.samePosition(in: scalars) == nil { start = utf8.index(after: start) }
        return String(scalars[..<end]) + mark + String(scalars[start...])
    }
}

extension JSONCursor {
    /// The text of a `content`: a string, or the text parts of a list, each on a line of its own. Anything else is
    /// passed over.
    fileprivate mutating func textContent() throws(Stumble) -> String {
        switch head {
        case 0x22:
            return decoded(try string())
        case 0x5B:
            var texts: [String] = []
            try enterArray()
            var isFirst = true
            while try nextElement(&isFirst) {
                if head == 0x7B {
                    if let text = try textPart() { texts.append(text) }
                } else {
                    try skipValue()
                }
            }
            return texts.joined(separator: "\n")
        default:
            try skipValue()
            return ""
        }
    }

    private mutating func textPart() throws(Stumble) -> String? {
        var isText = false
        var text: JSONText?
        var walk = try enterObject()
        while let key = try nextKey(&walk) {
            if self.text(key, is: "type"), head == 0x22 {
                let type = try string()
                isText = self.text(type, is: "text")
            } else if self.text(key, is: "text"), head == 0x22 {
                text = try string()
            } else {
                try skipValue()
            }
        }
        guard isText, let text, text.end > text.start else { return nil }
        return decoded(text)
    }
}
