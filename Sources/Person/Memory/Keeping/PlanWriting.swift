import Consents
import Foundation
import Store

/// Brings a plan into the store's tables, sealed, within the caller's transaction.
///
/// Segments of one kind grow like the digits of a number (the merging of a log-structured tree, O'Neil et al. 1996): new
/// entries make a new segment, and while the last one before is less than twice as long it is taken in, up to a
/// segment's longest. So an entry is sealed anew a few times in its life, however small the writes are, and a person has
/// few segments. Erasing rewrites only the segments that hold something of what is erased.
struct PlanWriting {
    let plan: MemoryPlan
    let contents: MemoryContents
    private var segments: [Segment]
    private var next: Int64
    private var moved: [Int64: Int64] = [:]
    private var absorbed: Set<Int64> = []

    init(_ plan: MemoryPlan, on contents: MemoryContents) {
        self.plan = plan
        self.contents = contents
        segments = contents.segments
        next = (contents.segments.last?.number ?? 0) + 1
    }

    /// Writes everything and raises the revision.
    /// - Throws: ``MemoryError/contended`` when another writer was quicker.
    mutating func write(of person: PersonKey, in session: borrowing Session) throws -> WrittenPlan {
        let settings = plan.settings ?? contents.settings
        let addedHomes = try writeItems(in: session)
        try writeDecisions(in: session)
        try writeVectors(settings, in: session)
        let sweepOn = sweepDay(settings)
        let sealedSettings = try contents.key.seal(
            [UInt8](try JSONEncoder().encode(settings)), at: .settings(row: contents.row))
        let changed = try session.run(
            """
            UPDATE memory_people SET revision = revision + 1, sweep_on = ?, sealed_settings = ?
            WHERE application = ? AND person = ? AND number = ? AND revision = ?
            """, .integer(ifAny: sweepOn), .blob(sealedSettings), .text(person.application), .text(person.person),
            .integer(contents.row), .integer(contents.revision))
        guard changed == 1 else { throw MemoryError.contended }
        return WrittenPlan(
            plan: plan, revision: contents.revision + 1, settings: settings, segments: segments, sweepOn: sweepOn,
            addedHomes: addedHomes, moved: moved)
    }

    // MARK: Items

    private mutating func writeItems(in session: borrowing Session) throws -> [Int64] {
        var touched: Set<Int64> = []
        for id in plan.changed.keys { if let place = contents.index(of: id) { touched.insert(contents.homes[place]) } }
        for id in plan.removed { if let place = contents.index(of: id) { touched.insert(contents.homes[place]) } }
        let addedHomes = try appendItems(in: session)
        for number in touched.subtracting(absorbed).sorted() {
            let plain = bytes(ofItemsIn: [number])
            if plain.isEmpty {
                try delete(number, in: session)
            } else {
                try rewrite(number, .items, plain, in: session)
            }
        }
        return addedHomes
    }

    /// The items of some segments, as they will be.
    private func bytes(ofItemsIn numbers: Set<Int64>) -> [UInt8] {
        var writer = RecordWriter()
        for (place, home) in contents.homes.enumerated() where numbers.contains(home) {
            let item = contents.items[place]
            guard !plan.removed.contains(item.id) else { continue }
            ItemRecord.write(plan.changed[item.id] ?? item, to: &writer)
        }
        return writer.bytes
    }

    private mutating func appendItems(in session: borrowing Session) throws -> [Int64] {
        guard !plan.added.isEmpty else { return [] }
        // Cut into pieces of a segment's length; the last piece may take earlier segments in.
        var pieces: [(bytes: [UInt8], count: Int)] = []
        var writer = RecordWriter()
        var count = 0
        for item in plan.added {
            ItemRecord.write(item, to: &writer)
            count += 1
            if writer.bytes.count >= SegmentKind.items.longest {
                pieces.append((writer.bytes, count))
                writer = RecordWriter()
                count = 0
            }
        }
        if count > 0 { pieces.append((writer.bytes, count)) }
        var homes: [Int64] = []
        for piece in pieces {
            let taken = segmentsToTakeIn(.items, beside: piece.bytes.count)
            let number = next
            next += 1
            let plain = bytes(ofItemsIn: Set(taken)) + piece.bytes
            for old in taken {
                try delete(old, in: session)
                absorbed.insert(old)
                moved[old] = number
            }
            try insert(number, .items, plain, in: session)
            homes += Array(repeating: number, count: piece.count)
        }
        return homes
    }

