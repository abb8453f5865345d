import ArgumentParser
import Charters
import Counsel
import Foundation

extension CharterCommand {
    /// `trellis charter lock`.
    struct Lock: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Pin what a charter builds on, by fingerprint.",
            discussion: """
                It writes charter.lock beside the charter. From then on a parent that changed is an error, until \
                somebody has looked at the change and locked anew.

                Examples:
                  trellis charter lock charter.yaml
                  trellis charter lock charter.yaml --check        # writes nothing; for CI

                Exit code 1 when a parent can't be found, or with --check when the lock isn't what it should be.
                More: docs/charter-language.md.
                """)

        @Argument(help: "A charter file.", completion: .file(extensions: ["yaml", "yml"]))
        var charter: String

        @Flag(name: .long, help: "Write nothing: say whether the lock is what it should be.")
        var check = false

        @OptionGroup(title: "Parents") var options: LibraryOptions

        func run() async throws {
            let library = try await options.library()
            guard check else {
                try Self.write(charter, library)
                return
            }
            let (lock, path) = try Self.lock(charter, library)
            let old = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
            let isEmpty = lock.charters.isEmpty && old == nil
            guard isEmpty || old == lock.text else {
                throw CommandFailure(
                    .negative,
                    old == nil
                        ? "\(path) is not there. `trellis charter lock \(charter)` writes it."
                        : "\(path) is not what it should be. Look at what changed, then lock anew with `trellis charter lock \(charter)`."
                )
            }
            Terminal.output.line("\(path) is as it should be.")
        }

        /// What the lock of a charter would hold, and where it stands.
        private static func lock(
            _ charter: String, _ library: CharterLibrary
        ) throws -> (lock: CharterLock, path: String) {
            let loaded: LoadedCharter
            do throws(CharterUnavailable) {
                loaded = try library.lock(charter)
            } catch {
                throw CommandFailure(.negative, "nothing was locked.\n\(error.whole)")
            }
            guard let path = loaded.lockPath else {
                throw CommandFailure(.negative, "\(charter) is no file, so no lock can stand beside it.")
            }
            return (loaded.lock, path)
        }

        /// Writes the lock of a charter, and says what it pins.
        static func write(_ charter: String, _ library: CharterLibrary) throws {
            let (lock, path) = try lock(charter, library)
            guard !lock.charters.isEmpty || FileManager.default.fileExists(atPath: path) else {
                Terminal.output.line("\(charter) builds on nothing, so there is nothing to pin.")
                return
            }
            try CharterFileWriting.replace(path, with: lock.text)
            for (reference, entry) in lock.charters.sorted(by: { $0.key < $1.key }) {
                Terminal.output.line(
                    "\(reference) is pinned at \(entry.version), fingerprint \(entry.fingerprint.short).")
            }
        }
    }
}
