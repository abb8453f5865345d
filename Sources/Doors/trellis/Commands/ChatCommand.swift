import ArgumentParser
import Foundation
import Gateway
import Logging

/// `trellis chat`.
struct ChatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat",
        abstract: "Talk with a model under a charter, in the terminal.",
        discussion: """
            Talks to the Trellis that --url or TRELLIS_URL names, or to the one on http://127.0.0.1:8080. If none is \
            there and none was named, it starts one for the length of the conversation.

            Examples:
              trellis chat
              trellis chat --charter commons/tutor
              trellis chat --url https://trellis.example.org --key-env MY_KEY --model gpt-4o
              echo "What is a trellis?" | trellis chat

            Within: /why shows why the last reply came out as it did, /charter what the model is told, /help the rest. \
            Ctrl-C stops a reply; /quit or Ctrl-D leaves.
            """)

    @OptionGroup var client: ClientOptions

    @Option(name: .shortAndLong, help: "The model to talk to. Default: the first that is listed.")
    var model: String?

    @Option(
        name: .long, help: "A name for the person who talks, sent as Trellis-Person. It is kept as a pseudonym only.")
    var person: String?

    @Option(name: .long, help: "How freely the model chooses its words, 0 to 2.")
    var temperature: Double?

    @Option(
        name: .long,
        help: "How many tokens a reply may have. Default: 400 for smollm2, which loops; else the model's own.")
    var maxTokens: Int?

    @Option(name: .long, help: "The charter, when a Trellis is started for the conversation.")
    var charter: String?

    @Option(name: .long, help: "The role, when a Trellis is started for the conversation.")
    var role: String?

    @OptionGroup(title: "Configuration") var options: SettingsOptions

    func validate() throws {
        if let temperature, !(0...2).contains(temperature) {
            throw ValidationError("--temperature is a number from 0 to 2.")
        }
        if let maxTokens, maxTokens < 1 { throw ValidationError("--max-tokens is a whole number from 1 up.") }
    }

    func run() async throws {
        let isInteractive = isatty(STDIN_FILENO) == 1 && Terminal.output.isInteractive
        let (url, isNamed) = client.address()
        var trellis = try TrellisClient(url: url, key: try client.key())
        var own: OwnGateway?
        if await !trellis.isThere() {
            guard !isNamed else {
                throw CommandFailure(
                    .unreachable,
                    "no Trellis answers at \(url). Start one with `trellis serve`, or name another with --url.")
            }
            let gateway = try await startOwn(isInteractive: isInteractive)
            own = gateway
            trellis = try TrellisClient(url: "http://127.0.0.1:\(gateway.port)", key: nil)
        } else if charter != nil || role != nil {
            throw CommandFailure(
                .negative,
                "a Trellis runs at \(url) already, with a charter of its own: leave --charter and --role out, or stop it."
            )
        }
        let failures = try await talk(to: trellis, isInteractive: isInteractive)
        await own?.stop()
        if failures > 0 && !isInteractive { throw CommandFailure(.failed, "") }
    }

    private func talk(to trellis: TrellisClient, isInteractive: Bool) async throws -> Int {
        let name: String
        if let model {
            name = model
        } else {
            guard let first = try await trellis.models().first(where: { !Self.isForEmbeddings($0) }) else {
                throw CommandFailure(
                    .negative,
                    "this Trellis lists no model to talk to. Name one with --model, or add an upstream in trellis.yaml."
                )
            }
            name = first
        }
        if isInteractive {
            let governing = try? await trellis.get("/trellis/v1/charter", as: CharterInForce.self)
            let under = governing.map { ", under \($0.id) \($0.version)" } ?? ""
            Terminal.output.line(Terminal.output.styled("Talking with \(name)\(under).", .faint))
            Terminal.output.line(
                Terminal.output.styled("/why says why a reply came out as it did; /help lists the rest.\n", .faint))
        }
        var session = ChatSession(
            trellis: trellis, model: name, person: person, temperature: temperature,
            maximumTokens: maxTokens ?? (name.hasPrefix("smollm2") ? 400 : nil), terminal: .output,
            isInteractive: isInteractive)
        await session.run(ChatInput.standard(listensToInterrupts: isInteractive))
        return session.failures
    }

    /// Whether a model's name says that it turns text into vectors and can't talk.
    static func isForEmbeddings(_ model: String) -> Bool {
        model.contains("embed") || model.contains("minilm")
    }

    private func startOwn(isInteractive: Bool) async throws -> OwnGateway {
        var flags: [(name: String, value: String, flag: String)] = [
            ("listen.host", "127.0.0.1", "chat"), ("listen.port", "0", "chat"), ("development", "true", "chat"),
        ]
        if let charter { flags.append(("charter", charter, "--charter")) }
        if let role { flags.append(("role", role, "--role")) }
        var settings = try await options.settings(flags, readsSecrets: true)
        // Open replies end with the conversation, so there is nothing to wait for.
        settings.gateway.limits.shutdown = .seconds(1)
        // Log lines would run through the conversation; what matters is shown in it all the same.
        if settings.origins["log.level"] == nil { settings.logLevel = .critical }
        let log = LogOutput.start(settings)
        if isInteractive {
            Terminal.error.write(Terminal.error.styled("Starting a Trellis for this conversation …", .faint))
        }
        defer { if isInteractive { Terminal.error.write("\r\u{1B}[K") } }
        return try await OwnGateway(settings: settings.gateway, log: log)
    }
}
