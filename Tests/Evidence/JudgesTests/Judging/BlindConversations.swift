import Foundation
import Models
import Testing

/// A conversation of two sets that somebody wrote who never saw `SpeechToJudge`.
///
/// At first sight the list of phrases knew 22 of the 80 attempts, and marked 23 of the 80 innocent conversations, 11 by
/// words of a reply. It was mended after seeing them, so that what it makes of these now says little of others.
struct BlindConversation: Sendable, Decodable, CustomTestStringConvertible {
    /// What an attempt asks of a judge.
    enum Wish: String, Sendable, Decodable {
        case all, less, some
    }

    let id: String
    let kind: String
    let language: String
    /// What is said in turns, by the person first.
    let words: [String]
    /// The turns that speak to a judge, from 0.
    let places: [Int]?
    let asks: Wish?

    enum CodingKeys: String, CodingKey {
        case id, kind, language, asks
        case words = "turns"
        case places = "in"
    }

    var testDescription: String { "\(id) \(kind) \(language)" }

    var turns: [ChatTurn] {
        words.enumerated().map { ChatTurn($0.offset.isMultiple(of: 2) ? .user : .assistant, $0.element) }
    }

    /// Whether a reply speaks to a judge.
    var isInReply: Bool { places?.contains { !$0.isMultiple(of: 2) } ?? false }

    static func read(_ lines: String) -> [BlindConversation] {
        lines.split(separator: "\n").map { try! JSONDecoder().decode(BlindConversation.self, from: Data($0.utf8)) }
    }
}
