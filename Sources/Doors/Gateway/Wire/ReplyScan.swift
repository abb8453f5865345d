public import NIOCore

/// What a whole JSON reply, in either dialect, says about itself.
///
///     if let scan = ReplyScan(reply) { scan.outputTokens }   // nil: not JSON
public struct ReplyScan: Sendable, Hashable {
    private let tally: ReplyTally

    /// Tokens read by the model, those from a cache included.
    public var inputTokens: Int? { tally.inputTokens }
    /// Tokens written by the model.
    public var outputTokens: Int? { tally.outputTokens }
    /// Of the tokens read, those that came from a cache.
    public var cachedInputTokens: Int? { tally.cachedInputTokens }
    /// Why the reply ended, in the upstream's words.
    public var finishReason: String? { tally.finishReason }
    /// The model that answered, in the upstream's words.
    public var model: String? { tally.model }
    /// Whether the reply is an error although it came with a good status.
    public var hasError: Bool { tally.hasError }

    /// Reads a reply. Nil when it is not one JSON text; fields that are missing or odd are nil.
    public init?(_ bytes: UnsafeRawBufferPointer) {
        var tally = ReplyTally()
        do {
            var cursor = try JSONCursor(bytes, depthLimit: JSONCursor.deepestLimit, refusesDuplicates: false)
            try cursor.begin()
            try tally.read(&cursor)
            try cursor.end()
        } catch {
            return nil
        }
        self.tally = tally
    }

    /// Reads the readable bytes of a reply.
    public init?(_ reply: ByteBuffer) {
        guard let scan = reply.withUnsafeReadableBytes({ ReplyScan($0) }) else { return nil }
        self = scan
    }
}
