import Foundation
import NIOCore

/// JSON on the mock's slow paths.
enum JSONText {
    /// The inside of a JSON string.
    static func escaped(_ text: String) -> String { String(of(text).dropFirst().dropLast()) }

    /// The value as JSON with sorted keys.
    static func of(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { return "null" }
        return String(decoding: data, as: UTF8.self)
    }
}

/// A request for embeddings.
struct EmbeddingRequest: Decodable {
    private let texts: [String]

    private enum CodingKeys: String, CodingKey { case input }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        texts =
            try (try? [container.decode(String.self, forKey: .input)])
            ?? container.decode([String].self, forKey: .input)
    }

    /// The reply to a body, or the error that the body deserves.
    static func reply(to body: ByteBuffer) -> ByteBuffer {
        let data = Data(body.readableBytesView)
        guard let request = try? JSONDecoder().decode(EmbeddingRequest.self, from: data) else {
            return OpenAIReplies.error(400)
        }
        return OpenAIReplies.embeddings(of: request.texts)
    }
}
