import ArgumentParser
import Testing

@testable import trellis

@Suite("The command line")
struct CommandTests {
    @Test("every command says in one line what it is for, and shows an example")
    func help() {
        var commands: [any ParsableCommand.Type] = [Trellis.self]
        var seen = 0
        while let command = commands.popLast() {
            seen += 1
            commands += command.configuration.subcommands
            #expect(!command.configuration.abstract.isEmpty, "\(command)")
            #expect(command.configuration.abstract.count < 80, "\(command)")
            #expect(command.configuration.discussion.contains("  trellis "), "\(command)")
            #expect(Trellis.helpMessage(for: command).contains("OVERVIEW: "), "\(command)")
        }
        #expect(seen == 71)
    }

    @Test("numbers out of range are refused before anything happens")
    func ranges() {
        #expect(throws: (any Error).self) { try Trellis.parseAsRoot(["receipts", "--last", "0"]) }
        #expect(throws: (any Error).self) { try Trellis.parseAsRoot(["chat", "--temperature", "3"]) }
        #expect(throws: Never.self) { try Trellis.parseAsRoot(["receipts", "--last", "1000"]) }
    }

    @Test("models that only embed are told from models that talk")
    func embeddings() {
        #expect(ChatCommand.isForEmbeddings("all-minilm-l6-v2"))
        #expect(ChatCommand.isForEmbeddings("text-embedding-3-small"))
        #expect(!ChatCommand.isForEmbeddings("smollm2"))
    }
}
