import Charters
import Foundation
import Gateway
import Logging

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
        var resolution = SettingsResolution(layers: layers, sources: sources)
        resolution.settings.file = path
        try await resolution.readBasics()
        try await resolution.readCharters()
        try await resolution.readLimits()
        try await resolution.readCounsel()
        try await resolution.readMemory()
        try await resolution.readDeliberation()
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
struct SettingsResolution {
    let layers: SettingsLayers
    let sources: SettingsSources
    var settings = Settings()
    /// The variables that `key-env` names.
    var secretVariables: Set<String> = []

    init(layers: SettingsLayers, sources: SettingsSources) {
        self.layers = layers
        self.sources = sources
    }

    // MARK: Values

    mutating func text(_ path: [String]) async throws(SettingsError) -> SettingsLayers.Found? {
        guard let found = try await layers.text(path) else { return nil }
        settings.origins[path.joined(separator: ".")] = found.origin.words(file: layers.file?.name)
        return found
    }

    mutating func number(_ path: String...) async throws(SettingsError) -> Int? {
        guard let found = try await text(path) else { return nil }
        return SettingText.wholeNumber(found.text) ?? SettingText.bytes(found.text)
    }

    mutating func limit(_ path: String...) async throws(SettingsError) -> Int?? {
        guard let found = try await text(path) else { return nil }
        return .some(SettingText.wholeNumber(found.text))
    }

    mutating func duration(_ path: [String]) async throws(SettingsError) -> Duration? {
        try await text(path).flatMap { SettingText.duration($0.text) }
    }

    mutating func truth(_ path: String...) async throws(SettingsError) -> Bool? {
        try await text(path).flatMap { SettingText.truth($0.text) }
    }

    mutating func path(_ path: [String]) async throws(SettingsError) -> String? {
        try await text(path).map { absolute($0.text, $0.origin) }
    }

    func absolute(_ path: String, _ origin: SettingsLayers.Origin) -> String {
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

    mutating func readCounsel() async throws(SettingsError) {
        var counsel = settings.gateway.counsel
        if let reader = try await text(["counsel", "reader"]) {
            counsel.reader = GatewaySettings.Counsel.Reader(rawValue: reader.text) ?? .cues
        }
        counsel.readerModel = try await text(["counsel", "reader-model"])?.text
        counsel.readerTime = try await duration(["counsel", "reader-time"])
        if let critique = try await text(["counsel", "critique"]) { counsel.allowsCritique = critique.text != "never" }
        counsel.criticModel = try await text(["counsel", "critic-model"])?.text
        let kind = try await text(["counsel", "guard", "kind"])
        let model = try await text(["counsel", "guard", "model"])
        if let model {
            var asked = GuardSettings(
                kind: kind.flatMap { GuardSettings.Kind(rawValue: $0.text) } ?? .moderation, name: model.text)
            if let time = try await duration(["counsel", "guard", "time"]) { asked.time = time }
            settings.gateway.guardModel = asked
        } else if let kind {
            throw layers.refusal(
                ValueProblem(
                    message: "a guard is asked for and no model is named",
                    help: "Write `guard: { kind: \(kind.text), model: NAME }`, with a model that an upstream serves."),
                at: ["counsel", "guard", "kind"], kind.origin)
        }
        settings.gateway.counsel = counsel
    }

    mutating func readMemory() async throws(SettingsError) {
        var memory = settings.gateway.memory
        if let use = try await truth("memory", "use") { memory.isOn = use }
        if let reader = try await text(["memory", "reader"]) {
            memory.reader = GatewaySettings.Memory.Reader(rawValue: reader.text) ?? .statements
        }
        memory.readerModel = try await text(["memory", "reader-model"])?.text
        memory.embedder = try await text(["memory", "embedder"])?.text
        if let time = try await duration(["memory", "embedding-time"]) { memory.embeddingTime = time }
        if let tokens = try await number("memory", "tokens") { memory.tokens = tokens }
        settings.gateway.memory = memory
    }

    mutating func readDeliberation() async throws(SettingsError) {
        settings.gateway.deliberation.embedder = try await text(["deliberation", "embedder"])?.text
        let issuer = try await text(["deliberation", "oidc", "issuer"])
        let audience = try await text(["deliberation", "oidc", "audience"])
        let keys = try await text(["deliberation", "oidc", "keys"])
        guard let named = issuer ?? audience ?? keys else { return }
        guard let issuer, let audience, let keys else {
            throw layers.refusal(
                ValueProblem(
                    message: "an issuer of ID tokens needs a name, an audience and keys",
                    help:
                        "Write `oidc: { issuer: https://…, audience: CLIENT, keys: jwks.json }`, with a file or an address."
                ), at: ["deliberation", "oidc"], named.origin)
        }
        settings.gateway.deliberation.identity = GatewaySettings.Deliberation.Identity(
            issuer: issuer.text, audience: audience.text,
            keys: keys.text.contains("://") ? keys.text : absolute(keys.text, keys.origin))
    }

    // MARK: Environment

    /// A variable that looks like ours and isn't is probably mistyped. It is no error: Kubernetes puts variables such
    /// as `TRELLIS_SERVICE_HOST` into every container beside a service named trellis.
    mutating func warnOfUnknownVariables() {
        var known: Set<String> = [
            "TRELLIS_CONFIG", "TRELLIS_UPSTREAMS", "TRELLIS_URL", "TRELLIS_KEY", "TRELLIS_KEK", "TRELLIS_KEK_FILE",
            "TRELLIS_PARTICIPANT", "TRELLIS_INVITATION", "TRELLIS_ID_TOKEN",
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
