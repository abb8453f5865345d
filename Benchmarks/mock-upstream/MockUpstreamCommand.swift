import ArgumentParser
import MockUpstream
import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@main
struct MockUpstreamCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mock-upstream",
        abstract: "A stand-in for a model server, for benchmarks and failure tests.",
        discussion: """
            Answers POST /v1/chat/completions, /v1/messages and /v1/embeddings, GET /v1/models and /health with replies \
            rendered in advance. GET /mock/last shows the latest request, GET /mock/counts what was seen so far.

            When it is ready it prints one line of JSON with its port. Stop it with an interrupt.

            Example:
              mock-upstream --port 0 --threads 1 --chunks 100
            """)

    @Option(help: "The loopback port to listen on; 0 takes a free one.")
    var port = 0

    @Option(help: "How many event loops serve connections.")
    var threads = 1

    @Option(help: "How many text chunks a stream has.")
    var chunks = 20

    @Option(help: "Milliseconds between two chunks of a stream.")
    var chunkDelay = 0

    @Option(help: "Milliseconds before the first byte of every reply.")
    var headDelay = 0

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port is a number from 0 to 65535.") }
        guard threads > 0, chunks >= 0, chunkDelay >= 0, headDelay >= 0 else {
            throw ValidationError("--threads is at least 1; --chunks and the delays are not negative.")
        }
    }

    func run() async throws {
        let mock = try await MockUpstream.start(
            .init(
                chunks: chunks, chunkDelay: .milliseconds(Int64(chunkDelay)),
                headDelay: .milliseconds(Int64(headDelay))),
            port: port, threads: threads)
        print("{\"port\":\(mock.port),\"pid\":\(getpid())}")
        fflush(nil)
        try await mock.waitUntilClosed()
    }
}
