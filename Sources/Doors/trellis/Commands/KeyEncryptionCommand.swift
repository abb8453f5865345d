import ArgumentParser
import Foundation
import Gateway
import Store

/// `trellis key-encryption`.
struct KeyEncryptionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key-encryption",
        abstract: "Check or change the key that everything sealed in the store is under.",
        discussion: """
            Whoever has the store and this key can read what is sealed; whoever has one of the two can read nothing. \
            Trellis keeps it in keys/kek in the data folder, unless TRELLIS_KEK or TRELLIS_KEK_FILE names another.

            Examples:
              trellis key-encryption check
              trellis key-encryption change
            More: docs/keys-and-limits.md.
            """,
        subcommands: [Check.self, Change.self])

    /// `trellis key-encryption check`.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say where the key comes from and whether it opens the store.",
            discussion: """
                Example:
                  trellis key-encryption check
                Exit code 1 when there is nothing sealed yet, 70 when the key is lost or another one. More: \
                docs/keys-and-limits.md.
                """)

        @OptionGroup(title: "Configuration") var options: SettingsOptions

        func run() async throws {
            let settings = try await options.settings()
            guard FileManager.default.fileExists(atPath: settings.storePath) else {
                throw CommandFailure(.negative, "there is no store in \(settings.gateway.dataDirectory) yet.")
            }
            let source = KeptThings.keySource(settings.gateway.dataDirectory, ProcessInfo.processInfo.environment)
            do {
                let store = try DataStore(readingAt: settings.storePath, migrations: KeptThings.migrations)
                defer { try? store.close() }
                let key = try KeptThings.keyEncryptionKey(
                    settings.gateway.dataDirectory, ProcessInfo.processInfo.environment, of: store)
                _ = try Seal(store: store, keyEncryptionKey: key)
                Terminal.output.line("\(source.name) opens what is sealed in \(settings.storePath).")
            } catch let error as StoreError {
                throw CommandFailure(.failed, error.description)
            } catch SealError.noStoreKey(let path) {
                throw CommandFailure(.negative, SealError.noStoreKey(path: path).description)
            } catch let error as SealError {
                throw CommandFailure(.failed, error.description)
            }
        }
    }

    /// `trellis key-encryption change`.
    struct Change: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a new key in the place of the old one. Nothing sealed is rewritten.",
            discussion: """
                Stop Trellis first. Every person's key is wrapped anew under the new key, in one step: a change that is \
                cut short leaves the old key or the new one in force, and calling it again completes it. A backup that \
                was made before still needs the old key: copy keys/kek away first if you may want it.

                Examples:
                  trellis key-encryption change                                a new random key in keys/kek
                  trellis key-encryption change --to-file /run/secrets/kek-2   a key that you made with \
                `openssl rand -hex 32`
                  TRELLIS_KEK=… TRELLIS_KEK_NEW=… trellis key-encryption change --to-variable TRELLIS_KEK_NEW
                  TRELLIS_KEK=… trellis key-encryption change --to-kept        Trellis keeps it from now on
                More: docs/keys-and-limits.md.
                """)

        @Option(name: .long, help: "The new key is in this file, which you look after.", completion: .file())
        var toFile: String?

        @Option(name: .long, help: "The new key is in the environment variable of this name.")
        var toVariable: String?

        @Flag(name: .long, help: "Trellis makes the new key and keeps it in keys/kek, where it did not until now.")
        var toKept = false

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        @OptionGroup(title: "Configuration") var options: SettingsOptions

        func validate() throws {
            guard [toFile != nil, toVariable != nil, toKept].count(where: \.self) <= 1 else {
                throw ValidationError("Only one of --to-file, --to-variable and --to-kept can be given.")
            }
        }

        private struct Report: Encodable {
            let wrapped: Int
            let key: String
        }

        func run() async throws {
            let settings = try await options.settings()
            let folder = settings.gateway.dataDirectory
            guard FileManager.default.fileExists(atPath: settings.storePath) else {
                throw CommandFailure(.negative, "there is no store in \(folder) yet, so there is nothing to change.")
            }
            do {
                // Whoever serves holds this lock: it would go on with the old key and could open nothing.
                let lock = try Journal(directory: KeptThings.journalPath(in: folder))
                defer { withExtendedLifetime(lock) {} }
                let store = try DataStore(path: settings.storePath, migrations: KeptThings.migrations)
                defer { try? store.close() }
                let (count, next) = try change(store, in: folder, ProcessInfo.processInfo.environment)
                if json {
                    Terminal.output.line(try Printed.json(Report(wrapped: count, key: next.key)))
                } else {
                    let keys = count == 1 ? "One key is" : "\(count) keys are"
                    Terminal.output.line(
                        (count == 0 ? "Everything is under the new key already" : "\(keys) under the new key now")
                            + ". \(next.advice)")
                }
            } catch JournalError.inUse {
                throw CommandFailure(
                    .failed, "a Trellis is serving from \(folder). Stop it, change the key, and start it again.")
            } catch let error as JournalError {
                throw CommandFailure(.failed, error.description)
            } catch let error as StoreError {
                throw CommandFailure(.failed, error.description)
            } catch let error as SealError {
                throw CommandFailure(.failed, error.description)
            }
        }

        /// What a person does next with the new key.
        private typealias Next = (key: String, advice: String)

        private func change(
            _ store: DataStore, in folder: String, _ environment: [String: String]
        ) throws -> (Int, Next) {
            let source = KeptThings.keySource(folder, environment)
            let kept = KeptThings.keptKeyPath(in: folder)
            let keep: Next = (kept, "It is in \(kept): keep a copy somewhere else than the backups of the store.")
            switch source {
            case .kept(let path) where toFile == nil && toVariable == nil:
                guard !toKept else {
                    throw CommandFailure(.negative, "Trellis keeps the key already; leave --to-kept away.")
                }
                return (try KeyEncryptionKey.change(keptAt: path, of: store), keep)
            case .variable, .file:
                guard toKept else { break }
                let old = try KeptThings.keyEncryptionKey(folder, environment, of: store)
                let count = try KeyEncryptionKey.change(from: old, toOneKeptAt: kept, of: store)
                return (count, (keep.key, "\(keep.advice) Start Trellis without TRELLIS_KEK and TRELLIS_KEK_FILE."))
            case .kept: break
            }
            let (new, key, next) = try named(environment)
            let old = try KeptThings.keyEncryptionKey(folder, environment, of: store)
            guard new != old else { throw CommandFailure(.negative, "the new key is the one that is in use.") }
            let count = try Seal.wrapKeys(of: store, under: new, from: old)
            guard case .kept(let path) = source else { return (count, (key, next)) }
            return (count, (key, "\(next) What is in \(path) opens nothing any more."))
        }

        /// The new key where somebody else looks after it, where it is, and how Trellis is to be started.
        private func named(_ environment: [String: String]) throws -> (KeyEncryptionKey, String, String) {
            if let toFile {
                let path = Settings.absolute(toFile, from: FileManager.default.currentDirectoryPath)
                return (try KeyEncryptionKey(file: path), path, "Start Trellis with TRELLIS_KEK_FILE=\(path).")
            }
            guard let toVariable else {
                throw CommandFailure(
                    .negative,
                    "the key comes from the environment, so say where the new one is: --to-file or --to-variable, or "
                        + "--to-kept for one that Trellis makes and keeps.")
            }
            guard let text = environment[toVariable], !text.isEmpty else {
                throw CommandFailure(.negative, "there is nothing in the variable \(toVariable).")
            }
            let key = try KeyEncryptionKey(text: text, source: toVariable)
            return (key, toVariable, "Start Trellis with TRELLIS_KEK set to what is in \(toVariable).")
        }
    }
}
