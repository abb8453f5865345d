import Flourishing
import Foundation
import Judges
import Models

/// One sample as a report keeps it for whoever opens it: arrays in place of names, and nothing that could end a script.
struct TranscriptShelf {
    /// As many samples lie on a shelf: opening one reads its shelf and no other.
    static let size = 64

    private struct Sheet: Encodable {
        struct Turn: Encodable {
            let role: String
            let words: String
            let move: String?
            let floor: [String]

            func encode(to encoder: any Encoder) throws {
                var list = encoder.unkeyedContainer()
                try list.encode(role == "assistant" ? 1 : 0)
                try list.encode(words)
                try list.encode(move)
                try list.encode(floor)
            }
        }

        struct Said: Encodable {
            let judge: Int
            let judgement: Judgement

            func encode(to encoder: any Encoder) throws {
                var list = encoder.unkeyedContainer()
                try list.encode(judge)
                var estimates = list.nestedUnkeyedContainer()
                for (good, estimate) in judgement.appraisal.estimates.sorted(by: { $0.key < $1.key }) {
                    var one = estimates.nestedUnkeyedContainer()
                    try one.encode(good)
                    for number in [estimate.value, estimate.lower, estimate.upper, estimate.coverage] {
                        try one.encode((number * 1_000).rounded() / 1_000)
                    }
                }
                var findings = list.nestedUnkeyedContainer()
                for finding in judgement.findings {
                    var one = findings.nestedUnkeyedContainer()
                    try one.encode(finding.good)
                    try one.encode(finding.turn)
                    try one.encode(finding.quote)
                    try one.encode(finding.bearing == .helps ? 1 : 0)
                    try one.encode(finding.why)
                    try one.encode(finding.by)
                }
                var dropped = list.nestedUnkeyedContainer()
                for item in judgement.dropped {
                    var one = dropped.nestedUnkeyedContainer()
                    for text in [item.good, item.words, item.reason.words, item.by] { try one.encode(text) }
                }
                var disagreements = list.nestedUnkeyedContainer()
                for item in judgement.disagreements {
                    var one = disagreements.nestedUnkeyedContainer()
                    try one.encode(item.good)
                    try one.encode(
                        item.values.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.hundredths)" }
                            .joined(separator: ", "))
                }
                try list.encode(judgement.problems)
            }
        }

        let turns: [Turn]
        let said: [Said]
        let tokens: [Int]
        let took: Int64
        let failure: String?

        func encode(to encoder: any Encoder) throws {
            var list = encoder.unkeyedContainer()
            try list.encode(turns)
            try list.encode(said)
            try list.encode(tokens)
            try list.encode(took)
            try list.encode(failure)
        }
    }

    /// A sample in one line.
    static func line(_ sample: Sample, judges: [JudgeIdentity]) throws -> String {
        try inert(
            Sheet(
                turns: sample.turns.map {
                    .init(role: $0.role.rawValue, words: $0.words, move: $0.move, floor: $0.floor)
                },
                said: sample.judgements.compactMap { judgement in
                    judges.firstIndex(of: judgement.judge).map { .init(judge: $0, judgement: judgement) }
                }, tokens: [sample.modelTokens.input, sample.modelTokens.output], took: sample.took,
                failure: sample.failure))
    }

    /// A value as JSON in which no letter can end a script or begin a mark: `<` and its kin are written as escapes, and so
    /// are the two line separators that JSON allows and old readers of scripts don't.
    static func inert(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var text: [UInt8] = []
        let bytes = Array(try encoder.encode(value))
        text.reserveCapacity(bytes.count + 64)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "<"): text += "\\u003c".utf8
            case UInt8(ascii: ">"): text += "\\u003e".utf8
            case UInt8(ascii: "&"): text += "\\u0026".utf8
            case 0xE2 where index + 2 < bytes.count && bytes[index + 1] == 0x80 && bytes[index + 2] & 0xFE == 0xA8:
                text += bytes[index + 2] == 0xA8 ? "\\u2028".utf8 : "\\u2029".utf8
                index += 2
            default: text.append(byte)
            }
            index += 1
        }
        return String(decoding: text, as: UTF8.self)
    }
}
