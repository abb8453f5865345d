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
                somebody has looked at the change and locked anew. Charters of one folder share its lock: what others \
                build on stays pinned as it is. With --prune, what none of the named charters builds on is taken out.

                Examples:
                  trellis charter lock charter.yaml
                  trellis charter lock charters/*.yaml --prune
                  trellis charter lock charter.yaml --check        # writes nothing; for CI

                Exit code 1 when a parent can't be found, or with --check when the lock isn't what it should be.
                More: docs/charter-language.md.
                """)

        @Argument(help: "Charter files.", completion: .file(extensions: ["yaml", "yml"]))
        var charters: [String]

        @Flag(name: .long, help: "Write nothing: say whether the lock is what it should be.")
        var check = false

        @Flag(name: .long, help: "Take out what none of the named charters builds on.")
        var prune = false

        @OptionGroup(title: "Parents") var options: LibraryOptions

        func run() async throws {
            let library = try await options.library()
            for (path, folder) in try Self.folders(charters, library) {
                let there = try Self.read(path)
                let wanted = prune ? folder.lock : there?.merging(folder.lock) ?? folder.lock
                if check {
                    try Self.compare(there, with: wanted, at: path, of: folder.charters)
                } else if wanted.charters.isEmpty, there == nil {
                    let names = folder.charters.joined(separator: ", ")
                    Terminal.output.line(
                        "\(names) build\(folder.charters.count == 1 ? "s" : "") on nothing, so there is nothing to pin."
                    )
                } else {
                    try CharterFileWriting.replace(path, with: wanted.text)
                    Self.tell(folder.lock)
                    for name in (there ?? CharterLock()).charters.keys.sorted() where wanted.charters[name] == nil {
                        Terminal.output.line("\(name) is pinned no more: none of these charters builds on it.")
                    }
                }
            }
        }

        /// Pins what a new charter builds on, and leaves every pin that is there as it is.
        ///
        /// - Throws: ``CommandFailure`` when a pin that is there says otherwise: then others build on other words.
        static func add(_ charter: String, _ library: CharterLibrary) throws {
            for (path, folder) in try folders([charter], library) {
                let there = try read(path) ?? CharterLock()
                let others = there.disagreements(with: folder.lock)
                guard others.isEmpty else {
                    throw CommandFailure(
                        .negative,
                        "\(charter) is written, and nothing was pinned: \(path) pins \(others.joined(separator: ", ")) otherwise than it is now, for another charter here. Look at what changed, then run `trellis charter lock` on all charters of the folder."
                    )
                }
                guard !folder.lock.charters.isEmpty else { continue }
                try CharterFileWriting.replace(path, with: there.merging(folder.lock).text)
                tell(folder.lock)
            }
        }

        /// What the lock of each folder would hold for these charters.
        private static func folders(
            _ charters: [String], _ library: CharterLibrary
        ) throws -> [(path: String, folder: (charters: [String], lock: CharterLock))] {
            var found: [String: (charters: [String], lock: CharterLock)] = [:]
            for charter in charters {
                let loaded: LoadedCharter
                do throws(CharterUnavailable) {
                    loaded = try library.lock(charter)
                } catch {
                    throw CommandFailure(.negative, "nothing was locked.\n\(error.whole)")
                }
                guard let path = loaded.lockPath else {
                    throw CommandFailure(.negative, "\(charter) is no file, so no lock can stand beside it.")
                }
                let known = found[path] ?? ([], CharterLock())
                found[path] = (known.charters + [charter], known.lock.merging(loaded.lock))
            }
            return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        }

        private static func read(_ path: String) throws -> CharterLock? {
            guard let data = FileManager.default.contents(atPath: path) else { return nil }
            do throws(CharterError) { return try CharterLock.read(data, file: path) } catch {
                throw CommandFailure(.negative, error.diagnostics.rendered())
            }
        }

        private static func compare(
            _ there: CharterLock?, with wanted: CharterLock, at path: String, of charters: [String]
        ) throws {
            let command = "trellis charter lock \(charters.joined(separator: " "))"
            guard there == wanted || (there == nil && wanted.charters.isEmpty) else {
                throw CommandFailure(
                    .negative,
                    there == nil
                        ? "\(path) is not there. `\(command)` writes it."
                        : "\(path) is not what it should be. Look at what changed, then lock anew with `\(command)`.")
            }
            Terminal.output.line("\(path) is as it should be.")
        }

        private static func tell(_ lock: CharterLock) {
            for (reference, entry) in lock.charters.sorted(by: { $0.key < $1.key }) {
                Terminal.output.line(
                    "\(reference) is pinned at \(entry.version), fingerprint \(entry.fingerprint.short).")
            }
        }
    }
}
