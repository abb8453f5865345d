import Consents

/// An item as it lies in a sealed segment: a few bytes beside its words, read at a rate of millions a second.
enum ItemRecord {
    private enum Flag {
        static let origin: UInt16 = 1
        static let speaker: UInt16 = 2
        static let validFrom: UInt16 = 4
        static let validUntil: UInt16 = 8
        static let closedAt: UInt16 = 16
        static let due: UInt16 = 32
        static let confidence: UInt16 = 64
        static let isPinned: UInt16 = 128
        static let links: UInt16 = 256
        static let keepUntil: UInt16 = 512
    }

    private static let kinds = MemoryItem.Kind.allCases.sorted()
    private static let sources: [MemoryItem.Source] = [.stated, .inferred, .imported]
    private static let statuses: [MemoryItem.Status] = [.proposed, .confirmed, .rejected]
    private static let relations: [MemoryItem.Link.Relation] = [.supports, .conflictsWith, .replaces]

    static func write(_ item: MemoryItem, to writer: inout RecordWriter) {
        var flags: UInt16 = 0
        if item.origin != nil { flags |= Flag.origin }
        if item.speaker != nil { flags |= Flag.speaker }
        if item.validFrom != nil { flags |= Flag.validFrom }
        if item.validUntil != nil { flags |= Flag.validUntil }
        if item.closedAt != nil { flags |= Flag.closedAt }
        if item.due != nil { flags |= Flag.due }
        if item.confidence != 1 { flags |= Flag.confidence }
        if item.isPinned { flags |= Flag.isPinned }
        if !item.links.isEmpty { flags |= Flag.links }
        if item.keepUntil != nil { flags |= Flag.keepUntil }
        writer.write(item.id)
        writer.write(flags)
        writer.write(item.kind.number)
        writer.write(
            UInt8(sources.firstIndex(of: item.source) ?? 0) << 4 | UInt8(statuses.firstIndex(of: item.status) ?? 0))
        writer.write(item.recordedAt)
        writer.write(item.words)
        if let origin = item.origin {
            writer.write(origin.conversation)
            writer.write(UInt32(clamping: origin.turn))
        }
        if let speaker = item.speaker { writer.write(speaker) }
        for moment in [item.validFrom, item.validUntil, item.closedAt, item.due] {
            if let moment { writer.write(moment) }
        }
        if item.confidence != 1 { writer.write(item.confidence.bitPattern) }
        if !item.links.isEmpty {
            writer.writeLength(item.links.count)
            for link in item.links { write(link, to: &writer) }
        }
        if let keepUntil = item.keepUntil { writer.write(keepUntil) }
    }

    static func write(_ link: MemoryItem.Link, to writer: inout RecordWriter) {
        writer.write(UInt8(relations.firstIndex(of: link.relation) ?? 0))
        writer.write(link.item)
    }

    static func read(_ reader: inout RecordReader) throws(UnreadableRecord) -> MemoryItem {
        let id = try reader.id()
        let flags = try reader.number(UInt16.self)
        let kind = Int(try reader.number(UInt8.self))
        let both = try reader.number(UInt8.self)
        let (source, status) = (Int(both >> 4), Int(both & 15))
        guard kind < kinds.count, source < sources.count, status < statuses.count else { throw UnreadableRecord() }
        let recordedAt = try reader.number(Int64.self)
        let words = try reader.text()
        var origin: MemoryItem.Origin?
        if flags & Flag.origin != 0 {
            origin = .init(conversation: try reader.text(), turn: Int(try reader.number(UInt32.self)))
        }
        let speaker = flags & Flag.speaker != 0 ? try reader.text() : nil
        let validFrom = flags & Flag.validFrom != 0 ? try reader.number(Int64.self) : nil
        let validUntil = flags & Flag.validUntil != 0 ? try reader.number(Int64.self) : nil
        let closedAt = flags & Flag.closedAt != 0 ? try reader.number(Int64.self) : nil
        let due = flags & Flag.due != 0 ? try reader.number(Int64.self) : nil
        let confidence = flags & Flag.confidence != 0 ? Double(bitPattern: try reader.number(UInt64.self)) : 1
        var links: [MemoryItem.Link] = []
        if flags & Flag.links != 0 {
            for _ in 0..<(try reader.length()) { links.append(try readLink(&reader)) }
        }
        let keepUntil = flags & Flag.keepUntil != 0 ? try reader.number(Int64.self) : nil
        return MemoryItem(
            unchecked: id, kind: kinds[kind], words: words, source: sources[source], status: statuses[status],
            origin: origin, speaker: speaker, validFrom: validFrom, validUntil: validUntil, recordedAt: recordedAt,
            closedAt: closedAt, due: due, confidence: confidence, isPinned: flags & Flag.isPinned != 0,
            keepUntil: keepUntil, links: links)
    }

    static func readLink(_ reader: inout RecordReader) throws(UnreadableRecord) -> MemoryItem.Link {
        let relation = Int(try reader.number(UInt8.self))
        guard relation < relations.count else { throw UnreadableRecord() }
        return MemoryItem.Link(relation: relations[relation], item: try reader.id())
    }
}
