import Foundation
import Store
import Testing

#if os(Linux)
    /// The folder that a child of ``KilledProcessTests`` works in; nil in the parent, and in any other run.
    private let childFolder = ProcessInfo.processInfo.environment["TRELLIS_TEST_KILLED_CHILD"]

    /// These start this test program once more, to have a process that can be killed.
    @Suite("A process killed with SIGKILL")
    struct KilledProcessTests {
        @Test(
            "is what this test plays when another starts it: it appends, and notes what it was told is kept",
            .enabled(if: childFolder != nil, "only as a child of another test"))
        func child() throws {
            let folder = try #require(childFolder)
            let journal = try Journal(directory: folder + "/j", segmentBytes: 20_000)
            let notes = open(folder + "/notes", O_WRONLY | O_CREAT | O_APPEND, 0o600)
            for number in 0..<1_000_000 {
                try journal.append(Array("record \(number)".utf8))
                write(notes, "x", 1)
                // As a server does, it also drains now and then.
                if number % 100 == 99 {
                    try journal.drain { batch in
                        let drained = open(folder + "/drained", O_WRONLY | O_CREAT | O_APPEND, 0o600)
                        defer { close(drained) }
                        let lines = batch.map { String(decoding: $0, as: UTF8.self) + "\n" }.joined()
                        write(drained, lines, lines.utf8.count)
                    }
                }
            }
        }

        @Test(
            "loses no record that it was told is kept, wherever the kill falls", .enabled(if: childFolder == nil),
            arguments: [130, 777, 5_000])
        func killed(atLeast count: Int) throws {
            let folder = try TemporaryFolder()
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            process.arguments = ["--testing-library", "swift-testing", "--filter", "KilledProcessTests/child"]
            process.environment = ProcessInfo.processInfo.environment
                .merging(["TRELLIS_TEST_KILLED_CHILD": folder.path]) { $1 }
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            let kept = { (try? FileManager.default.attributesOfItem(atPath: folder("notes"))[.size] as? Int) ?? 0 }
            while kept() < count, process.isRunning { usleep(500) }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            #expect(process.terminationReason == .uncaughtSignal)
            let told = kept()
            #expect(told >= count)

            let number = { (line: Substring) in Int(line.dropFirst("record ".count)) }
            let drained = try String(contentsOfFile: folder("drained"), encoding: .utf8)
            var found = Set(drained.split(separator: "\n").compactMap(number))
            // The lock went with the process.
            let journal = try Journal(directory: folder("j"))
            try journal.drain { batch in
                found.formUnion(batch.compactMap { number(Substring(decoding: $0, as: UTF8.self)) })
            }
            #expect((0..<told).allSatisfy(found.contains))
            // At most the one that was about to be noted when the kill fell is there beyond that.
            #expect(found.count <= told + 1)
        }
    }
#endif
