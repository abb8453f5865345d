public import NIOCore

/// A charter's brief in every shape a request may need it, escaped once, for many requests.
public struct PreparedBrief: Sendable, Hashable {
    /// The line between the brief and what the application itself tells the model.
    public static let introduction = "The application adds:"

    /// The brief as text.
    public let text: String

    /// The inside of a string: the brief alone, for when nothing follows.
    let alone: ByteBuffer
    /// The inside of a string: the brief and the introduction, for the application's words to follow at once.
    let before: ByteBuffer
    /// A content part or text block that is alone in its array.
    let onlyPart: ByteBuffer
    /// A content part or text block with its comma, for others to follow.
    let firstPart: ByteBuffer
    /// A system message with its comma.
    let message: ByteBuffer
    /// A member `"system"` with its comma.
    let member: ByteBuffer
    /// The brief as a whole string value.
    let value: ByteBuffer

    /// Prepares a brief. An empty one changes no body.
    public init(_ text: String) {
        self.text = text
        let alone = JSONQuote.escaped(text)
        let introduced = JSONQuote.escaped("\(text)\n\n\(Self.introduction)\n")
        let introducedPart = JSONQuote.escaped("\(text)\n\n\(Self.introduction)")
        func around(_ opening: String, _ inner: [UInt8], _ closing: String) -> ByteBuffer {
            ByteBuffer(bytes: Array(opening.utf8) + inner + Array(closing.utf8))
        }
        self.alone = ByteBuffer(bytes: alone)
        before = ByteBuffer(bytes: introduced)
        onlyPart = around(#"{"type":"text","text":""#, alone, #""}"#)
        firstPart = around(#"{"type":"text","text":""#, introducedPart, #""},"#)
        message = around(#"{"role":"system","content":""#, alone, #""},"#)
        member = around(#""system":""#, alone, #"","#)
        value = around("\"", alone, "\"")
    }
}

/// The few bytes that change in a request on its way to the model: the brief goes in front, and an alias becomes the
/// upstream's own name for the model. Every other byte stays as the client sent it.
///
///     let scan = try ChatBodyScan(body)
///     let sent = BriefSplice(brief, into: scan).applied(to: body, allocator: allocator)
///
/// The application's own system prompt stays, in the same message and after the brief, because many chat templates
/// accept one system message only.
///
/// Cost: one copy of the body, or none by `slices(of:)`.
public struct BriefSplice: Sendable, Hashable {
    /// A range of the body that gives way to other bytes.
    struct Edit: Sendable, Hashable {
        let range: Range<Int>
        let replacement: ByteBuffer
    }

    /// In the order of the body, without overlap.
    private let first: Edit?
    private let second: Edit?

    /// The splice into an OpenAI chat completion request.
    ///
    /// - Parameters:
    ///   - brief: what the model is told first; nil or empty adds nothing.
    ///   - scan: the scan of the very body that the splice will be applied to.
    ///   - model: the upstream's name for the model as a JSON string (`JSONQuote.quotedBuffer`), when it differs.
    public init(_ brief: PreparedBrief?, into scan: ChatBodyScan, model: ByteBuffer? = nil) {
        var edit: Edit?
        if let brief, !brief.text.isEmpty {
            let first = scan.messages.first
            if first.role == .system || first.role == .developer {
                edit = Self.edit(brief, inside: first.content)
            }
            edit = edit ?? Edit(range: scan.messages.inside..<scan.messages.inside, replacement: brief.message)
        }
        self.init(edit, model.map { Edit(range: scan.modelValue, replacement: $0) })
    }

    /// The splice into an Anthropic Messages request; parameters as for chat completions.
    public init(_ brief: PreparedBrief?, into scan: MessagesBodyScan, model: ByteBuffer? = nil) {
        var edit: Edit?
        if let brief, !brief.text.isEmpty {
            edit = Self.edit(brief, inside: scan.system)
            if edit == nil {
                if case .null(let range) = scan.system {
                    edit = Edit(range: range, replacement: brief.value)
                } else {
                    edit = Edit(range: scan.inside..<scan.inside, replacement: brief.member)
                }
            }
        }
        self.init(edit, model.map { Edit(range: scan.modelValue, replacement: $0) })
    }

    /// The splice into an embeddings request: no brief, only the model's name.
    public init(into scan: EmbeddingsBodyScan, model: ByteBuffer) {
        self.init(Edit(range: scan.modelValue, replacement: model), nil)
    }

    private init(_ a: Edit?, _ b: Edit?) {
        if let a, let b, b.range.lowerBound < a.range.lowerBound {
            (first, second) = (b, a)
        } else {
            (first, second) = a == nil ? (b, nil) : (a, b)
        }
    }

    /// The brief at the start of a string or of an array of parts; nil when there is neither.
    private static func edit(_ brief: PreparedBrief, inside content: ContentPosition) -> Edit? {
        switch content {
        case .string(let range):
            let start = range.lowerBound + 1
            return Edit(range: start..<start, replacement: range.count == 2 ? brief.alone : brief.before)
        case .array(_, let inside, let isEmpty):
            return Edit(range: inside..<inside, replacement: isEmpty ? brief.onlyPart : brief.firstPart)
        case .absent, .null:
            return nil
        }
    }

    /// Whether the body goes on as it came.
    public var isEmpty: Bool { first == nil }

    /// By how many bytes the body grows (negative when it shrinks).
    public var growth: Int {
        var growth = 0
        if let first { growth += first.replacement.readableBytes - first.range.count }
        if let second { growth += second.replacement.readableBytes - second.range.count }
        return growth
    }

    /// Appends the changed body to `out`. Neither buffer's other indices move.
    public func write(_ body: ByteBuffer, into out: inout ByteBuffer) {
        out.reserveCapacity(minimumWritableBytes: body.readableBytes + growth)
        forEachSlice(of: body) { out.writeImmutableBuffer($0) }
    }

    /// The changed body in a new buffer; the same buffer when nothing changes.
    public func applied(to body: ByteBuffer, allocator: ByteBufferAllocator) -> ByteBuffer {
        guard !isEmpty else { return body }
        var out = allocator.buffer(capacity: body.readableBytes + growth)
        write(body, into: &out)
        return out
    }

    /// The changed body as up to five slices that share memory with `body` and the brief: nothing is copied.
    public func slices(of body: ByteBuffer) -> [ByteBuffer] {
        var slices: [ByteBuffer] = []
        slices.reserveCapacity(5)
        forEachSlice(of: body) { slices.append($0) }
        return slices
    }

    private func forEachSlice(of body: ByteBuffer, _ use: (ByteBuffer) -> Void) {
        var done = 0
        func keep(upTo end: Int) {
            guard end > done,
                let slice = body.getSlice(at: body.readerIndex + done, length: end - done)
            else { return }
            use(slice)
        }
        for edit in [first, second] {
            guard let edit else { continue }
            keep(upTo: edit.range.lowerBound)
            use(edit.replacement)
            done = edit.range.upperBound
        }
        keep(upTo: body.readableBytes)
    }
}
