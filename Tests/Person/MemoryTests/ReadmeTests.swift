import Consents
import Foundation
import Memory
import Store
import Testing

@Suite("The room's README")
struct ReadmeTests {
    @Test("shows what happens")
    func example() async throws {
        let data = NSTemporaryDirectory() + "trellis-readme-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: data) }
        let store = try DataStore(
            path: "\(data)/trellis.sqlite",
            migrations: Seal.migrations + ConsentsMigrations.all + MemoryMigrations.all)
        let seal = try Seal(store: store, keyEncryptionKey: KeyEncryptionKey(keptAt: "\(data)/keys/kek", of: store))
        let grants = GrantLedger(store: store)
        let memories = MemoryStore(store: store, seal: seal, grants: grants)
        let ada = PersonKey(application: "homework", person: "9f2c…")
        let now: Int64 = 1_790_000_000_000
        for purpose in [MemoryPurpose.remember, .useInReplies] {
            try await grants.grant(purpose, [.goal], by: ada, at: now, through: .api)
        }
        let memory = memories.memory(of: ada)
        let mayRemember = try #require(grants.permit(.remember, for: ada, at: now))
        try await memory.remember([.add(ItemDraft(.goal, "pass chemistry"))], under: mayRemember, at: now)
        let mayUse = try #require(grants.permit(.useInReplies, for: ada, at: now))
        let found = try await memory.recall(RecallQuery(words: "chemistry", at: now), under: mayUse)
        #expect(found.map(\.item.words) == ["pass chemistry"])
        #expect(try await memory.own.eraseEverything(at: now + 1).isSound)
    }
}
