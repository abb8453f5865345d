import Charters
import Counsel
import Foundation
import Gateway
import Logging
import Models
import NIOCore
import Testing

@testable import trellis

/// A folder of a test's own, gone with it.
final class Folder: Sendable {
    let path = FileManager.default.temporaryDirectory.appending(path: "trellis-settings-\(UUID().uuidString)").path

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    func write(_ text: String, to name: String = "trellis.yaml") throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func settings(
        _ yaml: String? = nil, flags: [String: String] = [:], environment: [String: String] = [:],
        readsSecrets: Bool = true
    ) async throws -> Settings {
        if let yaml { try write(yaml) }
        return try await Settings.resolved(
            from: SettingsSources(
                config: nil, flags: flags.map { ($0.key, $0.value, "--\($0.key)") }, environment: environment,
                workingFolder: path, readsSecrets: readsSecrets))
    }

    /// The problems that these settings are refused with.
    func problems(
        _ yaml: String? = nil, flags: [String: String] = [:], environment: [String: String] = [:]
    ) async throws -> [Diagnostic] {
        do {
            _ = try await settings(yaml, flags: flags, environment: environment)
            return []
        } catch let error as SettingsError {
            return error.diagnostics
        }
    }
}

@Suite("Settings")
struct SettingsTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    @Test("without flags, variables and file the defaults hold")
    func defaults() async throws {
        let settings = try await folder.settings()
        #expect(settings.gateway.listen == .init(host: "127.0.0.1", port: 8080))
        #expect(settings.gateway.dataDirectory == folder.path + "/.trellis/data")
        #expect(settings.gateway.charter == .commons("commons/advisor"))
        #expect(!settings.gateway.development)
        #expect(settings.gateway.upstreams.map(\.name) == ["local"])
        #expect(settings.file == nil && settings.origins.isEmpty && settings.warnings.isEmpty)
    }

    @Test("flags win over variables, variables over the file, and each says where it came from")
    func precedence() async throws {
        let yaml = "listen: { host: 127.0.0.2, port: 1001 }\nrole: from-file\nthreads: 3"
        let environment = ["TRELLIS_LISTEN_PORT": "1002", "TRELLIS_ROLE": "from-environment"]
        let settings = try await folder.settings(yaml, flags: ["listen.port": "1003"], environment: environment)
        #expect(settings.gateway.listen == .init(host: "127.0.0.2", port: 1003))
        #expect(settings.gateway.role == "from-environment")
        #expect(settings.gateway.threads == 3)
        #expect(settings.origins["listen.port"] == "--listen.port")
        #expect(settings.origins["role"] == "TRELLIS_ROLE")
        #expect(settings.origins["threads"] == "trellis.yaml:3")
    }

    @Test("charters are found in the same places from file, variables and flags; a host is a host")
    func charterPlaces() async throws {
        let environment = ["TRELLIS_CHARTERS_HOSTS": "a.example, b.example:8443", "TRELLIS_CHARTERS_REGISTRIES": "r"]
        let settings = try await folder.settings("charters: { hosts: [c.example] }", environment: environment)
        #expect(settings.gateway.charters.hosts == ["a.example", "b.example:8443"])
        #expect(settings.gateway.charters.registries == [folder.path + "/r"])
        #expect(settings.origins["charters.hosts"] == "TRELLIS_CHARTERS_HOSTS")
        for host in ["https://a.example/", "127.0.0.1", "localhost", "user@a.example", "a.example/x"] {
            let problems = try await folder.problems("charters: { hosts: [\"\(host)\"] }")
            #expect(problems.map(\.code) == ["value"], "\(host)")
            #expect(problems.first?.help.contains("charters.example") == true)
        }
    }

    @Test("a charter may be named as a registry has it; where there is such a file, it is the file")
    func registryName() async throws {
        let yaml = "charter: riverside/tutor\ncharters: { registries: [r] }"
        #expect(try await folder.settings(yaml).gateway.charter == .file("riverside/tutor"))
        #expect(
            try await folder.settings("charter: riverside/tutor").gateway.charter
                == .file(folder.path + "/riverside/tutor"))
        try FileManager.default.createDirectory(
            atPath: folder.path + "/riverside", withIntermediateDirectories: true)
        try folder.write("", to: "riverside/tutor")
        #expect(try await folder.settings(yaml).gateway.charter == .file(folder.path + "/riverside/tutor"))
    }

    @Test("every key of the schema can be set, and lands where it belongs")
    func everyKey() async throws {
        let yaml = """
            listen: { host: 127.0.0.9, port: 9 }
            data: d
            home: h
            charter: c.yaml
            role: tutor
            charters: { registries: [r, /s], hosts: [Charters.example], root: "..", lock: required, time: 7s }
            development: yes
            receipts: { bodies: true }
            threads: 2
            limits:
              body-bytes: 1MiB
              json-depth: 10
              head-bytes: 8KiB
              connections: 7
              read-timeout: 1s
              keep-alive: 2s
              shutdown: 3s
              per-key: { requests-per-minute: 4, tokens-per-day: none, concurrent: 6 }
            log: { level: debug, format: json }
            upstreams:
              local: { kind: local, models: [smollm2] }
              far:
                kind: openai
                url: https://far.example/v1
                key-env: FAR_KEY
                models: [a, "b-*"]
                rename: { a: real-a, gpt-4.1: real-4 }
                speaks-messages: true
                timeouts: { connect: 1s, first-byte: 2s, idle: 3s }
                retries: 0
                max-connections: 5
                proxy: http://proxy:3128
                certificate-authorities: ca.pem
            """
        let settings = try await folder.settings(yaml, environment: ["FAR_KEY": "s3cret"])
        let gateway = settings.gateway
        #expect(gateway.listen == .init(host: "127.0.0.9", port: 9))
        #expect(gateway.dataDirectory == folder.path + "/d" && gateway.home == folder.path + "/h")
        #expect(gateway.charter == .file(folder.path + "/c.yaml") && gateway.role == "tutor")
        #expect(gateway.charters.registries == [folder.path + "/r", "/s"])
        #expect(gateway.charters.hosts == ["charters.example"] && gateway.charters.requiresLock)
        #expect(gateway.charters.root == URL(fileURLWithPath: folder.path).deletingLastPathComponent().path)
        #expect(gateway.charters.seconds == 7)
        #expect(gateway.library.settings.keptIn == folder.path + "/d/charters")
        #expect(gateway.development && gateway.keepsBodies && gateway.threads == 2)
        #expect(gateway.limits.bodyBytes == 1 << 20 && gateway.limits.jsonDepth == 10)
        #expect(gateway.limits.headBytes == 8192 && gateway.limits.connections == 7)
        #expect(gateway.limits.readTimeout == .seconds(1) && gateway.limits.keepAlive == .seconds(2))
        #expect(gateway.limits.shutdown == .seconds(3))
        #expect(gateway.limits.perKey == KeyLimits(requestsPerMinute: 4, tokensPerDay: nil, concurrent: 6))
        #expect(settings.logLevel == .debug && settings.logFormat == .json)
        guard case .remote(let far) = gateway.upstreams[1] else {
            Issue.record("the second upstream is not remote")
            return
        }
        #expect(gateway.upstreams[0].isLocal && gateway.upstreams[0].models == ["smollm2"])
        #expect(far.name == "far" && far.dialect == .openAI && far.address.description == "https://far.example/v1")
        #expect(far.credential?.secret == "s3cret" && far.models == ["a", "b-*", "gpt-4.1"])
        #expect(far.alsoSpeaksMessages)
        #expect(far.renamed == ["a": "real-a", "gpt-4.1": "real-4"])
        #expect(far.timeouts == .init(connect: .seconds(1), firstByte: .seconds(2), idle: .seconds(3)))
        #expect(far.retries == 0 && far.maximumConnections == 5)
        #expect(far.proxy?.description == "http://proxy:3128")
        #expect(far.certificateAuthorities == folder.path + "/ca.pem")
    }

    @Test("a guard model is named with its form and its time, and its time must make sense")
    func guardModel() async throws {
        let short = try await folder.settings("counsel: { guard: { model: m } }")
        #expect(short.gateway.guardModel == GuardSettings(kind: .moderation, name: "m", time: .seconds(2)))
        let long = try await folder.settings("counsel: { guard: { kind: llama-guard, model: m, time: 700ms } }")
        #expect(long.gateway.guardModel == GuardSettings(kind: .llamaGuard, name: "m", time: .milliseconds(700)))
        for time in ["0ms", "10ms", "61s", "soon"] {
            await #expect(throws: SettingsError.self) {
                try await folder.settings("counsel: { guard: { model: m, time: \(time) } }")
            }
        }
    }

    @Test("an issuer of ID tokens is named whole or not at all, with its keys in a file or at an address")
    func issuer() async throws {
        let near = try await folder.settings("deliberation: { oidc: { issuer: i, audience: a, keys: keys.json } }")
        #expect(
            near.gateway.deliberation.identity
                == .init(issuer: "i", audience: "a", keys: folder.path + "/keys.json"))
        let far = try await folder.settings("deliberation: { oidc: { issuer: i, audience: a, keys: https://i/k } }")
        #expect(far.gateway.deliberation.identity?.keys == "https://i/k")
        for part in ["issuer: i", "issuer: i, audience: a", "keys: k"] {
            await #expect(throws: SettingsError.self) {
                try await folder.settings("deliberation: { oidc: { \(part) } }")
            }
        }
        #expect(try await folder.settings("deliberation: { embedder: m }").gateway.deliberation.embedder == "m")
    }

    @Test("upstreams can come from the environment alone")
    func environmentOnly() async throws {
        let settings = try await folder.settings(environment: [
            "TRELLIS_UPSTREAMS": "far", "TRELLIS_UPSTREAMS_FAR_KIND": "anthropic",
            "TRELLIS_UPSTREAMS_FAR_URL": "https://far.example", "TRELLIS_UPSTREAMS_FAR_MODELS": "claude-*, other",
            "TRELLIS_UPSTREAMS_FAR_KEY_ENV": "FAR_KEY", "TRELLIS_UPSTREAMS_FAR_TIMEOUTS_FIRST_BYTE": "7s",
            "FAR_KEY": "s",
        ])
        guard case .remote(let far) = settings.gateway.upstreams.first else {
            Issue.record("there is no remote upstream")
            return
        }
        #expect(far.dialect == .anthropic && far.models == ["claude-*", "other"])
        #expect(far.timeouts.firstByte == .seconds(7) && far.credential?.secret == "s")
        #expect(settings.warnings.isEmpty)
    }

    @Test("an unknown key is refused where it stands, with the key that was probably meant")
    func unknownKeys() async throws {
        let problems = try await folder.problems("listen:\n  prot: 80\nlimts: {}\nport: 80\n")
        #expect(problems.map(\.code) == ["unknown-key", "unknown-key", "unknown-key"])
        #expect(problems.map(\.line) == [2, 3, 4])
        #expect(problems.map(\.column) == [3, 1, 1])
        #expect(problems[0].help.contains("`port`"))
        #expect(problems[1].help.contains("`limits`"))
        #expect(problems[2].help.contains("under `listen`"))
    }

    @Test("an unknown flag key is refused, an unknown variable only told of")
    func unknownElsewhere() async throws {
        let problems = try await folder.problems(flags: ["limits.body-byte": "1"])
        #expect(problems.first?.help.contains("`body-bytes`") == true)
        let settings = try await folder.settings(environment: [
            "TRELLIS_LISTEN_PROT": "1", "TRELLIS_SERVICE_HOST": "10.0.0.1", "TRELLIS_PORT": "tcp://10.0.0.1:80",
            "TRELLIS_PORT_80_TCP": "x", "OTHER": "y",
        ])
        #expect(settings.warnings.count == 1)
        #expect(settings.warnings.first?.contains("TRELLIS_LISTEN_PORT") == true)
    }

    @Test(
        "a wrong value is refused with its place",
        arguments: [
            ("threads: many", 1), ("limits:\n  body-bytes: 3", 2), ("limits: { shutdown: 10 }", 1),
            ("development: 7", 1),
            ("log: { level: loud }", 1), ("listen: { port: 65536 }", 1), ("listen: 8080", 1), ("data: [a]", 1),
            ("data: { a: b }", 1), ("upstreams: { Upper: { kind: local } }", 1), ("upstreams: { a: local }", 1),
            ("upstreams: { a: { kind: local, models: smollm2 } }", 1), ("- a\n- b", 1), ("just words", 1),
            ("a: b: c", 1), ("listen:\n\tport: 80", 2), ("limits: { per-key: { concurrent: -1 } }", 1),
        ])
    func wrongValues(yaml: String, line: Int) async throws {
        let problems = try await folder.problems(yaml)
        #expect(problems.count == 1)
        #expect(problems.first?.line == line)
        #expect(problems.first?.help.isEmpty == false)
    }

    @Test("a wrong variable is named")
    func wrongVariable() async throws {
        let problems = try await folder.problems(environment: ["TRELLIS_LISTEN_PORT": "eighty"])
        #expect(problems.first?.file == "TRELLIS_LISTEN_PORT")
    }

    @Test("an empty file, an empty value and an empty variable mean the same as none")
    func empty() async throws {
        #expect(try await folder.settings("").gateway.listen.port == 8080)
        #expect(try await folder.settings("# only words\n").gateway.listen.port == 8080)
        let settings = try await folder.settings(
            "role:\nlisten:\nlimits: { json-depth: ~ }\nupstreams:\n  local: { kind: local, models: }\n",
            environment: ["TRELLIS_CHARTER": ""])
        #expect(settings.gateway.role == nil)
        #expect(settings.gateway.limits.jsonDepth == 64)
        #expect(settings.gateway.charter == .commons("commons/advisor"))
        #expect(settings.gateway.upstreams.first?.models == ["smollm2", "all-minilm-l6-v2"])
    }

    @Test("relative paths start from the file's folder in the file, and from the working folder elsewhere")
    func paths() async throws {
        let other = try Folder()
        try other.write("data: d\ncharter: ../c.yaml\nhome: ~/h\n", to: "elsewhere.yaml")
        let settings = try await Settings.resolved(
            from: SettingsSources(
                config: other.path + "/elsewhere.yaml", flags: [], environment: ["TRELLIS_HOME": "h"],
                workingFolder: folder.path))
        #expect(settings.gateway.dataDirectory == other.path + "/d")
        #expect(settings.gateway.charter == .file(Settings.absolute("../c.yaml", from: other.path)))
        #expect(settings.gateway.home == folder.path + "/h")
    }

    @Test("development mode on an address that others can reach is refused")
    func development() async throws {
        let problems = try await folder.problems("development: true\nlisten: { host: 0.0.0.0 }")
        #expect(problems.map(\.code) == ["unsafe"])
        #expect(try await folder.problems("development: true").isEmpty)
    }

    @Test("a file that is named and isn't there is refused")
    func missingFile() async throws {
        await #expect(throws: SettingsError.self) {
            try await Settings.resolved(
                from: SettingsSources(config: "none.yaml", flags: [], environment: [:], workingFolder: folder.path))
        }
    }

    @Test("no bytes at all make the reader crash")
    func anyBytes() async throws {
        var generator = Seeded(state: 9)
        let pieces = [
            "listen", "limits", "upstreams", ":", " ", "\n", "  ", "{", "}", "[", "]", "- ", "\"", "'", "&a", "*a",
            "port",
            "kind", "openai", "~", "8080", "#", "|", ">", "\t", "é", "\u{0}", "%", "!!int", "?", ",", "<<",
        ]
        for _ in 0..<400 {
            let text = (0..<Int.random(in: 0...25, using: &generator))
                .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            do throws(SettingsError) {
                _ = try SettingsFile.check(text, name: "f", folder: "/")
            } catch {
                #expect(!error.diagnostics.isEmpty)
                #expect(error.diagnostics.allSatisfy { !$0.message.isEmpty && !$0.help.isEmpty })
                _ = error.description
            }
        }
    }
}

/// SplitMix64 from a fixed start.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
