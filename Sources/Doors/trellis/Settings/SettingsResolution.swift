import Charters
import Foundation
import Gateway
import Logging
import Models
import NIOCore

extension Settings {
    /// Resolves the settings from flags, environment and file, in this order.
    ///
    /// - Throws: ``SettingsError`` with what is wrong, where, and what to write instead.
    static func resolved(from sources: SettingsSources) async throws(SettingsError) -> Settings {
        var path: String?
        if let named = sources.config ?? sources.environment["TRELLIS_CONFIG"].flatMap({ $0.isEmpty ? nil : $0 }) {
            path = absolute(named, from: sources.workingFolder)
        } else {
            let here = absolute("trellis.yaml", from: sources.workingFolder)
            if FileManager.default.fileExists(atPath: here) { path = here }
        }
        var file: SettingsFile?
        if let path { file = try SettingsFile.read(path: path, workingFolder: sources.workingFolder) }
        let layers = try await SettingsLayers(sources: sources, file: file, filePath: path)
        var resolution = Resolution(layers: layers, sources: sources)
        resolution.settings.file = path
        try await resolution.readBasics()
        try await resolution.readLimits()
        try await resolution.readUpstreams()
        resolution.warnOfUnknownVariables()
        let problems = resolution.settings.gateway.problems
        guard problems.isEmpty else {
            throw SettingsError(
                diagnostics: problems.map {
                    .error(
                        in: file?.name ?? "configuration", code: "unsafe", $0, help: "docs/configuration.md says more.")
                })
        }
        return resolution.settings
    }

    static func absolute(_ path: String, from folder: String) -> String {
        let expanded = path.hasPrefix("~/") ? NSHomeDirectory() + path.dropFirst(1) : path
        return URL(fileURLWithPath: expanded, relativeTo: URL(fileURLWithPath: folder, isDirectory: true))
            .standardizedFileURL.path
    }
}

/// The settings while they are being put together.
private struct Resolution {
    let layers: SettingsLayers
    let sources: SettingsSources
    var settings = Settings()
    /// The variables that `key-env` names.
    private var secretVariables: Set<String> = []

    init(layers: SettingsLayers, sources: SettingsSources) {
        self.layers = layers
        self.sources = sources
    }

    // MARK: Values

    private mutating func text(_ path: [String]) async throws(SettingsError) -> SettingsLayers.Found? {
        guard let found = try await layers.text(path) else { return nil }
        settings.origins[path.joined(separator: ".")] = found.origin.words(file: layers.file?.name)
        return found
    }

    private mutating func number(_ path: String...) async throws(SettingsError) -> Int? {
        guard let found = try await text(path) else { return nil }
        return SettingText.wholeNumber(found.text) ?? SettingText.bytes(found.text)
    }

    private mutating func limit(_ path: String...) async throws(SettingsError) -> Int?? {
        guard let found = try await text(path) else { return nil }
        return .some(SettingText.wholeNumber(found.text))
    }

    private mutating func duration(_ path: [String]) async throws(SettingsError) -> Duration? {
        try await text(path).flatMap { SettingText.duration($0.text) }
    }

    private mutating func truth(_ path: String...) async throws(SettingsError) -> Bool? {
        try await text(path).flatMap { SettingText.truth($0.text) }
    }

    private mutating func path(_ path: [String]) async throws(SettingsError) -> String? {
        try await text(path).map { absolute($0.text, $0.origin) }
    }

    private func absolute(_ path: String, _ origin: SettingsLayers.Origin) -> String {
        if case .file = origin, let folder = layers.file?.folder { return Settings.absolute(path, from: folder) }
        return Settings.absolute(path, from: sources.workingFolder)
    }

    // MARK: Parts

    mutating func readBasics() async throws(SettingsError) {
        if let host = try await text(["listen", "host"]) { settings.gateway.listen.host = host.text }
        if let port = try await number("listen", "port") { settings.gateway.listen.port = port }
        settings.gateway.dataDirectory =
            try await path(["data"]) ?? Settings.absolute(settings.gateway.dataDirectory, from: sources.workingFolder)
        settings.gateway.home =
            try await path(["home"]) ?? Settings.absolute(settings.gateway.home, from: sources.workingFolder)
        if let charter = try await text(["charter"]) {
            let reference = CharterReference(charter.text)
            if case .file(let path) = reference {
                settings.gateway.charter = .file(absolute(path, charter.origin))
            } else {
                settings.gateway.charter = reference
            }
        }
        settings.gateway.role = try await text(["role"])?.text
        if let development = try await truth("development") { settings.gateway.development = development }
        if let bodies = try await truth("receipts", "bodies") { settings.gateway.keepsBodies = bodies }
        if let threads = try await number("threads") { settings.gateway.threads = threads }
        if let level = try await text(["log", "level"]) {
            settings.logLevel = Logger.Level(rawValue: level.text) ?? .info
        }
        if let format = try await text(["log", "format"]) {
            settings.logFormat = Settings.LogFormat(rawValue: format.text) ?? .text
        }
    }

