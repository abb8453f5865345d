import ArgumentParser
import Foundation
import Gateway
import Logging

/// `trellis serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the OpenAI- and Anthropic-compatible API.",
        discussion: """
            Clients work unchanged; only their base URL moves to http://HOST:PORT/v1 (Anthropic's to http://HOST:PORT).

            Examples:
              trellis serve --development             no keys; only this machine can connect
              trellis serve --port 9000 --charter my-charter.yaml
              trellis serve --config /etc/trellis.yaml --log-format json

            One line on standard output says where it listens, once it accepts connections; logs go to standard error. \
            SIGTERM or Ctrl-C stops it: open replies may finish first (limits.shutdown, 30s).
            More: docs/configuration.md, docs/keys-and-limits.md.
            """)

    @Option(name: .long, help: "The address to listen on. Default: 127.0.0.1.")
    var host: String?

    @Option(name: .shortAndLong, help: "The port; 0 takes any free one. Default: 8080.")
    var port: String?

    @Option(
        name: .long, help: "The charter for development mode and for keys that name none: a commons name or a path.")
    var charter: String?

    @Option(name: .long, help: "The role within that charter.")
    var role: String?

    @Option(
        name: .customLong("registry"),
        help: "A folder that holds charters as OWNER/NAME.yaml. May be given several times.", completion: .directory)
    var registries: [String] = []

    @Option(
        name: .customLong("charter-host"),
        help: "A host that may be asked over https for charters' parents. May be given several times.")
    var charterHosts: [String] = []

    @Flag(name: .long, help: "Ask for no key. Refused unless it listens on loopback.")
    var development = false

    @Flag(name: .long, help: "Keep message bodies in receipts, sealed at rest.")
    var receiptBodies = false

    @Option(
        name: .long, help: "The folder of the local runtime: Python and models. Default: .trellis.",
        completion: .directory)
    var home: String?

    @Option(name: .long, help: "trace, debug, info, notice, warning or error. Default: info.")
    var logLevel: String?

    @Option(name: .long, help: "text or json. Default: text.")
    var logFormat: String?

    @OptionGroup(title: "Configuration") var options: SettingsOptions

    func run() async throws {
        var flags: [(name: String, value: String, flag: String)] = []
        func add(_ name: String, _ value: String?, _ flag: String) {
            if let value { flags.append((name, value, flag)) }
        }
        add("listen.host", host, "--host")
        add("listen.port", port, "--port")
        add("charter", charter, "--charter")
        add("role", role, "--role")
        flags += LibraryOptions.flags(registries: registries, hosts: charterHosts, hostFlag: "--charter-host")
        add("development", development ? "true" : nil, "--development")
        add("receipts.bodies", receiptBodies ? "true" : nil, "--receipt-bodies")
        add("home", home, "--home")
        add("log.level", logLevel, "--log-level")
        add("log.format", logFormat, "--log-format")
        let settings = try await options.settings(flags, readsSecrets: true)
        let log = LogOutput.start(settings)
        log.info(
            "Trellis \(trellisVersion) starts",
            metadata: [
                "configuration": "\(settings.file ?? "defaults")", "data": "\(settings.gateway.dataDirectory)",
                "charter": "\(settings.gateway.charter)", "host": "\(settings.gateway.listen.host)",
                "upstreams": "\(settings.gateway.upstreams.map(\.name).joined(separator: ","))",
            ])
        for warning in settings.warnings { log.warning("\(warning)") }
        if settings.gateway.development {
            log.notice(
                "Development mode: no key is asked for, and only this machine can connect. For anything else, create keys (`trellis key create`) and leave `development` out."
            )
        }
        let server: GatewayServer
        do {
            server = try await GatewayServer(
                settings: settings.gateway, environment: ProcessInfo.processInfo.environment, logger: log)
        } catch {
            throw CommandFailure(.configuration, "\(error)")
        }
        let listen = settings.gateway.listen
        do {
            try await server.run { port in
                Terminal.output.line("Trellis listens on \(listen.url(port: port))")
            }
        } catch {
            throw CommandFailure(.failed, "\(error)")
        }
    }
}
