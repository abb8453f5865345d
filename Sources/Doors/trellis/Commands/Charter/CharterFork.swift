import ArgumentParser
import Charters
import Counsel
import Foundation
import Gateway

extension CharterCommand {
    /// `trellis charter fork`.
    struct Fork: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Start a charter of your own from another.",
            discussion: """
                The new charter builds on the original, which charter.lock pins as it is now: what stands there holds, \
                but for what you say or leave out. With --copy it is a copy that goes its own way.

                Examples:
                  trellis charter fork commons/tutor riverside/tutor
                  trellis charter fork ../school.yaml riverside/tutor --output tutor.yaml
                  trellis charter fork commons/tutor riverside/tutor --copy
                More: docs/charter-language.md.
                """)

        @Argument(help: "The original: a charter file, or a name in the commons.", completion: .file())
        var original: String

        @Argument(help: "The new charter's name: who answers for it, a slash, and what it is called.")
        var name: String

        @Flag(name: .long, help: "Copy the original's text instead of building on it.")
        var copy = false

        @Option(name: [.short, .long], help: "The file to write. Default: the second part of the name, with .yaml.")
        var output: String?

        @OptionGroup(title: "Parents") var options: LibraryOptions

        func run() async throws {
            let id = try CharterID(argument: name)
            let file = output ?? "\(id.name).yaml"
            let library = try await options.library()
            let loaded = try CharterSource.load(original, library)
            let source = CharterSource.check(original).source
            if copy {
                try CharterFileWriting.create(file, with: try CharterStart.copy(source, as: id, file: original))
                Terminal.output.line("\(file) is written: a copy of \(loaded.charter.id) that is yours to change.")
                return
            }
            guard id != loaded.charter.id else {
                throw CommandFailure(.negative, "a charter can't build on itself: give the fork a name of its own.")
            }
            let parent = try reference(of: loaded.charter, from: file)
            try CharterFileWriting.create(
                file, with: CharterStart.fork(id, of: parent, example: loaded.charter.goods.first?.id))
            Terminal.output.line("\(file) is written: it builds on \(parent.text).")
            try Lock.add(file, library)
        }

        /// How the new file names its original: by its name and first number, or by the path from the new file's folder.
        private func reference(of charter: Charter, from file: String) throws -> Extension {
            let text: String
            if case .file(let path) = CharterReference(original), FileManager.default.fileExists(atPath: path) {
                let target = URL(fileURLWithPath: path).standardizedFileURL.pathComponents
                let folder = URL(fileURLWithPath: file).standardizedFileURL.deletingLastPathComponent().pathComponents
                let common = zip(target, folder).prefix { $0 == $1 }.count
                let steps = Array(repeating: "..", count: folder.count - common)
                text = ((steps.isEmpty ? ["."] : steps) + target[common...]).joined(separator: "/")
            } else {
                text = "\(charter.id)@\(charter.version.major)"
            }
            guard let parent = Extension(text) else {
                throw CommandFailure(
                    .negative, "`\(text)` can't stand under `extends`: move the original, or fork it with --copy.")
            }
            return parent
        }
    }
}
