import Charters
import Foundation
import Gateway
import Models
import Testing

@testable import trellis

@Suite("Secrets in the configuration")
struct SecretsTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    private func upstream(_ more: String) -> String {
        "upstreams:\n  far:\n    kind: openai\n    url: https://far.example/v1\n    \(more)\n"
    }

    @Test(
        "a secret in the file is refused with the reason, and never shown",
        arguments: [
            "key: sk-very-secret-1", "api-key: sk-very-secret-1", "token: sk-very-secret-1",
            "key-env: sk-very-secret-1",
            "Password: sk-very-secret-1", "\"key\": sk-very-secret-1", "models: sk-very-secret-1",
        ])
    func inTheFile(line: String) async throws {
        let error = await #expect(throws: SettingsError.self) { try await folder.settings(upstream(line)) }
        let shown = try #require(error).description
        #expect(!shown.contains("very-secret"))
        #expect(shown.contains("trellis.yaml:5"))
    }

    @Test("a key by environment that isn't set is refused by name, unless nobody needs it")
    func byEnvironment() async throws {
        let yaml = upstream("key-env: FAR_KEY")
        let problems = try await folder.problems(yaml)
        #expect(problems.first?.message.contains("FAR_KEY") == true)
        #expect(problems.first?.line == 5)
        _ = try await folder.settings(yaml, readsSecrets: false)
    }

    @Test("a key by file is read without the white space around it, and an open file is told of")
    func byFile() async throws {
        try folder.write("  s3cret\n", to: "key")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.path + "/key")
        let settings = try await folder.settings(upstream("key-file: key"))
        guard case .remote(let far) = settings.gateway.upstreams[0] else {
            Issue.record("the upstream is not remote")
            return
        }
        #expect(far.credential?.secret == "s3cret")
        #expect(settings.warnings.count == 1)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.path + "/key")
        #expect(try await folder.settings().warnings.isEmpty)
    }

    @Test("a key file that is missing, empty or binary is refused", arguments: [nil, "", " \n", "\u{FF}bytes"])
    func brokenFile(content: String?) async throws {
        if let content {
            try Data(content.unicodeScalars.map { UInt8($0.value & 0xFF) }).write(
                to: URL(fileURLWithPath: folder.path + "/key"))
        }
        #expect(try await folder.problems(upstream("key-file: key")).count == 1)
    }

    @Test("settings never show a secret, however they are printed")
    func printing() async throws {
        let settings = try await folder.settings(
            upstream("key-env: FAR_KEY"), environment: ["FAR_KEY": "very-secret"])
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(!dumped.contains("very-secret") && !"\(settings)".contains("very-secret"))
        #expect(dumped.contains("far.example"))
    }
}
