import Consents
import Crypto
import Foundation
import Store

/// The key that all that is remembered of one person is sealed under.
///
/// It lies in the store sealed under the person's own key (`person/…`, the same as of their receipts and wishes), which
/// lies there wrapped by the key-encryption key. So destroying the person's key forgets everything, erasing only the
/// memory destroys only this one, and a new key-encryption key rewrites neither.
struct MemoryKey: Sendable {
    private let key: SymmetricKey

    static func make() -> MemoryKey { MemoryKey(key: SymmetricKey(size: .bits256)) }

    private init(key: SymmetricKey) { self.key = key }

    /// Whose key it is sealed under.
    static func owner(_ person: PersonKey) -> String { "person/\(person.person)" }

    private static func context(_ person: PersonKey, row: Int64) -> String {
        "memory/\(person.application)/\(person.person)/\(row)/key"
    }

    func sealed(
        for person: PersonKey, row: Int64, with seal: Seal, in session: borrowing Session
    ) throws(SealError) -> [UInt8] {
        try seal.seal(
            key.withUnsafeBytes { [UInt8]($0) }, for: Self.owner(person), context: Self.context(person, row: row),
            in: session)
    }

    init(
        opening sealed: [UInt8], of person: PersonKey, row: Int64, with seal: Seal, in session: borrowing Session
    ) throws(SealError) {
        let bytes = try seal.open(sealed, context: Self.context(person, row: row), in: session)
        guard bytes.count == 32 else { throw .damaged }
        key = SymmetricKey(data: bytes)
    }

    // MARK: What is under it

    /// What a sealed text belongs to: it opens in that place only.
    enum Place {
        case segment(row: Int64, number: Int64, kind: SegmentKind)
        case readings(row: Int64, segment: Int64)
        case settings(row: Int64)

        var context: Data {
            switch self {
            case .segment(let row, let number, let kind): Data("memory/\(row)/\(kind.rawValue)/\(number)".utf8)
            case .readings(let row, let segment): Data("memory/\(row)/readings/\(segment)".utf8)
            case .settings(let row): Data("memory/\(row)/settings".utf8)
            }
        }
    }

    /// How many bytes sealing adds.
    static let overhead = 28

    func seal(_ plain: [UInt8], at place: Place) throws(MemoryError) -> [UInt8] {
        do {
            return [UInt8](try ChaChaPoly.seal(plain, using: key, authenticating: place.context).combined)
        } catch {
            throw .damaged
        }
    }

    func open(_ sealed: [UInt8], at place: Place) throws(MemoryError) -> Data {
        do {
            return try ChaChaPoly.open(
                try ChaChaPoly.SealedBox(combined: sealed), using: key, authenticating: place.context)
        } catch {
            throw .damaged
        }
    }
}

/// What a segment holds.
enum SegmentKind: Int64, Sendable, Hashable, CaseIterable {
    case items = 0
    case vectors = 1
    case decisions = 2

    /// How long a segment grows before the next is begun, in bytes before sealing.
    var longest: Int {
        switch self {
        case .items, .decisions: 64 << 10
        case .vectors: 256 << 10
        }
    }
}

/// One sealed piece of a person's memory.
struct Segment: Sendable, Hashable {
    var number: Int64
    var kind: SegmentKind
    /// How many bytes it has before sealing.
    var length: Int
}
