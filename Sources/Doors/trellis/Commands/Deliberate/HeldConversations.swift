public import ArgumentParser
public import Deliberation
import Foundation
import Gateway
import Store

/// The name that stands beside what is decided at the command line.
enum OperatorName {
    /// The operating system's user who runs the command.
    static var own: String {
        let name = NSUserName()
        return name.isEmpty ? "operator" : name
    }
}

/// Who decides at the command line.
struct DecidingOptions: ParsableArguments {
    @Option(
        name: .customLong("as"),
        help: "Who decides: the name that stands beside the decision. Without it, the operating system's user.")
    var name: String?

    var overseer: Overseer { .operator(name: name ?? OperatorName.own) }
}

/// One conversation that is held here, and where.
struct HeldOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The conversation's id, as `trellis deliberate status` shows it.", valueName: "id"))
    var id: ConversationID

    @OptionGroup(title: "Configuration") var options: SettingsOptions

    /// Does something with the conversations in the data folder.
    func with<Outcome>(_ work: (ConversationStore) async throws -> Outcome) async throws -> Outcome {
        try await options.settings().withConversations(work)
    }
}

extension ConversationID: ExpressibleByArgument {
    /// Reads an id, in capitals or not.
    public init?(argument: String) { self.init(argument) }
}

extension Settings {
    /// Runs some work on the conversations in the data folder, beside a running Trellis or without one. The store is made
    /// when it isn't there yet.
    func withConversations<Outcome>(_ work: (ConversationStore) async throws -> Outcome) async throws -> Outcome {
        do {
            let store = try DataStore(path: storePath, migrations: KeptThings.migrations)
            defer { try? store.close() }
            let key = try KeptThings.keyEncryptionKey(
                gateway.dataDirectory, ProcessInfo.processInfo.environment, of: store)
            let seal = try Seal(store: store, keyEncryptionKey: key)
            let conversations = ConversationStore(store: store, seal: seal)
            try await conversations.sealOlder()
            await conversations.finishWithdrawals()
            return try await work(conversations)
        } catch let error as ConversationError {
            switch error {
            case .store, .seal: throw CommandFailure(.failed, error.description)
            default: throw CommandFailure(.negative, WrappedText.plain(error.description))
            }
        } catch let error as StoreError {
            throw CommandFailure(.failed, error.description)
        } catch let error as SealError {
            throw CommandFailure(.failed, error.description)
        }
    }
}
