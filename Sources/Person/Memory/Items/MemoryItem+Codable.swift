extension MemoryItem: Codable {
    private enum Key: String, CodingKey {
        case id, kind, words, source, status, origin, speaker, validFrom, validUntil, recordedAt, closedAt, due
        case confidence, isPinned, keepUntil, links
    }

    /// Reads an item and checks it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        try self.init(
            id: try container.decode(ID.self, forKey: .id), kind: try container.decode(Kind.self, forKey: .kind),
            words: try container.decode(String.self, forKey: .words),
            source: try container.decode(Source.self, forKey: .source),
            status: try container.decode(Status.self, forKey: .status),
            origin: try container.decodeIfPresent(Origin.self, forKey: .origin),
            speaker: try container.decodeIfPresent(String.self, forKey: .speaker),
            validFrom: try container.decodeIfPresent(Int64.self, forKey: .validFrom),
            validUntil: try container.decodeIfPresent(Int64.self, forKey: .validUntil),
            recordedAt: try container.decode(Int64.self, forKey: .recordedAt),
            closedAt: try container.decodeIfPresent(Int64.self, forKey: .closedAt),
            due: try container.decodeIfPresent(Int64.self, forKey: .due),
            confidence: try container.decodeIfPresent(Double.self, forKey: .confidence) ?? 1,
            isPinned: try container.decodeIfPresent(Bool.self, forKey: .isPinned) ?? false,
            keepUntil: try container.decodeIfPresent(Int64.self, forKey: .keepUntil),
            links: try container.decodeIfPresent([Link].self, forKey: .links) ?? [])
    }

    /// Writes the item; what is nil is left out.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(id, forKey: .id)
        try container.encode(kind, forKey: .kind)
        try container.encode(words, forKey: .words)
        try container.encode(source, forKey: .source)
        try container.encode(status, forKey: .status)
        try container.encodeIfPresent(origin, forKey: .origin)
        try container.encodeIfPresent(speaker, forKey: .speaker)
        try container.encodeIfPresent(validFrom, forKey: .validFrom)
        try container.encodeIfPresent(validUntil, forKey: .validUntil)
        try container.encode(recordedAt, forKey: .recordedAt)
        try container.encodeIfPresent(closedAt, forKey: .closedAt)
        try container.encodeIfPresent(due, forKey: .due)
        try container.encode(confidence, forKey: .confidence)
        try container.encode(isPinned, forKey: .isPinned)
        try container.encodeIfPresent(keepUntil, forKey: .keepUntil)
        try container.encode(links, forKey: .links)
    }
}
