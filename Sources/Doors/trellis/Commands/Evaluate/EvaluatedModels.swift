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

/// The options by which commands that evaluate are told how models draw their words, and how many at a time.
struct HoldingOptions: ParsableArguments {
    @Option(name: .long, help: "0 is the likeliest word always; up to 2.")
    var temperature = 0.7

    @Option(name: .long, help: "Tokens of a reply at most.")
    var replyTokens = 300

    @Option(name: .long, help: "Conversations at a time with each model.")
    var atOnce = 4

    func validate() throws {
        guard (0...2).contains(temperature) else { throw ValidationError("--temperature lies between 0 and 2.") }
        guard (1...512).contains(atOnce) else { throw ValidationError("--at-once is a number from 1 to 512.") }
        guard (1...32_768).contains(replyTokens) else {
            throw ValidationError("--reply-tokens is a number from 1 to 32,768.")
        }
    }

    /// How words are drawn; the seed is each conversation's own.
    var sampling: Sampling { Sampling(temperature: temperature, maximumTokens: replyTokens, seed: 0) }
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

    @Option(
        name: .long,
        help: ArgumentHelp(
            "How far the judging models may be off, from 0 to 2, as `trellis judge agree` learned it from people's ratings.",
            discussion: "Intervals reach so far around the lowest and highest run. Default: half a step of the scale."))
    var judgeAllowance: Double?

    @Flag(name: .long, help: "Let all judges be one panel.")
    var panel = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Let each judge look from a lens (hedonic, conative, objective-list, perfectionist) or tradition; may be given more than once.",
            valueName: "viewpoint"))
    var view: [String] = []

    func validate() throws {
        guard (1...20).contains(judgeRuns) else { throw ValidationError("--judge-runs is a number from 1 to 20.") }
        if let judgeAllowance, !(0...2).contains(judgeAllowance) {
            throw ValidationError("--judge-allowance lies between 0 and 2.")
        }
    }

    /// Everybody who judges; one panel where that is wished.
    ///
    /// - Parameters:
    ///   - isAsked: False in a dry run: then nothing is started, and the judges only say who they are.
    ///   - folder: The run's folder, where models' answers are kept, so that none is paid for twice.
    func judges(
        in pool: ModelPool, beside models: EvaluatedModelOptions?, configuration: SettingsOptions, isAsked: Bool,
        keepingIn folder: String?
    ) async throws -> [any Judge] {
        var cache: (any AnswerCache)?
        var members: [(name: String, judge: any Judge)] = []
        for name in judge.isEmpty ? ["local"] : judge.eachOnce {
            if name == "local" {
                members.append((name, LocalJudge()))
                continue
            }
            if name == "local+heads" {
                let embedder = isAsked ? try await pool.localEmbedder(configuration) : nil
                members.append((name, LocalJudge(embedder: embedder)))
                continue
            }
            let model: any ChatModel
            var address: String?
            if isAsked {
                let direct = try await pool.model(
                    name, url: judgeURL ?? models?.url, keyEnv: judgeKeyEnv ?? models?.keyEnv,
                    configuration: configuration)
                model = PatientModel(direct.model)
                address = direct.address
                // Judges without a model have no answers to keep.
                if cache == nil { cache = try folder.map(Self.answers) }
            } else {
                model = NoModel()
            }
            let views: [Viewpoint?] = view.isEmpty ? [nil] : view.eachOnce.map(Viewpoint.named)
            for view in views {
                let settings = ModelJudge.Settings(
                    runs: judgeRuns, viewpoint: view, allowance: judgeAllowance, oneByOne: judgeOneByOne)
                let label = view.map { "\(name) as \($0.name)" } ?? name
                members.append(
                    (label, ModelJudge(model, named: name, at: address, settings: settings, cache: cache)))
            }
        }
        guard panel, members.count > 1 else { return members.map(\.judge) }
        return [JudgePanel(members)]
    }

    private static func answers(in folder: String) throws -> any AnswerCache {
        do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
            throw CommandFailure(.failed, "\(WrappedText.plain(folder)) can't be made: \(error.localizedDescription)")
        }
        do throws(RunFolderError) { return try AnswerFile(in: folder) } catch {
            throw CommandFailure(.failed, error.description)
        }
    }
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
