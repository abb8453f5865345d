import Charters
import Flourishing
import Foundation
import Testing

@testable import Counsel

@Suite("The suite of situations")
struct SituationSuiteTests {
    private static func result(_ file: String) async throws -> SuiteResult {
        let reader = CueReader()
        return try await SuiteResult(SituationFiles.situations(file)) { situation, charter in
            reader.reading(of: situation.conversation, known: situation.circumstances, charter: charter)
        }
    }

    @Test("the development split is read as its authors meant it, nine times in ten")
    func development() async throws {
        let result = try await Self.result("development.json")
        print(result.report("development split, cues", showingMisses: true))
        #expect(result.total >= 100)
        #expect(result.accuracy >= 0.9)
    }

    @Test("the splits that were in view are read as measured, and danger in them is heard")
    func inView() async throws {
        for file in ["earlier-held-out.json", "calibration.json"] {
            let result = try await Self.result(file)
            print(result.report("\(file), cues", showingMisses: false))
            // These taught the reader, so this says only that nothing broke.
            #expect(result.accuracy >= 0.7)
            #expect(result.dangerHeard.share >= 0.8)
            #expect(result.falseAlarms.share <= 0.05)
        }
    }

    @Test("the held-out split is there, well-formed, and read; how well is printed and not demanded")
    func heldOut() async throws {
        let situations = try SituationFiles.situations("held-out.json")
        #expect(situations.count >= 100)
        #expect(Set(situations.map(\.id)).count == situations.count, "two situations have one id")
        for situation in situations {
            #expect(situation.conversation.message?.isEmpty == false, "\(situation.id) says nothing")
            #expect(Stance(rawValue: situation.role) != nil, "\(situation.id) has no known role")
        }
        let result = try await Self.result("held-out.json")
        // No misses are shown: who saw them could tune to them.
        print(result.report("held-out split, cues", showingMisses: false))
        #expect(result.total == situations.count)
    }

    @Test("every line of the built-in lexicon can be read")
    func lexicon() {
        #expect(BuiltInLexicon.lexicon.problems == [])
        #expect(BuiltInLexicon.lexicon.phrases.count > 1_000)
    }

    @Test("every line of the concepts and of the learned weights can be read")
    func concepts() {
        #expect(Concepts.builtIn.problems == [])
        #expect(Set(Concepts.builtIn.names).count == Concepts.builtIn.names.count)
        #expect(LearnedWeights.fitted.problems == [])
        #expect(Set(LearnedWeights.fitted.signals) == Set(Signal.allCases).subtracting([.tradeOff]))
    }
}
