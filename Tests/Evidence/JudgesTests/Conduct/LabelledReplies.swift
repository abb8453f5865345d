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

/// Replies of a model from hh-rlhf, labelled by hand before the rules were tried on them; nil where the data isn't here.
struct RealReply {
    let person: String
    let reply: String
    let shows: Set<ConductSignal>

    private struct Label: Decodable {
        let row: Int
        let shows: Set<ConductSignal>
    }

    private struct Row: Decodable { let chosen: String }

    static let all: [RealReply]? = {
        guard let file = referenceFile("hh-rlhf/harmless-base-test-even.jsonl"),
            let text = try? String(contentsOf: file, encoding: .utf8)
        else { return nil }
        let rows = text.split(separator: "\n")
        let labels: [Label] = lines("real-replies.jsonl")
        return labels.map { label in
            let row = try! JSONDecoder().decode(Row.self, from: Data(rows[label.row].utf8))
            let reply = row.chosen.components(separatedBy: "\n\nAssistant: ").last ?? ""
            let before = row.chosen.components(separatedBy: "\n\nHuman: ").last ?? ""
            let person = before.components(separatedBy: "\n\nAssistant: ").first ?? ""
            return RealReply(
                person: person, reply: reply.trimmingCharacters(in: .whitespacesAndNewlines), shows: label.shows)
        }
    }()
}

/// A file in the folder that TRELLIS_REFERENCE_DATA names, or else in a folder `data` beside this repository's neighbours;
/// nil where it isn't.
func referenceFile(_ path: String) -> URL? {
    let named = ProcessInfo.processInfo.environment["TRELLIS_REFERENCE_DATA"].map { URL(filePath: $0) }
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../..").standardizedFileURL
    let beside = root.deletingLastPathComponent()
    let neighbours = (try? FileManager.default.contentsOfDirectory(atPath: beside.path)) ?? []
    let folders = named.map { [$0] } ?? neighbours.sorted().map { beside.appending(path: "\($0)/data") }
    return folders.map { $0.appending(path: path) }.first { FileManager.default.isReadableFile(atPath: $0.path) }
}
