import ArgumentParser
import Foundation

/// The options that every command which needs the configuration shares.
struct SettingsOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("The configuration file.", discussion: "Default: trellis.yaml, if it is there."),
        completion: .file(extensions: ["yaml", "yml"]))
    var config: String?

    @Option(name: .long, help: "The folder of the store, the journal and the keys.", completion: .directory)
    var data: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "Any other key of the configuration, as in --set limits.body-bytes=1MiB. May be given more than once.",
            valueName: "key=value"))
    var assignments: [String] = []

    /// The flags as the configuration's first layer.
    func flags() throws -> [(name: String, value: String, flag: String)] {
        var flags: [(name: String, value: String, flag: String)] = []
        if let data { flags.append(("data", data, "--data")) }
        for assignment in assignments {
            guard let equals = assignment.firstIndex(of: "=") else {
                throw ValidationError("--set takes key=value, as in --set limits.body-bytes=1MiB.")
            }
            let name = String(assignment[..<equals]).trimmingCharacters(in: .whitespaces)
            flags.append((name, String(assignment[assignment.index(after: equals)...]), "--set \(name)"))
        }
        return flags
    }

    /// The configuration, with further flags of the command on top.
    func settings(
        _ more: [(name: String, value: String, flag: String)] = [], readsSecrets: Bool = false
    ) async throws -> Settings {
        var sources = SettingsSources()
        sources.config = config
        sources.flags = try flags() + more
        sources.readsSecrets = readsSecrets
        return try await Settings.resolved(from: sources)
    }
}
