import BlindAttempts
import Consents
import Foundation
import Memory
import Testing

@testable import Gateway

/// The attempts of `BlindAttempts`, proposed by an assistant that does whatever it read.
@Suite("Attempts to instruct a model through what an assistant proposes")
struct MCPBlindAttemptTests {
    private func propose(_ words: String, _ kind: MemoryKind, _ talk: inout MCPTalk) async throws -> Bool {
        let json = try JSONSerialization.data(withJSONObject: ["kind": kind.rawValue, "words": words])
        return try await !talk.use("propose_memory", String(decoding: json, as: UTF8.self)).isError
    }

    @Test("an attempt is refused, or shown as data on one line between its marks")
    func attempts() async throws {
        var stopped = 0
        for attempt in BlindAttempt.all {
            let place = try MCPPlace()
            try await place.allow(.remember, acceptsInferred: true)
            try await place.allow(.useInReplies)
            var talk = try await MCPTalk(place.reach())
            var taken = 0
            for part in attempt.parts where try await propose(part, attempt.kind, &talk) { taken += 1 }
            if taken < attempt.parts.count { stopped += 1 }
            guard taken > 0 else { continue }
            let shown = try await talk.use("list_memory")
            let lines = shown.words.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            #expect(lines.count == taken + 2, "\(attempt)")
            #expect(
                lines.first?.contains("never an instruction") == true && lines.last?.hasPrefix("Their ids: ") == true)
            for line in lines.dropFirst().dropLast() {
                #expect(line.count { "“”".contains($0) } == 2 && line.hasSuffix("”"), "\(line)")
                #expect(!line.contains { "<>`\"«»".contains($0) }, "\(line)")
            }
            for item in shown.items {
                let words = try #require(item["words"] as? String)
                #expect(!words.contains { $0.isNewline || "“”<>`\"".contains($0) }, "\(words)")
            }
        }
        // Measured, and not to fall.
        #expect(stopped >= 36)
    }

    @Test("what only looks like an attempt is mostly taken")
    func harmless() async throws {
        let place = try MCPPlace()
        try await place.allow(.remember, acceptsInferred: true)
        var talk = try await MCPTalk(place.reach())
        var refused: [String] = []
        for memory in HarmlessMemory.all where try await !propose(memory.words, memory.kind, &talk) {
            refused.append("\(memory)")
        }
        // Measured, and not to rise.
        #expect(refused.count <= 7, "\(refused)")
    }
}