    /// The last segments of a kind that a new piece of some length takes in.
    private func segmentsToTakeIn(_ kind: SegmentKind, beside length: Int) -> [Int64] {
        var taken: [Int64] = []
        var total = length
        for segment in segments.reversed() where segment.kind == kind {
            // Only what was there before: pieces of this write are as long as they should be.
            guard segment.number < contents.nextSegment, segment.length < 2 * total,
                segment.length + total <= kind.longest
            else { break }
            taken.append(segment.number)
            total += segment.length
        }
        return taken
    }

    // MARK: Decisions

    private mutating func writeDecisions(in session: borrowing Session) throws {
        if !plan.removed.isEmpty { try removeFromDecisions(in: session) }
        guard !plan.decisions.isEmpty else { return }
        var writer = RecordWriter()
        for decision in plan.decisions { DecisionRecord.write(decision, to: &writer) }
        try append(writer.bytes, .decisions, in: session)
    }

    /// Takes away what decisions say about items that are erased.
    private mutating func removeFromDecisions(in session: borrowing Session) throws {
        for segment in try MemoryRows.sealed(.decisions, of: contents.row, in: session) {
            let plain = try contents.key.open(segment.sealed, at: place(segment.number, .decisions))
            let decisions = try MemoryRows.decisions(in: plain)
            let kept = decisions.compactMap { $0.without(plan.removed) }
            guard kept != decisions else { continue }
            var writer = RecordWriter()
            for decision in kept { DecisionRecord.write(decision, to: &writer) }
            if writer.bytes.isEmpty {
                try delete(segment.number, in: session)
            } else {
                try rewrite(segment.number, .decisions, writer.bytes, in: session)
            }
        }
    }

    // MARK: Vectors

    private mutating func writeVectors(_ settings: MemorySettings, in session: borrowing Session) throws {
        if plan.dropsVectors {
            for segment in segments where segment.kind == .vectors { try delete(segment.number, in: session) }
        } else if !plan.removed.isEmpty, let dimension = contents.settings.embedder?.dimension {
            for segment in try MemoryRows.sealed(.vectors, of: contents.row, in: session) {
                let plain = try contents.key.open(segment.sealed, at: place(segment.number, .vectors))
                let ids = try MemoryRows.entries(in: plain) { reader throws(UnreadableRecord) in
                    try VectorRecord.skip(&reader, dimension: dimension)
                }
                guard ids.contains(where: plan.removed.contains) else { continue }
                let length = VectorRecord.length(dimension: dimension)
                var kept: [UInt8] = []
                for (place, id) in ids.enumerated() where !plan.removed.contains(id) {
                    kept += plain.dropFirst(place * length).prefix(length)
                }
                if kept.isEmpty {
                    try delete(segment.number, in: session)
                } else {
                    try rewrite(segment.number, .vectors, kept, in: session)
                }
            }
        }
        guard !plan.vectors.isEmpty else { return }
        var writer = RecordWriter()
        for (id, vector) in plan.vectors {
            VectorRecord.write(vector, of: id, to: &writer)
            if writer.bytes.count >= SegmentKind.vectors.longest {
                try append(writer.bytes, .vectors, in: session)
                writer = RecordWriter()
            }
        }
        if !writer.bytes.isEmpty { try append(writer.bytes, .vectors, in: session) }
    }

    // MARK: Segments

    /// Adds a piece, taking in the last segments of its kind as they are.
    private mutating func append(_ piece: [UInt8], _ kind: SegmentKind, in session: borrowing Session) throws {
        let taken = segmentsToTakeIn(kind, beside: piece.count)
        var plain: [UInt8] = []
        for number in taken.sorted() {
            let row = try session.firstRow(
                "SELECT sealed FROM memory_segments WHERE person = ? AND number = ?", .integer(contents.row),
                .integer(number))
            guard let row else { throw MemoryError.damaged }
            plain += try contents.key.open(try row.blob("sealed"), at: place(number, kind))
            try delete(number, in: session)
        }
        let number = next
        next += 1
        try insert(number, kind, plain + piece, in: session)
    }

