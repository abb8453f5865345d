import Charters
import Flourishing
import Foundation
import Yams

// Measures the charter language: reading, composing, compiling and looking up, beside Yams on the same text. It prints
// a table in Markdown; Benchmarks/charters.sh adds PyYAML and writes the result.
//
//   charter-bench                 the table
//   charter-bench --write FILE    writes the text that is measured, for other programs

let arguments = CommandLine.arguments
if let index = arguments.firstIndex(of: "--write"), index + 1 < arguments.count {
    try GeneratedText.charter("bench/whole", clauses: 1_000).write(
        toFile: arguments[index + 1], atomically: true, encoding: .utf8)
    exit(0)
}
let runs = ProcessInfo.processInfo.environment["QUICK"] == "1" ? 10 : 60

struct Row {
    let what: String
    let time: Stopwatch
    var goal = ""
}
var rows: [Row] = []

// Nothing that is measured may be optimised away because its result isn't used.
var kept = 0
@MainActor func keep(_ number: Int) { kept &+= number }

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
func charter(_ text: String) throws -> Charter { try Charter.read(bytes(text), file: "bench.yaml").charter }

// Reading and compiling, alone.
let wholeText = GeneratedText.charter("bench/whole", clauses: 1_000)
let whole = bytes(wholeText)
rows.append(
    Row(
        what: "read 1,000 clauses (\(whole.count / 1_024) KiB): parse, check, canonical form, fingerprint",
        time: try Stopwatch.time(runs: runs) {
            keep(try Charter.read(whole, file: "bench.yaml").charter.goods.count)
        }))
rows.append(
    Row(
        what: "read and compile 1,000 clauses on the floor",
        time: try Stopwatch.time(runs: runs) {
            let read = try Charter.read(whole, file: "bench.yaml").charter
            keep(try CharterStack(charter: read).compiled(role: nil).clauses.count)
        }, goal: "< 10 ms"))
rows.append(
    Row(
        what: "peer: Yams composes the same text (nothing is known of its meaning)",
        time: try Stopwatch.time(runs: runs) { keep(try Yams.compose(yaml: wholeText)?.mapping?.count ?? 0) }))

/// The same file for Yams's Codable decoder, as a program without a reader of its own would hold it.
struct PlainCharter: Decodable {
    struct Scene: Decodable { var person: String, shows: String, fails: String? }
    struct PlainGood: Decodable {
        var says: String, lens: String?, traditions: [String]?, signs: [String]?, failures: [String]?
        var examples: [Scene]?
    }
    struct PlainFloor: Decodable {
        struct Detect: Decodable { var phrases: [String]? }
        var says: String, severity: String, detect: Detect?
    }
    struct PlainGuidance: Decodable { var says: String, asks: String, expires: String? }
    var charter: String, version: String, purpose: String?
    var goods: [String: PlainGood], floor: [String: PlainFloor], guidance: [String: PlainGuidance]
}
rows.append(
    Row(
        what: "peer: Yams decodes goods, floor and guidance of it with Codable",
        time: try Stopwatch.time(runs: max(5, runs / 4)) {
            keep(try YAMLDecoder().decode(PlainCharter.self, from: wholeText).goods.count)
        }))

// A stack of 20.
for clauses in [50, 200] {
    let texts = (0..<20).map { bytes(GeneratedText.charter("bench/part-\($0)", clauses: clauses)) }
    let charters = try texts.map { try Charter.read($0, file: "part.yaml").charter }
    rows.append(
        Row(
            what: "a stack of 20 charters of \(clauses) clauses: compose and compile",
            time: try Stopwatch.time(runs: runs) {
                let stack = CharterStack(charter: charters[19], parents: Array(charters[..<19]))
                keep(try stack.compiled(role: nil).clauses.count)
            }, goal: clauses == 50 ? "< 20 ms" : ""))
    rows.append(
        Row(
            what: "the same from bytes: read, compose, check and compile",
            time: try Stopwatch.time(runs: max(5, runs / 4)) {
                let read = try texts.map { try Charter.read($0, file: "part.yaml").charter }
                let stack = CharterStack(charter: read[19], parents: Array(read[..<19]))
                keep(stack.check().count + (try stack.compiled(role: nil).clauses.count))
            }, goal: clauses == 50 ? "< 20 ms" : ""))
}

// Looking up.
let stack = CharterStack(charter: try charter(wholeText))
let compiled = try stack.compiled(role: nil)
let wishes = try PersonLayer.read(bytes(GeneratedText.wishes), file: "wishes.yaml").wishes
rows.append(
    Row(
        what: "a person's wishes on top of 1,000 clauses: compose and compile",
        time: try Stopwatch.time(runs: runs) { keep(try stack.adding(wishes).compiled(role: nil).clauses.count) }))
rows.append(
    Row(
        what: "compile, kept",
        time: try Stopwatch.time(runs: runs, batch: 20_000) { keep(try stack.compiled(role: nil).brief.utf8.count) },
        goal: "< 1 µs"))
rows.append(
    Row(
        what: "the brief for nothing in particular, kept",
        time: Stopwatch.time(runs: runs, batch: 20_000) { keep(compiled.brief(for: BriefRequest()).text.utf8.count) },
        goal: "< 1 µs"))
let request = BriefRequest(
    circumstances: Circumstances(
        topics: ["exams", "schoolwork"], age: .teen, role: nil, channel: "chat", hour: 22, language: "en", risk: .low),
    move: .scaffold, tension: compiled.tensions.first, resources: ["person-whole-1"])
rows.append(
    Row(
        what: "the brief for circumstances, a move and a tension, kept",
        time: Stopwatch.time(runs: runs, batch: 20_000) { keep(compiled.brief(for: request).text.utf8.count) },
        goal: "< 1 µs"))
rows.append(
    Row(
        what: "the same brief, written anew",
        time: Stopwatch.time(runs: runs) {
            var other = request
            other.moveSentence = "Give step \(kept)."
            keep(compiled.brief(for: other).text.utf8.count)
        }))

print("| what | quickest | middle | goal |")
print("|---|---|---|---|")
for row in rows { print("| \(row.what) | \(row.time.quickest.readable) | \(row.time.middle.readable) | \(row.goal) |") }

// Is it linear?
print("\n| clauses, without scenes | read and compile | for each clause |\n|---|---|---|")
for clauses in [1_000, 2_000, 4_000] {
    // Without scenes, so that 4,000 clauses stay below the largest file that is read: 1 MiB.
    let text = bytes(GeneratedText.charter("bench/whole", clauses: clauses, scenes: false))
    let time = try Stopwatch.time(runs: max(5, runs / 4)) {
        let read = try Charter.read(text, file: "bench.yaml").charter
        keep(try CharterStack(charter: read).compiled(role: nil).clauses.count)
    }
    print("| \(clauses) | \(time.quickest.readable) | \((time.quickest / clauses).readable) |")
}
FileHandle.standardError.write(Data("(\(kept))\n".utf8))
