import Foundation
import Testing

@testable import Consents

@Suite("What a person reads about uses of their memory")
struct GrantOverviewTests {
    @Test("says of every use and kind how it stands, since when and until when")
    func states() async throws {
        let folder = try TemporaryFolder()
        let grants = GrantLedger(store: try folder.store(), logger: .silent)
        try await grants.grant(
            .remember, [.goal, .value, .fact], acceptsInferred: true, by: ada, at: now, until: now + day, through: .api)
        try await grants.revoke(.remember, [.value], by: ada, at: now + 1, through: .api)
        try await grants.grant(.remember, [.fact], by: ada, at: now + 2, until: now + 3, through: .api)
        let all = GrantOverview.all(try await grants.leaves(of: ada), at: now + 4)
        #expect(all.map(\.purpose) == MemoryPurpose.allCases)
        #expect(all.allSatisfy { $0.kinds.map(\.kind) == MemoryKind.allCases && !$0.says.isEmpty })
        let leaves = Dictionary(uniqueKeysWithValues: all[0].kinds.map { ($0.kind, $0) })
        let goal = try #require(leaves[.goal])
        #expect(goal.state == .live && goal.since == now && goal.until == now + day && goal.acceptsInferred)
        let value = try #require(leaves[.value])
        #expect(value.state == .revoked && value.since == now + 1 && value.until == nil && !value.acceptsInferred)
        let fact = try #require(leaves[.fact])
        #expect(fact.state == .expired && fact.since == now + 3 && fact.until == nil)
        #expect(leaves[.skill]?.state == .open && leaves[.skill]?.since == nil)
        #expect(all.dropFirst().allSatisfy { $0.kinds.allSatisfy { $0.state == .open } })
    }

    @Test("is live exactly where a permit is given")
    func agreesWithPermits() async throws {
        let folder = try TemporaryFolder()
        let grants = GrantLedger(store: try folder.store(), logger: .silent)
        try await grants.grant(.useInReplies, [.goal, .skill], by: ada, at: now, until: now + day, through: .api)
        for moment in [now, now + day - 1, now + day] {
            let overview = GrantOverview.all(try await grants.leaves(of: ada), at: moment)
            for one in overview {
                let live = Set(one.kinds.filter { $0.state == .live }.map(\.kind))
                #expect(grants.permit(one.purpose, for: ada, at: moment)?.kinds ?? [] == live)
            }
        }
    }
}
