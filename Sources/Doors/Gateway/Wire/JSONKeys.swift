/// The keys seen so far in every object that is still open, to find one that comes twice.
///
/// Small objects compare each new key with the earlier ones (eight bytes and a length at a time); from the
/// seventeenth key on an object gets an open-addressing table of its own. The table hashes with the process's random
/// seed (SipHash), so that nobody can choose keys that collide: n keys cost O(n).
struct JSONKeys {
    /// One key: where its decoded bytes lie, and the first eight of them for a quick comparison.
    struct Entry {
        let prefix: UInt64
        let start: UInt32
        /// Length in bytes; the top bit says that the bytes lie in `decoded` and not in the body.
        let lengthAndPlace: UInt32

        var length: Int { Int(lengthAndPlace & 0x7FFF_FFFF) }
        var isDecoded: Bool { lengthAndPlace & 0x8000_0000 != 0 }
    }

    /// Where one open object's keys begin.
    struct Frame {
        let first: Int
        let decodedFirst: Int
        var table = -1
    }

    private struct Table {
        /// Index of an entry plus one; zero is free. The count is a power of two, at most half full.
        var slots: [UInt32]
        var filled: Int
    }

    static let linearLimit = 16

    private var entries: ContiguousArray<Entry> = []
    private var tables: [Table] = []
    /// The bytes of keys that were written with escapes.
    private(set) var decoded: [UInt8] = []

    /// - Parameter isUsed: false when no key will be kept, so that nothing is allocated.
    init(isUsed: Bool) { if isUsed { entries.reserveCapacity(64) } }

    @inline(__always)
    var open: Frame { Frame(first: entries.count, decodedFirst: decoded.count) }

    @inline(__always)
    mutating func close(_ frame: Frame) {
        entries.removeLast(entries.count - frame.first)
        if frame.decodedFirst != decoded.count { decoded.removeLast(decoded.count - frame.decodedFirst) }
        if frame.table >= 0 { tables.removeLast() }
    }

    /// Adds a key to the open object. False when the object has it already.
    @inline(__always)
    mutating func insert(_ entry: Entry, into frame: inout Frame, body: UnsafePointer<UInt8>) -> Bool {
        let count = entries.count - frame.first
        if count < Self.linearLimit {
            let unique = entries.withUnsafeBufferPointer { earlier in
                for index in frame.first..<earlier.count
                where earlier[index].prefix == entry.prefix && earlier[index].length == entry.length {
                    if entry.length <= 8 || same(earlier[index], entry, body) { return false }
                }
                return true
            }
            guard unique else { return false }
            entries.append(entry)
            return true
        }
        return insertHashed(entry, into: &frame, body: body)
    }

    /// Decodes an escaped key into scratch space and returns its entry.
    mutating func entry(decoding raw: UnsafeRawBufferPointer) -> Entry {
        let start = decoded.count
        JSONText.decode(raw, into: &decoded)
        var prefix: UInt64 = 0
        for (shift, byte) in decoded[start...].prefix(8).enumerated() { prefix |= UInt64(byte) << UInt64(shift * 8) }
        return Entry(
            prefix: prefix, start: UInt32(start), lengthAndPlace: UInt32(decoded.count - start) | 0x8000_0000)
    }

    private func same(_ a: Entry, _ b: Entry, _ body: UnsafePointer<UInt8>) -> Bool {
        withBytes(a, body) { left in withBytes(b, body) { right in left.elementsEqual(right) } }
    }

    private func withBytes<Result>(
        _ entry: Entry, _ body: UnsafePointer<UInt8>, _ use: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        if entry.isDecoded {
            return decoded.withUnsafeBytes {
                use(UnsafeRawBufferPointer(rebasing: $0[Int(entry.start)...].prefix(entry.length)))
            }
        }
        return use(UnsafeRawBufferPointer(start: body + Int(entry.start), count: entry.length))
    }

    private func hash(_ entry: Entry, _ body: UnsafePointer<UInt8>) -> Int {
        var hasher = Hasher()
        withBytes(entry, body) { hasher.combine(bytes: $0) }
        return hasher.finalize()
    }

    @inline(never)
    private mutating func insertHashed(_ entry: Entry, into frame: inout Frame, body: UnsafePointer<UInt8>) -> Bool {
        if frame.table < 0 {
            frame.table = tables.count
            tables.append(Table(slots: [], filled: 0))
            rebuild(frame, slots: 64, body)
        } else if tables[frame.table].filled * 2 >= tables[frame.table].slots.count {
            rebuild(frame, slots: tables[frame.table].slots.count * 4, body)
        }
        let mask = tables[frame.table].slots.count - 1
        var slot = hash(entry, body) & mask
        while tables[frame.table].slots[slot] != 0 {
            let earlier = entries[Int(tables[frame.table].slots[slot]) - 1]
            if earlier.prefix == entry.prefix, earlier.length == entry.length, same(earlier, entry, body) {
                return false
            }
            slot = (slot + 1) & mask
        }
        entries.append(entry)
        tables[frame.table].slots[slot] = UInt32(entries.count)
        tables[frame.table].filled += 1
        return true
    }

    private mutating func rebuild(_ frame: Frame, slots count: Int, _ body: UnsafePointer<UInt8>) {
        var slots = [UInt32](repeating: 0, count: count)
        for index in frame.first..<entries.count {
            var slot = hash(entries[index], body) & (count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (count - 1) }
            slots[slot] = UInt32(index + 1)
        }
        tables[frame.table] = Table(slots: slots, filled: entries.count - frame.first)
    }
}
