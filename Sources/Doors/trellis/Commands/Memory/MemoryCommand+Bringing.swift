import ArgumentParser
import Foundation
import Memory

extension MemoryCommand {
    /// `trellis memory export`.
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take everything along: one JSON file, or a page to read.",
            discussion: """
                The JSON file holds every item, past ones too, every decision, and the retention; \
                docs/memory-export.schema.json describes it. The pages are for reading: --page is HTML to be opened or \
                printed, --text for a terminal. A file is readable by you alone, and nothing is ever overwritten.

                Examples:
                  trellis memory export --out ada.json --person ada --application homework
                  trellis memory export --page --out ada.html --person ada -a homework
                  trellis memory export --text --person ada --application homework | less
                More: docs/memory.md.
                """)

        @Option(name: .shortAndLong, help: "The file to write. Default: standard output.", completion: .file())
        var out: String?
        @Flag(name: .long, help: "A page of HTML to read or print.")
        var page = false
        @Flag(name: .long, help: "A page of text (Markdown).")
        var text = false
        @OptionGroup var memory: MemoryOptions

        func validate() throws {
            if page, text { throw ValidationError("Either --page or --text.") }
        }

        func run() async throws {
            let export = try await memory.with { own, at in try await own.export(at: at) }
            let written = page ? export.html : text ? export.page : export.json
            guard let out else { return Terminal.output.write(text ? WrittenLines.plain(written) : written) }
            try CharterFileWriting.create(out, with: written, mode: 0o600)
            let count = export.items.count == 1 ? "one item" : "\(export.items.count) items"
            Terminal.output.line("Wrote \(count) to \(WrappedText.plain(out)).")
        }
    }

    /// `trellis memory import`.
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bring in a file that `trellis memory export` wrote.",
            discussion: """
                Everything is checked first; a file with a mistake changes nothing. What is here already stays as it is, \
                so doing it twice adds nothing.

                Examples:
                  trellis memory import ada.json --person ada --application homework
                  trellis memory import - --person ada < ada.json
                Exit code 1 when the file can't be brought in. More: docs/memory.md.
                """)

        @Argument(help: "The file, or - for standard input.", completion: .file(extensions: ["json"]))
        var file: String
        @OptionGroup var memory: MemoryOptions
        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func run() async throws {
            let bytes = try SentFile.bytes(file)
            let outcome = try await memory.with { own, at in try await own.bring(bytes, at: at) }
            guard !json else { return Terminal.output.line(try Printed.json(outcome)) }
            Terminal.output.line("\(outcome.added) new, \(outcome.known) here already.")
            if !outcome.different.isEmpty {
                Terminal.error.line(
                    "\(outcome.different.count) are otherwise here, and stayed so: "
                        + outcome.different.map(\.description).joined(separator: ", "))
            }
        }
    }
}

/// What a file or standard input holds.
enum SentFile {
    static func bytes(_ path: String) throws -> [UInt8] {
        let data =
            path == "-" ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: path)
        guard let data else {
            throw CommandFailure(.negative, "\(WrappedText.plain(path)) can't be read. Check its path and permissions.")
        }
        return Array(data)
    }
}
