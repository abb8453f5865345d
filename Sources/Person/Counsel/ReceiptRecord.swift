/// What a receipt is in the journal, on its way into the store: the columns to sort it by, then its JSON.
///
/// ```
/// 1 | flags | id, 16 bytes | at, 8 | person, 16 if any | application | brief | JSON | request, reply | workings | reasons
/// 2 | fingerprint | words
/// 3 | key | JSON
/// ```
/// The second kind is the text of a brief, the third what its clauses say and who asked for each. Texts and bytes have their length in front, four bytes; numbers are
/// little-endian.
enum ReceiptRecord {
    case receipt(Entry)
    case brief(fingerprint: String, words: String)
    case asked(key: String, clauses: String)

    struct Entry {
        var id: ReceiptID
        var at: Int64
        var person: PersonPseudonym?
        var application: String
        var brief: String?
        var json: ArraySlice<UInt8>
        /// The request and the reply, each sealed for its way through the journal.
        var bodies: (request: ArraySlice<UInt8>, reply: ArraySlice<UInt8>)?
        /// The workings as JSON, sealed for their way through the journal.
        var workings: ArraySlice<UInt8>?
        /// The reasons as JSON, sealed for their way through the journal. Nil also in records of older Trellises, where
        /// they stand in the JSON.
        var reasons: ArraySlice<UInt8>?

        /// Whose key the words are sealed under for good.
        var owner: String { Self.owner(person: person?.description, application: application) }

        static func owner(person: String?, application: String) -> String {
            person.map { "person/\($0)" } ?? "application/\(application)"
        }
    }

    private enum Kind {
        static let receipt: UInt8 = 1
        static let brief: UInt8 = 2
        static let asked: UInt8 = 3
    }

    private enum Flag {
        static let person: UInt8 = 1
        static let brief: UInt8 = 2
        static let bodies: UInt8 = 4
        static let workings: UInt8 = 8
        static let reasons: UInt8 = 16
        static let all = person | brief | bodies | workings | reasons
    }

    // MARK: Writing

