@_spi(ConsentLedger) import Charters
import Flourishing
import Foundation
import Models
import Testing

@testable import Counsel

/// A phrase of `phrases.json`: something that somebody might say, and which signals a careful reader would find in it.
struct SuitePhrase: Decodable, Sendable {
    let language: String
    let signals: Set<Signal>
    let text: String
}

extension SituationFiles {
    static func phrases() throws -> [SuitePhrase] {
        try JSONDecoder().decode(
            [SuitePhrase].self, from: Data(contentsOf: folder.appendingPathComponent("phrases.json")))
    }
}

/// One example, as `Scripts/train-situations.py` reads it: what is known of a message without what is to be learned.
private struct TrainingExample: Encodable {
    /// The file it comes from.
    let source: String
    let id: String
    let language: String
    let message: String
    /// What the rules on cues make of it, by signal, before anything learned.
    let rules: [String: Double]
    /// What weights are learned for, by name.
    let features: [String: Double]
    var signals: [String] = []
    var move: String?
    var stance: String?
    /// The moves that are open.
    var open: [String] = []
    /// What contexts, guidance and a trade-off propose.
    var proposals: [String: [String]] = [:]
}

/// Writes everything that the learned weights may be trained on into one file. Runs when asked, by
/// `Scripts/train-situations.sh`.
@Suite("Examples to learn from")
struct TrainingExamplesTests {
    static let file = ProcessInfo.processInfo.environment["TRELLIS_TRAINING_EXAMPLES"]
    static let splits = ["development.json", "calibration.json", "earlier-held-out.json"]

    @Test("are written for the trainer", .enabled(if: file != nil, "it was not asked for"))
    func write() throws {
        let file = try #require(Self.file)
        var examples: [TrainingExample] = []
        for split in Self.splits {
            for situation in try SituationFiles.situations(split) {
                let charter = try SituationFiles.charter(situation.charter ?? "plain", role: situation.role)
                var example = Self.example(
                    split, situation.id, situation.language, situation.conversation, situation.circumstances, charter)
                example.signals = situation.features ?? []
                example.move = situation.move.rawValue
                example.stance = charter.stance?.rawValue
                example.open = Move.allCases.filter { $0.isAlwaysOpen || charter.allowedMoves.contains($0) }
                    .map(\.rawValue)
                let read = CueReader().situation(
                    of: situation.conversation, known: situation.circumstances, charter: charter, weights: nil
                ).situation
                let scene = Scene(
                    situation: read, charter: charter,
                    liveGuidance: Set(
                        (situation.guidance ?? []).map {
                            GuidancePermit(guidance: $0, charter: charter.id, question: "")
                        }))
                for rule in [MoveRule.contexts, .guided, .tradeOff] {
                    example.proposals[rule.name] = rule.proposals(scene).map(\.move.rawValue)
                }
                examples.append(example)
            }
        }
        let plain = try SituationFiles.charter("plain", role: "advisor")
        for (number, phrase) in try SituationFiles.phrases().enumerated() {
            var example = Self.example(
                "phrases.json", "phrase-\(number + 1)", phrase.language,
                Conversation(turns: [ChatTurn(.user, phrase.text)]), Circumstances(), plain)
            example.signals = phrase.signals.map(\.rawValue).sorted()
            examples.append(example)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(examples).write(to: URL(fileURLWithPath: file))
    }

    private static func example(
        _ source: String, _ id: String, _ language: String, _ conversation: Conversation, _ known: Circumstances,
        _ charter: CompiledCharter
    ) -> TrainingExample {
        let read = CueReader().situation(of: conversation, known: known, charter: charter, weights: nil)
        let names = FeatureSpace.builtIn.names
        return TrainingExample(
            source: source, id: id, language: language, message: conversation.message ?? "",
            rules: Dictionary(
                uniqueKeysWithValues: read.situation.readings.map { ($0.key.rawValue, $0.value.score) }),
            features: Dictionary(
                uniqueKeysWithValues: (read.features?.values ?? []).map { (names[$0.feature], Double($0.value)) }
                    + SpelledWords.of(FoldedText(conversation.message ?? "")).map {
                        ("word:\($0)", Double(read.features?.wordValue ?? 0))
                    }))
    }
}
