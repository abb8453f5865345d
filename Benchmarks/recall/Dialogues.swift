import Consents
import Foundation
import Memory

/// A dialogue of LoCoMo (Maharana et al. 2024, arXiv 2402.17753): turns as items, and questions with the turns that hold
/// their evidence.
struct Dialogue {
    let name: String
    let items: [MemoryItem]
    let questions: [Question]
    /// The moment of asking: a day after the last session.
    let asked: Int64

    struct Question {
        let words: String
        /// 1 several turns, 2 times, 3 needs knowledge of the world, 4 one turn. Category 5 has no answer and is left out.
        let category: Int
        let evidence: Set<MemoryItem.ID>
    }

    /// Which dialogues weights may be fitted to: the first three of the six by name. Never more, and never others.
    static let tuning: Set<String> = ["conv-26", "conv-30", "conv-41"]

    var isTuning: Bool { Self.tuning.contains(name) }

    /// Reads `locomo-corrected.json`, whose wrong labels are mended. Questions without evidence are left out, and so are
    /// labels that name no turn.
    static func read(_ file: URL) throws -> [Dialogue] {
        let whole = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        guard let dialogues = whole as? [[String: Any]] else { throw Malformed(what: "the file holds no list") }
        return try dialogues.map(Dialogue.init).sorted { $0.name < $1.name }
    }

    struct Malformed: Error, CustomStringConvertible {
        let what: String
        var description: String { "The data of LoCoMo isn't as expected: \(what)." }
    }

    private init(_ object: [String: Any]) throws {
        guard let name = object["sample_id"] as? String, let conversation = object["conversation"] as? [String: Any],
            let questions = object["qa"] as? [[String: Any]]
        else { throw Malformed(what: "a dialogue without sample_id, conversation or qa") }
        var items: [MemoryItem] = []
        var ids: [String: MemoryItem.ID] = [:]
        var session = 1
        var last: Int64 = 0
        var generator = SplitMix(seed: 1)
        while let turns = conversation["session_\(session)"] as? [[String: Any]] {
            guard let date = conversation["session_\(session)_date_time"] as? String,
                let day = TimeExpressions.spans(in: date, at: 0).first
            else { throw Malformed(what: "\(name), session \(session): no date") }
            last = day.until
            for (turn, object) in turns.enumerated() {
                guard let label = object["dia_id"] as? String, let speaker = object["speaker"] as? String,
                    let text = object["text"] as? String
                else { throw Malformed(what: "\(name), session \(session): a turn without dia_id, speaker or text") }
                let moment = day.from + 43_200_000 + Int64(turn) * 1_000
                let plain = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) }
                let item = try MemoryItem(
                    id: MemoryItem.ID.next(after: items.last?.id, at: moment, using: &generator), kind: .episode,
                    words: String(plain), origin: MemoryItem.Origin(conversation: "session \(session)", turn: turn),
                    speaker: speaker, validFrom: moment, recordedAt: moment)
                ids[label] = item.id
                items.append(item)
            }
            session += 1
        }
        self.name = name
        self.items = items
        asked = last + 86_400_000
        self.questions = questions.compactMap { question in
            guard let words = question["question"] as? String, let category = question["category"] as? Int,
                (1...4).contains(category), let labels = question["evidence"] as? [String]
            else { return nil }
            let evidence = Set(labels.compactMap { ids[$0] })
            return evidence.isEmpty ? nil : Question(words: words, category: category, evidence: evidence)
        }
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014, doi 10.1145/2660193.2660195): the same numbers for the same seed.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
