import Foundation
import Store
import Testing

@testable import Consents

@Suite("Grants about memory")
struct GrantLedgerTests {
    let folder: TemporaryFolder
    let grants: GrantLedger
    init() throws {
        folder = try TemporaryFolder()
        grants = GrantLedger(store: try folder.store(), logger: .silent)
    }

    @Test("hold for their purpose, kinds and time, and for one person")
    func scope() async throws {
        #expect(grants.permit(.remember, for: ada, at: now) == nil)
        try await grants.grant(.remember, [.goal, .value], by: ada, at: now, until: now + day, through: .api)
        let permit = try #require(grants.permit(.remember, for: ada, at: now))
        #expect(permit.kinds == [.goal, .value] && permit.acceptsInferred.isEmpty && permit.person == ada)
        #expect(permit.isLive(at: now) && !permit.isLive(at: now - 1))
        #expect(!permit.isLive(at: now + MemoryPermit.longestUse))
        #expect(grants.permit(.remember, kinds: [.value, .fact], for: ada, at: now)?.kinds == [.value])
        #expect(grants.permit(.remember, kinds: [.fact], for: ada, at: now) == nil)
        for purpose in MemoryPurpose.allCases where purpose != .remember {
            #expect(grants.permit(purpose, for: ada, at: now) == nil)
        }
        #expect(grants.permit(.remember, for: ben, at: now) == nil)
        #expect(grants.permit(.remember, for: PersonKey(application: "other", person: "ada"), at: now) == nil)
        #expect(grants.permit(.remember, for: ada, at: now - 1) == nil)
        #expect(grants.permit(.remember, for: ada, at: now + day) == nil)
        // No use of a permit outlives the grant that it stands on.
        #expect(grants.permit(.remember, for: ada, at: now + day - 5)?.endsAt == now + day)
    }

    @Test("take the place of earlier ones kind by kind, and end kind by kind")
    func succession() async throws {
        try await grants.grant(.remember, [.goal, .value, .fact], by: ada, at: now, through: .api)
        try await grants.grant(
            .remember, [.value], acceptsInferred: true, by: ada, at: now + 1, until: now + 10, through: .commandLine)
        #expect(grants.permit(.remember, for: ada, at: now + 2)?.acceptsInferred == [.value])
        #expect(grants.permit(.remember, for: ada, at: now + 10)?.kinds == [.goal, .fact])
        #expect(try await grants.revoke(.remember, [.fact, .skill], by: ada, at: now + 11, through: .api))
        #expect(try await !grants.revoke(.remember, [.fact], by: ada, at: now + 12, through: .api))
        #expect(grants.permit(.remember, for: ada, at: now + 12)?.kinds == [.goal])
        #expect(try await grants.revokeAll(by: ada, at: now + 13, through: .api) == 1)
        #expect(grants.permit(.remember, for: ada, at: now + 13) == nil)
        let events = try await grants.events(of: ada)
        #expect(events.map(\.kind) == [.granted, .granted, .revoked, .revoked])
        #expect(events.map(\.number) == [1, 2, 3, 4])
        #expect(events[2].kinds == [.fact] && events[3].kinds == [.goal])
        #expect(try await grants.leaves(of: ada).map(\.kind) == [.value, .goal, .fact])
        // Given again after it was taken back.
        try await grants.grant(.remember, [.fact], by: ada, at: now + 14, through: .api)
        #expect(grants.permit(.remember, for: ada, at: now + 14)?.kinds == [.fact])
    }

    @Test("hold no time at all, for ever, or for nothing, for nobody")
    func unfit() async throws {
        await #expect(throws: GrantError.noKinds) {
            try await grants.grant(.remember, [], by: ada, at: now, through: .api)
        }
        for until in [now, now - 1, now + GrantLedger.longestPeriod + 1] {
            await #expect(
                throws: GrantError.unfitExpiry(until: until, earliest: now, latest: now + GrantLedger.longestPeriod)
            ) {
                try await grants.grant(.remember, [.goal], by: ada, at: now, until: until, through: .api)
            }
        }
        try await grants.grant(.remember, [.goal], by: ada, at: now, through: .api)
        #expect(grants.permit(.remember, for: ada, at: now + GrantLedger.usualPeriod - 1) != nil)
        #expect(grants.permit(.remember, for: ada, at: now + GrantLedger.usualPeriod) == nil)
        #expect(try await grants.events(of: ada).count == 1)
    }

    @Test("that a clock behind takes back are over all the same")
    func clockBehind() async throws {
        try await grants.grant(.remember, [.goal], by: ada, at: now, through: .api)
        #expect(try await grants.revoke(.remember, by: ada, at: now - day, through: .api))
        #expect(grants.permit(.remember, for: ada, at: now + 1) == nil)
        #expect(try await grants.events(of: ada).map(\.at) == [now, now])
    }

    @Test("are the same in another process, and erased there too, and nobody else's are")
    func erased() async throws {
        let other = GrantLedger(store: try folder.store(), logger: .silent)
        #expect(other.permit(.useForGrowth, for: ada, at: now) == nil)
        try await grants.grant(.useForGrowth, [.goal], by: ada, at: now, through: .reply("rcp_1"))
        try await grants.grant(.useForGrowth, [.goal], by: ben, at: now, through: .api)
        #expect(other.permit(.useForGrowth, for: ada, at: now) != nil)
        #expect(try await other.leaves(of: ada).first?.through == .reply("rcp_1"))
        try await grants.revoke(.useForGrowth, by: ada, at: now, through: .commandLine)
        #expect(other.permit(.useForGrowth, for: ada, at: now) == nil, "taken back by one, and over for all at once")
        try await grants.grant(.useForGrowth, [.goal], by: ada, at: now, through: .api)
        #expect(other.permit(.useForGrowth, for: ada, at: now) != nil)
        try await grants.erase(ada)
        #expect(grants.permit(.useForGrowth, for: ada, at: now) == nil)
        #expect(other.permit(.useForGrowth, for: ada, at: now) == nil)
        #expect(other.permit(.useForGrowth, for: ben, at: now) != nil)
        #expect(try await other.events(of: ada).isEmpty)
    }

    @Test("that can't be read give no permit, and say why")
    func unreadable() async throws {
        let store = try folder.store()
        let broken = GrantLedger(store: store, logger: .silent)
        try await broken.grant(.remember, [.goal], by: ada, at: now, through: .api)
        try await store.write { session in try session.run("DROP TABLE memory_grants") }
        #expect(broken.permit(.remember, for: ada, at: now) == nil)
        #expect(broken.trouble != nil)
    }
}
