import Foundation
import Logging
import Testing

@testable import Models

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The folder that `make setup` fills, and whether it did.
private enum Home {
    static let folder: URL = {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        return folder.appendingPathComponent(".trellis")
    }()
    static var isSetUp: Bool {
        LocalModelKind.allCases.allSatisfy { kind in
            (try? LocalRuntimeFiles(home: folder).check(for: kind)) != nil
        }
    }
}

private let needsSetUp: Comment = "the local models are not set up: run `make setup`"

private func quiet() -> Logger {
    Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

/// A POST to a local model, and what it answered.
private func post(_ path: String, _ body: String, to runtime: LocalRuntime, _ kind: LocalModelKind) async throws
    -> (status: Int, json: [String: Any])
{
    let (host, port) = try #require(await runtime.endpoint(kind))
    var request = URLRequest(url: try #require(URL(string: "http://\(host):\(port)\(path)")))
    request.httpMethod = "POST"
    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    request.httpBody = Data(body.utf8)
    let (data, response) = try await URLSession.shared.data(for: request)
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    return (try #require(response as? HTTPURLResponse).statusCode, json)
}

private func isAlive(_ process: Int32) -> Bool { kill(process, 0) == 0 }

@Suite("The local models", .serialized, .timeLimit(.minutes(5)))
struct LocalRuntimeTests {
    @Test("both come up, answer, and are gone after the stop", .enabled(if: Home.isSetUp, needsSetUp))
    func answersAndStops() async throws {
        let runtime = LocalRuntime(home: Home.folder, kinds: [.chat, .embedding], log: quiet())
        try await runtime.start()
        #expect(await runtime.state == [.chat: .ready, .embedding: .ready])

        let question = #"{"max_tokens":8,"temperature":0,"messages":[{"role":"user","content":"Say hello."}]}"#
        let chat = try await post("/v1/chat/completions", question, to: runtime, .chat)
        #expect(chat.status == 200)
        #expect(chat.json["model"] as? String == "smollm2-135m-instruct")
        let choices = try #require(chat.json["choices"] as? [[String: Any]])
        let message = try #require(choices.first?["message"] as? [String: Any])
        #expect(try #require(message["content"] as? String).isEmpty == false)

        let texts = #"{"input":["A cat sits.","A kitten is sitting.","Stock markets fell."]}"#
        let embeddings = try await post("/v1/embeddings", texts, to: runtime, .embedding)
        let data = try #require(embeddings.json["data"] as? [[String: Any]])
        let vectors = try data.map { try #require($0["embedding"] as? [Double]) }
        #expect(vectors.map(\.count) == [384, 384, 384])
        func closeness(_ a: Int, _ b: Int) -> Double { zip(vectors[a], vectors[b]).reduce(0) { $0 + $1.0 * $1.1 } }
        #expect(closeness(0, 1) > closeness(0, 2) + 0.3)

        var processes: [Int32] = []
        for kind in LocalModelKind.allCases { processes.append(try #require(await runtime.processID(kind))) }
        #expect(processes.allSatisfy(isAlive))
        await runtime.stop()
        #expect(await runtime.state == [.chat: .stopped, .embedding: .stopped])
        #expect(processes.allSatisfy { !isAlive($0) })
        #expect(await runtime.endpoint(.chat) == nil)
    }

    @Test("a model that is killed comes back at the same address", .enabled(if: Home.isSetUp, needsSetUp))
    func comesBack() async throws {
        let runtime = LocalRuntime(home: Home.folder, kinds: [.embedding], log: quiet())
        try await runtime.start()
        let port = try #require(await runtime.endpoint(.embedding)?.port)
        for _ in 0..<2 {
            let before = try #require(await runtime.processID(.embedding))
            let changes = await runtime.changes()
            #expect(kill(before, SIGKILL) == 0)
            var seen: [LocalRuntimeState] = []
            for await state in changes {
                if let embedding = state[.embedding] { seen.append(embedding) }
                if seen.count > 1, seen.last == .ready { break }
            }
            #expect(seen == [.ready, .restarting(reason: "its process was ended by signal 9"), .ready])
            #expect(await runtime.processID(.embedding) != before)
            #expect(await runtime.endpoint(.embedding)?.port == port)
            let answer = try await post("/v1/embeddings", #"{"input":"again"}"#, to: runtime, .embedding)
            #expect(answer.status == 200)
        }
        await runtime.stop()
    }

    @Test("a runtime that nobody holds any more leaves no process behind", .enabled(if: Home.isSetUp, needsSetUp))
    func leavesNoOrphan() async throws {
        var runtime: LocalRuntime? = LocalRuntime(home: Home.folder, kinds: [.embedding], log: quiet())
        try await runtime?.start()
        let process = try #require(await runtime?.processID(.embedding))
        #expect(isAlive(process))
        runtime = nil
        while isAlive(process) { try await Task.sleep(for: .milliseconds(20)) }
    }

    @Test("stopping while a model is being loaded ends it", .enabled(if: Home.isSetUp, needsSetUp))
    func stopsWhileLoading() async throws {
        let runtime = LocalRuntime(home: Home.folder, kinds: [.chat], log: quiet())
        let starting = Task { () -> LocalRuntimeError? in
            do throws(LocalRuntimeError) {
                try await runtime.start()
                return nil
            } catch {
                return error
            }
        }
        var process: Int32?
        while process == nil {
            process = await runtime.processID(.chat)
            await Task.yield()
        }
        await runtime.stop()
        #expect(await starting.value == .stopped)
        #expect(isAlive(try #require(process)) == false)
        #expect(await runtime.state == [.chat: .stopped])
    }

    @Test("a model file that is no model is refused with llama.cpp's reason", .enabled(if: Home.isSetUp, needsSetUp))
    func refusesJunk() async throws {
        let home = try temporaryHome(linkingPython: true)
        defer { try? FileManager.default.removeItem(at: home) }
        try Data("no model".utf8).write(to: LocalRuntimeFiles(home: home).model(.chat))
        let runtime = LocalRuntime(home: home, kinds: [.chat], log: quiet())
        let error = await #expect(throws: LocalRuntimeError.self) { try await runtime.start() }
        #expect(error?.description.contains("did not start") == true)
        #expect(error?.description.contains("smollm2-135m-instruct.gguf") == true)
        #expect(error?.description.contains("its process ended with status 4") == true)
        #expect(await runtime.processID(.chat) == nil)
    }

    @Test("a missing model is named, with the command that brings it")
    func namesWhatIsMissing() async throws {
        let home = try temporaryHome(linkingPython: false)
        defer { try? FileManager.default.removeItem(at: home) }
        let runtime = LocalRuntime(home: home, kinds: [.chat], log: quiet())

        var error = await #expect(throws: LocalRuntimeError.self) { try await runtime.start() }
        #expect(error == .notSetUp(.chat, missing: home.path + "/python/bin/python"))
        #expect(error?.description.contains("make setup") == true)

        let python = LocalRuntimeFiles(home: home).python
        try FileManager.default.createDirectory(
            at: python.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: python.path, withDestinationPath: "/bin/sh")
        error = await #expect(throws: LocalRuntimeError.self) { try await runtime.start() }
        #expect(error == .notSetUp(.chat, missing: home.path + "/models/smollm2-135m-instruct.gguf"))
        guard case .failed(let reason)? = await runtime.state[.chat] else {
            Issue.record("the state does not say that it failed")
            return
        }
        #expect(reason.contains("smollm2-135m-instruct.gguf"))
    }

    @Test("pauses between new starts grow to half a minute, and are not all alike")
    func pausesGrow() {
        for attempt in 1...40 {
            let longest = min(Duration.milliseconds(250) * (1 << min(attempt - 1, 10)), .seconds(30))
            let pauses = (0..<50).map { _ in LocalRuntime.pause(before: attempt) }
            #expect(pauses.allSatisfy { $0 >= longest / 2 && $0 <= longest })
            #expect(Set(pauses).count > 1)
        }
    }

    @Test("a port is given to nobody else while it is kept, and a health question to nobody is answered no")
    func keepsItsPort() async throws {
        let kept = try LoopbackPort()
        for _ in 0..<200 { #expect(try LoopbackPort().number != kept.number) }
        #expect(await kept.answersHealthy() == false)
    }

    private func temporaryHome(linkingPython: Bool) throws -> URL {
        let home = FileManager.default.temporaryDirectory.appendingPathComponent("trellis-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: home.appendingPathComponent("models"), withIntermediateDirectories: true)
        if linkingPython {
            try FileManager.default.createSymbolicLink(
                atPath: home.appendingPathComponent("python").path,
                withDestinationPath: Home.folder.appendingPathComponent("python").path)
        }
        return home
    }
}

@Suite("A child process", .timeLimit(.minutes(1)))
struct ChildProcessTests {
    @Test("gets what it is given, and says how it ended")
    func roundTrip() async throws {
        let child = try ChildProcess(
            executable: "/bin/sh", arguments: ["-c", "read line; echo got $line; echo oh >&2; exit 7"],
            input: Array("words\n".utf8))
        #expect(await child.output() == "got words\n")
        #expect(await child.complaint() == "oh\n")
        #expect(await child.exit() == .status(7))
        #expect(await child.exit() == .status(7))
    }

    @Test("that ignores the end of its input and the request to stop is forced")
    func isForced() async throws {
        let child = try ChildProcess(
            executable: "/bin/sh", arguments: ["-c", "trap '' TERM; while :; do sleep 0.1; done"], input: [])
        await child.end()
        #expect(await child.exit() == .signal(SIGKILL))
    }

    @Test("leaves when its input ends, however many others were started beside it")
    func noEndLeaks() async throws {
        let children = try (0..<8).map { _ in
            try ChildProcess(executable: "/bin/cat", arguments: [], input: Array("x".utf8))
        }
        for child in children.shuffled() {
            child.letGo()
            #expect(await child.exit() == .status(0))
            #expect(await child.output() == "x")
        }
    }

    @Test("inherits no ignored signals and no secrets")
    func startsClean() async throws {
        signal(SIGUSR1, SIG_IGN)
        // Nothing is set for the test: to change the environment while other tests read it would crash them.
        let ours = Set(ProcessInfo.processInfo.environment.keys)
        try #require(!ours.subtracting(ChildProcess.inherited).isEmpty, "nothing here that must not be handed on")
        let child = try ChildProcess(
            executable: "/bin/sh",
            arguments: ["-c", "env; grep SigIgn /proc/self/status"], input: [])
        let output = await child.output()
        let theirs = Set(output.split(separator: "\n").compactMap { $0.split(separator: "=").first.map(String.init) })
        #expect(
            theirs.intersection(ours).subtracting(ChildProcess.inherited).subtracting(["PWD", "SHLVL", "_", "OLDPWD"])
                == [])
        #expect(theirs.contains("PATH"))
        #if os(Linux)
            // Bits 31 and 32 are the C library's own.
            let mask = try #require(output.split(separator: "SigIgn:\t").last?.prefix(16))
            #expect(try #require(UInt64(mask, radix: 16)) & 0x7fff_ffff == 0)
        #endif
    }

    @Test("that can't be started is an error, not a crash")
    func cannotStart() {
        #expect(throws: ChildProcess.Failure.self) {
            try ChildProcess(executable: "/nonexistent/program", arguments: [], input: [])
        }
    }
}
