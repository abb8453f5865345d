import ArgumentParser
import Evaluation
import Foundation
import Gateway
import Judges
import Models

/// The options by which commands that evaluate are told which models they ask.
struct EvaluatedModelOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "A model that is evaluated; may be given more than once.",
            discussion: "A name that the configuration knows, or with --url the name there."))
    var model: [String] = []

    @Option(name: .long, help: "The OpenAI-compatible address of the models, as in http://127.0.0.1:9000/v1.")
    var url: String?

    @Option(name: .long, help: "The environment variable that holds the address's key.")
    var keyEnv: String?
}

/// The options by which commands that evaluate are told who judges.
struct JudgeOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Who judges: `local` (rules that anybody can read), `local+heads` (and small trained heads), or a model's name; may be given more than once. Default: local.",
            discussion:
                "Several judge each by themselves; with --panel they are one judge with an interval that spans all."))
    var judge: [String] = []

    @Option(name: .long, help: "The OpenAI-compatible address of the judging models. Default: as the evaluated models.")
    var judgeURL: String?

    @Option(name: .long, help: "The environment variable that holds that address's key.")
    var judgeKeyEnv: String?

    @Option(name: .long, help: "How often each model judges each conversation, in other orders each time; 1 to 20.")
    var judgeRuns = 3

    @Flag(name: .long, help: "Ask about each good by itself: dearer, and better with small models.")
    var judgeOneByOne = false

    @Flag(name: .long, help: "Let all judges be one panel.")
    var panel = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Let each judge look from a lens (hedonic, conative, objective-list, perfectionist) or tradition; may be given more than once.",
            valueName: "viewpoint"))
    var view: [String] = []
}

/// The models that a command asks, each started once.
actor ModelPool {
    private var models: [String: DirectModel] = [:]
    private var embedder: LocalEmbedder?

    /// A model by its name and address.
    func model(_ name: String, url: String?, keyEnv: String?, configuration: SettingsOptions) async throws
        -> DirectModel
    {
        let key = "\(name) \(url ?? "")"
        if let model = models[key] { return model }
        let model =
            if let url {
                try DirectModel(name, at: url, keyEnv: keyEnv)
            } else {
                try await DirectModel(name, of: try await configuration.settings(readsSecrets: true))
            }
        models[key] = model
        return model
    }

    /// The local embedder, over which heads were trained.
    func localEmbedder(_ configuration: SettingsOptions) async throws -> any Embedder {
        if let embedder { return embedder.model }
        let started = try await LocalEmbedder(home: configuration.settings().gateway.home)
        embedder = started
        return started.model
    }

    /// Stops what was started.
    func stop() async {
        for model in models.values { await model.stop() }
        await embedder?.stop()
    }
}
