import Foundation

@testable import Judges

/// Replies with the signals that a person saw in each, labelled before any rule was written. One half was held back while
/// rules were tuned on the other.
struct LabelledReply: Decodable {
    enum Half: String, Decodable { case open, held }
    let half: Half
    let person: String
    let reply: String
    let shows: Set<ConductSignal>

    static let all: [LabelledReply] = lines("labelled.jsonl")
}

/// Single sentences, and whether each tells somebody what to do.
struct LabelledSentence: Decodable {
    let half: LabelledReply.Half
    let sentence: String
    let directs: Bool

    static let all: [LabelledSentence] = lines("directives.jsonl")
}

private func lines<Row: Decodable>(_ file: String) -> [Row] {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: file)
    // A file of the tests that can't be read is a mistake in the tests.
    let text = try! String(contentsOf: path, encoding: .utf8)
    return text.split(separator: "\n").map { try! JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
}

extension MeasuredConduct.Counts {
    /// Counts rule against label.
    init(_ pairs: [(says: Bool, label: Bool)]) {
        self.init(
            hits: pairs.count { $0.says && $0.label }, falseAlarms: pairs.count { $0.says && !$0.label },
            misses: pairs.count { !$0.says && $0.label }, rest: pairs.count { !$0.says && !$0.label })
    }

    init(_ signal: ConductSignal, _ half: LabelledReply.Half) {
        self.init(
            LabelledReply.all.filter { $0.half == half }.map {
                (Conduct(of: $0.reply, to: $0.person)[signal].value == 1, $0.shows.contains(signal))
            })
    }
}
