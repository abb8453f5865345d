import ArgumentParser
import Charters
import Consents
import Counsel
import Dispatch
import Foundation
import Gateway
import Logging
import Memory
import Store

/// `trellis mcp`.
struct MCPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp",
        abstract: "Let an assistant that speaks MCP use one person's memory and the charter.",
        discussion: """
            Speaks the Model Context Protocol on standard input and output, for an assistant that starts it itself. The \
            assistant sees what this person allows and nothing else: `trellis memory allow use-in-replies` lets it recall, \
            `trellis memory allow remember` lets it propose. What it proposes waits for the person's word. This works on \
            the data folder, beside a running Trellis or without one. A running Trellis speaks MCP too, at /mcp.

            Examples:
              trellis mcp --person ada --application homework
              trellis mcp --person ada --application homework --print-config
              trellis mcp --person ada --print-config --url http://127.0.0.1:8080
            It ends when its input ends, or at SIGTERM. Its log goes to standard error. More: docs/mcp.md.
            """)

    @OptionGroup var whose: PersonOptions
    @Option(name: .long, help: "The charter to show: a commons name or a path. Default: the application's.")
    var charter: String?
    @Flag(name: .long, help: "Print what to put into an MCP client's configuration, and end.")
    var printConfig = false
    @Option(name: .long, help: "With --print-config: the address of a running Trellis, to go there over HTTP.")
    var url: String?
    @OptionGroup(title: "Configuration") var options: SettingsOptions

    func validate() throws {
        if url != nil, !printConfig { throw ValidationError("--url goes with --print-config.") }
    }

    func run() async throws {
        let settings = try await options.settings()
        if printConfig {
            let servers = ["mcpServers": ["trellis": url.map(overHTTP) ?? asProcess(settings)]]
            Terminal.output.line(try Printed.json(servers))
            return
        }
        let log = LogOutput.start(settings)
        let (desk, part) = try governing(settings, log)
        do {
            let store = try DataStore(path: settings.storePath, migrations: KeptThings.migrations)
            defer { try? store.close() }
            let key = try KeptThings.keyEncryptionKey(
                settings.gateway.dataDirectory, ProcessInfo.processInfo.environment, of: store)
            let seal = try Seal(store: store, keyEncryptionKey: key)
            let pseudonyms = Pseudonyms(secret: seal.secret(named: "pseudonyms"))
            let reach = AssistantReach(
                to: PersonKey(pseudonyms.pseudonym(of: whose.person, in: whose.application), in: whose.application),
                in: MemoryStore(
                    store: store, seal: seal, grants: GrantLedger(store: store, logger: log), logger: log),
                charter: {
                    // Nobody else looks here whether its files changed.
                    desk.reloadChanged()
                    return try desk.charter(part.reference, role: part.role).compiled
                },
                consent: WayToAllow(person: whose.person, application: whose.application), logger: log)
            try await serve(reach)
        } catch let error as StoreError {
            throw CommandFailure(.failed, error.description)
        } catch let error as SealError {
            throw CommandFailure(.failed, error.description)
        }
    }

    private func serve(_ reach: AssistantReach) async throws {
        let streams: MCPStandardStreams
        do { streams = try MCPStandardStreams() } catch {
            throw CommandFailure(.failed, "standard input can't be read: \(error)")
        }
        let stops = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { streams.stop() }
            source.resume()
            return source
        }
        await streams.serve(reach)
        for stop in stops { stop.cancel() }
    }

    // MARK: Under which charter

    /// The charter of the application: the one that is named, or that of its keys, or the configuration's.
    private func governing(
        _ settings: Settings, _ log: Logger
    ) throws -> (CharterDesk, (reference: String, role: String?)) {
        let desk = CharterDesk(logger: log, library: settings.gateway.library)
        let part = try part(settings)
        do throws(CharterUnavailable) { _ = try desk.charter(part.reference, role: part.role) } catch {
            throw CommandFailure(.negative, "\(error)")
        }
        return (desk, part)
    }

    private func part(_ settings: Settings) throws -> (reference: String, role: String?) {
        if let charter {
            let named = settings.reference(charter) {
                Settings.absolute($0, from: FileManager.default.currentDirectoryPath)
            }
            return (named.description, nil)
        }
        let usual = (settings.gateway.charter.description, settings.gateway.role)
        guard FileManager.default.fileExists(atPath: settings.storePath) else { return usual }
        let keys = try settings.withKeys { try $0.all() }.map(\.record)
            .filter { $0.application == whose.application && $0.revokedAt == nil }
        var found: [(reference: String, role: String?)] = []
        for key in keys {
            let reference = (key.charter ?? settings.gateway.charter).description
            let role = key.charter == nil && key.role == nil ? settings.gateway.role : key.role
            if !found.contains(where: { $0 == (reference, role) }) { found.append((reference, role)) }
        }
        guard found.count < 2 else {
            throw CommandFailure(
                .negative,
                "the keys of \(WrappedText.plain(whose.application)) name several charters: "
                    + "\(found.map(\.reference).joined(separator: ", ")). Say with --charter which one to show.")
        }
        return found.first ?? usual
    }

    // MARK: For a client's configuration

    /// A server in the form that most clients read.
    struct ClientEntry: Encodable {
        var type: String?
        var command: String?
        var args: [String]?
        var url: String?
        var headers: [String: String]?
    }

    private func asProcess(_ settings: Settings) -> ClientEntry {
        var arguments = ["mcp", "--person", whose.person, "--application", whose.application]
        arguments += ["--data", settings.gateway.dataDirectory]
        if let file = settings.file { arguments += ["--config", file] }
        if let charter {
            let named = settings.reference(charter) {
                Settings.absolute($0, from: FileManager.default.currentDirectoryPath)
            }
            arguments += ["--charter", named.description]
        }
        for assignment in options.assignments { arguments += ["--set", assignment] }
        return ClientEntry(command: Bundle.main.executablePath ?? "trellis", args: arguments)
    }

    private func overHTTP(_ url: String) -> ClientEntry {
        let base = url.hasSuffix("/") ? String(url.dropLast()) : url
        return ClientEntry(
            type: "http", url: base.hasSuffix("/mcp") ? base : base + "/mcp",
            headers: ["Authorization": "Bearer ${TRELLIS_KEY}", "Trellis-Person": whose.person])
    }
}