    mutating func readLimits() async throws(SettingsError) {
        var limits = settings.gateway.limits
        if let bytes = try await number("limits", "body-bytes") { limits.bodyBytes = bytes }
        if let depth = try await number("limits", "json-depth") { limits.jsonDepth = depth }
        if let bytes = try await number("limits", "head-bytes") { limits.headBytes = bytes }
        if let connections = try await number("limits", "connections") { limits.connections = connections }
        if let time = try await duration(["limits", "read-timeout"]) { limits.readTimeout = time }
        if let time = try await duration(["limits", "keep-alive"]) { limits.keepAlive = time }
        if let time = try await duration(["limits", "shutdown"]) { limits.shutdown = time }
        if let rate = try await limit("limits", "per-key", "requests-per-minute") {
            limits.perKey.requestsPerMinute = rate
        }
        if let tokens = try await limit("limits", "per-key", "tokens-per-day") { limits.perKey.tokensPerDay = tokens }
        if let open = try await limit("limits", "per-key", "concurrent") { limits.perKey.concurrent = open }
        settings.gateway.limits = limits
    }

    mutating func readUpstreams() async throws(SettingsError) {
        var names = layers.file?.upstreams ?? []
        let declared = (sources.environment["TRELLIS_UPSTREAMS"] ?? "").split(separator: ",")
            .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        for name in declared where !names.contains(name) {
            guard SettingsSchema.isUpstreamName(name) else {
                throw SettingsError(
                    .error(
                        in: "TRELLIS_UPSTREAMS", code: "name", "this can't be the name of an upstream",
                        help: "Use up to 40 lower-case letters, digits and hyphens, as in `openai`."))
            }
            names.append(name)
        }
        for flag in sources.flags {
            let path = flag.name.split(separator: ".").map(String.init)
            if path.count > 2, path[0] == "upstreams", SettingsSchema.isUpstreamName(path[1]), !names.contains(path[1])
            {
                names.append(path[1])
            }
        }
        guard !names.isEmpty else { return }
        var upstreams: [UpstreamSettings] = []
        for name in names { upstreams.append(try await upstream(name)) }
        settings.gateway.upstreams = upstreams
    }

    private mutating func upstream(_ name: String) async throws(SettingsError) -> UpstreamSettings {
        let base = ["upstreams", name]
        guard let kind = try await text(base + ["kind"]) else {
            throw missing(name, "kind", help: "Write `kind: openai`, `kind: anthropic` or `kind: local`.")
        }
        let models = try await layers.list(base + ["models"])?.texts
        for model in models ?? [] where model.dropLast().contains("*") {
            throw SettingsError(
                .error(
                    in: layers.file?.name ?? "TRELLIS_UPSTREAMS", code: "value",
                    "`\(base.joined(separator: ".")).models`: a `*` may only end a name, and `\(model)` has it elsewhere",
                    help: "Write an exact name, or a prefix and `*`, as in `gpt-*`."))
        }
        guard kind.text != "local" else {
            return .local(name: name, models: models ?? UpstreamSettings.local.models)
        }
        guard let url = try await text(base + ["url"]) else {
            throw missing(name, "url", help: "Write its base address, as in `url: https://api.openai.com/v1`.")
        }
        var upstream = Upstream(
            name: name, dialect: kind.text == "anthropic" ? .anthropic : .openAI,
            address: try address(url, at: base + ["url"]), models: models ?? [])
        upstream.credential = try await credential(base)
        for publicName in layers.file?.renames[name] ?? [] {
            upstream.renamed[publicName] = try await text(base + ["rename", publicName])?.text
        }
        if let time = try await duration(base + ["timeouts", "connect"]) { upstream.timeouts.connect = amount(time) }
        if let time = try await duration(base + ["timeouts", "first-byte"]) {
            upstream.timeouts.firstByte = amount(time)
        }
        if let time = try await duration(base + ["timeouts", "idle"]) { upstream.timeouts.idle = amount(time) }
        if let found = try await text(base + ["retries"]) {
            upstream.retries = SettingText.wholeNumber(found.text) ?? upstream.retries
        }
        if let found = try await text(base + ["max-connections"]) {
            upstream.maximumConnections = SettingText.wholeNumber(found.text) ?? upstream.maximumConnections
        }
        if let proxy = try await text(base + ["proxy"]) {
            upstream.proxy = try address(proxy, at: base + ["proxy"])
        }
        upstream.certificateAuthorities = try await path(base + ["certificate-authorities"])
        return .remote(upstream)
    }

