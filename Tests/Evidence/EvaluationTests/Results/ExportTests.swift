import Flourishing
import Foundation
import Judges
import Testing

@testable import Evaluation

@Suite("What a run found, in other forms")
struct ExportTests {
    private func run() throws -> MadeRun {
        try MadeRun(scenarios: 5, seeds: [1, 2], judges: [MadeRun.judge, MadeRun.other]) { key in
            if key.scenario == "s4" {
                return Sample(
                    key: key, turns: [], judgements: [], startedAt: 0, took: 2,
                    failure: "=HYPERLINK(\"x\"), \"away\" <b>\u{1}\n")
            }
            return MadeRun.sample(
                key, ["understanding": 0.5], judges: [MadeRun.judge, MadeRun.other], move: "ask")
        }
    }

    private func text(_ write: ((String) throws -> Void) throws -> Void) rethrows -> String {
        var text = ""
        try write { text += $0 }
        return text
    }

    @Test("CSV has a row for each estimate and each that is missing, and nothing that a spreadsheet would run")
    func csv() throws {
        let results = try run().results()
        let lines = text { try? results.csv($0) }.components(separatedBy: "\r\n")
        #expect(lines[0].hasPrefix("suite,scenario,model,governance,seed,judge,good,value"))
        #expect(lines[1] == "riverside/made,s0,m,none,1,made,friendship,,,,,ask,40,the judge found nothing to go by")
        #expect(lines[2] == "riverside/made,s0,m,none,1,made,understanding,0.5,0.25,0.75,0.5,ask,40,")
        // Sixteen whole samples by two judges on two goods, four failures, a head and the end.
        #expect(lines.count == 1 + 16 * 4 + 4 + 1)
        #expect(lines.contains { $0.hasSuffix("\"'=HYPERLINK(\"\"x\"\"), \"\"away\"\" <b>\u{1}\n\"") })
    }

    @Test("JUnit's XML can be parsed, has a case for each conversation and an error for each that failed")
    func junit() throws {
        let results = try run().results()
        let written = text { try? results.junit($0) }
        #expect(written.components(separatedBy: "<testcase ").count == 21)
        #expect(written.components(separatedBy: "<error ").count == 5)
        #expect(written.contains("&lt;b&gt;") && !written.contains("\u{1}"))
        #expect(written.contains("<property name=\"made: understanding\" value=\"0.5 (0.25 to 0.75)\"/>"))
    }

    @Test("a comparison in JUnit's XML fails for each good that doesn't pass, and for what runs don't have in common")
    func junitComparison() throws {
        let made = try MadeRun(scenarios: 8) { key in
            let loss = key.governance == "none" ? 0 : -0.5 - 0.01 * Double(MadeRun.number(key))
            return MadeRun.sample(key, ["understanding": loss, "friendship": 0])
        }
        let found = try made.results().comparison(
            of: .init(model: "m", governance: "none"), with: .init(model: "m", governance: "riverside/tutor"))
        func failures(_ gate: BuildGate, _ leftOut: [RunDifference] = []) -> Int {
            found.junit(gate, leftOut: leftOut).components(separatedBy: "<failure ").count - 1
        }
        #expect(failures(BuildGate(margin: 0.1)) == 1 && failures(BuildGate(margin: 0.9)) == 0)
        #expect(failures(BuildGate(margin: 0.53)) == 0 && failures(BuildGate(margin: 0.53, isStrict: true)) == 1)
        let seed = RunDifference(kind: .seed, name: "<2>", isLeftOut: true, words: "The seed <2> is in one only.")
        #expect(failures(BuildGate(margin: 0.9), [seed]) == 1)
        #expect(!found.junit(BuildGate(), leftOut: [seed]).contains("<2>"))
    }

    @Test("JSON holds the plan, cells and comparisons, and no total")
    func json() throws {
        let results = try run().results()
        let data = try JSONEncoder().encode(ResultsDocument(results))
        let document = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(document["finished"] as? Int == 16 && (document["cells"] as? [Any])?.count == 2)
        #expect((document["comparisons"] as? [Any])?.count == 2)
        let text = String(decoding: data, as: UTF8.self).lowercased()
        #expect(!text.contains("total") && !text.contains("overall") && !text.contains("\"score"))
    }

    @Test("Inspect's logs are one for each conduct, each whole JSON, and writing again replaces them")
    func inspect() throws {
        let made = try run()
        let folder = made.path + "/logs"
        let names = try InspectLogs(made.results()).write(into: folder)
        #expect(names.count == 2 && Set(names).count == 2)
        #expect(try InspectLogs(made.results()).write(into: folder) == names)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == names.sorted())
        let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + names[0]))
        let log = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let samples = try #require(log["samples"] as? [[String: Any]])
        #expect(samples.count == 10)
        let scores = try #require(samples[0]["scores"] as? [String: [String: Any]])
        #expect(scores.keys.sorted() == ["understanding by made", "understanding by made 2"])
        #expect(scores["understanding by made"]?["value"] as? Double == 0.5)
    }

    @Test("a file that can't be written leaves nothing behind, and what was there stays")
    func streamed() throws {
        let made = try run()
        let path = made.path + "/out.txt"
        try StreamedFile.write(path) { try $0("old") }
        #expect(throws: CancellationError.self) {
            try StreamedFile.write(path) { sink in
                try sink("new")
                throw CancellationError()
            }
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
        #expect(throws: RunFolderError.self) { try StreamedFile.write(made.path + "/no/out.txt") { try $0("x") } }
        #expect(try FileManager.default.contentsOfDirectory(atPath: made.path).allSatisfy { !$0.contains("partial") })
    }
}
