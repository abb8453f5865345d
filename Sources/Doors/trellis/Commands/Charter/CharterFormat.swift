import ArgumentParser
import Charters
import Foundation

extension CharterCommand {
    /// `trellis charter fmt`.
    struct Format: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "fmt",
            abstract: "Put charter files in form: one order of keys, long texts folded.",
            discussion: """
                Every comment stays, and so do what the file means and its fingerprint. Names keep their author's order. \
                A file is written at once or not at all.

                Examples:
                  trellis charter fmt charter.yaml
                  trellis charter fmt --check charters/*.yaml       # changes nothing; for CI
                  trellis charter fmt - < charter.yaml

                Exit code 1 when a file can't be read, or with --check when one isn't in form.
                More: docs/charter-language.md.
                """)

        @Argument(help: "Charter files; - for standard input.", completion: .file(extensions: ["yaml", "yml"]))
        var files: [String]

        @Flag(name: .long, help: "Change nothing: say which files are not in form.")
        var check = false

        func run() async throws {
            var isInOrder = true
            for file in files {
                let bytes: Data?
                if file == "-" {
                    bytes = FileHandle.standardInput.readDataToEndOfFile()
                } else {
                    bytes = FileManager.default.contents(atPath: file)
                }
                guard let bytes else {
                    Terminal.error.line("trellis: \(file): the file can't be read. Check its path and permissions.")
                    isInOrder = false
                    continue
                }
                let formed: String
                do {
                    formed = try CharterForm.formatted(bytes, file: file)
                } catch {
                    Terminal.error.line(error.diagnostics.rendered() + "\n")
                    isInOrder = false
                    continue
                }
                let isInForm = formed.utf8.elementsEqual(bytes)
                if check {
                    if !isInForm {
                        Terminal.output.line("\(file) is not in form. `trellis charter fmt \(file)` puts it so.")
                        isInOrder = false
                    }
                } else if file == "-" {
                    Terminal.output.write(formed)
                } else if !isInForm {
                    try CharterFileWriting.replace(file, with: formed)
                    Terminal.output.line("\(file): put in form.")
                }
            }
            if !isInOrder { throw CommandFailure(.negative, "") }
        }
    }
}
