import ArgumentParser
import Consents
import Foundation
import Gateway
import Memory
import Testing

@testable import trellis

@Suite("A person's memory on the command line")
struct MemoryCommandTests {
    private let folder: Folder
    private let settings: Settings

    init() async throws {
        folder = try Folder()
        settings = try await folder.settings()
    }

    private func run(_ arguments: String...) async throws {
        var command = try Trellis.parseAsRoot(
            ["memory"] + arguments + ["--person", "ada", "--data", settings.gateway.dataDirectory])
        if var asynchronous = command as? any AsyncParsableCommand {
            try await asynchronous.run()
        } else {
            try command.run()
        }
    }

    private func kept<Outcome>(_ name: String = "ada", _ work: (OwnMemory) async throws -> Outcome) async throws
        -> Outcome
    {
        try await settings.withPeople { kept in
            let person = kept.key(try PersonOptions.parse(["--person", name]))
            return try await work(kept.memories.memory(of: person).own)
        }
    }

    private func items(of name: String = "ada") async throws -> [MemoryItem] {
        try await kept(name) { try await $0.items() }
    }

    @Test("what is added is corrected, judged, pinned and undone, for that person alone")
    func life() async throws {
        try await run("add", "goal", "pass chemistry", "--due", "2027-01-20")
        var item = try #require(try await items().first)
        #expect(item.kind == .goal && item.status == .confirmed && item.due == 1_800_403_200_000)
        #expect(try await items(of: "ben").isEmpty)
        try await run("list", "--json")
        try await run("search", "chem")
        try await run("show", item.id.description.lowercased())
        try await run("correct", item.id.description, "--words", "pass physics", "--without", "due")
        item = try #require(try await items().last)
        #expect(item.words == "pass physics" && item.due == nil && item.kind == .goal)
        try await run("pin", item.id.description)
        #expect(try await items().last?.isPinned == true)
        try await run("unpin", item.id.description)
        try await run("reject", item.id.description)
        #expect(try await items().last?.status == .rejected)
        try await run("confirm", item.id.description)
        #expect(try await items().last?.status == .confirmed)
        try await run("decisions", "--last", "3")
        let last = try #require(try await kept { try await $0.decisions() }.first)
        try await run("undo", last.id.description)
        #expect(try await items().last?.status == .rejected)
    }

    @Test("conversations are paused, and retention is set by kind")
    func keeping() async throws {
        try await run("pause", "kitchen")
        #expect(try await kept { try await $0.pausedConversations() } == ["kitchen"])
        try await run("pause", "--json")
        try await run("resume", "kitchen")
        #expect(try await kept { try await $0.pausedConversations() } == [])
        try await run("retention", "episode", "--days", "90")
        try await run("retention")
        #expect(try await kept { try await $0.retention() } == [.episode: 90])
        try await run("retention", "episode", "--forever")
        #expect(try await kept { try await $0.retention() } == [:])
    }

    @Test("leave is given for kinds and days, and taken back; recall needs it")
    func granting() async throws {
        try await run("add", "goal", "pass chemistry")
        let refused = await #expect(throws: CommandFailure.self) { try await run("recall", "chemistry") }
        #expect(refused?.code == .negative && refused?.message.contains("allow use-in-replies") == true)
        try await run("allow", "use-in-replies", "--kind", "goal", "--days", "7")
        try await run("recall", "chemistry", "--json")
        try await run("recall", "chemistry")
        try await run("grants")
        try await run("disallow", "use-in-replies", "--kind", "goal")
        let failure = await #expect(throws: CommandFailure.self) { try await run("disallow", "--all") }
        #expect(failure?.code == .negative)
        try await run("allow", "remember", "--accepts-inferred", "--json")
        try await run("disallow", "--all")
    }

