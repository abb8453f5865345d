/// One thing that was decided about what is remembered, for the person to see and to undo.
///
/// A decision holds ids and no words of items, so that erasing an item leaves nothing of it here; a reason that was
/// given goes with the item too.
public struct Decision: Sendable, Hashable, Codable, Identifiable {
    /// What was decided.
    public enum Act: String, Sendable, Hashable, Codable, CaseIterable {
        /// Something new is held, or proposed.
        case remembered
        /// Something new stands in the place of something held.
        case replaced
        /// Something held came to an end in the world.
        case closed
        /// Two things that conflict are both held, and marked.
        case keptBoth
        /// The person put something right.
        case corrected
        /// The person stands by something.
        case confirmed
        /// The person said that something is not so.
        case rejected
        /// The person wants something kept whatever its retention says.
        case pinned
        /// The person no longer wants something kept whatever its retention says.
        case unpinned
        /// Something came in a file that the person brought.
        case imported
        /// An earlier decision was taken back.
        case undone
    }

    /// Who decided.
    public enum Author: String, Sendable, Hashable, Codable, CaseIterable {
        /// The person, by a control of theirs or in plain words.
        case person
        /// A fixed rule.
        case rule
        /// A language model that read the conversation.
        case model
    }

    /// What a decision changed in one item. Each can be turned round.
    public enum Change: Sendable, Hashable, Codable {
        /// The item is held from here on.
        case added(MemoryItem.ID)
        /// When the item ceased to be held, before and after.
        case closed(MemoryItem.ID, before: Int64?, after: Int64?)
        /// Whether the person stands by it, before and after.
        case status(MemoryItem.ID, before: MemoryItem.Status, after: MemoryItem.Status)
        /// Whether it is pinned, afterwards. It was the other way before.
        case pinned(MemoryItem.ID, Bool)
        /// A link that was set.
        case linked(MemoryItem.ID, MemoryItem.Link)
        /// A link that was taken away.
        case unlinked(MemoryItem.ID, MemoryItem.Link)

        /// The items that it speaks of.
        public var items: [MemoryItem.ID] {
            switch self {
            case .added(let id), .closed(let id, _, _), .status(let id, _, _), .pinned(let id, _): [id]
            case .linked(let id, let link), .unlinked(let id, let link): [id, link.item]
            }
        }
    }

    /// Its name, in order of time.
    public let id: MemoryItem.ID
    /// When it was decided, in milliseconds since 1970.
    public let at: Int64
    /// What was decided.
    public let act: Act
    /// Who decided.
    public let author: Author
    /// Why, in a sentence, when one was given. At most 400 characters are kept.
    public internal(set) var reason: String?
    /// What it changed.
    public internal(set) var changes: [Change]
    /// The decision that this one takes back.
    public let undoes: MemoryItem.ID?
}

/// A decision as it lies in a sealed segment.
enum DecisionRecord {
    private static let statuses: [MemoryItem.Status] = [.proposed, .confirmed, .rejected]
    private static let acts = Decision.Act.allCases
    private static let authors = Decision.Author.allCases

    static func write(_ decision: Decision, to writer: inout RecordWriter) {
        writer.write(decision.id)
        writer.write(decision.at)
        writer.write(UInt8(acts.firstIndex(of: decision.act) ?? 0))
        writer.write(UInt8(authors.firstIndex(of: decision.author) ?? 0))
        writer.write(UInt8((decision.reason == nil ? 0 : 1) | (decision.undoes == nil ? 0 : 2)))
        if let reason = decision.reason { writer.write(reason) }
        if let undoes = decision.undoes { writer.write(undoes) }
        writer.writeLength(decision.changes.count)
        for change in decision.changes { write(change, to: &writer) }
    }

    private static func write(_ change: Decision.Change, to writer: inout RecordWriter) {
        switch change {
        case .added(let id):
            writer.write(UInt8(0))
            writer.write(id)
        case .closed(let id, let before, let after):
            writer.write(UInt8(1))
            writer.write(id)
            write(before, to: &writer)
            write(after, to: &writer)
        case .status(let id, let before, let after):
            writer.write(UInt8(2))
            writer.write(id)
            writer.write(UInt8(statuses.firstIndex(of: before) ?? 0))
            writer.write(UInt8(statuses.firstIndex(of: after) ?? 0))
        case .pinned(let id, let isPinned):
            writer.write(UInt8(3))
            writer.write(id)
            writer.write(UInt8(isPinned ? 1 : 0))
        case .linked(let id, let link):
            writer.write(UInt8(4))
            writer.write(id)
            ItemRecord.write(link, to: &writer)
        case .unlinked(let id, let link):
            writer.write(UInt8(5))
            writer.write(id)
            ItemRecord.write(link, to: &writer)
        }
    }

    private static func write(_ moment: Int64?, to writer: inout RecordWriter) {
        writer.write(UInt8(moment == nil ? 0 : 1))
        if let moment { writer.write(moment) }
    }

    static func read(_ reader: inout RecordReader) throws(UnreadableRecord) -> Decision {
        let id = try reader.id()
        let at = try reader.number(Int64.self)
        let act = Int(try reader.number(UInt8.self))
        let author = Int(try reader.number(UInt8.self))
        let flags = try reader.number(UInt8.self)
        guard act < acts.count, author < authors.count else { throw UnreadableRecord() }
        let reason = flags & 1 != 0 ? try reader.text() : nil
        let undoes = flags & 2 != 0 ? try reader.id() : nil
        var changes: [Decision.Change] = []
        for _ in 0..<(try reader.length()) { changes.append(try readChange(&reader)) }
        return Decision(
            id: id, at: at, act: acts[act], author: authors[author], reason: reason, changes: changes, undoes: undoes)
    }

    private static func readChange(_ reader: inout RecordReader) throws(UnreadableRecord) -> Decision.Change {
        let tag = try reader.number(UInt8.self)
        let id = try reader.id()
        switch tag {
        case 0: return .added(id)
        case 1: return .closed(id, before: try readMoment(&reader), after: try readMoment(&reader))
        case 2:
            let (before, after) = (Int(try reader.number(UInt8.self)), Int(try reader.number(UInt8.self)))
            guard before < statuses.count, after < statuses.count else { throw UnreadableRecord() }
            return .status(id, before: statuses[before], after: statuses[after])
        case 3: return .pinned(id, try reader.number(UInt8.self) == 1)
        case 4: return .linked(id, try ItemRecord.readLink(&reader))
        case 5: return .unlinked(id, try ItemRecord.readLink(&reader))
        default: throw UnreadableRecord()
        }
    }

    private static func readMoment(_ reader: inout RecordReader) throws(UnreadableRecord) -> Int64? {
        try reader.number(UInt8.self) == 0 ? nil : try reader.number(Int64.self)
    }
}
