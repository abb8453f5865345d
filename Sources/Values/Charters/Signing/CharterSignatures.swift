import Foundation

/// All signatures under one charter, as they stand in a file beside it or at the end of it.
public struct CharterSignatures: Hashable, Sendable, Codable {
    /// The signatures, in the order in which they were added.
    public private(set) var signatures: [CharterSignature]

    /// The most signatures that are read from one file.
    public static let limit = 1_000

    /// Gathers signatures.
    public init(_ signatures: [CharterSignature] = []) {
        self.signatures = signatures
    }

    /// Adds a signature. One with the same key under the same charter, and as much of what it builds on, takes the place
    /// of the older.
    public mutating func add(_ signature: CharterSignature) {
        signatures.removeAll {
            $0.key == signature.key && $0.fingerprint == signature.fingerprint && $0.buildsOn == signature.buildsOn
        }
        signatures.append(signature)
    }

    // MARK: In a file of their own

    /// Reads signatures from the JSON of a `.sig` file. Nil when it isn't one.
    public init?(json: some Sequence<UInt8>) {
        let data = Data(json)
        guard data.count <= Charter.maximumBytes,
            let read = try? JSONDecoder().decode(CharterSignatures.self, from: data),
            read.signatures.count <= Self.limit
        else { return nil }
        self = read
    }

    /// The signatures as the JSON of a `.sig` file, with a line feed at its end.
    public var json: String { Self.encoded(self, pretty: true) + "\n" }

    // MARK: At the end of a charter file

    /// What starts a signature's line in a charter file. It is a comment, so the charter and its fingerprint stay.
    public static let mark = "# trellis-signature: "

    /// Reads the signatures that stand in a charter file, and the lines (from 1) that start like one and can't be read.
    public static func enclosed(in text: String) -> (signatures: CharterSignatures, unreadable: [Int]) {
        var found = CharterSignatures()
        var unreadable: [Int] = []
        // Lines end as in YAML: with CR, LF or both. "\r\n" is one character and one line.
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isLineEnd).enumerated()
        where line.hasPrefix(mark.dropLast()) {
            let json = Data(line.dropFirst(mark.count - 1).utf8)
            if found.signatures.count < limit,
                let signature = try? JSONDecoder().decode(CharterSignature.self, from: json)
            {
                found.signatures.append(signature)
            } else {
                unreadable.append(index + 1)
            }
        }
        return (found, unreadable)
    }

    /// A charter file with these signatures at its end and no others. What else it says stays as it is.
    public func enclosed(in text: String) -> String {
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isLineEnd)
            .filter { !$0.hasPrefix(Self.mark.dropLast()) }
        if lines.count == text.split(omittingEmptySubsequences: false, whereSeparator: \.isLineEnd).count {
            // None stood there: keep the text as it is, whatever its line ends.
            let gap = text.isEmpty || text.last?.isLineEnd == true ? "" : "\n"
            return text + gap + (signatures.isEmpty ? "" : "\n" + block)
        }
        while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
        return lines.joined(separator: "\n") + "\n" + (signatures.isEmpty ? "" : "\n" + block)
    }

    private var block: String {
        signatures.map { Self.mark + Self.encoded($0, pretty: false) + "\n" }.joined()
    }

    private static func encoded(_ value: some Encodable, pretty: Bool) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        // Texts and hexadecimal digits only: there is nothing in it that JSON can't hold.
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}

extension Character {
    fileprivate var isLineEnd: Bool { self == "\n" || self == "\r" || self == "\r\n" }
}
