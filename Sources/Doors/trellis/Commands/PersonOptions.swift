import ArgumentParser
import Charters
import Consents
import Counsel
import Foundation
import Gateway
import Logging
import Memory
import Store

/// Whose consents, wishes or memory a command is about.
struct PersonOptions: ParsableArguments {
    @Option(name: .long, help: "The id under which the application knows the person, as in Trellis-Person.")
    var person: String

    @Option(name: [.short, .long], help: "The application. Default: development, where no key is needed.")
    var application = "development"

    func validate() throws {
        guard !person.isEmpty, person.utf8.count <= 256 else {
            throw ValidationError("--person is an id of 1 to 256 bytes, as the application sends it in Trellis-Person.")
        }
    }
}

/// What is kept of people in a data folder, beside a running Trellis or without one.
struct PeopleKept {
    let consents: ConsentLedger
    let wishes: WishesStore
    let grants: GrantLedger
    let memories: MemoryStore
    private let pseudonyms: Pseudonyms

    /// The person that the options name.
    func key(_ options: PersonOptions) -> PersonKey {
        PersonKey(
            pseudonyms.pseudonym(of: options.person, in: options.application), in: options.application)
    }

    init(store: DataStore, seal: Seal) {
        let quiet = Logger(label: "trellis") { _ in SwiftLogNoOpLogHandler() }
        consents = ConsentLedger(store: store, logger: quiet)
        wishes = WishesStore(store: store, seal: seal)
        grants = GrantLedger(store: store, logger: quiet)
        memories = MemoryStore(store: store, seal: seal, grants: grants, logger: quiet)
        pseudonyms = Pseudonyms(secret: seal.secret(named: "pseudonyms"))
    }
}

extension Settings {
    /// Runs some work on what is kept of people. The store is made when it isn't there yet.
    func withPeople<Result>(_ work: (PeopleKept) async throws -> Result) async throws -> Result {
        do {
            let store = try DataStore(path: storePath, migrations: KeptThings.migrations)
            defer { try? store.close() }
            let key = try KeptThings.keyEncryptionKey(
                gateway.dataDirectory, ProcessInfo.processInfo.environment, of: store)
            return try await work(PeopleKept(store: store, seal: try Seal(store: store, keyEncryptionKey: key)))
        } catch let error as StoreError {
            throw CommandFailure(.failed, error.description)
        } catch let error as SealError {
            throw CommandFailure(.failed, error.description)
        } catch let error as ConsentError {
            throw CommandFailure(.failed, error.description)
        } catch let error as WishesError {
            throw CommandFailure(.failed, error.description)
        } catch let error as GrantError {
            throw CommandFailure(error)
        } catch let error as MemoryError {
            throw CommandFailure(error)
        }
    }

    /// The guidance of a charter, as questions: of the one that is named, or of the configuration's.
    func questions(of charter: String?) throws -> (charter: String, questions: [ConsentQuestion]) {
        let reference =
            charter.map { named in
                self.reference(named) { Settings.absolute($0, from: FileManager.default.currentDirectoryPath) }
            } ?? gateway.charter
        let role = charter == nil ? gateway.role : nil
        do throws(CharterUnavailable) {
            let desk = CharterDesk(
                logger: Logger(label: "trellis") { _ in SwiftLogNoOpLogHandler() }, library: gateway.library)
            let compiled = try desk.charter(reference.description, role: role).compiled
            return (compiled.id, ConsentQuestion.all(of: compiled.guidance, charter: compiled.id))
        } catch {
            throw CommandFailure(.negative, "\(error)")
        }
    }

    /// The layers of every charter that governs somebody in an application: of the one that is named, or of those that
    /// the application's keys name, or of the configuration's where they name none.
    func stacks(of application: String, charter: String?) throws -> [CharterStack] {
        var references: [String] = []
        if let charter {
            references = [
                reference(charter) { Settings.absolute($0, from: FileManager.default.currentDirectoryPath) }.description
            ]
        } else if FileManager.default.fileExists(atPath: storePath) {
            let keys = try withKeys { try $0.all() }.map(\.record)
            references = keys.filter { $0.application == application && $0.revokedAt == nil }
                .map { ($0.charter ?? gateway.charter).description }
        }
        if references.isEmpty { references = [gateway.charter.description] }
        let library = gateway.library
        return try Set(references).sorted().map { reference in
            do throws(CharterUnavailable) { return try library.load(reference).stack } catch {
                throw CommandFailure(.negative, "nothing was kept. \(error)")
            }
        }
    }

    /// Milliseconds since 1970.
    static func now() -> Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }
}
