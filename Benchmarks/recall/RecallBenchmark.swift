import Foundation

// Measures recall: how much of the evidence of LoCoMo it finds, part by part, and how long it takes.
//
//   recall-benchmark --data FOLDER [--home .trellis]   both; FOLDER holds locomo-corrected.json
//   recall-benchmark                                   only how long it takes
//   QUICK=1 recall-benchmark …                         few runs, to see that it works; not for quoting
@main
struct RecallBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments
        func value(_ name: String) -> String? {
            arguments.firstIndex(of: name).flatMap { arguments.indices.contains($0 + 1) ? arguments[$0 + 1] : nil }
        }
        if let data = value("--data") {
            let file = URL(fileURLWithPath: data).appendingPathComponent("locomo-corrected.json")
            let quality = try await Quality(
                Dialogue.read(file), home: URL(fileURLWithPath: value("--home") ?? ".trellis"))
            print("## Evidence found\n\n\(quality.report())\n")
        }
        let quick = ProcessInfo.processInfo.environment["QUICK"] == "1"
        print("## Time and room\n\n\(try Speed.report(quick: quick))")
    }
}
