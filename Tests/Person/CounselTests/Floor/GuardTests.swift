import Charters
import Models
import Synchronization
import Testing

@testable import Counsel

@Suite("Guard models")
struct GuardTests {
    /// A guard that always says the same.
    private struct Fixed: GuardModel {
        var found: Set<String>?
        var wait: Duration = .zero

        func categories(of text: String, inReplyTo question: String?) async throws(GuardUnavailable) -> Set<String> {
            if wait > .zero { try? await Task.sleep(for: wait) }
            guard let found else { throw GuardUnavailable(reason: "it is broken") }
            return found
        }
    }

    private let clauses = [
        FloorClause(
            id: "mild", sayings: ["."], severity: .note,
            detection: FloorClause.Detection(guardCategories: ["violence"], sides: [.input, .output])),
        FloorClause(
            id: "strict", sayings: ["."], severity: .block,
            detection: FloorClause.Detection(guardCategories: ["self-harm"])),
        FloorClause(id: "none", sayings: ["."], severity: .block),
    ]

    @Test("only clauses that name categories ask a guard")
    func needed() throws {
        #expect(FloorGuard([clauses[2]], model: nil) == nil)
        let one = try #require(FloorGuard(clauses, model: nil))
        #expect(one.watches(.input) && one.watches(.output))
        #expect(try #require(FloorGuard([clauses[1]], model: nil)).watches(.input) == false)
    }

    @Test("a category covers its own parts, and the strictest clause comes first")
    func categories() async throws {
        let asked = try #require(FloorGuard(clauses, model: Fixed(found: ["self-harm/intent", "violence"])))
        let found = await asked.findings(in: "text", on: .output, at: 7)
        #expect(found.map(\.clause) == ["strict", "mild"])
        #expect(found.map(\.detector) == ["guard:self-harm", "guard:violence"])
        #expect(found.map(\.at) == [7, 7])
        #expect(await asked.findings(in: "text", on: .input).map(\.clause) == ["mild"])
        #expect(await asked.findings(in: "  \n", on: .output) == [])
        let safe = try #require(FloorGuard(clauses, model: Fixed(found: [])))
        #expect(await safe.findings(in: "text", on: .output) == [])
    }

    @Test("a guard that fails, is missing, or is too slow breaks every clause that needs it")
    func failsClosed() async throws {
        let slow = GuardTerms(patience: .milliseconds(20))
        let guards: [FloorGuard?] = [
            FloorGuard(clauses, model: Fixed(found: nil)),
            FloorGuard(clauses, model: Fixed(found: [], wait: .seconds(60)), terms: slow),
        ]
        for asked in guards {
            let found = try await #require(asked).findings(in: "text", on: .output)
            #expect(found.map(\.detector) == ["guard-unavailable", "guard-unavailable"])
            #expect(found.first?.clause == "strict")
        }
        let nobody = try #require(FloorGuard(clauses, model: nil))
        let found = await nobody.findings(in: "text", on: .output, within: "reasoning")
        #expect(found.map(\.detector) == ["guard-missing", "guard-missing"])
        #expect(found.map(\.within) == ["reasoning", "reasoning"])
        #expect(nobody.isMissing && nobody.clauses.map(\.id) == ["strict", "mild"])
    }

    @Test("whoever runs it hears of every question whether the guard answered, and why not")
    func heeded() async throws {
        let heard = Mutex<[String?]>([])
        let models: [Fixed?] = [Fixed(found: []), Fixed(found: nil), nil]
        for model in models {
            let asked = try #require(
                FloorGuard(clauses, model: model) { failure in heard.withLock { $0.append(failure?.reason) } })
            _ = await asked.findings(in: "text", on: .output)
            // What is nobody's question isn't counted.
            _ = await asked.findings(in: " ", on: .output)
        }
        let all = heard.withLock { $0 }
        #expect(all.count == 3 && all[0] == nil && all[1] == "it is broken")
        #expect(all[2]?.contains("counsel.guard.model") == true)
    }

    @Test(
        "Llama Guard's verdicts are read, and an unreadable one is none",
        arguments: [
            ("safe", []), ("\n\nsafe", []), ("unsafe\nS11", ["self-harm"]),
            ("unsafe\nS1,S10", ["violence", "illicit/violent", "hate"]),
            ("UNSAFE S12", ["sexual"]), ("unsafe", GuardCategory.all), ("unsafe\nS99", GuardCategory.all),
        ])
    func verdicts(verdict: String, categories: [String]) {
        #expect(LlamaGuard.categories(inVerdict: verdict) == Set(categories))
    }

    @Test("what is no verdict is not taken for safe", arguments: ["", "I can't judge that.", "safety first? unsafe"])
    func noVerdict(text: String) {
        #expect(LlamaGuard.categories(inVerdict: text) == nil)
    }

    @Test("every hazard of the taxonomy stands for categories of the moderation API")
    func hazards() {
        #expect(LlamaGuard.hazards.count == 14)
        for categories in LlamaGuard.hazards.values { #expect(Set(categories).isSubset(of: Set(GuardCategory.all))) }
    }
}
