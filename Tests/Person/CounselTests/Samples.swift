import Charters
import Foundation

@testable import Counsel

/// SplitMix64 (Steele, Lea and Flood, 2014, doi:10.1145/2660193.2660195): the same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
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

/// A folder of its own for one test, gone when the test lets go of it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "trellis-counsel-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    func callAsFunction(_ name: String) -> String { path + "/" + name }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// How long a fuzz test goes on: `TRELLIS_FUZZ_SECONDS`, or a fixed number of rounds without it.
func fuzzRounds(_ rounds: Int) -> AnySequence<Int> {
    guard let text = ProcessInfo.processInfo.environment["TRELLIS_FUZZ_SECONDS"], let seconds = Double(text) else {
        return AnySequence(0..<rounds)
    }
    let end = ContinuousClock.now + .seconds(seconds)
    return AnySequence(sequence(first: 0) { ContinuousClock.now < end ? $0 + 1 : nil })
}

extension Receipt {
    /// A plain receipt of a reply that went well.
    static func sample(
        at milliseconds: Int64 = 1_790_000_000_000, application: String = "riverside", person: PersonPseudonym? = nil
    ) -> Receipt {
        Receipt(
            id: ReceiptID(at: milliseconds), at: milliseconds, door: .chatCompletions, application: application,
            person: person, keyID: "key_1",
            charter: CharterReference(
                id: "commons/tutor", version: "1.0.0", fingerprint: sampleFingerprint, role: "tutor"),
            clauses: ["purpose", "role/tutor", "goods/understanding", "floor/no-finished-graded-work"],
            moveReason: "nothing called for another move",
            brief: Brief(fingerprint: String(repeating: "b", count: 64)), upstream: "local",
            modelRequested: "smollm2-135m", modelServed: "SmolLM2-135M-Instruct", status: 200, outcome: .complete,
            finishReason: "stop", usage: Usage(input: 120, output: 80, source: .reported),
            timings: Timings(prepare: 90, firstByte: 41_000, total: 2_340_000), attempts: 1,
            trace: String(repeating: "0a", count: 16))
    }

    static var sampleFingerprint: CharterFingerprint {
        guard let fingerprint = CharterFingerprint(String(repeating: "3f", count: 32)) else {
            preconditionFailure("64 hexadecimal digits are a fingerprint")
        }
        return fingerprint
    }

    /// A receipt with anything in it, the same for the same generator.
    static func random(using generator: inout SeededGenerator) -> Receipt {
        func chance() -> Bool { Bool.random(using: &generator) }
        func number() -> Int {
            chance() ? Int.random(in: .min ... .max, using: &generator) : Int.random(in: 0...999, using: &generator)
        }
        func text() -> String { hostileText(using: &generator) }
        func texts() -> [String] { (0..<Int.random(in: 0...4, using: &generator)).map { _ in text() } }
        let at = Int64.random(in: 0..<(1 << 47), using: &generator)
        let outcomes: [Outcome] = [
            .complete, .cutOff(by: Outcome.Party.allCases.randomElement(using: &generator) ?? .client, reason: text()),
            .refused(reason: text()), .failed(reason: text()),
        ]
        var receipt = Receipt(
            id: ReceiptID(at: at, using: &generator), at: at,
            door: Door.allCases.randomElement(using: &generator) ?? .messages, application: text(),
            person: chance() ? PersonPseudonym(high: generator.next(), low: generator.next()) : nil,
            keyID: chance() ? text() : nil,
            charter: chance()
                ? CharterReference(
                    id: text(), version: text(), fingerprint: sampleFingerprint, role: chance() ? text() : nil) : nil,
            clauses: texts(), move: text(), moveReason: text(), brief: chance() ? Brief(fingerprint: text()) : nil,
            upstream: chance() ? text() : nil, modelRequested: chance() ? text() : nil,
            modelServed: chance() ? text() : nil, status: number(),
            outcome: outcomes.randomElement(using: &generator) ?? .complete, finishReason: chance() ? text() : nil,
            streamed: chance(),
            usage: Usage(
                input: chance() ? number() : nil, output: chance() ? number() : nil,
                source: Usage.Source.allCases.randomElement(using: &generator) ?? .unknown),
            timings: Timings(
                prepare: chance() ? Int64(number()) : nil, firstByte: chance() ? Int64(number()) : nil,
                total: chance() ? Int64(number()) : nil),
            attempts: number(), trace: chance() ? text() : nil, missing: texts())
        receipt.moveRule = chance() ? text() : nil
        receipt.layers =
            chance()
            ? texts().map { Layer(kind: text(), name: $0, version: chance() ? text() : nil, fingerprint: text()) } : nil
        receipt.situation =
            chance()
            ? Situation(
                topics: texts(), stakes: text(), language: chance() ? text() : nil,
                readings: texts().map { Reading(about: $0, certainty: number(), evidence: text()) }) : nil
        receipt.alternatives = chance() ? texts().map { Alternative(move: $0, whyNot: text()) } : nil
        receipt.tension = chance() ? Tension(between: texts(), decide: text(), chosen: chance() ? text() : nil) : nil
        receipt.guidance = chance() ? texts() : nil
        receipt.asked = chance() ? text() : nil
        receipt.memories =
            chance() ? texts().map { MemoryUsed(item: text(), kind: $0, reasons: texts(), fit: number()) } : nil
        receipt.asksOfMemory = chance() ? texts() : nil
        receipt.isHeard = chance() ? chance() : nil
        receipt.critique =
            chance()
            ? Critique(
                rounds: number(), failed: texts(), revised: chance(), ended: chance() ? text() : nil, tokens: number(),
                took: Int64(number())) : nil
        return receipt
    }
}

/// Text that people who mean harm, and keyboards that mean well, send.
func hostileText(using generator: inout SeededGenerator) -> String {
    let pieces = [
        "\"", "\\", "\u{0}", "\u{1}", "\u{1F}", "\u{7F}", "\n", "\r\n", "\t", "\u{8}", "\u{C}", "/", "</script>",
        "'; DROP TABLE receipts; --",
        "\u{2028}", "\u{FEFF}", "\u{FFFD}", "\u{10FFFF}", "é", "e\u{301}", "👩‍👩‍👧", "𝔗", "漢字", "plain words", "\\u0000",
        "{\"id\":1}", "%00", "\u{202E}",
        String(repeating: "long ", count: 40), "",
    ]
    let count = Int.random(in: 0...4, using: &generator)
    return (0..<count).compactMap { _ in pieces.randomElement(using: &generator) }.joined()
}
