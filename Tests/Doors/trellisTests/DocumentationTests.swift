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

    @Test("every link in the README, the guides and the rooms' READMEs leads somewhere")
    func links() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../..")
            .standardizedFileURL
        let files = FileManager.default
        func pages(in folder: String, named: (String) -> Bool) -> [String] {
            (files.enumerator(atPath: root.appending(path: folder).path)?.compactMap { $0 as? String } ?? [])
                .filter { named($0) && !$0.hasPrefix(".") }.map { "\(folder)/\($0)" }
        }
        var all = ["README.md", "CONTRIBUTING.md"]
        all += pages(in: "docs") { $0.hasSuffix(".md") }
        for folder in ["Sources", "Tests", "Benchmarks"] { all += pages(in: folder) { $0.hasSuffix("README.md") } }
        var checked = 0
        for name in all {
            let page = root.appending(path: name)
            let text = Self.prose(try String(contentsOf: page, encoding: .utf8))
            for link in text.matches(of: /\]\(([^)\s]+)\)/) {
                let parts = String(link.1).split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
                guard !parts[0].contains("://"), !parts[0].hasPrefix("mailto:") else { continue }
                let target =
                    parts[0].isEmpty
                    ? page
                    : page.deletingLastPathComponent().appending(path: String(parts[0])).standardizedFileURL
                #expect(files.fileExists(atPath: target.path), "\(name) links to \(link.1), which isn't there")
                checked += 1
                guard parts.count == 2, target.pathExtension == "md",
                    let there = try? String(contentsOf: target, encoding: .utf8)
                else { continue }
                #expect(
                    Self.anchors(in: there).contains(String(parts[1])),
                    "\(name) links to \(link.1), and there is no such heading")
            }
        }
        #expect(all.count > 20 && checked > 60)
    }

    /// A page without its blocks of code, in which brackets mean something else.
    private static func prose(_ text: String) -> String {
        var isCode = false
        return text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
            if line.hasPrefix("```") { isCode.toggle() }
            return !isCode
        }.joined(separator: "\n").replacing(/`[^`\n]*`/, with: "")
    }

    /// The anchors of a page's headings, as GitHub makes them.
    private static func anchors(in text: String) -> Set<String> {
        Set(
            text.split(separator: "\n").filter { $0.hasPrefix("#") }.map { line in
                line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
                    .filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" }
                    .replacing(" ", with: "-")
            })
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