    /// The bytes of a receipt's record. Complexity: O(length).
    ///
    /// - Parameter withoutReasons: leaves out what tells of the person, whether it comes sealed or not.
    static func bytes(
        of receipt: Receipt, sealedBodies: (request: [UInt8], reply: [UInt8])?, sealedWorkings: [UInt8]? = nil,
        withoutReasons: Bool = false, sealedReasons: [UInt8]? = nil
    ) -> [UInt8] {
        let brief = withoutReasons ? nil : receipt.brief
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1536 + (sealedBodies.map { $0.request.count + $0.reply.count } ?? 0))
        bytes.append(Kind.receipt)
        bytes.append(
            (receipt.person == nil ? 0 : Flag.person) | (brief == nil ? 0 : Flag.brief)
                | (sealedBodies == nil ? 0 : Flag.bodies) | (sealedWorkings == nil ? 0 : Flag.workings)
                | (sealedReasons == nil ? 0 : Flag.reasons))
        append(receipt.id.high, to: &bytes)
        append(receipt.id.low, to: &bytes)
        append(receipt.at, to: &bytes)
        if let person = receipt.person {
            append(person.high, to: &bytes)
            append(person.low, to: &bytes)
        }
        append(receipt.application, to: &bytes)
        if let brief { append(brief.fingerprint, to: &bytes) }
        let lengthPlace = bytes.count
        append(UInt32(0), to: &bytes)
        var json = JSONBytes(after: bytes)
        receipt.write(to: &json, withoutReasons: withoutReasons)
        bytes = json.bytes
        let length = UInt32(bytes.count - lengthPlace - 4).littleEndian
        bytes.withUnsafeMutableBytes { $0.storeBytes(of: length, toByteOffset: lengthPlace, as: UInt32.self) }
        if let sealedBodies {
            append(sealedBodies.request, to: &bytes)
            append(sealedBodies.reply, to: &bytes)
        }
        if let sealedWorkings { append(sealedWorkings, to: &bytes) }
        if let sealedReasons { append(sealedReasons, to: &bytes) }
        return bytes
    }

    /// The bytes of a brief's record.
    static func bytes(ofBrief words: String, fingerprint: String) -> [UInt8] {
        var bytes = [Kind.brief]
        append(fingerprint, to: &bytes)
        append(words, to: &bytes)
        return bytes
    }

    /// The bytes of the record of what clauses say.
    static func bytes(ofAsked clauses: String, key: String) -> [UInt8] {
        var bytes = [Kind.asked]
        append(key, to: &bytes)
        append(clauses, to: &bytes)
        return bytes
    }

    private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { utf8 in
            append(UInt32(utf8.count), to: &bytes)
            bytes.append(contentsOf: utf8)
        }
    }

    private static func append(_ more: [UInt8], to bytes: inout [UInt8]) {
        append(UInt32(more.count), to: &bytes)
        bytes.append(contentsOf: more)
    }

    // MARK: Reading

    /// Reads a record, nil for bytes that this Trellis did not write.
    init?(_ bytes: [UInt8]) {
        var reader = Reader(bytes: bytes)
        switch reader.byte() {
        case Kind.receipt:
            guard let entry = reader.entry() else { return nil }
            self = .receipt(entry)
        case Kind.brief:
            guard let fingerprint = reader.text(), let words = reader.text() else { return nil }
            self = .brief(fingerprint: fingerprint, words: words)
        case Kind.asked:
            guard let key = reader.text(), let clauses = reader.text() else { return nil }
            self = .asked(key: key, clauses: clauses)
        default:
            return nil
        }
        guard reader.isAtEnd else { return nil }
    }

    private struct Reader {
        let bytes: [UInt8]
        var place = 0

        var isAtEnd: Bool { place == bytes.count }

        mutating func byte() -> UInt8? { slice(1)?.first }

        mutating func slice(_ count: Int) -> ArraySlice<UInt8>? {
            guard count <= bytes.count - place else { return nil }
            defer { place += count }
            return bytes[place..<(place + count)]
        }

        mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) -> Number? {
            guard let slice = slice(MemoryLayout<Number>.size) else { return nil }
            return slice.reversed().reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
        }

        mutating func counted() -> ArraySlice<UInt8>? {
            guard let count = number(UInt32.self) else { return nil }
            return slice(Int(count))
        }

        /// A text for a column, which can't hold a NUL. Nobody's name for anything has one in good faith, and the
        /// receipt's JSON has it as it was.
        mutating func text() -> String? {
            guard let bytes = counted() else { return nil }
            guard bytes.contains(0) else { return String(decoding: bytes, as: UTF8.self) }
            return String(decoding: bytes.map { $0 == 0 ? UInt8(ascii: "?") : $0 }, as: UTF8.self)
        }

        mutating func entry() -> Entry? {
            guard let flags = byte(), flags & ~Flag.all == 0,
                let high = number(UInt64.self), let low = number(UInt64.self), let at = number(Int64.self)
            else { return nil }
            var person: PersonPseudonym?
            if flags & Flag.person != 0 {
                guard let high = number(UInt64.self), let low = number(UInt64.self) else { return nil }
                person = PersonPseudonym(high: high, low: low)
            }
            guard let application = text() else { return nil }
            var brief: String?
            if flags & Flag.brief != 0 {
                guard let fingerprint = text() else { return nil }
                brief = fingerprint
            }
            guard let json = counted() else { return nil }
            var entry = Entry(
                id: ReceiptID(high: high, low: low), at: at, person: person, application: application, brief: brief,
                json: json)
            if flags & Flag.bodies != 0 {
                guard let request = counted(), let reply = counted() else { return nil }
                entry.bodies = (request, reply)
            }
            if flags & Flag.workings != 0 {
                guard let workings = counted() else { return nil }
                entry.workings = workings
            }
            if flags & Flag.reasons != 0 {
                guard let reasons = counted() else { return nil }
                entry.reasons = reasons
            }
            return entry
        }
    }
}
