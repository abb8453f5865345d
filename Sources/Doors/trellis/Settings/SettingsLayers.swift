import Charters
import Configuration
import Foundation
import Synchronization

/// The three layers that values come from, as one: flags, then environment, then the file.
struct SettingsLayers {
    /// Where a value came from.
    enum Origin: Equatable {
        case flag(String)
        case environment(String)
        case file(line: Int, column: Int)

        /// As messages name it.
        func words(file: String?) -> String {
            switch self {
            case .flag(let flag): flag
            case .environment(let variable): variable
            case .file(let line, _): "\(file ?? "trellis.yaml"):\(line)"
            }
        }
    }

    /// A value as text, and where it came from.
    struct Found {
        let text: String
        let origin: Origin
    }

    /// A list of values, and where it came from.
    struct FoundList {
        let texts: [String]
        let origin: Origin
    }

    let file: SettingsFile?
    private let reader: ConfigReader
    private let lookups: LastLookup
    private let flags: [String: String]

    init(sources: SettingsSources, file: SettingsFile?, filePath: String?) async throws(SettingsError) {
        self.file = file
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        var flags: [String: String] = [:]
        for flag in sources.flags {
            let path = flag.name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard let key = SettingsSchema.key(at: path) else {
                let parent = Array(path.dropLast())
                let unknown = SettingsSchema.unknown(path.last ?? "", below: parent)
                throw SettingsError(
                    .error(in: flag.flag, code: unknown.code, unknown.message, help: unknown.help))
            }
            if case .list = key.kind {
                values[AbsoluteConfigKey(path)] = ConfigValue(
                    .stringArray(flag.value.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }),
                    isSecret: false)
            } else {
                values[AbsoluteConfigKey(path)] = ConfigValue(.string(flag.value), isSecret: false)
            }
            flags[flag.name] = flag.flag
        }
        self.flags = flags
        // An empty variable means the same as none: `TRELLIS_ROLE= trellis serve` takes a role away from nobody.
        let environment = sources.environment.filter { $0.key.hasPrefix("TRELLIS_") && !$0.value.isEmpty }
        var providers: [any ConfigProvider] = [
            InMemoryProvider(name: "flags", values: values),
            EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "trellis"),
        ]
        // swift-configuration takes a file without any key for an error; to a person it is an empty file.
        if let filePath, file?.places.isEmpty == false {
            do {
                // The path goes in as configuration of its own, because the type of a path would need another package.
                let place = InMemoryProvider(values: ["filePath": ConfigValue(.string(filePath), isSecret: false)])
                providers.append(try await FileProvider<YAMLSnapshot>(config: ConfigReader(provider: place)))
            } catch {
                throw SettingsError(
                    .error(in: filePath, code: "unreadable", "\(error)", help: "Check the file's path and its YAML."))
            }
        }
        lookups = LastLookup()
        reader = ConfigReader(providers: providers, accessReporter: lookups)
    }

    /// The text at a path, from the first layer that has one.
    func text(_ path: String...) async throws(SettingsError) -> Found? {
        try await text(path)
    }

    /// The text at a path, from the first layer that has one.
    func text(_ path: [String]) async throws(SettingsError) -> Found? {
        let found: String?
        do { found = try await reader.fetchString(forKey: ConfigKey(path)) } catch { throw wrongShape(path, error) }
        guard let found, let origin = origin(of: path) else { return nil }
        if case .file = origin, file?.emptyKeys.contains(path.joined(separator: ".")) == true { return nil }
        // The file was checked before; flags and environment are checked here.
        if let problem = SettingsSchema.key(at: path)?.kind.problem(with: found) {
            throw refusal(problem, at: path, origin)
        }
        return Found(text: found, origin: origin)
    }

    /// The list at a path, from the first layer that has one.
    func list(_ path: [String]) async throws(SettingsError) -> FoundList? {
        if file?.emptyKeys.contains(path.joined(separator: ".")) == true {
            // swift-configuration can't read an empty value as a list.
            return nil
        }
        let found: [String]?
        do { found = try await reader.fetchStringArray(forKey: ConfigKey(path)) } catch {
            throw wrongShape(path, error)
        }
        guard let found, let origin = origin(of: path) else { return nil }
        return FoundList(texts: found.filter { !$0.isEmpty }, origin: origin)
    }

    /// A problem with a value, told where the value stands.
    func refusal(_ problem: ValueProblem, at path: [String], _ origin: Origin) -> SettingsError {
        let dotted = path.joined(separator: ".")
        switch origin {
        case .flag(let flag):
            return SettingsError(.error(in: flag, code: "value", "`\(dotted)`: \(problem.message)", help: problem.help))
        case .environment(let variable):
            return SettingsError(
                .error(in: variable, code: "value", "`\(dotted)`: \(problem.message)", help: problem.help))
        case .file(let line, let column):
            return SettingsError(
                Diagnostic(
                    severity: .error, file: file?.name ?? "trellis.yaml", line: line, column: column, code: "value",
                    message: "`\(dotted)`: \(problem.message)", help: problem.help),
                source: file?.source ?? "")
        }
    }

    private func wrongShape(_ path: [String], _ error: any Error) -> SettingsError {
        SettingsError(
            .error(
                in: path.joined(separator: "."), code: "value", "the value can't be read (\(error))",
                help: "docs/configuration.md says what the key takes."))
    }

    private func origin(of path: [String]) -> Origin? {
        let dotted = path.joined(separator: ".")
        guard let lookup = lookups.last else { return nil }
        if let flag = flags[dotted], lookup.provider.contains("flags") { return .flag(flag) }
        if lookup.provider.contains("EnvironmentVariables") { return .environment(lookup.encodedKey) }
        let place = file?.places[dotted] ?? (0, 0)
        return .file(line: place.0, column: place.1)
    }
}

/// Remembers which layer answered last.
private final class LastLookup: AccessReporter {
    private let state = Mutex<(provider: String, encodedKey: String)?>(nil)

    var last: (provider: String, encodedKey: String)? { state.withLock { $0 } }

    func report(_ event: AccessEvent) {
        for answer in event.providerResults {
            if case .success(let lookup) = answer.result, lookup.value != nil {
                state.withLock { $0 = (answer.providerName, lookup.encodedKey) }
                return
            }
        }
        state.withLock { $0 = nil }
    }
}
