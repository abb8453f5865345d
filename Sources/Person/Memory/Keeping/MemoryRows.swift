import Consents
import Dispatch
import Foundation
import Store
import Synchronization

/// How a person's memory lies in the store's tables, read and begun.
enum MemoryRows {
    struct Person {
        var row: Int64
        var revision: Int64
        var sweepOn: Int64?
        var sealedKey: [UInt8]
        var sealedSettings: [UInt8]
    }

    static func revision(of person: PersonKey, in session: borrowing Session) throws -> (row: Int64, revision: Int64)? {
        try session.firstRow(
            "SELECT number, revision FROM memory_people WHERE application = ? AND person = ?",
            .text(person.application), .text(person.person)
        ).map { (try $0.integer("number"), try $0.integer("revision")) }
    }

    /// Nil when nothing is remembered of the person.
    static func person(_ person: PersonKey, in session: borrowing Session) throws -> Person? {
        try session.firstRow(
            """
            SELECT number, revision, sweep_on, sealed_key, sealed_settings FROM memory_people
            WHERE application = ? AND person = ?
            """, .text(person.application), .text(person.person)
        ).map { row in
            Person(
                row: try row.integer("number"), revision: try row.integer("revision"),
                sweepOn: try row.optionalInteger("sweep_on"), sealedKey: try row.blob("sealed_key"),
                sealedSettings: try row.blob("sealed_settings"))
        }
    }

    /// Whether everything of the person is to be erased and is not gone yet.
    static func isBeingErased(_ person: PersonKey, in session: borrowing Session) throws -> Bool {
        try session.firstRow(
            "SELECT id FROM memory_erasures WHERE application = ? AND person = ? AND scope = 'everything' LIMIT 1",
            .text(person.application), .text(person.person)) != nil
    }

    /// When the person last erased everything.
    static func erasedAt(_ person: PersonKey, in session: borrowing Session) throws -> Int64? {
        try session.firstRow(
            "SELECT at FROM memory_erased WHERE application = ? AND person = ?", .text(person.application),
            .text(person.person)
        )?.integer("at")
    }

    // MARK: Opening

    /// Opens all items of a person; nil when nothing is remembered of them.
    static func open(_ person: PersonKey, with seal: Seal, in session: borrowing Session) throws -> MemoryContents? {
        guard try !isBeingErased(person, in: session) else { return nil }
        guard let found = try Self.person(person, in: session) else { return nil }
        let key = try MemoryKey(opening: found.sealedKey, of: person, row: found.row, with: seal, in: session)
        var contents = MemoryContents(row: found.row, revision: found.revision, key: key)
        contents.sweepOn = found.sweepOn
        let settings = try key.open(found.sealedSettings, at: .settings(row: found.row))
        guard let read = try? JSONDecoder().decode(MemorySettings.self, from: settings) else {
            throw MemoryError.damaged
        }
        contents.settings = read
        contents.segments = try session.rows(
            "SELECT number, kind, LENGTH(sealed) AS length FROM memory_segments WHERE person = ? ORDER BY number",
            .integer(found.row)
        ).map { row in
            guard let kind = SegmentKind(rawValue: try row.integer("kind")) else { throw MemoryError.damaged }
            return Segment(
                number: try row.integer("number"), kind: kind,
                length: Int(try row.integer("length")) - MemoryKey.overhead)
        }
        let sealed = try Self.sealed(.items, of: found.row, in: session)
        contents.take(try opened(sealed, row: found.row, key: key))
        return contents
    }

    /// The sealed segments of a kind, in order.
    static func sealed(
        _ kind: SegmentKind, of row: Int64, in session: borrowing Session
    ) throws -> [(number: Int64, sealed: [UInt8])] {
        try session.rows(
            "SELECT number, sealed FROM memory_segments WHERE person = ? AND kind = ? ORDER BY number", .integer(row),
            .integer(kind.rawValue)
        ).map { (try $0.integer("number"), try $0.blob("sealed")) }
    }

    private static func opened(
        _ sealed: [(number: Int64, sealed: [UInt8])], row: Int64, key: MemoryKey
    ) throws(MemoryError) -> [(items: [MemoryItem], home: Int64)] {
        try concurrently(sealed) { segment throws(MemoryError) in
            let plain = try key.open(segment.sealed, at: .segment(row: row, number: segment.number, kind: .items))
            return (try items(in: plain), segment.number)
        }
    }

    static func items(in plain: Data) throws(MemoryError) -> [MemoryItem] {
        try entries(in: plain) { reader throws(UnreadableRecord) in try ItemRecord.read(&reader) }
    }

    static func decisions(in plain: Data) throws(MemoryError) -> [Decision] {
        try entries(in: plain) { reader throws(UnreadableRecord) in try DecisionRecord.read(&reader) }
    }

    static func entries<Entry>(
        in plain: Data, _ read: (inout RecordReader) throws(UnreadableRecord) -> Entry
    ) throws(MemoryError) -> [Entry] {
        let result: Result<[Entry], UnreadableRecord> = plain.withUnsafeBytes { bytes in
            var reader = RecordReader(bytes)
            var entries: [Entry] = []
            do throws(UnreadableRecord) {
                while !reader.isAtEnd { entries.append(try read(&reader)) }
            } catch {
                return .failure(error)
            }
            return .success(entries)
        }
        guard case .success(let entries) = result else { throw .damaged }
        return entries
    }

    /// Runs `body` on each element, on all cores when there is enough of it to pay.
    static func concurrently<Element: Sendable, Value: Sendable>(
        _ elements: [Element], _ body: @Sendable (Element) throws(MemoryError) -> Value
    ) throws(MemoryError) -> [Value] {
        guard elements.count > 3 else {
            var values: [Value] = []
            for element in elements { values.append(try body(element)) }
            return values
        }
        let results = Mutex([Result<Value, MemoryError>?](repeating: nil, count: elements.count))
        DispatchQueue.concurrentPerform(iterations: elements.count) { place in
            let result: Result<Value, MemoryError>
            do throws(MemoryError) { result = .success(try body(elements[place])) } catch { result = .failure(error) }
            results.withLock { $0[place] = result }
        }
        var values: [Value] = []
        values.reserveCapacity(elements.count)
        for result in results.withLock({ $0 }) {
            guard let result else { throw .damaged }
            values.append(try result.get())
        }
        return values
    }
}
