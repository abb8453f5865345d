import Foundation

/// The form that a reply must have: JSON by a schema, to which servers that can do so hold their model word by word.
public struct AnswerForm: Sendable, Hashable {
    /// A name for it, 1 to 64 letters, digits, `_` or `-`.
    public let name: String
    /// The JSON Schema, as JSON text.
    public let schema: String

    /// A form. Nil when the name or the JSON isn't well formed.
    public init?(name: String, schema: String) {
        let isNamed = (1...64).contains(name.utf8.count) && name.utf8.allSatisfy(Self.isNameByte)
        let parsed = try? JSONSerialization.jsonObject(with: Data(schema.utf8))
        guard isNamed, parsed is [String: Any] else { return nil }
        self.name = name
        self.schema = schema
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D: true
        default: false
        }
    }

    /// The member of a request's body that asks for it, after a comma.
    func member(for dialect: Upstream.Dialect) -> String {
        switch dialect {
        case .openAI:
            #","response_format":{"type":"json_schema","json_schema":{"name":"\#(name)","strict":true,"schema":\#(schema)}}"#
        case .anthropic: #","output_config":{"format":{"type":"json_schema","schema":\#(schema)}}"#
        }
    }
}
