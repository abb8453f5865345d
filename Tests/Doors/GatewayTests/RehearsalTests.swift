import Counsel
import Foundation
import Logging
import Models
import Store
import Testing

@testable import Gateway

@Suite("What is made ready before the first message")
struct RehearsalTests {
    @Test("a gateway has rehearsed its charter and those of its keys, and those of new keys later")
    func rehearsed() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rehearsal-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let store = try DataStore(path: KeptThings.storePath(in: folder.path), migrations: KeptThings.migrations)
        let table = KeyTable(store)
        _ = try table.create(KeyTable.Order(application: "school", charter: .commons("commons/tutor")))
        let gone = try table.create(KeyTable.Order(application: "gone", charter: .commons("commons/companion")))
        _ = try table.revoke(id: gone.record.id)
        _ = try table.create(KeyTable.Order(application: "broken", charter: .file("/nowhere/charter.yaml")))
        try store.close()

        var settings = GatewaySettings()
        settings.dataDirectory = folder.path
        settings.upstreams = [
            .remote(Upstream(name: "mock", address: UpstreamAddress(host: "127.0.0.1", port: 9), retries: 0))
        ]
        let server = try await GatewayServer(settings: settings, environment: [:], logger: logger)
        let known = server.rehearsal.parts.map(\.charter)
        #expect(Set(known) == ["commons/advisor", "commons/tutor", "/nowhere/charter.yaml"])

        // From another process, as it were.
        let other = try DataStore(path: KeptThings.storePath(in: folder.path), migrations: KeptThings.migrations)
        _ = try KeyTable(other).create(KeyTable.Order(application: "care", charter: .commons("commons/companion")))
        try other.close()
        server.core.keys.refresh()
        server.rehearsal.rehearse()
        #expect(server.rehearsal.parts.contains(Rehearsal.Part(charter: "commons/companion", role: nil)))
        await server.close()
    }
}
