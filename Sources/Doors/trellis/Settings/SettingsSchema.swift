import Charters

/// Every key that Trellis knows. What is not in this list is refused; what is in it, docs/configuration.md explains.
enum SettingsSchema {
    static let keys: [SettingKey] = [
        SettingKey(path: ["listen", "host"], kind: .text, says: "The address to listen on."),
        SettingKey(
            path: ["listen", "port"], kind: .wholeNumber(0...65535), says: "The TCP port; 0 takes any free one."),
        SettingKey(path: ["data"], kind: .path, says: "The folder of the store, the journal and the keys."),
        SettingKey(path: ["home"], kind: .path, says: "The folder of the local runtime: Python and models."),
        SettingKey(
            path: ["charter"], kind: .charter,
            says: "The charter for development mode and for keys that name none: a commons name or a path."),
        SettingKey(path: ["role"], kind: .text, says: "The role within that charter."),
        SettingKey(
            path: ["charters", "registries"], kind: .list, says: "Folders that hold charters as OWNER/NAME.yaml."),
        SettingKey(
            path: ["charters", "hosts"], kind: .list, says: "Hosts that may be asked over https for charters' parents."
        ),
        SettingKey(
            path: ["charters", "root"], kind: .path, says: "The folder that no charter's path may lead out of."),
        SettingKey(
            path: ["charters", "lock"], kind: .word(["if-there", "required"]),
            says: "Whether a charter that builds on others must have a charter.lock beside it."),
        SettingKey(
            path: ["charters", "time"], kind: .duration(.milliseconds(100) ... .seconds(60)),
            says: "How long one address may take to send a parent."),
        SettingKey(path: ["development"], kind: .truth, says: "Ask for no key. Only on a loopback address."),
        SettingKey(path: ["receipts", "bodies"], kind: .truth, says: "Keep message bodies in receipts, sealed."),
        SettingKey(
            path: ["counsel", "reader"], kind: .word(["cues", "embedding", "model"]),
            says: "Who reads the situation that a message is in."),
        SettingKey(path: ["counsel", "reader-model"], kind: .text, says: "The model that the reader asks."),
        SettingKey(
            path: ["counsel", "reader-time"], kind: .duration(.milliseconds(1) ... .seconds(60)),
            says: "How long reading a situation may take."),
        SettingKey(
            path: ["counsel", "critique"], kind: .word(["asked", "never"]),
            says: "Whether drafts are criticised when a charter or a caller asks."),
        SettingKey(path: ["counsel", "critic-model"], kind: .text, says: "The model that criticises drafts."),
        SettingKey(
            path: ["counsel", "guard", "kind"], kind: .word(["moderation", "llama-guard"]),
            says: "The form in which the guard model is asked."),
        SettingKey(
            path: ["counsel", "guard", "model"], kind: .text, says: "The model that looks for what the floor forbids."),
        SettingKey(
            path: ["counsel", "guard", "time"], kind: .duration(.milliseconds(50) ... .seconds(60)),
            says: "How long the guard model may take for one answer."),
        SettingKey(
            path: ["memory", "use"], kind: .truth,
            says: "Whether conversations use what people want remembered, as far as each person granted."),
        SettingKey(
            path: ["memory", "reader"], kind: .word(["statements", "model"]),
            says: "Who reads what was said for what is to be remembered."),
        SettingKey(path: ["memory", "reader-model"], kind: .text, says: "The model that reads what was said."),
        SettingKey(
            path: ["memory", "embedder"], kind: .text,
            says: "The embedding model by which what is remembered is found by meaning."),
        SettingKey(
            path: ["memory", "embedding-time"], kind: .duration(.milliseconds(1) ... .seconds(10)),
            says: "How long embedding a message may take."),
        SettingKey(
            path: ["memory", "tokens"], kind: .wholeNumber(0...20_000),
            says: "Tokens of remembered items in front of a message, about."),
        SettingKey(
            path: ["deliberation", "embedder"], kind: .text,
            says: "The embedding model by which statements are found that say nearly the same."),
        SettingKey(
            path: ["deliberation", "oidc", "issuer"], kind: .text,
            says: "The issuer whose ID tokens let people into conversations."),
        SettingKey(
            path: ["deliberation", "oidc", "audience"], kind: .text,
            says: "The client's id at that issuer; tokens for others are refused."),
        SettingKey(
            path: ["deliberation", "oidc", "keys"], kind: .text,
            says: "The issuer's keys (JWKS): a file, or an address."),
        SettingKey(
            path: ["threads"], kind: .wholeNumber(0...1024), says: "Event loops that serve requests; 0 is one a core."),
        SettingKey(
            path: ["limits", "body-bytes"], kind: .bytes(1024...1 << 30), says: "The largest request body."),
        SettingKey(path: ["limits", "json-depth"], kind: .wholeNumber(4...1000), says: "How deep a body may nest."),
        SettingKey(path: ["limits", "head-bytes"], kind: .bytes(1024...1 << 20), says: "The largest request head."),
        SettingKey(
            path: ["limits", "connections"], kind: .wholeNumber(1...1_000_000), says: "Open client connections."),
        SettingKey(
            path: ["limits", "read-timeout"], kind: .duration(.milliseconds(100) ... .seconds(3600)),
            says: "How long a request's head and body may take to arrive."),
        SettingKey(
            path: ["limits", "keep-alive"], kind: .duration(.milliseconds(100) ... .seconds(86_400)),
            says: "After this, an idle client connection is closed."),
        SettingKey(
            path: ["limits", "shutdown"], kind: .duration(.zero ... .seconds(3600)),
            says: "How long open replies may go on at shutdown."),
        SettingKey(
            path: ["limits", "per-key", "requests-per-minute"], kind: .limit,
            says: "Requests a minute of a key that sets none of its own."),
        SettingKey(
            path: ["limits", "per-key", "tokens-per-day"], kind: .limit,
            says: "Tokens a day of a key that sets none of its own."),
        SettingKey(
            path: ["limits", "per-key", "concurrent"], kind: .limit,
            says: "Requests at once of a key that sets none of its own."),
        SettingKey(path: ["upstreams", "*", "kind"], kind: .word(upstreamKinds), says: "The protocol it speaks."),
        SettingKey(path: ["upstreams", "*", "url"], kind: .address, says: "Its base address."),
        SettingKey(
            path: ["upstreams", "*", "key-env"], kind: .environmentName,
            says: "The environment variable that holds its key."),
        SettingKey(path: ["upstreams", "*", "key-file"], kind: .path, says: "The file that holds its key."),
        SettingKey(
            path: ["upstreams", "*", "models"], kind: .list,
            says: "The models it serves: exact names, or a prefix and `*`."),
        SettingKey(
            path: ["upstreams", "*", "rename", "*"], kind: .text,
            says: "A model's public name, and the upstream's own name for it."),
        SettingKey(
            path: ["upstreams", "*", "speaks-messages"], kind: .truth,
            says: "Whether an openai upstream serves Anthropic's /v1/messages itself."),
        SettingKey(
            path: ["upstreams", "*", "timeouts", "connect"], kind: .duration(.milliseconds(1) ... .seconds(3600)),
            says: "How long opening a connection may take."),
        SettingKey(
            path: ["upstreams", "*", "timeouts", "first-byte"], kind: .duration(.milliseconds(1) ... .seconds(86_400)),
            says: "How long the first byte of a reply may take."),
        SettingKey(
            path: ["upstreams", "*", "timeouts", "idle"], kind: .duration(.milliseconds(1) ... .seconds(86_400)),
            says: "How long a reply may pause."),
        SettingKey(
            path: ["upstreams", "*", "retries"], kind: .wholeNumber(0...10),
            says: "Further tries while nothing was streamed."),
        SettingKey(
            path: ["upstreams", "*", "max-connections"], kind: .wholeNumber(1...100_000),
            says: "Connections to it at most."),
        SettingKey(path: ["upstreams", "*", "proxy"], kind: .address, says: "The HTTP proxy on the way to it."),
        SettingKey(
            path: ["upstreams", "*", "certificate-authorities"], kind: .path,
            says: "A PEM file of authorities to trust instead of the system's."),
        SettingKey(
            path: ["log", "level"], kind: .word(["trace", "debug", "info", "notice", "warning", "error"]),
            says: "How much is logged."),
        SettingKey(path: ["log", "format"], kind: .word(["text", "json"]), says: "How a log line looks."),
    ]

