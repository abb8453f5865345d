import Charters
import Crypto
import Foundation

/// What a publication consists of: each file with its length and SHA-256, what charter it gives, and who publishes it.
public struct PublicationManifest: Sendable, Hashable, Codable {
    /// One file.
    public struct Entry: Sendable, Hashable, Codable {
        /// The SHA-256 of its bytes, in 64 hexadecimal digits.
        public let sha256: String
        /// How many bytes it has.
        public let bytes: Int
    }

    /// The form of the publication: ``form``.
    public let publication: Int
    /// What it is of.
    public let kind: PublicationFile.Kind
    /// The charter's name and version.
    public let charter: String
    /// The charter's version.
    public let version: String
    /// What the charter means.
    public let fingerprint: String
    /// The files by their names.
    public let files: [String: Entry]
    /// Ballots of people who didn't agree to publication, and so are in no file.
    public let ballotsHeldBack: Int
    /// Who publishes it, in their own words.
    public let publisher: String
    /// The publisher's public key, in base64.
    public let key: String

    enum CodingKeys: String, CodingKey {
        case publication, kind, charter, version, fingerprint, files, publisher, key
        case ballotsHeldBack = "ballots-held-back"
    }

    /// The form that is written and read. 2: ballots name what they were cast on.
    public static let form = 2

    /// What the signature under a manifest is for.
    static let purpose = "publication"

    init(
        _ kind: PublicationFile.Kind, of charter: Charter, files: [String: [UInt8]], ballotsHeldBack: Int,
        publisher: String, key: VerifyingKey
    ) {
        publication = Self.form
        self.kind = kind
        self.charter = charter.id.description
        version = charter.version.description
        fingerprint = charter.fingerprint.hexadecimal
        self.files = files.mapValues(Entry.init(of:))
        self.ballotsHeldBack = ballotsHeldBack
        self.publisher = publisher
        self.key = key.base64
    }

    /// Reads a manifest from its canonical JSON (RFC 8785). Nil for anything else.
    public init?(canonical bytes: [UInt8]) {
        guard bytes.count <= Charter.maximumBytes,
            let read = try? JSONDecoder().decode(PublicationManifest.self, from: Data(bytes)),
            read.canonical == bytes, read.publication == Self.form,
            (0...PublishableConversation.HeldBack.most).contains(read.ballotsHeldBack)
        else { return nil }
        self = read
    }

    /// The form that a manifest says it has, also where it can't be read. Nil for anything else.
    static func form(in bytes: [UInt8]) -> Int? {
        struct Form: Decodable { let publication: Int }
        guard bytes.count <= Charter.maximumBytes else { return nil }
        return (try? JSONDecoder().decode(Form.self, from: Data(bytes)))?.publication
    }

    /// The manifest as canonical JSON (RFC 8785).
    public var canonical: [UInt8] {
        CanonicalJSON.object([
            ("publication", .integer(publication)), ("kind", .text(kind.rawValue)), ("charter", .text(charter)),
            ("version", .text(version)), ("fingerprint", .text(fingerprint)),
            (
                "files",
                .object(
                    files.map { name, entry in
                        (
                            key: name,
                            value: .object([("sha256", .text(entry.sha256)), ("bytes", .integer(entry.bytes))])
                        )
                    })
            ),
            ("ballots-held-back", .integer(ballotsHeldBack)), ("publisher", .text(publisher)), ("key", .text(key)),
        ]).bytes
    }
}

extension PublicationManifest.Entry {
    init(of bytes: [UInt8]) {
        sha256 = SHA256.hash(data: bytes).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
        self.bytes = bytes.count
    }
}
