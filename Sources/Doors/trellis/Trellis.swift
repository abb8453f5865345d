import ArgumentParser
import Foundation

/// The command line of Trellis.
struct Trellis: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trellis",
        abstract: "Middleware that helps language models help people flourish.",
        discussion: """
            Trellis carries a community's charter into every conversation and can say afterwards why a reply came out \
            as it did.

            Begin here:
              trellis doctor                        is everything in place?
              trellis chat                          talk to the local model under a charter; ask /why
              trellis serve --development           serve http://127.0.0.1:8080/v1 without keys, to this machine only

            Then, for an application of your own:
              trellis charter check my-charter.yaml
              trellis key create --application homework --charter my-charter.yaml
              trellis serve

            Configuration comes from flags, then TRELLIS_… variables, then trellis.yaml: docs/configuration.md.
            Shell completions: trellis --generate-completion-script bash|zsh|fish (docs/command-line.md says where to \
            put them).

            Exit codes: 0 done; 1 what was checked is not in order, or is not there; 64 wrong usage; 69 not reachable; \
            70 failed otherwise; 78 wrong configuration.
            """,
        version: trellisVersion,
        subcommands: [
            ServeCommand.self, ChatCommand.self, CharterCommand.self, KeyCommand.self, KeyEncryptionCommand.self,
            ReceiptCommand.self, ReceiptsCommand.self, ConsentCommand.self, WishesCommand.self, MemoryCommand.self,
            MCPCommand.self, DeliberateCommand.self, JudgeCommand.self, EvaluateCommand.self, ModelsCommand.self,
            DoctorCommand.self,
        ])
}

/// The version that `trellis --version` shows.
let trellisVersion = "0.1.0"

/// Runs the command line, and turns every failure into one clear text on standard error and an exit code.
@main
enum Entry {
    static func main() async {
        // A reader that has gone away (`trellis receipts | head`) is no reason to crash.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try Trellis.parseAsRoot(nil)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            if let trouble = Terminal.trouble {
                throw CommandFailure(
                    .failed, "standard output can't be written: \(trouble). What was printed isn't whole.")
            }
        } catch let failure as CommandFailure {
            if !failure.message.isEmpty { Terminal.error.write("trellis: \(failure.message)\n") }
            exit(failure.code.rawValue)
        } catch let error as SettingsError {
            Terminal.error.write("\(error)\n")
            exit(CommandFailure.Code.configuration.rawValue)
        } catch {
            Trellis.exit(withError: error)
        }
    }
}

/// A command that could not do its work: one text that says what happened and what to do, and an exit code.
struct CommandFailure: Error, Equatable, CustomStringConvertible {
    /// What a script can tell failures apart by.
    enum Code: Int32, Sendable {
        /// What was checked is not in order, or what was asked for is not there.
        case negative = 1
        /// The server or upstream can't be reached.
        case unreachable = 69
        /// Anything that should have worked.
        case failed = 70
        /// The configuration is wrong.
        case configuration = 78
    }

    let code: Code
    let message: String

    /// The message alone: a conversation shows failures and goes on.
    var description: String { message }

    init(_ code: Code = .failed, _ message: String) {
        self.code = code
        self.message = message
    }
}
