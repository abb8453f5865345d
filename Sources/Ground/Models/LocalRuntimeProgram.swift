#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Where `make setup` put what the local models need.
struct LocalRuntimeFiles: Sendable {
    /// The folder, usually `.trellis`.
    let home: URL

    /// The interpreter of the private Python environment.
    var python: URL { home.appendingPathComponent("python/bin/python") }

    /// A model's weights.
    func model(_ kind: LocalModelKind) -> URL { home.appendingPathComponent("models/\(kind.modelName).gguf") }

    /// Throws ``LocalRuntimeError/notSetUp(_:missing:)`` for the first file that is missing.
    func check(for kind: LocalModelKind) throws(LocalRuntimeError) {
        guard FileManager.default.isExecutableFile(atPath: python.path) else {
            throw .notSetUp(kind, missing: python.path)
        }
        guard FileManager.default.isReadableFile(atPath: model(kind).path) else {
            throw .notSetUp(kind, missing: model(kind).path)
        }
    }
}

/// The Python program that serves one model. It is part of this library and goes to Python by the pipe that is
/// afterwards held open as a sign of life: there is no file to install, to mistake or to tamper with.
enum LocalRuntimeProgram {
    /// `Runtime/local_runtime.py`.
    static let source = PackageResources.local_runtime_py

    /// Closes what it inherited by accident, reads as many bytes of program as its first argument says from standard input, and runs them.
    private static let loader = """
        import os, sys
        os.closerange(3, 4096)
        size, program = int(sys.argv.pop(1)), b""
        while len(program) < size:
            piece = os.read(0, size - len(program))
            if not piece: os._exit(0)
            program += piece
        sys.argv[0] = "local_runtime.py"
        exec(compile(program, "local_runtime.py", "exec"), {"__name__": "__main__"})
        """

    /// Python's arguments. `-I` keeps it from the user's own packages and settings.
    static func arguments(kind: LocalModelKind, model: String, port: Int, threads: Int) -> [String] {
        [
            "-I", "-c", loader, "\(source.count)",
            "--model", model, "--name", kind.modelName, "--kind", kind.rawValue,
            "--host", LoopbackPort.host, "--port", "\(port)", "--threads", "\(threads)",
            "--context", "\(kind.contextTokens)", "--parallel", "\(kind.parallelRequests)",
        ]
    }

    /// Whether a child's standard output says that it listens.
    static func saysReady(_ output: String) -> Bool { output.contains("\"ready\": true") }
}
