import Dispatch
import Foundation
import Testing

@testable import Gateway

@Suite("MCP over standard input and output")
struct MCPStandardStreamsTests {
    private static let hello =
        #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18"}}"#

    /// Runs a conversation over two pipes and gives the lines that came back.
    private func lines(
        of pieces: [[UInt8]], stops: Bool = false, _ place: MCPPlace
    ) async throws -> [String] {
        let (input, output) = (Pipe(), Pipe())
        let streams = try MCPStandardStreams(
            input: input.fileHandleForReading.fileDescriptor, output: output.fileHandleForWriting.fileDescriptor)
        let reach = place.reach()
        let serving = Task {
            await streams.serve(reach)
            try? output.fileHandleForWriting.close()
        }
        // On threads of their own: what waits for a pipe must not keep the conversation's from running.
        async let written: Void = Self.away {
            for piece in pieces { try? input.fileHandleForWriting.write(contentsOf: Data(piece)) }
            if stops { streams.stop() } else { try? input.fileHandleForWriting.close() }
        }
        let data = await Self.away { output.fileHandleForReading.readDataToEndOfFile() }
        await written
        await serving.value
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private static func away<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: work()) }
        }
    }

    @Test("answers line by line, however the lines come in, until the input ends")
    func conversation() async throws {
        let place = try MCPPlace()
        let text =
            Self.hello + "\n\n \r\n" + #"{"jsonrpc":"2.0","method":"notifications/initialized"}"# + "\r\n"
            + #"{"jsonrpc":"2.0","id":2,"method":"ping"}"#
        for size in [1, 7, 4_096] {
            let bytes = Array(text.utf8)
            let pieces = stride(from: 0, to: bytes.count, by: size).map {
                Array(bytes[$0..<min(bytes.count, $0 + size)])
            }
            let answers = try await lines(of: pieces, place)
            #expect(answers.count == 2)
            #expect(answers.first?.contains(#""protocolVersion":"2025-06-18""#) == true)
            #expect(answers.last == #"{"jsonrpc":"2.0","id":2,"result":{}}"#)
        }
    }

    @Test("a line that is too long is refused, and the next one answered")
    func tooLong() async throws {
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: 3 * MCPMessage.maximumBytes)
        let answers = try await lines(
            of: [
                Array((Self.hello + "\n").utf8), long,
                Array("\n\(#"{"jsonrpc":"2.0","id":2,"method":"ping"}"#)\n".utf8),
            ],
            try MCPPlace())
        #expect(answers.count == 3)
        #expect(answers[1].contains("-32700"))
        #expect(answers[2].contains(#""id":2"#))
    }

    @Test("ends when it is told to, though the input goes on")
    func stopping() async throws {
        let answers = try await lines(of: [], stops: true, try MCPPlace())
        #expect(answers.isEmpty)
    }
}
