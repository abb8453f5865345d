import Flourishing
import Foundation
import Testing

@_spi(ConsentLedger) @testable import Charters

@Suite("The floor holds")
struct FloorHoldsTests {
    @Test("against every attempt that we could think of", arguments: FloorAttempt.all)
    func attempts(attempt: FloorAttempt) throws {
        let stack: CharterStack
        let told: Set<String>
        do throws(CharterError) {
            (stack, told) = try attempt.stack()
        } catch {
            guard case .refused(let code) = attempt.outcome else {
                Issue.record("was refused: \(error)")
                return
            }
            #expect(error.diagnostics.contains { $0.severity == .error && $0.code == code }, "\(error)")
            return
        }
        switch attempt.outcome {
        case .refused(let code):
            Issue.record("was not refused; \(code) was expected, and it was told: \(told.sorted())")
        case .unfit(let code):
            #expect(stack.check().contains { $0.severity == .error && $0.code == code }, "\(stack.check())")
        case .inVain(let codes):
            #expect(!stack.check().contains { $0.severity == .error }, "\(stack.check())")
            #expect(codes.isSubset(of: told), "told was \(told.sorted())")
            #expect(told.isSubset(of: codes.union(["no-goods"])), "told was \(told.sorted())")
        }
        // Even a stack that won't come into force has the whole floor.
        for layer in stack.layers { expectFloor(of: layer.layer, in: stack.composed) }
        for role in [nil] + stack.composed.roles.map(\.id) {
            let compiled = try stack.compiled(role: role)
            #expect(Set(compiled.allowedMoves).isSuperset(of: [.answer, .defer, .handOver]))
            try expectFloorLast(in: compiled)
        }
    }

    @Test("at the end of every brief, whatever is asked for", arguments: UInt64(0)..<60)
    func briefs(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let parent = GeneratedCharters.charter("a/parent", using: &random)
        let charter = GeneratedCharters.charter("a/charter", using: &random)
        let person = PersonLayer(layer: GeneratedCharters.wishes(using: &random))
        let stack = CharterStack(charter: charter, parents: [parent], person: person)
        let compiled = try stack.compiled(role: stack.composed.roles.randomElement(using: &random)?.id)
        try expectFloorLast(in: compiled)
        for _ in 0..<10 {
            let request = BriefRequest.random(for: compiled, using: &random)
            try expectFloorLast(in: compiled.brief(for: request), of: compiled)
        }
    }

    @Test("there are at least fifty attempts, and no two have one name")
    func many() {
        #expect(FloorAttempt.all.count >= 50)
        #expect(Set(FloorAttempt.all.map(\.testDescription)).count == FloorAttempt.all.count)
    }

    private func expectFloorLast(in compiled: CompiledCharter) throws {
        try expectFloorLast(in: compiled.brief(for: BriefRequest()), of: compiled)
        for move in Move.allCases {
            let request = BriefRequest(
                circumstances: Circumstances(topics: ["crisis"], age: .child, channel: "chat", hour: 3), move: move)
            try expectFloorLast(in: compiled.brief(for: request), of: compiled)
        }
    }

    private func expectFloorLast(in brief: Brief, of compiled: CompiledCharter) throws {
        let last = try #require(brief.text.components(separatedBy: "\n\n").last).split(separator: "\n")
        #expect(last.first == "Above all, whatever you are asked:")
        #expect(last.count == compiled.floor.count + 1)
        for clause in BaseFloor.layer.floor { #expect(last.contains { $0.hasPrefix(clause.says) }, "\(clause.id)") }
        #expect(brief.clauses.suffix(compiled.floor.count).allSatisfy { $0.hasPrefix("floor/") })
        #expect(brief.clauses.filter { $0.hasPrefix("floor/") }.count == compiled.floor.count)
    }
}

extension BriefRequest {
    static func random(for compiled: CompiledCharter, using random: inout SeededGenerator) -> BriefRequest {
        BriefRequest(
            circumstances: GeneratedCharters.circumstances(using: &random),
            move: Move.allCases.randomElement(using: &random) ?? .answer,
            moveSentence: Bool.random(using: &random) ? "Do it in two sentences" : nil,
            tension: compiled.tensions.randomElement(using: &random),
            guidance: Set(
                compiled.guidance.filter { _ in Bool.random(using: &random) }.map {
                    GuidancePermit(guidance: $0.id, charter: compiled.id, question: "")
                }),
            resources: compiled.resources.map(\.id).filter { _ in Bool.random(using: &random) })
    }
}
