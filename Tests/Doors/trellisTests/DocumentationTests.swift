import ArgumentParser
import Foundation
import Testing

@testable import trellis

@Suite("The documentation")
struct DocumentationTests {
    private func page(_ name: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        return try String(contentsOf: root.appending(path: "docs/\(name)").standardizedFileURL, encoding: .utf8)
    }

    @Test("docs/configuration.md has a row for every key, and for no other")
    func keys() throws {
        let documented = try page("configuration.md").matches(of: /(?m)^\| `([a-z.*-]+)` \|/).map { String($0.1) }
        #expect(documented.sorted() == SettingsSchema.keys.map(\.name).sorted())
    }

    @Test("docs/configuration.md tells the defaults that hold")
    func defaults() async throws {
        let folder = try Folder()
        let settings = try await folder.settings()
        var checked = 0
        for row in try page("configuration.md").matches(of: /(?m)^\| `([a-z.-]+)` \| `([^`]+)` \|/) {
            let (key, value) = (String(row.1), String(row.2))
            // Setting a key to its default must change nothing.
            let same = try await folder.settings(flags: [key: value])
            var expected = settings
            expected.origins = same.origins
            var (one, other) = ("", "")
            dump(same, to: &one)
            dump(expected, to: &other)
            #expect(one == other, "\(key)")
            checked += 1
        }
        #expect(checked > 15)
    }

    @Test("docs/command-line.md names every command")
    func commands() throws {
        let text = try page("command-line.md")
        for command in Trellis.configuration.subcommands {
            let name = try #require(command.configuration.commandName)
            #expect(text.contains("| `trellis \(name)"), "\(name)")
        }
    }
}