    private func place(_ number: Int64, _ kind: SegmentKind) -> MemoryKey.Place {
        .segment(row: contents.row, number: number, kind: kind)
    }

    private mutating func insert(
        _ number: Int64, _ kind: SegmentKind, _ plain: [UInt8], in session: borrowing Session
    ) throws {
        try session.run(
            "INSERT INTO memory_segments (person, number, kind, sealed) VALUES (?, ?, ?, ?)", .integer(contents.row),
            .integer(number), .integer(kind.rawValue), .blob(try contents.key.seal(plain, at: place(number, kind))))
        segments.append(Segment(number: number, kind: kind, length: plain.count))
        if kind == .items { try keepReading(of: number, plain, in: session) }
    }

    private mutating func rewrite(
        _ number: Int64, _ kind: SegmentKind, _ plain: [UInt8], in session: borrowing Session
    ) throws {
        try session.run(
            "UPDATE memory_segments SET sealed = ? WHERE person = ? AND number = ?",
            .blob(try contents.key.seal(plain, at: place(number, kind))), .integer(contents.row), .integer(number))
        if let place = segments.firstIndex(where: { $0.number == number }) { segments[place].length = plain.count }
        if kind == .items {
            try deleteReading(of: number, in: session)
            try keepReading(of: number, plain, in: session)
        }
    }

    // MARK: Readings

    /// Keeps what recall reads out of a segment of items, if it is long enough for that to pay.
    private func keepReading(of number: Int64, _ plain: [UInt8], in session: borrowing Session) throws {
        guard plain.count >= ReadingRecord.worthwhile else { return }
        let readings = ReadingRecord.bytes(of: try MemoryRows.items(in: Data(plain)))
        try session.run(
            "INSERT INTO memory_readings (person, segment, sealed) VALUES (?, ?, ?)", .integer(contents.row),
            .integer(number),
            .blob(try contents.key.seal(readings, at: .readings(row: contents.row, segment: number))))
    }

    private func deleteReading(of number: Int64, in session: borrowing Session) throws {
        try session.run(
            "DELETE FROM memory_readings WHERE person = ? AND segment = ?", .integer(contents.row), .integer(number))
    }

    private mutating func delete(_ number: Int64, in session: borrowing Session) throws {
        try session.run(
            "DELETE FROM memory_segments WHERE person = ? AND number = ?", .integer(contents.row), .integer(number))
        if segments.contains(where: { $0.number == number && $0.kind == .items }) {
            try deleteReading(of: number, in: session)
        }
        segments.removeAll { $0.number == number }
    }

    // MARK: Running out

    private func sweepDay(_ settings: MemorySettings) -> Int64? {
        let added = plan.added.compactMap { settings.expiry(of: $0) }.min().map { MemorySettings.sweepDay(after: $0) }
        if settings.retention == contents.settings.retention, plan.changed.isEmpty, plan.removed.isEmpty,
            !plan.looksForExpiry
        {
            return [contents.sweepOn, added].compactMap(\.self).min()
        }
        var first = added
        for item in contents.items where !plan.removed.contains(item.id) {
            guard let expiry = settings.expiry(of: plan.changed[item.id] ?? item) else { continue }
            first = min(first ?? .max, MemorySettings.sweepDay(after: expiry))
        }
        return first
    }
}

extension MemoryContents {
    /// The number of the next new segment.
    var nextSegment: Int64 { (segments.last?.number ?? 0) + 1 }
}

extension Decision {
    /// The decision without what it says of some items; nil when it says nothing else.
    func without(_ removed: Set<MemoryItem.ID>) -> Decision? {
        guard changes.contains(where: { $0.items.contains(where: removed.contains) }) else { return self }
        var decision = self
        decision.changes.removeAll { $0.items.contains(where: removed.contains) }
        // What was said as a reason may be the words of what is erased.
        decision.reason = nil
        return decision.changes.isEmpty ? nil : decision
    }
}
