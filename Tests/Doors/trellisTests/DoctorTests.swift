import Charters
import Counsel
import Foundation
import Gateway
import Models
import Testing

@testable import trellis

@Suite("The doctor")
struct DoctorTests {
    private func examination(_ folder: Folder, _ change: (inout Settings) -> Void = { _ in }) async throws -> [Finding]
    {
        var settings = try await folder.settings(
            "listen: { port: 0 }\nupstreams: { far: { kind: openai, url: 'http://127.0.0.1:9/v1' } }")
        change(&settings)
        return await Examination(settings: settings, environment: [:]).findings()
    }

    @Test("what doesn't work is broken, has a fix, and leaves nothing behind")
    func broken() async throws {
        let folder = try Folder()
        let findings = try await examination(folder) { $0.gateway.charter = .file("/nowhere/charter.yaml") }
        let broken = findings.filter { $0.state == .broken }
        #expect(broken.map(\.part) == ["charter", "upstream far"])
        #expect(broken.allSatisfy { $0.fix?.isEmpty == false })
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["trellis.yaml"])
    }

    @Test("a store without a good key is doubtful, a damaged one is broken")
    func store() async throws {
        let folder = try Folder()
        let settings = try await folder.settings()
        _ = try settings.withKeys { try $0.all() }
        #expect(try await examination(folder).contains { $0.part == "keys" && $0.state == .doubtful })
        _ = try settings.withKeys { try $0.create(.init(application: "a", charter: .file("/nowhere.yaml"))) }
        let findings = try await examination(folder)
        #expect(findings.contains { $0.part == "keys" && $0.state == .good })
        #expect(findings.contains { $0.part.hasPrefix("key key_") && $0.state == .broken })
        try Data(repeating: 7, count: 8192).write(to: URL(fileURLWithPath: settings.storePath))
        // Without the log beside it, from which SQLite would mend the file.
        try FileManager.default.removeItem(atPath: settings.storePath + "-wal")
        #expect(try await examination(folder).contains { $0.part == "store" && $0.state == .broken })
    }

    @Test("the key-encryption key is tried: lost or another one is broken, and nothing is made in its place")
    func keyEncryption() async throws {
        let folder = try Folder()
        let settings = try await folder.settings()
        _ = try settings.withKeys { try $0.all() }
        func finding() async throws -> Finding? {
            try await examination(folder).first { $0.part == "key-encryption key" }
        }
        #expect(try await finding()?.state == .good, "nothing is sealed yet")
        try await settings.withPeople { _ in }
        #expect(try await finding()?.state == .good)
        let path = KeptThings.keptKeyPath(in: settings.gateway.dataDirectory)
        let key = try Data(contentsOf: URL(fileURLWithPath: path))
        try FileManager.default.removeItem(atPath: path)
        let lost = try await finding()
        #expect(lost?.state == .broken && lost?.found.contains("is gone") == true)
        #expect(!FileManager.default.fileExists(atPath: path))
        await #expect(throws: CommandFailure.self) { try await settings.withPeople { _ in } }
        #expect(!FileManager.default.fileExists(atPath: path))
        try Data(String(repeating: "ab", count: 32).utf8).write(to: URL(fileURLWithPath: path))
        chmod(path, 0o600)
        #expect(try await finding()?.found.contains("not the one") == true)
        try key.write(to: URL(fileURLWithPath: path))
        #expect(try await finding()?.state == .good)
    }

    @Test("a role that the charter doesn't have is broken")
    func role() async throws {
        let findings = try await examination(try Folder()) { $0.gateway.role = "emperor" }
        #expect(findings.contains { $0.part == "charter" && $0.state == .broken })
    }

    @Test("registries, the root and a missing lock are looked at, as the server would")
    func charterPlaces() async throws {
        let folder = try Folder()
        let files = FileManager.default
        try files.createDirectory(atPath: folder.path + "/r/t", withIntermediateDirectories: true)
        func findings() async throws -> [Finding] {
            try await examination(folder) {
                $0.gateway.charter = .file("t/top")
                $0.gateway.charters.registries = [folder.path + "/r", folder.path + "/none"]
                $0.gateway.charters.hosts = ["charters.example"]
                $0.gateway.charters.requiresLock = true
            }
        }
        let empty = try await findings()
        #expect(empty.filter { $0.part == "registry" }.map(\.state) == [.doubtful, .broken])
        try folder.write("charter: t/top\nversion: 1.0.0\nextends: [commons/tutor]\n", to: "r/t/top.yaml")
        let unlocked = try await findings().filter { $0.part == "charter" }
        #expect(unlocked.map(\.state) == [.broken])
        #expect(unlocked.first?.fix?.contains("trellis charter lock") == true)
        var settings = try await folder.settings()
        settings.gateway.charters.registries = [folder.path + "/r"]
        try folder.write(try settings.gateway.library.lock("t/top").lock.text, to: "r/t/charter.lock")
        let locked = try await findings()
        #expect(locked.filter { $0.part == "charter" }.map(\.state) == [.good])
        #expect(locked.contains { $0.part == "registry" && $0.found.hasSuffix("holds 1 charter") })
        #expect(locked.contains { $0.part == "charters' hosts" })
    }

    @Test("a charter that asks for a guard model is broken without one, and whole with one that an upstream serves")
    func guarding() async throws {
        func findings(_ severity: String, _ guarding: GuardSettings?, models: [String] = []) async throws -> [Finding] {
            let folder = try Folder()
            try folder.write(
                """
                charter: a/guarded
                version: 1.0.0
                community: C
                purpose: P.
                goods: { g: { says: G. } }
                floor: { harm: { says: Never harm., severity: \(severity), detect: { guard: [self-harm] } } }
                """, to: "c.yaml")
            return try await examination(folder) {
                $0.gateway.charter = .file(folder.path + "/c.yaml")
                $0.gateway.guardModel = guarding
                guard case .remote(var upstream)? = $0.gateway.upstreams.first else { return }
                upstream.models = models
                $0.gateway.upstreams = [.remote(upstream)]
            }.filter { ["charter", "guard"].contains($0.part) }
        }
        let missing = try await findings("block", nil)
        #expect(missing.map(\.state) == [.good, .broken])
        #expect(missing.last?.found.contains("“harm”") == true)
        #expect(missing.last?.fix?.contains("counsel.guard.model") == true)
        #expect(try await findings("note", nil).map(\.state) == [.good, .doubtful])
        let named = GuardSettings(kind: .llamaGuard, name: "guard")
        #expect(try await findings("block", named).map(\.state) == [.good, .good])
        let unserved = try await findings("block", named, models: ["other"])
        #expect(unserved.map(\.state) == [.good, .broken, .broken])
    }

    @Test("what an upstream answers tells a wrong key from a wrong address from a missing model")
    func upstreams() {
        var upstream = Upstream(name: "far", address: UpstreamAddress(host: "far", port: 1), models: ["a", "b-*"])
        func state(_ status: Int, _ body: String) -> Finding.State {
            UpstreamCheck.finding("far", upstream, status: status, body: Data(body.utf8)).state
        }
        #expect(state(200, #"{"data":[{"id":"a"}]}"#) == .good)
        #expect(state(200, #"{"data":[{"id":"c"}]}"#) == .doubtful)
        #expect(state(200, "<html>") == .doubtful)
        #expect(state(401, "{}") == .broken)
        #expect(state(404, "{}") == .doubtful)
        #expect(state(503, "{}") == .doubtful)
        upstream.renamed = ["a": "c"]
        #expect(state(200, #"{"data":[{"id":"c"}]}"#) == .good)
    }

    @Test("a finding shows its mark, and its fix under it")
    func shown() {
        let nobody = Terminal(descriptor: -1)
        #expect(Finding.good("port", "free").shown(on: nobody) == "✓ port: free")
        #expect(Finding.broken("port", "taken", fix: "move").shown(on: nobody) == "✗ port: taken\n    → move")
    }
}
