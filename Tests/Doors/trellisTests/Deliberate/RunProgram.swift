import Foundation
import Testing

/// The program itself, run as a person runs it, on a data folder of its own.
struct RunProgram {
    let folder: Folder
    var environment: [String: String] = [:]

    /// What a run came to.
    struct Done {
        let status: Int32
        let output: String
        let errors: String

        /// The output as JSON.
        func json() throws -> [String: Any] {
            try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any], "\(output)")
        }
    }

    init() throws { folder = try Folder() }

    /// It lies beside the tests that were built with it.
    private static func program() throws -> URL {
        var places = [Bundle.main.bundleURL, Bundle.main.executableURL?.deletingLastPathComponent()].compactMap(\.self)
        #if os(Linux)
            places.append(
                URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent())
        #endif
        places += Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
        let found = places.map { $0.appendingPathComponent("trellis") }.first {
            FileManager.default.isExecutableFile(atPath: $0.path)
        }
        return try #require(found, "the program isn't built beside its tests")
    }

    /// Runs it to its end.
    ///
    /// - Parameter data: the data folder, or nil to name none.
    func callAsFunction(
        _ arguments: String..., input: String = "", data: String? = "data", status: Int32? = 0
    ) async throws -> Done {
        try await run(arguments, input: input, data: data, status: status)
    }

    func run(
        _ arguments: [String], input: String = "", data: String? = "data", status: Int32? = 0
    ) async throws -> Done {
        let process = Process()
        process.executableURL = try Self.program()
        process.arguments = arguments + (data.map { ["--data", $0] } ?? [])
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.environment = ProcessInfo.processInfo.environment
            .filter { !$0.key.hasPrefix("TRELLIS_") && $0.key != "COLUMNS" }
            .merging(environment) { _, new in new }
        // Files and not pipes: whatever is written fits, and nobody waits for a reader.
        let mark = UUID().uuidString
        let paths = ["in", "out", "err"].map { "\(folder.path)/.\(mark)-\($0)" }
        try Data(input.utf8).write(to: URL(fileURLWithPath: paths[0]))
        for path in paths.dropFirst() { try Data().write(to: URL(fileURLWithPath: path)) }
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: paths[0]))
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: paths[1]))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: paths[2]))
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in done.resume() }
            do { try process.run() } catch {
                process.terminationHandler = nil
                done.resume(throwing: error)
            }
        }
        let done = Done(
            status: process.terminationStatus, output: try String(contentsOfFile: paths[1], encoding: .utf8),
            errors: try String(contentsOfFile: paths[2], encoding: .utf8))
        for path in paths { try? FileManager.default.removeItem(atPath: path) }
        if let status { #expect(done.status == status, "\(arguments): \(done.output)\(done.errors)") }
        return done
    }
}
