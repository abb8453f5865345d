import Foundation

/// What recall reads out of an item's words, kept sealed beside the items, so that a memory of many items opens without
/// reading all of its words anew: the hashes of its words (never the words), and what they say of time and form.
///
/// One sealed row belongs to one segment of items, is written with it, in the same transaction, and goes with it. It is a
/// shortcut and nothing more: where there is none, or one of another version, the words are read.
enum ReadingRecord {
    /// Raised whenever words are read differently: by the word reader, the stemmer, the stop words, or the lexicon of times.
    static let version: UInt8 = 1

    /// Segments of fewer bytes have no row: their words are read as quickly as it would be found.
    static let worthwhile = 16 << 10

    /// What is kept of the items of a segment.
    static func bytes(of items: [MemoryItem]) -> [UInt8] {
        var reader = ItemReader()
        var writer = RecordWriter()
        writer.write(version)
        for item in items {
            let reading = reader.reading(of: item)
            writer.write(item.id)
            // How long the rest is, so that one can go on to the next.
            let mentioned = reading.mentioned.map { [$0.from, $0.until] } ?? []
            writer.write(UInt32(1 + 4 + 8 * mentioned.count + 4 + 9 * reading.stems.count))
            writer.write(reading.flags.rawValue | (mentioned.isEmpty ? 0 : mentions))
            writer.write(reading.tokens)
            for moment in mentioned { writer.write(moment) }
            writer.write(UInt32(reading.stems.count))
            for stem in reading.stems { writer.write(stem.hash) }
            for stem in reading.stems { writer.write(stem.count) }
        }
        return writer.bytes
    }

    private static let mentions: UInt8 = 128

    /// Where the reading of each item begins, if the version is ours.
    static func places(in plain: UnsafeRawBufferPointer) throws(UnreadableRecord) -> [(MemoryItem.ID, Int)] {
        var reader = RecordReader(plain)
        guard try reader.number(UInt8.self) == version else { return [] }
        var places: [(MemoryItem.ID, Int)] = []
        while !reader.isAtEnd {
            let id = try reader.id()
            places.append((id, reader.position))
            _ = try reader.raw(Int(try reader.number(UInt32.self)))
        }
        return places
    }

    /// Reads the one at a place.
    static func read(
        _ plain: UnsafeRawBufferPointer, at place: Int, _ stem: (UInt64, UInt8) -> Void
    ) throws(UnreadableRecord) -> ItemTraits {
        guard place + 4 <= plain.count else { throw UnreadableRecord() }
        var reader = RecordReader(UnsafeRawBufferPointer(rebasing: plain[(place + 4)...]))
        let flags = try reader.number(UInt8.self)
        let tokens = try reader.number(Int32.self)
        var mentioned: TimeSpan?
        if flags & mentions != 0 {
            mentioned = TimeSpan(from: try reader.number(Int64.self), until: try reader.number(Int64.self))
        }
        let count = Int(try reader.number(UInt32.self))
        let hashes = try reader.raw(count * 8)
        let counts = try reader.raw(count)
        for place in 0..<count {
            stem(
                UInt64(littleEndian: hashes.loadUnaligned(fromByteOffset: 8 * place, as: UInt64.self)), counts[place])
        }
        return ItemTraits(
            mentioned: mentioned, flags: RecallSlot.Flags(rawValue: flags & ~mentions), tokens: tokens)
    }
}

/// What an item's words say beside the words themselves.
struct ItemTraits {
    /// The first time that they speak of.
    var mentioned: TimeSpan?
    /// Whether they tell a time or ask something.
    var flags: RecallSlot.Flags
    var tokens: Int32
}

/// Reads items one after the other without an index.
private struct ItemReader {
    private var stemmer = PorterStemmer()
    private var times = TimeTokens()

    struct Reading {
        var mentioned: TimeSpan?
        var flags: RecallSlot.Flags
        var tokens: Int32
        var stems: [(hash: UInt64, count: UInt8)]
    }

    mutating func reading(of item: MemoryItem) -> Reading {
        var counts: [UInt64: UInt8] = [:]
        times.removeAll()
        WordReader.read(item.words) { word, hash in
            times.advance()
            let hash = Vocabulary.spelling(hash)
            let found = Vocabulary.stem(of: word, hash: hash, &stemmer)
            if let stem = found.stem {
                let count = counts[stem] ?? 0
                // More mentions than this say no more: what counts levels off long before.
                if count < .max { counts[stem] = count + 1 }
            }
            if found.mayTellTime, let time = TimeLexicon.word(word, hash: hash) { times.append(time) }
        }
        let traits = RecallIndex.traits(of: item, times)
        return Reading(
            mentioned: traits.mentioned, flags: traits.flags, tokens: traits.tokens,
            stems: counts.map { (hash: $0.key, count: $0.value) }.sorted { $0.hash < $1.hash })
    }
}
