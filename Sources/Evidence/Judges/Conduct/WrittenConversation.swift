import Foundation
public import Models

/// A conversation from a file: JSON messages as the chat APIs have them, or plain text with `person:` and `assistant:` at
/// the starts of lines.
public struct WrittenConversation: Sendable, Hashable {
    /// Why a conversation can't be read.
    public struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
        /// The line, from 1; nil when none is to blame.
        public let line: Int?
        /// What is wrong and what to do.
        public let reason: String

        /// Both.
        public var description: String { line.map { "line \($0): \(reason)" } ?? reason }
    }

    /// The turns, oldest first; at least one.
    public let turns: [ChatTurn]

    /// The largest file, in bytes.
    public static let limit = 16 << 20

    /// A reply with what the person said before it.
    public struct Exchange: Sendable, Hashable {
        /// The number of the reply's turn, from 0.
        public let turn: Int
        /// What the person said last before it; empty if they said nothing.
        public let person: String
        /// The reply.
        public let reply: String
    }

    /// Every reply of the model with what the person said last before it.
    public var exchanges: [Exchange] {
        turns.indices.filter { turns[$0].role == .assistant }.map { at in
            Exchange(
                turn: at, person: turns[..<at].last { $0.role == .user }?.content ?? "", reply: turns[at].content)
        }
    }

    /// Reads a file's bytes.
    ///
    /// - Throws: ``Problem``.
    public init(_ bytes: [UInt8]) throws(Problem) {
        guard bytes.count <= Self.limit else {
            throw Problem(line: nil, reason: "It has more than \(Self.limit >> 20) MiB. Cut it into conversations.")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Problem(line: nil, reason: "It isn't UTF-8. Save it as UTF-8.")
        }
        let first = text.first { !$0.isWhitespace && $0 != "\u{FEFF}" }
        turns = first == "{" || first == "[" ? try Self.json(bytes) : try Self.plain(text)
    }

    // MARK: JSON

    /// A message's content: a text, or parts of which those with a text count.
    private enum Content: Decodable {
        case text(String)

        private struct Part: Decodable { let text: String? }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if container.decodeNil() {
                self = .text("")
            } else {
                self = .text(try container.decode([Part].self).compactMap(\.text).joined(separator: "\n"))
            }
        }
    }

    private struct Message: Decodable {
        let role: String
        let content: Content?
    }

    private struct Messages: Decodable { let messages: [Message] }

    private static func json(_ bytes: [UInt8]) throws(Problem) -> [ChatTurn] {
        let data = Data(bytes)
        guard
            let messages = (try? JSONDecoder().decode(Messages.self, from: data))?.messages
                ?? (try? JSONDecoder().decode([Message].self, from: data))
        else {
            throw Problem(
                line: nil,
                reason:
                    "It begins as JSON but holds no messages. Write [{\"role\": \"user\", \"content\": \"…\"}, …], alone or "
                    + "under \"messages\".")
        }
        var turns: [ChatTurn] = []
        for (number, message) in messages.enumerated() {
            guard let content = message.content, case .text(let text) = content else { continue }
            switch message.role {
            case "user": turns.append(ChatTurn(.user, text))
            case "assistant": turns.append(ChatTurn(.assistant, text))
            case "system", "developer": turns.append(ChatTurn(.system, text))
            case "tool", "function": continue
            default:
                throw Problem(
                    line: nil, reason: "Message \(number + 1) has a role that isn't user, assistant, system or tool.")
            }
        }
        guard !turns.isEmpty else { throw Problem(line: nil, reason: "It holds no messages with words.") }
        return turns
    }

    // MARK: Plain text

    private static let speakers: [String: ChatTurn.Role] = [
        "person": .user, "user": .user, "human": .user, "assistant": .assistant, "model": .assistant, "ai": .assistant,
        "system": .system,
    ]

    private static func plain(_ text: String) throws(Problem) -> [ChatTurn] {
        var turns: [(role: ChatTurn.Role, lines: [Substring])] = []
        // A carriage return with its line feed is one character.
        let all = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        for (number, line) in all.enumerated() {
            let bare = line.drop { $0 == "\u{FEFF}" }
            if let colon = bare.firstIndex(of: ":"), let role = speakers[bare[..<colon].lowercased()] {
                turns.append((role, [bare[bare.index(after: colon)...].drop { $0 == " " }]))
            } else if turns.isEmpty {
                guard bare.contains(where: { !$0.isWhitespace }) else { continue }
                throw Problem(
                    line: number + 1,
                    reason:
                        "A conversation in plain text begins with \"person:\" or \"assistant:\" at the start of a line."
                )
            } else {
                turns[turns.count - 1].lines.append(line)
            }
        }
        guard !turns.isEmpty else {
            throw Problem(line: nil, reason: "It is empty. Write lines that begin with \"person:\" and \"assistant:\".")
        }
        return turns.map { turn in
            var lines = turn.lines
            while let last = lines.last, last.allSatisfy(\.isWhitespace), lines.count > 1 { lines.removeLast() }
            return ChatTurn(turn.role, lines.joined(separator: "\n"))
        }
    }
}