    private func amount(_ duration: Duration) -> TimeAmount { TimeAmount(duration) }

    private func address(
        _ found: SettingsLayers.Found, at path: [String]
    ) throws(SettingsError) -> UpstreamAddress {
        do { return try UpstreamAddress(found.text) } catch {
            throw layers.refusal(
                ValueProblem(message: "this address can't be used", help: error.description), at: path, found.origin)
        }
    }

    private func missing(_ name: String, _ key: String, help: String) -> SettingsError {
        SettingsError(
            .error(
                in: layers.file?.name ?? "configuration", code: "missing-key", "the upstream `\(name)` has no `\(key)`",
                help: help))
    }

    // MARK: Secrets

    private mutating func credential(_ base: [String]) async throws(SettingsError) -> Credential? {
        let variable = try await text(base + ["key-env"])
        let file = try await text(base + ["key-file"])
        if let variable { secretVariables.insert(variable.text) }
        guard sources.readsSecrets else { return nil }
        if let variable {
            if let file {
                throw layers.refusal(
                    ValueProblem(
                        message: "both `key-env` and `key-file` are given", help: "Keep one of them."),
                    at: base + ["key-file"], file.origin)
            }
            guard let secret = sources.environment[variable.text], !secret.isEmpty else {
                throw layers.refusal(
                    ValueProblem(
                        message: "the environment has no \(variable.text)",
                        help: "`export \(variable.text)=…` before you start Trellis, or use `key-file`."),
                    at: base + ["key-env"], variable.origin)
            }
            return Credential(secret)
        }
        guard let file else { return nil }
        let path = absolute(file.text, file.origin)
        guard let data = FileManager.default.contents(atPath: path), data.count <= 65_536,
            let text = String(validating: data, as: UTF8.self),
            !text.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty
        else {
            throw layers.refusal(
                ValueProblem(
                    message: "no key can be read from \(path)",
                    help: "Put the key into that file, alone, readable by this user."),
                at: base + ["key-file"], file.origin)
        }
        let permissions = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        if let permissions, permissions & 0o077 != 0 {
            settings.warnings.append("Other users of this machine may read \(path): `chmod 600 \(path)` closes it.")
        }
        return Credential(text)
    }

    // MARK: Environment

    /// A variable that looks like ours and isn't is probably mistyped. It is no error: Kubernetes puts variables such
    /// as `TRELLIS_SERVICE_HOST` into every container beside a service named trellis.
    mutating func warnOfUnknownVariables() {
        var known: Set<String> = [
            "TRELLIS_CONFIG", "TRELLIS_UPSTREAMS", "TRELLIS_URL", "TRELLIS_KEY", "TRELLIS_KEK", "TRELLIS_KEK_FILE",
        ]
        for key in SettingsSchema.keys {
            for upstream in key.path.contains("*") ? settings.gateway.upstreams.map(\.name) : [""] {
                guard key.path.count(where: { $0 == "*" }) < 2 else { continue }
                let path = key.path.map { $0 == "*" ? upstream : $0 }
                known.insert("TRELLIS_" + path.joined(separator: "_").uppercased().replacing("-", with: "_"))
            }
        }
        for variable in sources.environment.keys.sorted() where variable.hasPrefix("TRELLIS_") {
            let isKubernetes = variable.wholeMatch(of: /TRELLIS_(SERVICE_.*|PORT|PORT_.*)/) != nil
            guard !known.contains(variable), !secretVariables.contains(variable), !isKubernetes else { continue }
            let near = nearMiss(of: variable.lowercased(), among: known.map { $0.lowercased() })
            let hint = near.map { " Did you mean \($0.uppercased())?" } ?? ""
            settings.warnings.append("The variable \(variable) means nothing to Trellis.\(hint)")
        }
    }
}
