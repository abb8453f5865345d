import Charters
import Foundation
import Gateway
import Models
import NIOCore

/// Upstreams and their secrets.
extension SettingsResolution {
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
            // A name that is given is a name that is served, whether or not `models` repeats it.
            if !upstream.models.isEmpty && !upstream.models.contains(publicName) { upstream.models.append(publicName) }
        }
        if let found = try await text(base + ["speaks-messages"]) {
            upstream.alsoSpeaksMessages = SettingText.truth(found.text) ?? false
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
}