    static let upstreamKinds = ["local", "openai", "anthropic"]

    /// Keys that look like the place for a secret. They are refused with the reason, wherever they stand.
    static let secretKeys: Set<String> = [
        "key", "api-key", "apikey", "api_key", "token", "secret", "password", "credential", "authorization",
    ]

    /// The key at a path, if there is one.
    static func key(at path: [String]) -> SettingKey? {
        keys.first { fits($0.path, path) }
    }

    /// Whether some key stands below a path.
    static func isBranch(_ path: [String]) -> Bool {
        keys.contains { $0.path.count > path.count && fits(Array($0.path.prefix(path.count)), path) }
    }

    /// The names that may stand below a path; `*` where the operator chooses them.
    static func names(below path: [String]) -> [String] {
        var names: [String] = []
        for key in keys where key.path.count > path.count && fits(Array(key.path.prefix(path.count)), path) {
            if !names.contains(key.path[path.count]) { names.append(key.path[path.count]) }
        }
        return names
    }

    /// What to say about a key that isn't known.
    static func unknown(_ name: String, below path: [String]) -> (code: String, message: String, help: String) {
        if secretKeys.contains(name.lowercased()) {
            return (
                "secret-in-file", "a secret must not stand in the configuration",
                "Put it into the environment and write `key-env: NAME`, or into a file and write `key-file: PATH`."
            )
        }
        let known = names(below: path)
        let place = path.isEmpty ? "at the top" : "under `\(path.joined(separator: "."))`"
        var help = "The keys \(place) are: \(known.joined(separator: ", "))."
        if let near = nearMiss(of: name, among: known) {
            help = "Did you mean `\(near)`?"
        } else if let elsewhere = keys.first(where: { $0.path.last == name && !$0.path.contains("*") }) {
            help = "`\(name)` belongs under `\(elsewhere.path.dropLast().joined(separator: "."))`."
        }
        return ("unknown-key", "there is no key `\(name)` \(place)", help)
    }

    /// An upstream's name goes into metrics, receipts and environment variables.
    static func isUpstreamName(_ name: String) -> Bool {
        name.wholeMatch(of: /[a-z0-9][a-z0-9-]{0,39}/) != nil
    }

    private static func fits(_ pattern: [String], _ path: [String]) -> Bool {
        pattern.count == path.count && zip(pattern, path).allSatisfy { $0 == "*" || $0 == $1 }
    }
}
