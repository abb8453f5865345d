/// Reads the members of a JSON object that a client sends, and says of each that is wrong what it should be.
///
/// A member that is not known is refused: a slip of the pen would otherwise change nothing and say nothing.
struct SentObject {
    private let container: KeyedDecodingContainer<Member>

    struct Member: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// - Parameter members: the names of all that may be there.
    init(_ decoder: any Decoder, members: [String]) throws {
        container = try decoder.container(keyedBy: Member.self)
        let known = Set(members)
        if let stranger = container.allKeys.map(\.stringValue).sorted().first(where: { !known.contains($0) }) {
            throw GatewayRefusal(
                status: 400, kind: .invalidRequest,
                message: "There is no `\(stranger.prefix(40))` to be sent here. Known are: "
                    + members.joined(separator: ", ") + ".",
                param: String(stranger.prefix(40)))
        }
    }

    /// The names of the members that are there.
    var names: [String] { container.allKeys.map(\.stringValue) }

    /// Whether a member is there, be it null.
    func has(_ name: String) -> Bool { container.contains(Member(stringValue: name)) }

    /// A member that must be there.
    func value<Value: Decodable>(_ name: String, _ type: Value.Type = Value.self) throws -> Value {
        try container.decode(Value.self, forKey: Member(stringValue: name))
    }

    /// A member that may be missing or null.
    func optional<Value: Decodable>(_ name: String, _ type: Value.Type = Value.self) throws -> Value? {
        try container.decodeIfPresent(Value.self, forKey: Member(stringValue: name))
    }

    /// A member that is one of some words.
    func choice<Value: RawRepresentable & CaseIterable>(
        _ name: String, _ type: Value.Type = Value.self
    ) throws -> Value where Value.RawValue == String {
        try Self.choice(try value(name, String.self), name)
    }

    /// A word as the value that it stands for.
    static func choice<Value: RawRepresentable & CaseIterable>(
        _ word: String, _ name: String, _ type: Value.Type = Value.self
    ) throws(GatewayRefusal) -> Value where Value.RawValue == String {
        if let value = Value(rawValue: word) { return value }
        throw GatewayRefusal(
            status: 400, kind: .invalidRequest,
            message: "`\(name)` is one of: " + Value.allCases.map(\.rawValue).joined(separator: ", ") + ".", param: name
        )
    }

    /// What a decoder's complaint comes to.
    static func refusal(_ error: any Error, example: String) -> GatewayRefusal {
        var place = ""
        if let error = error as? DecodingError {
            let path: [any CodingKey]
            switch error {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                path = context.codingPath
            case .keyNotFound(let key, let context): path = context.codingPath + [key]
            @unknown default: path = []
            }
            for key in path {
                if let index = key.intValue {
                    place += "[\(index)]"
                } else {
                    place += (place.isEmpty ? "" : ".") + String(key.stringValue.prefix(40))
                }
            }
        }
        let message =
            place.isEmpty
            ? "The body must be a JSON object such as \(example)."
            : "`\(place)` is missing or not what it must be. Send JSON such as \(example)."
        return GatewayRefusal(
            status: 400, kind: .invalidRequest, message: message, param: place.isEmpty ? nil : place)
    }
}