    @Test("a memory is taken along as a file or a page, which are never overwritten, and brought in")
    func bringing() async throws {
        try await run("add", "value", "be patient")
        let file = folder.path + "/ada.json"
        try await run("export", "--out", file)
        await #expect(throws: CommandFailure.self) { try await run("export", "--out", file) }
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        try await run("export", "--page", "--out", folder.path + "/ada.html")
        #expect(try String(contentsOfFile: folder.path + "/ada.html", encoding: .utf8).contains("be patient"))
        try await run("export", "--text", "--out", folder.path + "/ada.md")
        try await run("erase", "--everything", "--yes")
        #expect(try await items().isEmpty)
        try await run("import", file)
        #expect(try await items().map(\.words) == ["be patient"])
        try "{}".write(toFile: folder.path + "/wrong.json", atomically: true, encoding: .utf8)
        let failure = await #expect(throws: CommandFailure.self) {
            try await run("import", folder.path + "/wrong.json")
        }
        #expect(failure?.code == .negative && failure?.message.contains("format") == true)
    }

    @Test("erasing leaves a certificate that verifies, and one that was changed or is another's doesn't")
    func erasing() async throws {
        try await run("add", "fact", "lives in Lyon")
        let id = try #require(try await items().first).id
        let file = folder.path + "/certificate.json"
        try await run("erase", id.description, "--yes", "--certificate", file)
        #expect(try await items().isEmpty)
        func verify(_ more: String...) async throws {
            let command = try MemoryCommand.Verify.parse(
                [file, "--data", settings.gateway.dataDirectory] + more)
            try await command.run()
        }
        try await verify()
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(!text.contains("Lyon"))
        let key = try await settings.withPeople { $0.memories.signer.key }
        try await verify("--key", key)
        await #expect(throws: CommandFailure.self) {
            try await verify("--key", "A" + key.dropFirst())
        }
        try text.replacingOccurrences(of: "\"count\" : 1", with: "\"count\" : 2")
            .write(toFile: file, atomically: true, encoding: .utf8)
        let changed = await #expect(throws: CommandFailure.self) { try await verify() }
        #expect(changed?.message.contains("changed") == true)
        // A file that is there is not overwritten, and then nothing is erased.
        try await run("add", "fact", "lives in Nice")
        await #expect(throws: CommandFailure.self) {
            try await run("erase", "--everything", "--yes", "--certificate", file)
        }
        #expect(try await items().count == 1)
    }

    @Test("what can't be done is refused with what to do")
    func refusals() async throws {
        let missing = "00000000000000000000000000"
        for arguments in [
            ["show", missing], ["confirm", missing], ["undo", missing], ["erase", missing, "--yes"],
            ["correct", missing, "--words", "x"], ["resume", "kitchen"], ["search", "nothing"],
            ["add", "fact", "lives\u{7}"], ["import", folder.path + "/missing.json"],
        ] {
            let failure = await #expect(throws: CommandFailure.self, "\(arguments)") {
                var command = try Trellis.parseAsRoot(
                    ["memory"] + arguments + ["--person", "ada", "--data", settings.gateway.dataDirectory])
                if var asynchronous = command as? any AsyncParsableCommand {
                    try await asynchronous.run()
                } else {
                    try command.run()
                }
            }
            #expect(failure?.code == .negative, "\(arguments)")
        }
        for arguments in [
            ["show", "nonsense"], ["show"], ["add", "dream", "x"], ["add", "goal", "x", "--due", "soon"],
            ["erase"], ["erase", missing, "--everything"], ["correct", missing], ["retention", "--days", "7"],
            ["allow", "use-for-growth", "--accepts-inferred"], ["allow", "remember", "--days", "731"],
            ["disallow"], ["disallow", "remember", "--all"], ["list", "--limit", "0"], ["export", "--page", "--text"],
        ] {
            #expect(throws: (any Error).self, "\(arguments)") {
                try Trellis.parseAsRoot(["memory"] + arguments + ["--person", "ada"])
            }
        }
    }

    @Test("a table fits a hundred columns, whatever the words are")
    func tables() throws {
        for words in [
            String(repeating: "a long story ", count: 40), String(repeating: "漢", count: 200), "\u{1B}[2Jx", "👩‍👩‍👧‍👦",
        ] {
            guard
                let item = try? MemoryItem(
                    id: MemoryItem.ID(at: 0), kind: .relationship, words: words, status: .proposed, recordedAt: 0)
            else { continue }
            for line in MemoryListing.table([item], at: 0).lines {
                #expect(line.reduce(0) { $0 + WrappedText.columns(of: $1) } <= MemoryListing.columns, "\(line)")
                #expect(!line.contains("\u{1B}"))
            }
        }
        #expect(MemoryListing.cut("abcdef", to: 6) == "abcdef")
        #expect(MemoryListing.cut("abcdefg", to: 6) == "abcde…")
        #expect(MemoryListing.cut("漢漢漢漢", to: 6) == "漢漢…")
    }
}
