import ArgumentParser

/// `trellis models`.
struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "List the models that a running Trellis serves.",
        discussion: """
            Example:
              trellis models --url http://127.0.0.1:8080
            """)

    @OptionGroup var options: ClientOptions

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func run() async throws {
        let models = try await options.client().models()
        if json {
            Terminal.output.line(try Printed.json(models))
        } else {
            for model in models { Terminal.output.line(WrappedText.plain(model)) }
        }
    }
}
