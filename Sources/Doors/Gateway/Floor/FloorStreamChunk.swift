import NIOCore

/// A chunk in OpenAI's form, as a tree: made only where something of a stream is to be changed.
struct FloorStreamChunk {
    private let value: JSONObject

    /// The chunk that an event holds; nil when it holds none.
    init?(_ event: ByteBuffer) {
        var cuts = FloorStreamCuts(event)
        let parsed = cuts.next()?.withData { try? JSONValue(parsing: $0, depthLimit: JSONCursor.deepestLimit) }
        guard case .object(let value)?? = parsed else { return nil }
        self.value = value
    }

    /// The members around the choices, as a chunk of our own repeats them.
    var frame: JSONObject {
        var frame = value
        frame["choices"] = nil
        frame["usage"] = nil
        return frame
    }

    /// The event without one of its choices; nil when nothing is left of it.
    func without(_ choice: Int) -> ByteBuffer? {
        guard let all = value["choices"]?.array else { return nil }
        let rest = all.enumerated().filter { $1["index"]?.whole ?? $0 != choice }.map(\.element)
        guard !rest.isEmpty || (value["usage"] ?? .null) != .null else { return nil }
        var object = value
        object["choices"] = .array(rest)
        var out = ByteBuffer()
        StreamEvent.write(.object(object), to: &out)
        return out
    }
}
